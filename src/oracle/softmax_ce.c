/* Exact softmax cross-entropy: Σ_rows log Σ_k e^{x_k − x_t}, or the mean.
 *
 * Method: with m = max x_k occurring c times, each row is
 *     (m − x_t) + log(c + Σ_{x_k < m} e^{x_k − m}),
 * no exponential above 1, and log1p where c = 1, so that the loss of a
 * confident row keeps its relative accuracy.  The parts m − x_t are dyadic;
 * their sum is kept apart from the logarithms' and added last, so that a tiny
 * logarithm leaves a lower endpoint on the dyadic number, not below it (this
 * is what decides cases like m − x_t + e^{−10^300}; docs/method.md).
 *
 * Width: every operation adds one unit in the last place of the working
 * precision, and that of x_k − m is multiplied by |x_k − m| in its exponential:
 * the sum of n positive terms has relative width of about
 * (2n + 2 + max |x_k − m|)·2^(1−precision).  Nothing relies on it. */
#include "oracle/problems.h"

#include <math.h>

static enum exact_kind row_kind(const double *x, size_t n, size_t t)
{
    size_t infinite = 0, finite = 0;
    for (size_t k = 0; k < n; k++) {
        if (isnan(x[k]))
            return EXACT_UNDEFINED;
        if (isfinite(x[k]))
            finite++;
        else if (x[k] > 0)
            infinite++;
    }
    if (infinite > 1 || (infinite == 0 && finite == 0))
        return EXACT_UNDEFINED;
    if (infinite == 1)
        return isinf(x[t]) && x[t] > 0 ? EXACT_ZERO : EXACT_INFINITE;
    if (isinf(x[t]))
        return EXACT_INFINITE;
    return finite == 1 ? EXACT_ZERO : EXACT_TRANSCENDENTAL;
}

enum exact_kind softmax_ce_kind(const struct input_case *input)
{
    enum exact_kind kind = EXACT_ZERO;
    for (size_t i = 0; i < input->rows; i++)
        kind = kind_of_sum(
            kind, row_kind(input->values + i * input->columns, input->columns, input->targets[i]));
    return kind;
}

double softmax_ce_maximum(const double *x, size_t n)
{
    double m = x[0];
    for (size_t k = 1; k < n; k++)
        m = x[k] > m ? x[k] : m;
    return m;
}

/* term = log Σ_k e^{x_k − m}.  Equal neighbours share their exponential. */
static void row_logarithm(const double *x, size_t n, double m, struct interval *term,
                          struct interval *exponential)
{
    unsigned long maxima = 0;
    double previous = m;
    interval_set_zero(term);
    for (size_t k = 0; k < n; k++) {
        if (x[k] == m) {
            maxima++;
            continue;
        }
        if (isinf(x[k]))
            continue; /* e^−∞ = 0 */
        if (x[k] != previous) {
            interval_difference(exponential, x[k], m);
            interval_exp(exponential);
            previous = x[k];
        }
        interval_add(term, exponential);
    }
    if (maxima == 1) {
        interval_log1p(term);
    } else {
        interval_add_integer(term, maxima);
        interval_log(term);
    }
}

void softmax_ce_loss(const struct input_case *input, struct interval *value)
{
    mpfr_prec_t precision = mpfr_get_prec(value->lo);
    struct interval logarithms, term, scratch;
    interval_init(&logarithms, precision);
    interval_init(&term, precision);
    interval_init(&scratch, precision);
    interval_set_zero(&logarithms);
    interval_set_zero(value);
    for (size_t i = 0; i < input->rows; i++) {
        const double *x = input->values + i * input->columns;
        if (row_kind(x, input->columns, input->targets[i]) == EXACT_ZERO)
            continue;
        double m = softmax_ce_maximum(x, input->columns);
        interval_difference(&term, m, x[input->targets[i]]);
        interval_add(value, &term);
        row_logarithm(x, input->columns, m, &term, &scratch);
        interval_add(&logarithms, &term);
    }
    interval_add(value, &logarithms);
    interval_divide_integer(value, input_case_divisor(input));
    interval_clear(&logarithms);
    interval_clear(&term);
    interval_clear(&scratch);
}
