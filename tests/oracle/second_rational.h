/* The second oracle's rational values, in FLINT's fmpq, for test_arb.c: kinds by
 * their own rules, gradients by other formulas than src/oracle's:
 *   bce-prob      (1 − y)/(1 − p) − y/p
 *   stablemax-ce  s'(x_j)·(1/S − [j = t]/s(x_t)), s' = 1/(1 − x)²
 * Cases hold no NaN, no +∞ and nothing outside the domain. */
#ifndef XULP_TESTS_SECOND_RATIONAL_H
#define XULP_TESTS_SECOND_RATIONAL_H

#include "second_oracle.h"

#include "oracle/oracle.h" /* enum exact_kind only */

static void fmpq_from_arf(fmpq_t q, const arf_t x)
{
    fmpz_t mantissa, exponent;
    fmpz_init(mantissa);
    fmpz_init(exponent);
    arf_get_fmpz_2exp(mantissa, exponent, x);
    slong shift = fmpz_get_si(exponent);
    fmpq_set_fmpz_frac(q, mantissa, (fmpz[]){1});
    if (shift >= 0)
        fmpq_mul_2exp(q, q, (ulong)shift);
    else
        fmpq_div_2exp(q, q, (ulong)-shift);
    fmpz_clear(mantissa);
    fmpz_clear(exponent);
}

static void fmpq_from_double(fmpq_t q, double x)
{
    arf_t exact;
    arf_init(exact);
    arf_set_d(exact, x);
    fmpq_from_arf(q, exact);
    arf_clear(exact);
}

static size_t finite_in(const double *x, size_t n)
{
    size_t finite = 0;
    for (size_t k = 0; k < n; k++)
        finite += isfinite(x[k]) != 0;
    return finite;
}

/* The number of logits equal to x_j if all that are finite are, else 0. */
static size_t equal_to(const double *x, size_t n, size_t j)
{
    size_t equal = 0;
    for (size_t k = 0; k < n; k++) {
        if (isfinite(x[k]) && x[k] != x[j])
            return 0;
        equal += x[k] == x[j];
    }
    return equal;
}

/* value = total·p_j − own where p_j is rational. */
static enum exact_kind rational_probability(fmpq_t value, const double *x, size_t n, size_t j,
                                            const fmpq_t total, const fmpq_t own)
{
    size_t equal = equal_to(x, n, j);
    fmpq_zero(value);
    if (isfinite(x[j]) && !fmpq_is_zero(total)) {
        if (equal == 0)
            return EXACT_TRANSCENDENTAL;
        fmpq_set(value, total);
        fmpz_t count;
        fmpz_init_set_ui(count, equal);
        fmpq_div_fmpz(value, value, count);
        fmpz_clear(count);
    }
    fmpq_sub(value, value, own);
    return EXACT_RATIONAL;
}

/* b_j and Σ b_j of a row, b = n·a. */
static void coefficients(fmpq_t total, fmpq_t own, const struct input_case *input, size_t row,
                         size_t j)
{
    arf_t b;
    fmpq_t term;
    arf_init(b);
    fmpq_init(term);
    fmpq_zero(total);
    for (size_t k = 0; k < input->columns; k++) {
        coefficient(b, input, row, k);
        fmpq_from_arf(term, b);
        fmpq_add(total, total, term);
        if (k == j)
            fmpq_set(own, term);
    }
    arf_clear(b);
    fmpq_clear(term);
}

static void exact_s(fmpq_t s, double x)
{
    fmpq_from_double(s, fabs(x));
    fmpq_add_si(s, s, 1);
    if (x < 0)
        fmpq_inv(s, s);
}

static void rational_stablemax(fmpq_t g, const double *x, size_t n, size_t t, size_t j)
{
    fmpq_t s, sum;
    fmpq_init(s);
    fmpq_init(sum);
    for (size_t k = 0; k < n; k++) {
        if (isinf(x[k]))
            continue;
        exact_s(s, x[k]);
        fmpq_add(sum, sum, s);
    }
    fmpq_inv(g, sum);
    if (j == t) {
        exact_s(s, x[t]);
        fmpq_inv(s, s);
        fmpq_sub(g, g, s);
    }
    exact_s(s, x[j]);
    if (x[j] < 0) {
        fmpq_mul(g, g, s);
        fmpq_mul(g, g, s);
    }
    if (isinf(x[j]))
        fmpq_zero(g);
    fmpq_clear(s);
    fmpq_clear(sum);
}

static enum exact_kind rational_bce_prob(fmpq_t g, double p, double y)
{
    fmpq_zero(g);
    if (p == 0 || p == 1) {
        fmpq_set_si(g, p == 0 ? 1 : -1, 1);
        return p == y ? EXACT_RATIONAL : EXACT_INFINITE;
    }
    fmpq_t a, b;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_from_double(a, y);
    fmpq_from_double(b, p);
    fmpq_div(g, a, b); /* y/p */
    fmpq_sub_si(a, a, 1);
    fmpq_sub_si(b, b, 1);
    fmpq_div(a, a, b);
    fmpq_sub(g, a, g);
    fmpq_clear(a);
    fmpq_clear(b);
    return EXACT_RATIONAL;
}

