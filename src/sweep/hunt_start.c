/* Starts.  A row is made of a common number b and of what stands out from it,
 * as errors of rows depend on differences; so is a random row, in which every
 * number is drawn for itself.  Probabilities are drawn by their distance from 0
 * or from 1, labels likewise, 0 and 1 themselves more often than all others. */
#include "sweep/hunt_move.h"

#include <math.h>

struct maker {
    const struct hunt_space *space;
    struct random_stream *stream;
    uint64_t number; /* of the binade that is next */
};

static bool chance(struct random_stream *stream, unsigned percent)
{
    return random_below(stream, 100) < percent;
}

/* A positive number of the format in the exponents least … greatest, in the
 * binade that is next in turn. */
static double magnitude_between(struct maker *maker, int least, int greatest)
{
    const struct format *format = maker->space->format;
    uint64_t count = (uint64_t)(greatest - least + 1);
    double low = ldexp(1, least + (int)(maker->number / 2 % count));
    int64_t first = format_ordinal(format, low), next = format_ordinal(format, 2 * low);
    maker->number += 2;
    return format_from_ordinal(
        format, first + (int64_t)random_below(maker->stream, (uint64_t)(next - first)));
}

/* A magnitude, below 2^(greatest + 1). */
static double magnitude(struct maker *maker, int greatest)
{
    const struct format *format = maker->space->format;
    int least = format->emin - format->precision + 1, reach = format->precision + HUNT_REACH;
    bool all = maker->number % 2 == 0;
    if (!all && -reach > least)
        least = -reach;
    if (!all && reach < greatest)
        greatest = reach;
    return magnitude_between(maker, least, greatest);
}

static double either_sign(struct maker *maker, double x)
{
    return chance(maker->stream, 50) ? -x : x;
}

/* x rounded to the format, and to its largest where that is infinite. */
static int64_t finite_ordinal(const struct hunt_space *space, double x)
{
    int64_t ordinal = format_ordinal(space->format, format_round_double(space->format, x));
    if (ordinal > space->largest)
        return space->largest;
    return ordinal < -space->largest ? -space->largest : ordinal;
}

static double logit(struct maker *maker)
{
    return either_sign(maker, magnitude(maker, maker->space->format->emax));
}

/* Near 0 or near 1. */
static int64_t in_unit_interval(struct maker *maker)
{
    double x = magnitude(maker, -1);
    return finite_ordinal(maker->space, chance(maker->stream, 50) ? 1 - x : x);
}

static int64_t label(struct maker *maker)
{
    uint64_t draw = random_below(maker->stream, 100);
    if (draw < 70 || maker->space->hard_labels)
        return draw % 2 == 0 ? 0 : maker->space->one;
    if (draw < 80)
        return finite_ordinal(maker->space, random_unit(maker->stream));
    return in_unit_interval(maker);
}

/* --- rows ------------------------------------------------------------------------- */

/* What stands out from the common number. */
enum row_shape {
    ROW_target, /* the target, */
    ROW_other,  /* another, */
    ROW_all,    /* every one, by magnitudes of one binade or of any */
    ROW_free,   /* each is itself */
    ROW_SHAPES
};

static void make_row(struct maker *maker, struct hunt_case *point)
{
    const struct hunt_space *space = maker->space;
    struct random_stream *stream = maker->stream;
    enum row_shape shape = (enum row_shape)random_below(stream, ROW_SHAPES);
    double common = chance(stream, 50) ? 0 : logit(maker), outlier = logit(maker);
    size_t other = (point->target + 1) % point->columns;
    for (size_t k = 0; k < point->columns; k++) {
        double x = common;
        if ((shape == ROW_target && k == point->target) || (shape == ROW_other && k == other))
            x += outlier;
        else if (shape == ROW_all)
            x += outlier * (2 * random_unit(stream) - 1);
        else if (shape == ROW_free)
            x = logit(maker);
        point->values[k] = finite_ordinal(space, x);
    }
}

static void make_batch(struct maker *maker, struct hunt_case *point)
{
    for (size_t k = 0; k < point->columns; k++)
        point->values[k] = in_unit_interval(maker);
}

void hunt_start(const struct hunt_space *space, struct random_stream *stream, uint64_t number,
                struct hunt_case *point)
{
    struct maker maker = {space, stream, number};
    point->columns = space->columns;
    point->target = 0;
    point->weight = space->one;
    if (case_parts[space->problem].targets)
        point->target = (size_t)random_below(stream, point->columns);
    if (problem_has_rows(space->problem))
        make_row(&maker, point);
    else if (space->problem == PROBLEM_bce_logit)
        point->values[0] = finite_ordinal(space, logit(&maker));
    else
        make_batch(&maker, point);
    for (size_t k = 0; k < point->columns; k++)
        point->labels[k] = case_parts[space->problem].labels ? label(&maker) : 0;
    if (space->weighted && chance(stream, 75))
        point->weight = finite_ordinal(space, magnitude(&maker, space->format->emax));
}
