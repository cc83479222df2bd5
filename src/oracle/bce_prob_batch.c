/* Exact binary cross-entropy of a batch: the sum or mean over N×C elements of
 * bce-prob.  The trace of the article's N×N products is this sum. */
#include "oracle/problems.h"

enum exact_kind bce_prob_batch_kind(const struct input_case *input)
{
    enum exact_kind kind = EXACT_ZERO;
    for (size_t i = 0; i < input->rows * input->columns; i++)
        kind = kind_of_sum(kind, bce_prob_element_kind(input->values[i], input->labels[i]));
    return kind;
}

void bce_prob_batch_loss(const struct input_case *input, struct interval *value)
{
    struct interval a, b;
    interval_init(&a, mpfr_get_prec(value->lo));
    interval_init(&b, mpfr_get_prec(value->lo));
    interval_set_zero(value);
    for (size_t i = 0; i < input->rows * input->columns; i++) {
        double p = input->values[i], y = input->labels[i];
        if (bce_prob_element_kind(p, y) == EXACT_TRANSCENDENTAL)
            bce_prob_element_add(p, y, value, &a, &b);
    }
    interval_divide_integer(value, input_case_divisor(input));
    interval_clear(&a);
    interval_clear(&b);
}