static enum exact_kind rational_logit(fmpq_t g, struct second *v, const struct input_case *input,
                                      size_t i)
{
    label_weights(v, input, i);
    fmpq_zero(g);
    if (arf_is_zero(v->total) && arf_is_zero(v->weight))
        return EXACT_RATIONAL;
    if (input->values[i] != 0)
        return EXACT_TRANSCENDENTAL;
    arf_sub(v->gap, v->total, v->weight, ARF_PREC_EXACT, ARF_RND_DOWN);
    fmpq_from_arf(g, v->gap);
    fmpq_div_2exp(g, g, 1);
    return EXACT_RATIONAL;
}

/* The gradient, not yet divided; a negative infinity has g = +1 at p = 0. */
static enum exact_kind gradient_kind(fmpq_t g, struct second *v, const struct input_case *input,
                                     size_t index)
{
    size_t n = input->columns, row = index / n, j = index % n;
    const double *x = input->values + row * n;
    if (input->problem == PROBLEM_softmax || row_is_ignored(input, row)) {
        fmpq_zero(g);
        return input->problem == PROBLEM_softmax ? EXACT_UNDEFINED : EXACT_RATIONAL;
    }
    if (input->problem == PROBLEM_bce_logit)
        return rational_logit(g, v, input, index);
    if (!has_rows(input))
        return rational_bce_prob(g, input->values[index], input->labels[index]);
    if (input->problem == PROBLEM_stablemax_ce) {
        rational_stablemax(g, x, n, input->targets[row], j);
        return EXACT_RATIONAL;
    }
    fmpq_t total, own;
    fmpq_init(total);
    fmpq_init(own);
    fmpq_one(total);
    if (input->problem == PROBLEM_softmax_ce)
        coefficients(total, own, input, row, j);
    enum exact_kind kind = rational_probability(g, x, n, j, total, own);
    fmpz_t scale;
    fmpz_init_set_ui(scale, input->problem == PROBLEM_softmax_ce ? n : 1);
    fmpq_div_fmpz(g, g, scale);
    fmpz_clear(scale);
    fmpq_clear(total);
    fmpq_clear(own);
    return kind;
}

/* The kind of one loss; value: what it is where that is rational. */
static enum exact_kind loss_kind(fmpq_t value, struct second *v, const struct input_case *input,
                                 size_t i)
{
    size_t n = input->columns;
    const double *x = input->values + i * n;
    fmpq_zero(value);
    if (input->problem == PROBLEM_bce_logit) {
        label_weights(v, input, i);
        bool weightless = arf_is_zero(v->total) && arf_is_zero(v->weight);
        return weightless ? EXACT_RATIONAL : EXACT_TRANSCENDENTAL;
    }
    if (!has_rows(input)) {
        double p = input->values[i];
        return p != 0 && p != 1        ? EXACT_TRANSCENDENTAL
               : p == input->labels[i] ? EXACT_RATIONAL
                                       : EXACT_INFINITE;
    }
    if (row_is_ignored(input, i))
        return EXACT_RATIONAL;
    bool several = finite_in(x, n) > 1;
    if (input->problem == PROBLEM_log_sum_exp) {
        for (size_t k = 0; k < n && !several; k++)
            if (isfinite(x[k]))
                fmpq_from_double(value, x[k]);
        return several ? EXACT_TRANSCENDENTAL : EXACT_RATIONAL;
    }
    if (input->problem == PROBLEM_stablemax_ce)
        return several ? EXACT_TRANSCENDENTAL : EXACT_RATIONAL;
    fmpq_t total, own;
    fmpq_init(total);
    fmpq_init(own);
    fmpq_one(total);
    enum exact_kind kind = EXACT_RATIONAL;
    if (input->problem == PROBLEM_softmax) {
        kind = rational_probability(value, x, n, input->targets[i], total, own);
    } else {
        for (size_t j = 0; j < n; j++) {
            coefficients(total, own, input, i, j);
            if (isinf(x[j]) && !fmpq_is_zero(own))
                kind = EXACT_INFINITE;
        }
        if (kind != EXACT_INFINITE && several && !fmpq_is_zero(total))
            kind = EXACT_TRANSCENDENTAL;
    }
    fmpq_clear(total);
    fmpq_clear(own);
    return kind;
}

/* The kind of a quantity, and its value where it is rational; v is scratch. */
static enum exact_kind second_kind(fmpq_t value, struct second *v, const struct input_case *input,
                                   struct quantity quantity)
{
    fmpq_t term, divisor;
    fmpq_init(term);
    fmpq_init(divisor);
    divisor_of(v->gap, input);
    fmpq_from_arf(divisor, v->gap);
    enum exact_kind kind = EXACT_RATIONAL;
    fmpq_zero(value);
    size_t losses = has_rows(input) ? input->rows : input->rows * input->columns;
    if (fmpq_is_zero(divisor)) {
        kind = EXACT_UNDEFINED;
    } else if (quantity.kind == QUANTITY_GRADIENT) {
        kind = gradient_kind(value, v, input, quantity.index);
    } else {
        for (size_t i = 0; i < losses; i++) {
            if (input->reduction == REDUCTION_NONE && i != quantity.index)
                continue;
            enum exact_kind one = loss_kind(term, v, input, i);
            fmpq_add(value, value, term);
            if (one == EXACT_INFINITE || kind == EXACT_RATIONAL)
                kind = one;
        }
    }
    if (kind == EXACT_RATIONAL)
        fmpq_div(value, value, divisor);
    fmpq_clear(term);
    fmpq_clear(divisor);
    return kind;
}

#endif
