/* Exact binary cross-entropy from a probability: −(y log p + (1−y) log(1−p)).
 *
 * Method: the two terms −y log p and −(1−y) log1p(−p) are not negative, so
 * their sum does not cancel; 1 − p is never formed. */
#include "oracle/problems.h"

#include <math.h>

enum exact_kind bce_prob_element_kind(double p, double y)
{
    if (!(p >= 0 && p <= 1 && y >= 0 && y <= 1))
        return EXACT_UNDEFINED;
    if ((p == 0 && y > 0) || (p == 1 && y < 1))
        return EXACT_INFINITE;
    return p == 0 || p == 1 ? EXACT_ZERO : EXACT_TRANSCENDENTAL;
}

void bce_prob_element_add(double p, double y, struct interval *sum, struct interval *a,
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

enum exact_kind bce_prob_kind(const struct input_case *input)
{
    return bce_prob_element_kind(input->values[0], input->labels[0]);
}

void bce_prob_loss(const struct input_case *input, struct interval *value)
{
    struct interval a, b;
    interval_init(&a, mpfr_get_prec(value->lo));
    interval_init(&b, mpfr_get_prec(value->lo));
    interval_set_zero(value);
    bce_prob_element_add(input->values[0], input->labels[0], value, &a, &b);
    interval_clear(&a);
    interval_clear(&b);
}
