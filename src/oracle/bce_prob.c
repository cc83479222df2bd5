/* Exact binary cross-entropy from probabilities: Σ −(y log p + (1−y) log(1−p)),
 * or the mean, over elements.  bce-prob-batch is the same: the trace of the
 * article's N×N products is this sum.
 *
 * Method: the two terms −y log p and −(1−y) log1p(−p) are not negative, so
 * their sum does not cancel; 1 − p is never formed.  The gradient
 * (p − y)/(p·(1 − p)) is rational: mpq, exactly, ties and all. */
#include "oracle/problems.h"

#include <math.h>

static bool in_domain(double p, double y)
{
    return p >= 0 && p <= 1 && y >= 0 && y <= 1;
}

static void gather_kind(double p, double y, struct kinds *kinds)
{
    if (!in_domain(p, y))
        kinds->undefined = true;
    else if ((p == 0 && y > 0) || (p == 1 && y < 1))
        kinds->plus_infinite = true;
    else if (p != 0 && p != 1)
        kinds->transcendental = true;
}

/* sum += −(y log p + (1−y) log(1−p)), 0 < p < 1. */
static void add_element(double p, double y, struct interval *sum, struct interval *a,
                        struct interval *b)
{
    if (y > 0) {
        interval_difference(a, p, 0);
        interval_log(a);
        interval_negate(a);
        interval_difference(b, y, 0);
        interval_multiply(a, b);
        interval_add(sum, a);
    }
    if (y < 1) {
        interval_difference(a, 0, p);
        interval_log1p(a);
        interval_negate(a);
        interval_difference(b, 1, y);
        interval_multiply(a, b);
        interval_add(sum, a);
    }
}

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    const double *p = sum->input->values, *y = sum->input->labels;
    struct kinds kinds = {0};
    for (size_t i = sum->first; i < sum->last; i++)
        gather_kind(p[i], y[i], &kinds);
    if (!kinds_finite(&kinds, enclosure))
        return;
    if (!kinds.transcendental) {
        enclosure_set_zero(enclosure);
        return;
    }
    struct interval rest, a, b;
    mpq_t zero;
    mpq_init(zero);
    interval_init(&rest, enclosure->precision);
    interval_init(&a, enclosure->precision);
    interval_init(&b, enclosure->precision);
    interval_set_zero(&rest);
    for (size_t i = sum->first; i < sum->last; i++)
        if (p[i] != 0 && p[i] != 1)
            add_element(p[i], y[i], &rest, &a, &b);
    interval_divide_rational(&rest, sum->divisor);
    enclosure_set_sum(enclosure, zero, +1, &rest);
    interval_clear(&rest);
    interval_clear(&a);
    interval_clear(&b);
    mpq_clear(zero);
}

/* g = (p − y)/(p (1 − p)), 0 < p < 1; at p = y = 0 its limit 1, at p = y = 1
 * its limit −1, the label held fixed. */
static void exact_gradient(double p, double y, mpq_t g)
{
    if (p == 0 || p == 1) {
        mpq_set_si(g, p == 0 ? 1 : -1, 1);
        return;
    }
    mpq_t probability, rest;
    mpq_inits(probability, rest, (mpq_ptr)0);
    mpq_set_d(probability, p);
    mpq_set_d(rest, y);
    mpq_sub(g, probability, rest);
    mpq_div(g, g, probability);
    mpq_set_ui(rest, 1, 1);
    mpq_sub(rest, rest, probability);
    mpq_div(g, g, rest);
    mpq_clears(probability, rest, (mpq_ptr)0);
}

static void component(const struct gradient_row *row, size_t column, struct enclosure *enclosure)
{
    size_t i = row->row * row->input->columns + column;
    double p = row->input->values[i], y = row->input->labels[i];
    struct kinds kinds = {.undefined = !in_domain(p, y),
                          .plus_infinite = p == 1 && y < 1,
                          .minus_infinite = p == 0 && y > 0};
    if (!kinds_finite(&kinds, enclosure))
        return;
    mpq_t g;
    mpq_init(g);
    exact_gradient(p, y, g);
    mpq_div(g, g, row->divisor);
    enclosure_set_rational(enclosure, g);
    mpq_clear(g);
}

const struct problem_oracle bce_prob_oracle = {loss, NULL, component};
