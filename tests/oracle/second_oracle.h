/* A second oracle, in Arb's ball arithmetic (Johansson, IEEE Trans. Computers
 * 66(8), 2017), for test_arb.c: it shares neither code nor method with
 * src/oracle.
 *
 *   softmax-ce     Σ_j b_j·log1p(Σ_{k≠j} e^{x_k − x_j}) by each logit as its own
 *                  pivot, b_j = n·a_j = n(1−ε)·w_j q_j + ε·w_j, PyTorch's two sums;
 *                  gradient (Σ_k b_k − b_j·(c + s))/(c + s), s = Σ e^{x_k − x_j} over
 *                  x_k ≠ x_j, c the number of the others
 *   log-sum-exp    x_1 + log1p(Σ_{k>1} e^{x_k − x_1}), 1/(c + s)
 *   softmax        1/(c + s)
 *   stablemax-ce   −log1p(−r/S) or log(S/s_t), r = Σ_{k≠t} s(x_k)
 *   bce-logit      α·log1p(e^x) + β·log1p(e^−x); (α·e^x − β)/(e^x + 1),
 *                  near 0 (α·(e^x − 1) + (α − β))/(e^x + 1)
 *   bce-prob       y·log1p((1−p)/p) + (1−y)·log1p(p/(1−p)), by the odds
 * Differences and products of inputs are exact (arf); exponents are integers
 * of any size, so nothing overflows.
 *
 * Facts are added to the ball: log Σ e^{g_k} > max g_k, 0 < p_j < 1/c where c
 * logits are not below x_j, −β < gradient < α.  Without them v = g + e^{−10^300}
 * could never be told from g. */
#ifndef XULP_TESTS_SECOND_ORACLE_H
#define XULP_TESTS_SECOND_ORACLE_H

#include "second_arithmetic.h"

/* --- rows --------------------------------------------------------------------- */

/* v->s = Σ e^{x_k − x_j} over x_k ≠ x_j, x_j finite; v->gap = max x_k − x_j.
 * Returns how often x_j occurs. */
static ulong others_over(struct second *v, const double *x, size_t n, size_t j)
{
    double greatest = x[j];
    ulong equal = 0;
    arb_zero(v->s);
    for (size_t k = 0; k < n; k++) {
        equal += x[k] == x[j];
        if (x[k] == x[j] || isinf(x[k]))
            continue;
        greatest = fmax(greatest, x[k]);
        difference(v->gap, x[k], x[j]);
        arb_set_arf(v->e, v->gap);
        arb_exp(v->e, v->e, bits_for(v->bits, v->gap));
        arb_add(v->s, v->s, v->e, v->bits);
    }
    difference(v->gap, greatest, x[j]);
    return equal;
}

/* sum += v->weight·log Σ_k e^{x_k − x_j} */
static void add_log_sum(struct second *v, const double *x, size_t n, size_t j)
{
    ulong equal = others_over(v, x, n, j);
    arb_add_ui(v->s, v->s, equal - 1, v->bits);
    if (arb_is_zero(v->s))
        return;
    arb_log1p(v->s, v->s, bits_for(v->bits, v->gap));
    arb_addmul_arf(v->sum, v->s, v->weight, v->bits);
    exact_multiply(v->gap, v->weight);
    exact_add(v->below, v->gap);
}

static void cross_entropy_row(struct second *v, const struct input_case *input, size_t row)
{
    for (size_t j = 0; j < input->columns; j++) {
        coefficient(v->weight, input, row, j);
        if (!arf_is_zero(v->weight))
            add_log_sum(v, input->values + row * input->columns, input->columns, j);
    }
}

static void log_sum_exp_row(struct second *v, const double *x, size_t n)
{
    size_t pivot = 0;
    while (isinf(x[pivot]))
        pivot++;
    arf_one(v->weight);
    add_log_sum(v, x, n, pivot);
    arf_set_d(v->gap, x[pivot]);
    exact_add(v->below, v->gap);
    arb_add_arf(v->sum, v->sum, v->gap, v->bits);
}

/* sum = c·(total·p_j − weight) over the divisor, which is multiplied by c, the
 * number of logits that are not below x_j. */
static void probability(struct second *v, const double *x, size_t n, size_t j)
{
    ulong equal = others_over(v, x, n, j);
    arf_set(v->gap, v->weight);
    exact_scale(v->gap, (double)equal);
    arf_sub(v->gap, v->total, v->gap, ARF_PREC_EXACT, ARF_RND_DOWN);
    arb_set_arf(v->sum, v->gap);
    arb_mul_arf(v->e, v->s, v->weight, v->bits);
    arb_sub(v->sum, v->sum, v->e, v->bits);
    arb_add_ui(v->s, v->s, equal, v->bits);
    arb_div(v->sum, v->sum, v->s, v->bits);
    ulong c = 0;
    for (size_t k = 0; k < n; k++)
        c += x[k] >= x[j];
    arb_mul_ui(v->sum, v->sum, c, v->bits);
    exact_scale(v->divisor, (double)c);
    exact_scale(v->weight, (double)c);
    arf_neg(v->below, v->weight);
    arf_sub(v->above, v->total, v->weight, ARF_PREC_EXACT, ARF_RND_DOWN);
}

