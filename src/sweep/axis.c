/* The five spacings of an axis.
 *
 * Binades: value i is in binade ⌊i/points⌋; the first two of a binade are its
 * least and its greatest value, the others uniform in it.  Bins are whole
 * numbers of binades, or whole parts of one where there are more bins than
 * binades. */
#include "sweep/axis.h"

#include "sweep/thresholds.h"

#include <math.h>
#include <stdlib.h>

static double predecessor(const struct format *format, double x)
{
    return format_from_ordinal(format, format_ordinal(format, x) - 1);
}

static void plan_binades(struct axis_plan *plan)
{
    plan->first_binade = ilogb(plan->from);
    int last = ilogb(predecessor(plan->format, plan->to));
    plan->binades = (uint32_t)(last < plan->first_binade ? 1 : last - plan->first_binade + 1);
    plan->count = (uint64_t)plan->binades * plan->axis->points;
    plan->bins = plan->axis->bins;
    if (plan->bins >= plan->binades) { /* a whole number of bins a binade */
        plan->bins -= plan->bins % plan->binades;
    } else { /* a whole number of binades a bin */
        uint32_t width = (plan->binades + plan->bins - 1) / plan->bins;
        plan->bins = (plan->binades + width - 1) / width;
    }
}

/* Reads `around` or `values` in the format. */
static int plan_points(struct axis_plan *plan, char *const *texts, uint32_t count,
                       struct error *error)
{
    plan->points = calloc(count, sizeof *plan->points);
    if (plan->points == NULL)
        return error_no_memory(error);
    for (uint32_t i = 0; i < count; i++)
        threshold_parse(plan->format, texts[i], &plan->points[i]);
    plan->bins = count;
    return OK;
}

int axis_plan_make(const struct axis *axis, const struct format *format, struct axis_plan *plan,
                   struct error *error)
{
    *plan = (struct axis_plan){.axis = axis, .format = format};
    threshold_parse(format, axis->from != NULL ? axis->from : "least", &plan->from);
    threshold_parse(format, axis->to != NULL ? axis->to : "largest", &plan->to);
    switch (axis->spacing) {
    case SPACING_binades:
        plan_binades(plan);
        return OK;
    case SPACING_linear:
        plan->count = axis->points;
        plan->bins = axis->bins < axis->points ? axis->bins : axis->points;
        return OK;
    case SPACING_ulps:
        plan->count = (uint64_t)axis->around_count * (2 * (uint64_t)axis->radius + 1);
        return plan_points(plan, axis->around, axis->around_count, error);
    case SPACING_values:
        plan->count = (uint64_t)axis->values_count * axis->points;
        return plan_points(plan, axis->values, axis->values_count, error);
    case SPACING_every:
        plan->count =
            (uint64_t)(format_ordinal(format, plan->to) - format_ordinal(format, plan->from)) + 1;
        plan->bins = axis->bins < plan->count ? axis->bins : (uint32_t)plan->count;
        return OK;
    }
    return OK;
}

void axis_plan_clear(struct axis_plan *plan)
{
    free(plan->points);
    plan->points = NULL;
}

static double value_in_binade(const struct axis_plan *plan, uint64_t i,
                              struct random_stream *stream)
{
    uint64_t binade = i / plan->axis->points, within = i % plan->axis->points;
    int exponent = plan->first_binade + (int)binade;
    double least = fmax(ldexp(1, exponent), plan->from);
    double greatest = exponent == plan->format->emax
                          ? format_largest(plan->format)
                          : predecessor(plan->format, ldexp(1, exponent + 1));
    greatest = fmin(greatest, plan->to);
    if (within == 0)
        return least;
    if (within == 1)
        return greatest;
    double value = least + (greatest - least) * random_unit(stream);
    return fmin(format_round_double(plan->format, value), greatest);
}

double axis_value(const struct axis_plan *plan, uint64_t i, struct random_stream *stream)
{
    switch (plan->axis->spacing) {
    case SPACING_binades:
        return value_in_binade(plan, i, stream);
    case SPACING_linear: {
        double step = (plan->to - plan->from) / (double)(plan->count - 1);
        return i == plan->count - 1
                   ? plan->to
                   : format_round_double(plan->format, plan->from + step * (double)i);
    }
    case SPACING_ulps: {
        uint64_t each = 2 * (uint64_t)plan->axis->radius + 1;
        int64_t centre = format_ordinal(plan->format, plan->points[i / each]);
        int64_t offset = (int64_t)(i % each) - (int64_t)plan->axis->radius;
        return format_from_ordinal(plan->format, centre + offset);
    }
    case SPACING_values:
        return plan->points[i / plan->axis->points];
    case SPACING_every:
        return format_from_ordinal(plan->format,
                                   format_ordinal(plan->format, plan->from) + (int64_t)i);
    }
    return NAN;
}

uint32_t axis_bin(const struct axis_plan *plan, uint64_t i, double value)
{
    switch (plan->axis->spacing) {
    case SPACING_binades: {
        uint32_t binade = (uint32_t)(i / plan->axis->points);
        if (plan->bins < plan->binades)
            return binade / ((plan->binades + plan->axis->bins - 1) / plan->axis->bins);
        uint32_t parts = plan->bins / plan->binades;
        double fraction = ldexp(value, -plan->first_binade - (int)binade) - 1; /* in [0, 1) */
        return binade * parts + (uint32_t)(fraction * parts);
    }
    case SPACING_linear:
    case SPACING_every:
        return (uint32_t)(i * plan->bins / plan->count);
    case SPACING_ulps:
        return (uint32_t)(i / (2 * (uint64_t)plan->axis->radius + 1));
    case SPACING_values:
        return (uint32_t)(i / plan->axis->points);
    }
    return 0;
}

struct bin_range axis_bin_range(const struct axis_plan *plan, uint64_t i)
{
    if (plan->axis->spacing == SPACING_binades && plan->bins >= plan->binades) {
        uint32_t parts = plan->bins / plan->binades;
        uint32_t first = (uint32_t)(i / plan->axis->points) * parts;
        return (struct bin_range){first, first + parts - 1};
    }
    uint32_t bin = axis_bin(plan, i, NAN); /* the value tells parts of a binade only */
    return (struct bin_range){bin, bin};
}
