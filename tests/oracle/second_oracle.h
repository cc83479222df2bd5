/* A second oracle, in Arb's ball arithmetic (Johansson, IEEE Trans. Computers
 * 66(8), 2017), for test_arb.c: it shares neither code nor method with
 * src/oracle.
 *
 * Every formula is a sum of terms ≥ 0, so that the ball of a tiny loss is as
 * thin, relatively, as that of a large one:
 *   softmax-ce  log1p(Σ_{k≠t} e^{x_k − x_t}): the target is the pivot, not the
 *               maximum, and nothing is shifted
 *   bce-logit   log(e^{−xy} + e^{x(1−y)}) = log1p((e^b − 1) + e^a), b ≥ 0 ≥ a
 *               the two exponents
 *   bce-prob    y·log1p((1−p)/p) + (1−y)·log1p(p/(1−p)), by the odds
 * Differences and products of inputs are exact (arf); exponents are integers
 * of any size, so nothing overflows.
 *
 * One fact is added to the ball: log Σ e^{g_k} > max g_k, strictly, for two or
 * more terms.  Without it v = g + e^{−10^300} could never be told from g. */
#ifndef XULP_TESTS_SECOND_ORACLE_H
#define XULP_TESTS_SECOND_ORACLE_H

#include "core/problem.h"
#include "oracle/oracle.h" /* enum exact_kind only */

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <arb.h>
#pragma GCC diagnostic pop
#include <math.h>

/* v·divisor in the open interval (lower, upper). */
struct second {
    slong bits;
    arb_t sum;   /* ball that holds v·divisor */
    arb_t slope; /* Σ |x_i ∂v/∂x_i|·divisor */
    arf_t exact; /* v·divisor > exact */
    arf_t lower, upper;
    arb_t s[3]; /* scratch */
    arf_t gap, weight;
};

static void second_init(struct second *v)
{
    arb_init(v->sum);
    arb_init(v->slope);
    arf_init(v->exact);
    arf_init(v->lower);
    arf_init(v->upper);
    arf_init(v->gap);
    arf_init(v->weight);
    for (int i = 0; i < 3; i++)
        arb_init(v->s[i]);
}

static void second_clear(struct second *v)
{
    arb_clear(v->sum);
    arb_clear(v->slope);
    arf_clear(v->exact);
    arf_clear(v->lower);
    arf_clear(v->upper);
    arf_clear(v->gap);
    arf_clear(v->weight);
    for (int i = 0; i < 3; i++)
        arb_clear(v->s[i]);
}