/* s = s(x) */
static void stablemax_s(arb_t s, double x, slong bits)
{
    arb_set_d(s, fabs(x));
    arb_add_ui(s, s, 1, bits);
    if (x < 0)
        arb_inv(s, s, bits);
}

/* v->s = Σ_{k≠t} s(x_k), v->e = s(x_t) */
static void stablemax_sums(struct second *v, const double *x, size_t n, size_t t)
{
    arb_zero(v->s);
    for (size_t k = 0; k < n; k++) {
        if (k == t || isinf(x[k]))
            continue;
        stablemax_s(v->e, x[k], v->bits);
        arb_add(v->s, v->s, v->e, v->bits);
    }
    stablemax_s(v->e, x[t], v->bits);
}

static void stablemax_row(struct second *v, const double *x, size_t n, size_t t)
{
    stablemax_sums(v, x, n, t);
    arb_t all;
    arb_init(all);
    arb_add(all, v->s, v->e, v->bits);
    if (arb_le(v->s, v->e)) {
        arb_div(all, v->s, all, v->bits);
        arb_neg(all, all);
        arb_log1p(all, all, v->bits);
        arb_sub(v->sum, v->sum, all, v->bits);
    } else {
        arb_div(all, all, v->e, v->bits);
        arb_log(all, all, v->bits);
        arb_add(v->sum, v->sum, all, v->bits);
    }
    arb_clear(all);
}

/* s'(x_j)/S, or at the target s'(x_t)·r/(S·s(x_t)) with its sign. */
static void stablemax_gradient(struct second *v, const double *x, size_t n, size_t t, size_t j)
{
    stablemax_sums(v, x, n, t);
    arb_add(v->sum, v->s, v->e, v->bits);
    arb_inv(v->sum, v->sum, v->bits);
    if (j == t) {
        arb_neg(v->sum, v->sum);
        arb_mul(v->sum, v->sum, v->s, v->bits);
        arb_div(v->sum, v->sum, v->e, v->bits);
    }
    if (x[j] < 0) {
        stablemax_s(v->e, x[j], v->bits);
        arb_mul(v->sum, v->sum, v->e, v->bits);
        arb_mul(v->sum, v->sum, v->e, v->bits);
    }
}

/* --- elements ------------------------------------------------------------------- */

/* v->total = α = 1 − y, v->weight = β = w·y. */
static void label_weights(struct second *v, const struct input_case *input, size_t i)
{
    difference(v->total, 1, input->labels[i]);
    arf_set_d(v->weight, input->labels[i]);
    if (input->weights != NULL)
        exact_scale(v->weight, input->weights[i % input->columns]);
}

/* sum += factor·log1p(e^x) */
static void add_softplus(struct second *v, double x, const arf_t factor)
{
    arf_set_d(v->gap, x);
    slong bits = bits_for(v->bits, v->gap);
    arb_set_arf(v->e, v->gap);
    arb_exp(v->e, v->e, bits);
    arb_log1p(v->e, v->e, bits);
    arb_addmul_arf(v->sum, v->e, factor, v->bits);
    if (x > 0) {
        exact_multiply(v->gap, factor);
        exact_add(v->below, v->gap);
    }
}

static void logit_gradient(struct second *v, const struct input_case *input, size_t i)
{
    label_weights(v, input, i);
    arf_set_d(v->gap, input->values[i]);
    slong bits = bits_for(v->bits, v->gap);
    arb_set_arf(v->s, v->gap);
    arb_exp(v->e, v->s, bits);
    if (fabs(input->values[i]) < 1) {
        arb_expm1(v->s, v->s, bits);
        arb_mul_arf(v->s, v->s, v->total, bits);
        arf_sub(v->gap, v->total, v->weight, ARF_PREC_EXACT, ARF_RND_DOWN);
        arb_add_arf(v->s, v->s, v->gap, bits);
    } else {
        arb_mul_arf(v->s, v->e, v->total, bits);
        arb_sub_arf(v->s, v->s, v->weight, bits);
    }
    arb_add_ui(v->e, v->e, 1, bits);
    arb_div(v->sum, v->s, v->e, bits);
    arf_neg(v->below, v->weight);
    arf_set(v->above, v->total);
}

