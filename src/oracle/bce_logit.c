/* Exact binary cross-entropy from a logit: log(1 + e^x) − x·y.
 *
 * Method: |x|·w + log1p(e^−|x|), w = 1 − y for x ≥ 0 and y for x < 0: two
 * terms that are not negative, no exponential above 1.  The dyadic term |x|·w
 * is exact from some precision on (w has at most 1075 bits) and is added
 * last, as in softmax_ce.c. */
#include "oracle/problems.h"

#include <math.h>

enum exact_kind bce_logit_kind(const struct input_case *input)
{
    double x = input->values[0], y = input->labels[0];
    if (isnan(x) || !(y >= 0 && y <= 1))
        return EXACT_UNDEFINED;
    if (isinf(x))
        return y == (x > 0 ? 1 : 0) ? EXACT_ZERO : EXACT_INFINITE;
    return EXACT_TRANSCENDENTAL;
}

void bce_logit_loss(const struct input_case *input, struct interval *value)
{
    double x = input->values[0], y = input->labels[0];
    struct interval term;
    interval_init(&term, mpfr_get_prec(value->lo));
    if (x < 0)
        interval_difference(value, y, 0);
    else
        interval_difference(value, 1, y);
    interval_difference(&term, fabs(x), 0);
    interval_multiply(value, &term);
    interval_negate(&term);
    interval_exp(&term);
    interval_log1p(&term);
    interval_add(value, &term);
    interval_clear(&term);
}
