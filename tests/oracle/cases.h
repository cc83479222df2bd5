/* Random and extreme cases for test_arb.c: case i of a seed is a pure function
 * of (problem, format, i). */
#ifndef XULP_TESTS_CASES_H
#define XULP_TESTS_CASES_H

#include "core/problem.h"
#include "core/random.h"

#include <math.h>
#include <stdbool.h>

enum { MOST_VALUES = 1024 };

struct drawn_case {
    struct input_case input;
    double values[MOST_VALUES], labels[MOST_VALUES];
    size_t targets[4];
};

struct draw {
    const struct format *format;
    struct random_stream stream;
};

static bool chance(struct draw *draw, uint64_t in)
{
    return random_below(&draw->stream, in) == 0;
}

static double clamped(const struct format *format, double x)
{
    double largest = format_largest(format);
    return fmax(-largest, fmin(largest, format_round_double(format, x)));
}

/* x moved by at most reach ordinals, and kept finite. */
static double nearby(struct draw *draw, double x, int64_t reach)
{
    int64_t step = (int64_t)random_below(&draw->stream, (uint64_t)(2 * reach + 1)) - reach;
    double largest = format_largest(draw->format);
    double moved = format_from_ordinal(draw->format, format_ordinal(draw->format, x) + step);
    return fmax(-largest, fmin(largest, moved));
}

/* Anything in [0, x], every binade alike. */
static double below(struct draw *draw, double x)
{
    uint64_t count = (uint64_t)format_ordinal(draw->format, x) + 1;
    return format_from_ordinal(draw->format, (int64_t)random_below(&draw->stream, count));
}

/* Where e^x overflows, e^−x underflows, 1 + e^−x rounds to 1, … */
static const double thresholds[] = {5.5452,   7.6246,   16.6355,  17.33,    36.7368,  87.3366,
                                    88.7228,  103.2789, 103.9721, 708.3964, 709.7827, 744.4401,
                                    745.1332, 1e3,      1e5,      1e7,      1e8,      1e15};

static double draw_threshold(struct draw *draw)
{
    return thresholds[random_below(&draw->stream, sizeof thresholds / sizeof *thresholds)];
}

static double draw_logit(struct draw *draw, double previous)
{
    const struct format *format = draw->format;
    double sign = chance(draw, 2) ? -1 : 1;
    double unit = random_unit(&draw->stream);
    switch (random_below(&draw->stream, 16)) {
    case 0:
        return sign * below(draw, format_largest(format));
    case 1:
        return clamped(format, sign * 10 * unit);
    case 2:
        return clamped(format, sign * 100 * unit);
    case 3:
        return clamped(format, sign * 1000 * unit);
    case 4:
        return sign * (double)random_below(&draw->stream, 50);
    case 5:
        return nearby(draw, 0, 8);
    case 6:
        return nearby(draw, sign, 8);
    case 7:
        return sign * nearby(draw, format_largest(format), 8);
    case 8:
        return sign * below(draw, format_least_normal(format));
    case 9:
        return nearby(draw, clamped(format, sign * draw_threshold(draw)), 4);
    case 10:
        return previous;
    case 11:
        return nearby(draw, previous, 64);
    case 12:
        return clamped(format, previous + sign * draw_threshold(draw));
    case 13:
        return nearby(draw, clamped(format, ldexp(sign, (int)random_below(&draw->stream, 64) - 32)),
                      2);
    case 14:
        return clamped(format, 1e6 + sign * 30 * unit);
    default:
        return clamped(format, previous + sign * 40 * unit);
    }
}

static double draw_probability(struct draw *draw)
{
    const struct format *format = draw->format;
    double least = format_least(format), unit = random_unit(&draw->stream);
    int exponent = (int)random_below(&draw->stream, (uint64_t)format->precision) + 1;
    switch (random_below(&draw->stream, 10)) {
    case 0:
    case 1:
        return below(draw, 1);
    case 2:
    case 3:
        return fmax(least, clamped(format, unit));
    case 4:
        return fmax(least, fabs(nearby(draw, 0, 8)));
    case 5:
        return 1 - fabs(nearby(draw, 1, 16) - 1);
    case 6:
        return below(draw, format_least_normal(format));
    case 7:
        return 1 - ldexp(1, -exponent);
    case 8:
        return nearby(draw, ldexp(1, -exponent), 2);
    default:
        return nearby(draw, clamped(format, pow(10, -(double)random_below(&draw->stream, 16))), 0);
    }
}

static double draw_label(struct draw *draw, double p)
{
    if ((p == 0 || p == 1) && !chance(draw, 64))
        return p;
    switch (random_below(&draw->stream, 10)) {
    case 0:
    case 1:
    case 2:
        return 0;
    case 3:
    case 4:
    case 5:
        return 1;
    case 6:
        return p >= 0 && p <= 1 ? p : 0.5;
    default:
        return draw_probability(draw);
    }
}

static void draw_softmax(struct draw *draw, struct drawn_case *drawn)
{
    struct input_case *input = &drawn->input;
    input->rows = 1 + random_below(&draw->stream, 4) * random_below(&draw->stream, 2);
    input->columns = 1 + random_below(&draw->stream, 8);
    if (chance(draw, 512))
        input->columns = 100 + random_below(&draw->stream, 150);
    for (size_t i = 0; i < input->rows; i++) {
        double *x = drawn->values + i * input->columns;
        bool equal = chance(draw, 12), masked = chance(draw, 24);
        drawn->targets[i] = random_below(&draw->stream, input->columns);
        x[0] = draw_logit(draw, 0);
        for (size_t k = 1; k < input->columns; k++)
            x[k] = equal ? x[0] : draw_logit(draw, x[k - 1]);
        for (size_t k = 0; masked && k < input->columns; k++)
            if (k != drawn->targets[i] && chance(draw, 3))
                x[k] = -INFINITY;
    }
    input->targets = drawn->targets;
}

static void draw_binary(struct draw *draw, struct drawn_case *drawn)
{
    struct input_case *input = &drawn->input;
    input->rows = input->columns = 1;
    if (input->problem == PROBLEM_bce_prob_batch) {
        input->rows = 1 + random_below(&draw->stream, 3);
        input->columns = 1 + random_below(&draw->stream, 3);
        if (chance(draw, 1024))
            input->columns = 100 + random_below(&draw->stream, 150);
    }
    for (size_t i = 0; i < input->rows * input->columns; i++) {
        bool logit = input->problem == PROBLEM_bce_logit;
        drawn->values[i] = logit ? draw_logit(draw, 0) : draw_probability(draw);
        drawn->labels[i] = draw_label(draw, drawn->values[i]);
    }
    input->labels = drawn->labels;
}

static void draw_case(struct drawn_case *drawn, enum problem_id problem,
                      const struct format *format, uint64_t seed, uint64_t i)
{
    struct draw draw = {format, random_stream(seed + 16 * problem + format_id_of(format), i)};
    drawn->input = (struct input_case){.problem = problem, .values = drawn->values};
    drawn->input.reduction = chance(&draw, 2) ? REDUCTION_SUM : REDUCTION_MEAN;
    if (problem == PROBLEM_softmax_ce)
        draw_softmax(&draw, drawn);
    else
        draw_binary(&draw, drawn);
}

#endif