static void add_probability_element(struct second *v, double p, double y)
{
    if (p == 0 || p == 1)
        return;
    difference(v->gap, 1, p);
    arf_set_d(v->weight, p);
    arb_set_arf(v->s, v->gap);
    arb_set_arf(v->e, v->weight);
    arb_div(v->s, v->e, v->s, v->bits); /* the odds */
    arb_inv(v->e, v->s, v->bits);
    arb_log1p(v->e, v->e, v->bits);
    arf_set_d(v->gap, y);
    arb_addmul_arf(v->sum, v->e, v->gap, v->bits);
    arb_log1p(v->e, v->s, v->bits);
    difference(v->gap, 1, y);
    arb_addmul_arf(v->sum, v->e, v->gap, v->bits);
}

/* (1 − y)/(1 − p) − y/p */
static void probability_gradient(struct second *v, double p, double y)
{
    if (p == 0 || p == 1) {
        arb_set_si(v->sum, p == 0 ? 1 : -1);
        return;
    }
    difference(v->gap, fmax(p, y), fmin(p, y));
    arb_set_arf(v->sum, v->gap);
    if (p < y)
        arb_neg(v->sum, v->sum);
    difference(v->gap, 1, p);
    arb_set_arf(v->s, v->gap);
    arb_div(v->sum, v->sum, v->s, v->bits);
    arb_set_d(v->s, p);
    arb_div(v->sum, v->sum, v->s, v->bits);
}

/* --- quantities ------------------------------------------------------------------- */

static void second_loss(struct second *v, const struct input_case *input, size_t i)
{
    const double *x = input->values + i * input->columns;
    switch (input->problem) {
    case PROBLEM_softmax_ce:
        if (!row_is_ignored(input, i))
            cross_entropy_row(v, input, i);
        break;
    case PROBLEM_stablemax_ce:
        if (!row_is_ignored(input, i))
            stablemax_row(v, x, input->columns, input->targets[i]);
        break;
    case PROBLEM_log_sum_exp:
        log_sum_exp_row(v, x, input->columns);
        break;
    case PROBLEM_softmax:
        arf_one(v->total);
        arf_zero(v->weight);
        probability(v, x, input->columns, input->targets[i]);
        break;
    case PROBLEM_bce_logit:
        label_weights(v, input, i);
        add_softplus(v, input->values[i], v->total);
        add_softplus(v, -input->values[i], v->weight);
        break;
    default:
        add_probability_element(v, input->values[i], input->labels[i]);
    }
}

static void second_gradient(struct second *v, const struct input_case *input, size_t index)
{
    size_t row = index / input->columns, j = index % input->columns;
    const double *x = input->values + row * input->columns;
    if (row_is_ignored(input, row))
        return;
    arf_one(v->total);
    arf_zero(v->weight);
    switch (input->problem) {
    case PROBLEM_softmax_ce:
        arf_zero(v->total);
        for (size_t k = 0; k < input->columns; k++) {
            coefficient(v->weight, input, row, k);
            exact_add(v->total, v->weight);
        }
        coefficient(v->weight, input, row, j);
        probability(v, x, input->columns, j);
        break;
    case PROBLEM_log_sum_exp:
        probability(v, x, input->columns, j);
        break;
    case PROBLEM_stablemax_ce:
        stablemax_gradient(v, x, input->columns, input->targets[row], j);
        break;
    case PROBLEM_bce_logit:
        logit_gradient(v, input, index);
        break;
    default:
        probability_gradient(v, input->values[index], input->labels[index]);
    }
}

static bool has_rows(const struct input_case *input)
{
    return input->problem == PROBLEM_softmax_ce || input->problem == PROBLEM_stablemax_ce ||
           input->problem == PROBLEM_log_sum_exp || input->problem == PROBLEM_softmax;
}

static void second_at(struct second *v, const struct input_case *input, struct quantity quantity,
                      slong bits)
{
    v->bits = bits;
    arb_zero(v->sum);
    arf_zero(v->below);
    arf_pos_inf(v->above);
    divisor_of(v->divisor, input);
    if (input->problem == PROBLEM_softmax_ce)
        exact_scale(v->divisor, (double)input->columns);
    size_t losses = has_rows(input) ? input->rows : input->rows * input->columns;
    if (quantity.kind == QUANTITY_GRADIENT)
        second_gradient(v, input, quantity.index);
    else if (input->reduction == REDUCTION_NONE)
        second_loss(v, input, quantity.index);
    else
        for (size_t i = 0; i < losses; i++)
            second_loss(v, input, i);
    arb_get_lbound_arf(v->lower, v->sum, bits);
    arb_get_ubound_arf(v->upper, v->sum, bits);
    if (!arb_is_finite(v->sum)) {
        arf_set(v->lower, v->below);
        arf_set(v->upper, v->above);
    }
    if (arf_cmp(v->lower, v->below) < 0)
        arf_set(v->lower, v->below);
    if (arf_cmp(v->upper, v->above) > 0)
        arf_set(v->upper, v->above);
}

#endif
