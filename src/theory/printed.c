/* The bounds of Blanchard, Higham & Higham (IMA J. Numer. Anal. 41(4), 2021) as
 * their theorems print them: relative errors in units of u, to first order. */
#include "theory/model.h"

#include "impl/registry.h"

#include <math.h>

static double printed_lse_basic(const struct analysis *a)
{
    return 1 + ((double)a->row->n + 1) / fabs(a->row->lse); /* theorem 3.2 */
}

static double printed_softmax_basic(const struct analysis *a)
{
    return (double)a->row->n + 3; /* 3.3 */
}

static double farthest(const struct analysis *a)
{
    return fmax(a->row->lse - a->row->least, fabs(a->row->maximum - a->row->lse));
}

static double printed_basic_exp_minus_lse(const struct analysis *a)
{
    return fabs(a->row->lse) + farthest(a) + (double)a->row->n + 2; /* 3.4 */
}

static double printed_lse_shifted(const struct analysis *a)
{
    return fabs(a->row->lse + (double)a->row->n - a->row->least) / fabs(a->row->lse); /* 4.2 */
}

static double printed_softmax_shifted(const struct analysis *a)
{
    return (double)a->row->n + 2 + 2 * a->distance; /* 4.3 */
}

static double printed_exp_minus_lse(const struct analysis *a)
{
    return 1 + farthest(a) + fabs(a->row->lse + (double)a->row->n - a->row->least); /* 4.4 */
}

/* By formulation; NULL: none. */
static double (*const printed[FORMULATION_COUNT])(const struct analysis *a) = {
    [FORMULATION_lse_basic] = printed_lse_basic,
    [FORMULATION_lse_log1p] = printed_lse_shifted,
    [FORMULATION_softmax_basic] = printed_softmax_basic,
    [FORMULATION_softmax_basic_exp_minus_lse] = printed_basic_exp_minus_lse,
    [FORMULATION_softmax_shifted] = printed_softmax_shifted,
    [FORMULATION_softmax_exp_minus_lse] = printed_exp_minus_lse,
};

/* The theorems speak of one precision, and of numbers that do not underflow: where
 * a proven bound is there, nothing overflows; here e^{x_t−m}, e^{x_t} and p are
 * normal, and what all terms lose by underflow is no 16th of a rounding. */
static bool no_underflow(const struct analysis *a, const struct format *format)
{
    const struct theory_row *row = a->row;
    double least = 2 * format_least_normal(format);
    return a->stored_u == 0 && model_exp(row->target - row->maximum) >= least &&
           model_exp(row->target) >= least && model_softmax_p(row) >= least &&
           16 * (double)row->n * a->lambda <= a->u * fmin(1, model_exp(row->lse));
}

/* c units with an allowance for O(u²): γ_c of Higham 2002, lemma 3.1. */
static double of_units(double c, double u)
{
    return c * u < 1 ? c * u / (1 - c * u) : NAN;
}

double printed_bound(size_t f, const struct format *format, const struct analysis *a)
{
    size_t base = formulation_base(f);
    if (printed[base] == NULL || !no_underflow(a, format))
        return NAN;
    return a->v * of_units(printed[base](a), a->u);
}