/* result = x − y, exactly. */
static void difference(arf_t result, double x, double y)
{
    arf_t minuend;
    arf_init(minuend);
    arf_set_d(minuend, x);
    arf_set_d(result, y);
    arf_sub(result, minuend, result, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_clear(minuend);
}

/* Arb gives up on e^x, x > 0, where log2 x exceeds the precision by much. */
static slong bits_for(slong bits, const arf_t exponent)
{
    slong magnitude = arf_abs_bound_lt_2exp_si(exponent);
    return bits + (magnitude > 64 ? magnitude : 0);
}

/* a += factor·b */
static void add_scaled(arb_t a, const arb_t b, double factor, slong bits)
{
    arf_t f;
    arf_init(f);
    arf_set_d(f, factor);
    arb_addmul_arf(a, b, f, bits);
    arf_clear(f);
}

/* x_t (1 − p_t) = x_t s/(1 + s) and x_k p_k = x_k e^{x_k − x_t}/(1 + s), where
 * s = Σ_{k≠t} e^{x_k − x_t}. */
static void second_softmax_row(struct second *v, const double *x, size_t n, size_t t)
{
    arb_ptr s = v->s[0], weighted = v->s[1], e = v->s[2];
    double greatest = x[t];
    arb_zero(s);
    arb_zero(weighted);
    for (size_t k = 0; k < n; k++) {
        if (k == t || isinf(x[k]))
            continue;
        greatest = fmax(greatest, x[k]);
        difference(v->gap, x[k], x[t]);
        arb_set_arf(e, v->gap);
        arb_exp(e, e, bits_for(v->bits, v->gap));
        arb_add(s, s, e, v->bits);
        add_scaled(weighted, e, fabs(x[k]), v->bits);
    }
    if (arb_is_zero(s))
        return;
    difference(v->gap, greatest, x[t]);
    arf_add(v->exact, v->exact, v->gap, ARF_PREC_EXACT, ARF_RND_DOWN);
    add_scaled(weighted, s, fabs(x[t]), v->bits);
    arb_add_ui(e, s, 1, v->bits);
    arb_div(weighted, weighted, e, v->bits);
    arb_add(v->slope, v->slope, weighted, v->bits);
    arb_log1p(s, s, bits_for(v->bits, v->gap));
    arb_add(v->sum, v->sum, s, v->bits);
}

/* |x (σ(x) − y)| with σ(x) − y = ((1−y) e^x − y) / (1 + e^x), or at y = 1/2,
 * where that would cancel without end as x → 0, (e^x − 1) / 2(1 + e^x). */
static void second_logit_slope(struct second *v, double x, double y, slong bits)
{
    arb_ptr e = v->s[0], slope = v->s[1];
    arf_set_d(v->gap, x);
    arb_set_arf(slope, v->gap);
    arb_exp(e, slope, bits);
    if (y == 0.5) {
        arb_expm1(slope, slope, bits);
        arb_mul_2exp_si(slope, slope, -1);
    } else {
        difference(v->weight, 1, y);
        arb_mul_arf(slope, e, v->weight, bits);
        arf_set_d(v->weight, y);
        arb_sub_arf(slope, slope, v->weight, bits);
    }
    arb_add_ui(e, e, 1, bits);
    arb_div(slope, slope, e, bits);
    arb_mul_arf(slope, slope, v->gap, bits);
    arb_abs(v->slope, slope);
}

/* Of −xy and x − xy, b is the one that is ≥ 0, a the other. */
static void second_logit(struct second *v, double x, double y)
{
    arf_ptr a = v->gap, b = v->weight;
    arf_set_d(b, x);
    slong bits = bits_for(v->bits, b);
    second_logit_slope(v, x, y, bits);

    arf_set_d(a, -y);
    arf_set_d(b, x);
    arf_mul(a, a, b, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_add(b, b, a, ARF_PREC_EXACT, ARF_RND_DOWN);
    if (arf_sgn(b) < 0 || arf_sgn(a) > 0)
        arf_swap(b, a);
    arf_set(v->exact, b);
    arb_ptr sum = v->s[0], term = v->s[1];
    arb_set_arf(sum, b);
    arb_expm1(sum, sum, bits);
    arb_set_arf(term, a);
    arb_exp(term, term, bits);
    arb_add(sum, sum, term, bits);
    arb_log1p(v->sum, sum, bits);
}

/* p ∂v/∂p = (p − y)/(1 − p); −1 at p = y = 1. */
static void second_prob(struct second *v, double p, double y)
{
    arb_ptr odds = v->s[0], term = v->s[1];
    if (p == 1)
        arb_add_ui(v->slope, v->slope, 1, v->bits);
    if (p == 0 || p == 1)
        return;
    difference(v->weight, 1, p);
    difference(v->gap, fmax(p, y), fmin(p, y));
    arb_set_arf(term, v->gap);
    arb_set_arf(odds, v->weight);
    arb_div(term, term, odds, v->bits);
    arb_add(v->slope, v->slope, term, v->bits);

    arf_set_d(v->gap, p);
    arb_set_arf(term, v->gap);
    arb_div(odds, term, odds, v->bits);
    arb_inv(term, odds, v->bits);
    arb_log1p(term, term, v->bits);
    add_scaled(v->sum, term, y, v->bits);
    arb_log1p(term, odds, v->bits);
    difference(v->gap, 1, y);
    arb_addmul_arf(v->sum, term, v->gap, v->bits);
}

static void second_at(struct second *v, const struct input_case *input, slong bits)
{
    v->bits = bits;
    arb_zero(v->sum);
    arb_zero(v->slope);
    arf_zero(v->exact);
    if (input->problem == PROBLEM_softmax_ce)
        for (size_t i = 0; i < input->rows; i++)
            second_softmax_row(v, input->values + i * input->columns, input->columns,
                               input->targets[i]);
    else if (input->problem == PROBLEM_bce_logit)
        second_logit(v, input->values[0], input->labels[0]);
    else
        for (size_t i = 0; i < input->rows * input->columns; i++)
            second_prob(v, input->values[i], input->labels[i]);
    arb_get_lbound_arf(v->lower, v->sum, bits);
    arb_get_ubound_arf(v->upper, v->sum, bits);
    if (!arb_is_finite(v->sum)) {
        arf_zero(v->lower);
        arf_pos_inf(v->upper);
    }
    if (arf_cmp(v->lower, v->exact) < 0)
        arf_set(v->lower, v->exact);
}

/* Which kind a case without NaN, +∞ and numbers outside the domain is of. */
static enum exact_kind second_kind(const struct input_case *input)
{
    enum exact_kind kind = EXACT_ZERO;
    if (input->problem == PROBLEM_bce_logit)
        return EXACT_TRANSCENDENTAL;
    for (size_t i = 0; i < input->rows * input->columns; i++) {
        double x = input->values[i];
        if (input->problem == PROBLEM_softmax_ce) {
            if (isfinite(x) && i % input->columns != input->targets[i / input->columns])
                kind = EXACT_TRANSCENDENTAL;
        } else if ((x == 0 || x == 1) && input->labels[i] != x) {
            return EXACT_INFINITE;
        } else if (x != 0 && x != 1) {
            kind = EXACT_TRANSCENDENTAL;
        }
    }
    return kind;
}

#endif
