/* What second_oracle.h computes in: a ball beside exact bounds, exact sums and
 * products, and the coefficients and divisors of the options. */
#ifndef XULP_TESTS_SECOND_ARITHMETIC_H
#define XULP_TESTS_SECOND_ARITHMETIC_H

#include "core/problem.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <arb.h>
#include <flint/fmpq.h>
#pragma GCC diagnostic pop
#include <math.h>

/* v·divisor in the open interval (lower, upper). */
struct second {
    slong bits;
    arb_t sum;          /* ball that holds v·divisor */
    arf_t divisor;      /* exact, > 0 */
    arf_t below, above; /* below < v·divisor < above */
    arf_t lower, upper;
    arb_t s, e; /* scratch */
    arf_t gap, weight, total;
};

static void second_init(struct second *v)
{
    arb_init(v->sum);
    arb_init(v->s);
    arb_init(v->e);
    arf_struct *const numbers[] = {v->divisor, v->below, v->above,  v->lower,
                                   v->upper,   v->gap,   v->weight, v->total};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        arf_init(numbers[i]);
}

static void second_clear(struct second *v)
{
    arb_clear(v->sum);
    arb_clear(v->s);
    arb_clear(v->e);
    arf_struct *const numbers[] = {v->divisor, v->below, v->above,  v->lower,
                                   v->upper,   v->gap,   v->weight, v->total};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        arf_clear(numbers[i]);
}

static void exact_add(arf_t sum, const arf_t term)
{
    arf_add(sum, sum, term, ARF_PREC_EXACT, ARF_RND_DOWN);
}

static void exact_multiply(arf_t product, const arf_t factor)
{
    arf_mul(product, product, factor, ARF_PREC_EXACT, ARF_RND_DOWN);
}

static void exact_scale(arf_t product, double factor)
{
    arf_t f;
    arf_init(f);
    arf_set_d(f, factor);
    exact_multiply(product, f);
    arf_clear(f);
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

/* --- coefficients and divisors ------------------------------------------------ */

static bool row_is_ignored(const struct input_case *input, size_t row)
{
    return input->targets != NULL && input->targets[row] == TARGET_IGNORED;
}

/* b_j = n·a_j. */
static void coefficient(arf_t b, const struct input_case *input, size_t row, size_t j)
{
    double q =
        input->targets == NULL ? input->labels[row * input->columns + j] : input->targets[row] == j;
    double w = input->weights == NULL ? 1 : input->weights[j];
    arf_t smoothed;
    arf_init(smoothed);
    difference(b, 1, input->label_smoothing);
    exact_scale(b, (double)input->columns);
    exact_scale(b, q);
    exact_scale(b, w);
    arf_set_d(smoothed, input->label_smoothing);
    exact_scale(smoothed, w);
    exact_add(b, smoothed);
    arf_clear(smoothed);
}

/* What the sum of losses is divided by. */
static void divisor_of(arf_t divisor, const struct input_case *input)
{
    bool rows = input->problem != PROBLEM_bce_prob && input->problem != PROBLEM_bce_prob_batch &&
                input->problem != PROBLEM_bce_logit;
    bool weighted = input->problem == PROBLEM_softmax_ce && input->weights != NULL;
    arf_set_ui(divisor, input->reduction != REDUCTION_MEAN);
    if (input->reduction != REDUCTION_MEAN)
        return;
    for (size_t i = 0; i < input->rows; i++) {
        arf_t share;
        arf_init(share);
        arf_set_ui(share, rows ? 1 : input->columns);
        if (weighted && input->targets != NULL && !row_is_ignored(input, i))
            arf_set_d(share, input->weights[input->targets[i]]);
        if (!row_is_ignored(input, i))
            exact_add(divisor, share);
        arf_clear(share);
    }
}

#endif
