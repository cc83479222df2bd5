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
    double values[MOST_VALUES], labels[MOST_VALUES], weights[MOST_VALUES];
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

/* A weight, a soft target, a smoothing: often 0 or 1, sometimes extreme. */
static double draw_coefficient(struct draw *draw, double most)
{
    switch (random_below(&draw->stream, 8)) {
    case 0:
    case 1:
        return 0;
    case 2:
    case 3:
        return 1;
    case 4:
        return format_round_double(draw->format, 0.1);
    case 5:
        return below(draw, most);
    default:
        return format_round_double(draw->format, fmin(most, 4) * random_unit(&draw->stream));
    }
}

/* A row of logits, equal now and then, some but never all of them masked; what
 * is not masked includes the target. */
static void draw_row(struct draw *draw, double *x, size_t columns, size_t target)
{
    bool equal = chance(draw, 12), masked = chance(draw, 12);
    x[0] = draw_logit(draw, 0);
    for (size_t k = 1; k < columns; k++)
        x[k] = equal ? x[0] : draw_logit(draw, x[k - 1]);
    for (size_t k = 0; masked && k < columns; k++)
        if (k != target && chance(draw, 2))
            x[k] = -INFINITY;
}

/* Options of softmax-ce: soft targets, most of them 0 where a logit is masked;
 * weights; smoothing. */
static void draw_options(struct draw *draw, struct drawn_case *drawn)
{
    struct input_case *input = &drawn->input;
    if (chance(draw, 4)) {
        input->targets = NULL;
        input->labels = drawn->labels;
        for (size_t i = 0; i < input_case_values(input); i++) {
            bool masked = isinf(drawn->values[i]) && !chance(draw, 64);
            drawn->labels[i] = masked ? 0 : draw_coefficient(draw, 1);
        }
    }
    if (chance(draw, 3)) {
        input->weights = drawn->weights;
        for (size_t j = 0; j < input->columns; j++)
            drawn->weights[j] = draw_coefficient(draw, format_largest(draw->format));
    }
    if (chance(draw, 3))
        input->label_smoothing = draw_coefficient(draw, 1);
}

static void draw_rows(struct draw *draw, struct drawn_case *drawn)
{
    struct input_case *input = &drawn->input;
    bool several = input->problem != PROBLEM_softmax;
    input->rows = 1 + several * random_below(&draw->stream, 4) * random_below(&draw->stream, 2);
    input->columns = 1 + random_below(&draw->stream, 8);
    bool is_long = chance(draw, 512) && input->problem != PROBLEM_stablemax_ce;
    if (is_long)
        input->columns = 100 + random_below(&draw->stream, 150);
    for (size_t i = 0; i < input->rows; i++) {
        drawn->targets[i] = random_below(&draw->stream, input->columns);
        draw_row(draw, drawn->values + i * input->columns, input->columns, drawn->targets[i]);
        if (several && chance(draw, 8))
            drawn->targets[i] = TARGET_IGNORED;
    }
    if (input->problem != PROBLEM_log_sum_exp)
        input->targets = drawn->targets;
    if (input->problem == PROBLEM_softmax_ce && !is_long)
        draw_options(draw, drawn);
}

static void draw_elements(struct draw *draw, struct drawn_case *drawn)
{
    struct input_case *input = &drawn->input;
    bool logit = input->problem == PROBLEM_bce_logit;
    input->rows = input->columns = 1;
    if (chance(draw, input->problem == PROBLEM_bce_prob_batch ? 1 : 4)) {
        input->rows = 1 + random_below(&draw->stream, 3);
        input->columns = 1 + random_below(&draw->stream, 3);
        if (chance(draw, 1024))
            input->columns = 100 + random_below(&draw->stream, 150);
    }
    for (size_t i = 0; i < input_case_values(input); i++) {
        drawn->values[i] = logit ? draw_logit(draw, 0) : draw_probability(draw);
        drawn->labels[i] = draw_label(draw, drawn->values[i]);
    }
    input->labels = drawn->labels;
    if (logit && chance(draw, 3)) {
        input->weights = drawn->weights;
        for (size_t j = 0; j < input->columns; j++)
            drawn->weights[j] = draw_coefficient(draw, format_largest(draw->format));
    }
}

static void draw_case(struct drawn_case *drawn, enum problem_id problem,
                      const struct format *format, uint64_t seed, uint64_t i)
{
    struct draw draw = {format, random_stream(seed + 16 * problem + format_id_of(format), i)};
    drawn->input = (struct input_case){.problem = problem, .values = drawn->values};
    drawn->input.reduction = (enum reduction)random_below(&draw.stream, REDUCTION_COUNT);
    if (problem_has_rows(problem))
        draw_rows(&draw, drawn);
    else
        draw_elements(&draw, drawn);
}

#endif
