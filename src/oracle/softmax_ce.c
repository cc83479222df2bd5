/* Exact softmax cross-entropy: the sum over rows of Σ_j a_j·(log Σ_k e^{x_k} − x_j),
 * divided by D; a_j = [j = t] without options.
 *
 * Method: with A = Σ_j a_j and m the row's maximum, each row is
 *     Σ_j a_j·(m − x_j) + A·log Σ_k e^{x_k − m},
 * terms ≥ 0.  The first sum is rational and kept exactly, over all rows,
 * apart from the logarithms (softmax_row.c).  The gradient's components are
 *     ∂/∂x_j = (A·p_j − a_j)/D
 * with p_j split into a rational number and one term of known sign: the target
 * that is the row's maximum has −A·r/(1 + r), without the cancellation of
 * p_t − 1. */
#include "oracle/problems.h"

#include <math.h>

/* Whether a coefficient that is not 0 meets a probability that is. */
static bool is_infinite(const struct input_case *input, size_t row, const struct row_shape *shape)
{
    for (size_t j = 0; j < shape->columns; j++)
        if (row_shape_without_mass(shape, j) && options_positive(input, row, j))
            return true;
    return false;
}

static bool has_coefficients(const struct input_case *input, size_t row)
{
    for (size_t j = 0; j < input->columns; j++)
        if (options_positive(input, row, j))
            return true;
    return false;
}

static void gather_kind(const struct input_case *input, size_t row, struct kinds *kinds)
{
    struct row_shape shape = row_shape(input->values + row * input->columns, input->columns);
    if (!options_row_valid(input, row) || row_shape_undefined(&shape))
        kinds->undefined = true;
    else if (is_infinite(input, row, &shape))
        kinds->plus_infinite = true;
    else if (shape.infinite == 0 && shape.finite > 1 && has_coefficients(input, row))
        kinds->transcendental = true;
}

/* exact += Σ_j a_j·(m − x_j); total = A. */
static void add_exact(const struct input_case *input, size_t row, const struct row_shape *shape,
                      mpq_t exact, mpq_t total)
{
    mpq_t a, gap, x;
    mpq_inits(a, gap, x, (mpq_ptr)0);
    mpq_set_ui(total, 0, 1);
    for (size_t j = 0; j < shape->columns; j++) {
        if (!options_positive(input, row, j))
            continue;
        options_coefficient(input, row, j, a);
        mpq_add(total, total, a);
        if (shape->x[j] == shape->maximum)
            continue;
        mpq_set_d(gap, shape->maximum);
        mpq_set_d(x, shape->x[j]);
        mpq_sub(gap, gap, x);
        mpq_mul(gap, gap, a);
        mpq_add(exact, exact, gap);
    }
    mpq_clears(a, gap, x, (mpq_ptr)0);
}

/* The sum of rows that are all finite. */
static void add_rows(const struct loss_sum *sum, mpq_t exact, struct interval *rest)
{
    const struct input_case *input = sum->input;
    struct interval term, scratch;
    mpq_t total;
    interval_init(&term, mpfr_get_prec(rest->lo));
    interval_init(&scratch, mpfr_get_prec(rest->lo));
    mpq_init(total);
    for (size_t i = sum->first; i < sum->last; i++) {
        struct row_shape shape = row_shape(input->values + i * input->columns, input->columns);
        if (!options_row_counts(input, i) || shape.infinite > 0 || shape.finite == 1)
            continue;
        add_exact(input, i, &shape, exact, total);
        if (mpq_sgn(total) == 0)
            continue;
        row_logarithm(&shape, &term, &scratch);
        if (mpq_cmp_ui(total, 1, 1) != 0)
            interval_multiply_rational(&term, total);
        interval_add(rest, &term);
    }
    interval_clear(&term);
    interval_clear(&scratch);
    mpq_clear(total);
}

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    struct kinds kinds = {.undefined = !options_valid(sum->input)};
    for (size_t i = sum->first; i < sum->last && !kinds.undefined; i++)
        if (options_row_counts(sum->input, i))
            gather_kind(sum->input, i, &kinds);
    if (!kinds_finite(&kinds, enclosure))
        return;
    if (!kinds.transcendental) {
        enclosure_set_zero(enclosure);
        return;
    }
    mpq_t exact;
    struct interval rest;
    mpq_init(exact);
    interval_init(&rest, enclosure->precision);
    interval_set_zero(&rest);
    add_rows(sum, exact, &rest);
    mpq_div(exact, exact, sum->divisor);
    interval_divide_rational(&rest, sum->divisor);
    enclosure_set_sum(enclosure, exact, +1, &rest);
    interval_clear(&rest);
    mpq_clear(exact);
}

static void begin(struct gradient_row *row)
{
    const struct input_case *input = row->input;
    if (!options_row_counts(input, row->row))
        return;
    row->undefined = !options_valid(input) || !options_row_valid(input, row->row) ||
                     row_shape_undefined(&row->shape);
    if (row->undefined)
        return;
    options_total(input, row->row, row->total);
    mpq_div(row->total, row->total, row->divisor);
    row_probabilities_begin(row);
}

static void component(const struct gradient_row *row, size_t column, struct enclosure *enclosure)
{
    if (!options_row_counts(row->input, row->row)) {
        enclosure_set_zero(enclosure);
        return;
    }
    if (row->undefined) {
        enclosure_set_undefined(enclosure);
        return;
    }
    mpq_t offset; /* −a_j/D */
    mpq_init(offset);
    options_coefficient(row->input, row->row, column, offset);
    mpq_div(offset, offset, row->divisor);
    mpq_neg(offset, offset);
    row_probability(row, column, offset, row->total, enclosure);
    mpq_clear(offset);
}

const struct problem_oracle softmax_ce_oracle = {loss, begin, component};
