/* Exact softmax: p_t = e^{x_t} / Σ_k e^{x_k} of one row (softmax_row.c).  It is
 * a value, not a loss: no gradient is taken of it. */
#include "oracle/problems.h"

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    const struct input_case *input = sum->input;
    if (input->targets[0] >= input->columns) {
        enclosure_set_undefined(enclosure);
        return;
    }
    struct gradient_row row = {
        .input = input,
        .precision = enclosure->precision,
        .shape = row_shape(input->values, input->columns),
    };
    mpq_t zero, one;
    mpq_inits(zero, one, (mpq_ptr)0);
    mpq_set_ui(one, 1, 1);
    interval_init(&row.below, row.precision);
    interval_init(&row.sum, row.precision);
    row_probabilities_begin(&row);
    row_probability(&row, input->targets[0], zero, one, enclosure);
    interval_clear(&row.below);
    interval_clear(&row.sum);
    mpq_clears(zero, one, (mpq_ptr)0);
}

const struct problem_oracle softmax_oracle = {loss, NULL, NULL};
