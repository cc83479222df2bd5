/* The relative condition number κ = Σ_i |x_i ∂v/∂x_i| / |v| (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2002, 1.6, componentwise): how many
 * relative errors u of the inputs become how many of the value.
 *
 * Computed to nearest at twice the precision of the certified enclosure.
 * Numerators are sums of terms that are not negative; the one difference,
 * σ(x) − y, is taken with all bits of the doubled precision, so that nine
 * digits are left unless more than 100 of them cancel, where κ is 0 to all
 * purposes. */
#include "oracle/oracle.h"

#include <math.h>

enum { SCRATCH = 4 };

/* |x_k| p_k for k ≠ t, and |x_t| (1 − p_t) = |x_t| Σ_{k≠t} p_k: no
 * cancellation.  sum += the row's Σ |x_k ∂v/∂x_k|. */
static void softmax_row(const double *x, size_t n, size_t t, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr e = scratch[0], total = scratch[1], weighted = scratch[2];
    double m = x[0];
    for (size_t k = 1; k < n; k++)
        m = x[k] > m ? x[k] : m;
    mpfr_set_zero(total, +1);
    mpfr_set_zero(weighted, +1);
    mpfr_ptr others = scratch[3];
    mpfr_set_zero(others, +1);
    for (size_t k = 0; k < n; k++) {
        if (isinf(x[k]))
            continue; /* p_k = 0 */
        mpfr_set_d(e, x[k], MPFR_RNDN);
        mpfr_sub_d(e, e, m, MPFR_RNDN);
        mpfr_exp(e, e, MPFR_RNDN);
        mpfr_add(total, total, e, MPFR_RNDN);
        if (k == t)
            continue;
        mpfr_add(others, others, e, MPFR_RNDN);
        mpfr_mul_d(e, e, fabs(x[k]), MPFR_RNDN);
        mpfr_add(weighted, weighted, e, MPFR_RNDN);
    }
    mpfr_mul_d(others, others, fabs(x[t]), MPFR_RNDN);
    mpfr_add(weighted, weighted, others, MPFR_RNDN);
    mpfr_div(weighted, weighted, total, MPFR_RNDN);
    mpfr_add(sum, sum, weighted, MPFR_RNDN);
}

/* p ∂v/∂p = (1−y) p/(1−p) − y, whose value at y = 1 is −1 for every p. */
static void prob_element(double p, double y, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr a = scratch[0], b = scratch[1];
    mpfr_set_zero(a, +1);
    if (y < 1) {
        mpfr_set_d(b, y, MPFR_RNDN);
        mpfr_ui_sub(a, 1, b, MPFR_RNDN);
        mpfr_mul_d(a, a, p, MPFR_RNDN);
        mpfr_set_d(b, p, MPFR_RNDN);
        mpfr_ui_sub(b, 1, b, MPFR_RNDN);
        mpfr_div(a, a, b, MPFR_RNDN);
    }
    mpfr_sub_d(a, a, y, MPFR_RNDN);
    mpfr_abs(a, a, MPFR_RNDN);
    mpfr_add(sum, sum, a, MPFR_RNDN);
}

/* |x| |σ(x) − y|; σ(x) = 1/(1 + e^−x) for x ≥ 0, and by symmetry below. */
static void logit(double x, double y, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr e = scratch[0], a = scratch[1], b = scratch[2];
    mpfr_set_d(e, -fabs(x), MPFR_RNDN);
    mpfr_exp(e, e, MPFR_RNDN);
    mpfr_add_ui(b, e, 1, MPFR_RNDN);
    /* With z = 1 − y for x ≥ 0, y for x < 0: |σ(x) − y| = |z − e/(1 + e)|. */
    mpfr_div(e, e, b, MPFR_RNDN);
    mpfr_set_d(a, y, MPFR_RNDN);
    if (x >= 0)
        mpfr_ui_sub(a, 1, a, MPFR_RNDN);
    mpfr_sub(a, a, e, MPFR_RNDN);
    mpfr_mul_d(a, a, x, MPFR_RNDN);
    mpfr_abs(sum, a, MPFR_RNDN);
}

double oracle_condition(const struct input_case *input, const struct enclosure *enclosure)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL)
        return NAN;
    mpfr_t sum, scratch[SCRATCH];
    mpfr_prec_t precision = 2 * enclosure->precision;
    mpfr_init2(sum, precision);
    mpfr_set_zero(sum, +1);
    for (size_t i = 0; i < SCRATCH; i++)
        mpfr_init2(scratch[i], precision);
    switch (input->problem) {
    case PROBLEM_softmax_ce:
        for (size_t i = 0; i < input->rows; i++)
            if (isfinite(input->values[i * input->columns + input->targets[i]]))
                softmax_row(input->values + i * input->columns, input->columns, input->targets[i],
                            sum, scratch);
        break;
    case PROBLEM_bce_prob:
    case PROBLEM_bce_prob_batch:
        for (size_t i = 0; i < input->rows * input->columns; i++)
            prob_element(input->values[i], input->labels[i], sum, scratch);
        break;
    case PROBLEM_bce_logit:
        logit(input->values[0], input->labels[0], sum, scratch);
        break;
    case PROBLEM_COUNT:
        break;
    }
    mpfr_div_ui(sum, sum, input_case_divisor(input), MPFR_RNDN);
    mpfr_div(sum, sum, enclosure->lo, MPFR_RNDN);
    double kappa = mpfr_get_d(sum, MPFR_RNDN);
    mpfr_clear(sum);
    for (size_t i = 0; i < SCRATCH; i++)
        mpfr_clear(scratch[i]);
    return kappa;
}
