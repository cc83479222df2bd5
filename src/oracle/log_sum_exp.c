/* Exact log-sum-exp: Σ_rows log Σ_k e^{x_k}, or the mean; its gradient is the
 * row's softmax.
 *
 * Method: m + log Σ_k e^{x_k − m}, the maxima added exactly and apart from the
 * logarithms, which are ≥ 0 (softmax_row.c).  A row with one finite number is
 * that number: rational.  The value may be of either sign, and near 0. */
#include "oracle/problems.h"

static void gather_kind(const struct row_shape *shape, struct kinds *kinds)
{
    kinds->undefined |= shape->nan;
    kinds->plus_infinite |= shape->infinite > 0;
    kinds->minus_infinite |= shape->infinite + shape->finite == 0;
    kinds->transcendental |= shape->finite > 1;
}

static void add_rows(const struct loss_sum *sum, mpq_t exact, struct interval *rest)
{
    const struct input_case *input = sum->input;
    struct interval term, scratch;
    mpq_t maximum;
    interval_init(&term, mpfr_get_prec(rest->lo));
    interval_init(&scratch, mpfr_get_prec(rest->lo));
    mpq_init(maximum);
    for (size_t i = sum->first; i < sum->last; i++) {
        struct row_shape shape = row_shape(input->values + i * input->columns, input->columns);
        mpq_set_d(maximum, shape.maximum);
        mpq_add(exact, exact, maximum);
        if (shape.finite == 1)
            continue;
        row_logarithm(&shape, &term, &scratch);
        interval_add(rest, &term);
    }
    interval_clear(&term);
    interval_clear(&scratch);
    mpq_clear(maximum);
}

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    const struct input_case *input = sum->input;
    struct kinds kinds = {0};
    for (size_t i = sum->first; i < sum->last; i++) {
        struct row_shape shape = row_shape(input->values + i * input->columns, input->columns);
        gather_kind(&shape, &kinds);
    }
    if (!kinds_finite(&kinds, enclosure))
        return;
    mpq_t exact;
    struct interval rest;
    mpq_init(exact);
    interval_init(&rest, enclosure->precision);
    interval_set_zero(&rest);
    add_rows(sum, exact, &rest);
    mpq_div(exact, exact, sum->divisor);
    interval_divide_rational(&rest, sum->divisor);
    if (kinds.transcendental)
        enclosure_set_sum(enclosure, exact, +1, &rest);
    else
        enclosure_set_rational(enclosure, exact);
    interval_clear(&rest);
    mpq_clear(exact);
}

static void component(const struct gradient_row *row, size_t column, struct enclosure *enclosure)
{
    mpq_t offset, factor;
    mpq_inits(offset, factor, (mpq_ptr)0);
    mpq_inv(factor, row->divisor);
    row_probability(row, column, offset, factor, enclosure);
    mpq_clears(offset, factor, (mpq_ptr)0);
}

const struct problem_oracle log_sum_exp_oracle = {loss, row_probabilities_begin, component};
