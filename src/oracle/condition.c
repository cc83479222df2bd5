/* The relative condition number κ = Σ_i |x_i ∂v/∂x_i| / |v| (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2002, 1.6, componentwise): how many
 * relative errors u of the inputs become how many of the value.
 *
 * Computed to nearest at twice the precision of an enclosure that is thin
 * relatively; a certified one need not be, where v is far below the format's
 * least number.  Numerators are sums of terms that are not negative.  The one
 * difference that cancels, σ(x) − y, is taken as tanh(x/2)/2 at y = 1/2, where
 * it would cancel without end as x → 0; with y = 1/2 + δ and x = 4δ it is of
 * order δ³, so it loses at most about 3p bits of the 128 (binary32) or 256
 * (binary64) there are. */
#include "oracle/oracle.h"

#include "oracle/problems.h"

#include <math.h>

enum { SCRATCH = 4, RELATIVE_BITS = 40 };

/* |x_k| p_k for k ≠ t, and |x_t| (1 − p_t) = |x_t| Σ_{k≠t} p_k: no
 * cancellation.  sum += the row's Σ |x_k ∂v/∂x_k|. */
static void softmax_row(const double *x, size_t n, size_t t, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr e = scratch[0], total = scratch[1], weighted = scratch[2];
    double m = softmax_ce_maximum(x, n);
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

/* p |∂v/∂p| = |p − y| / (1 − p), whose value at p = y = 1 is 1. */
static void prob_element(double p, double y, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr a = scratch[0], b = scratch[1];
    if (p == 1) {
        mpfr_add_ui(sum, sum, 1, MPFR_RNDN);
        return;
    }
    mpfr_set_d(b, p, MPFR_RNDN);
    mpfr_sub_d(a, b, y, MPFR_RNDN);
    mpfr_ui_sub(b, 1, b, MPFR_RNDN);
    mpfr_div(a, a, b, MPFR_RNDN);
    mpfr_abs(a, a, MPFR_RNDN);
    mpfr_add(sum, sum, a, MPFR_RNDN);
}

/* |x| |σ(x) − y|; σ(x) = 1/(1 + e^−x) for x ≥ 0, and by symmetry below. */
static void logit(double x, double y, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_ptr e = scratch[0], a = scratch[1], b = scratch[2];
    if (y == 0.5) {
        mpfr_set_d(a, fabs(x), MPFR_RNDN);
        mpfr_div_ui(e, a, 2, MPFR_RNDN);
        mpfr_tanh(e, e, MPFR_RNDN);
        mpfr_mul(sum, a, e, MPFR_RNDN);
        mpfr_div_ui(sum, sum, 2, MPFR_RNDN);
        return;
    }
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

static void slopes(const struct input_case *input, mpfr_ptr sum, mpfr_t *scratch)
{
    mpfr_set_zero(sum, +1);
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
}

static bool is_thin(const struct enclosure *enclosure)
{
    MPFR_DECL_INIT(width, 64);
    MPFR_DECL_INIT(most, 64);
    mpfr_sub(width, enclosure->hi, enclosure->lo, MPFR_RNDU);
    mpfr_div_2ui(most, enclosure->lo, RELATIVE_BITS, MPFR_RNDD);
    return mpfr_lessequal_p(width, most);
}

static double condition(const struct input_case *input, const struct enclosure *thin)
{
    mpfr_t sum, scratch[SCRATCH];
    mpfr_prec_t precision = 2 * thin->precision;
    mpfr_init2(sum, precision);
    for (size_t i = 0; i < SCRATCH; i++)
        mpfr_init2(scratch[i], precision);
    slopes(input, sum, scratch);
    mpfr_div(sum, sum, thin->lo, MPFR_RNDN);
    double kappa = mpfr_get_d(sum, MPFR_RNDN);
    mpfr_clear(sum);
    for (size_t i = 0; i < SCRATCH; i++)
        mpfr_clear(scratch[i]);
    return kappa;
}

double oracle_condition(const struct input_case *input, const struct enclosure *enclosure)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL || mpfr_zero_p(enclosure->lo))
        return NAN; /* lo = 0: v is below MPFR's range */
    if (is_thin(enclosure))
        return condition(input, enclosure);
    struct enclosure thin;
    struct error error;
    enclosure_init(&thin);
    thin.precision = enclosure->precision;
    int code;
    do {
        code = oracle_refine(input, QUANTITY_LOSS, &thin, &error);
    } while (code == OK && !is_thin(&thin));
    double kappa = code == OK ? condition(input, &thin) : NAN;
    enclosure_clear(&thin);
    return kappa;
}
