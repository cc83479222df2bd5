/* Exact stablemax cross-entropy: Σ_rows log(Σ_k s(x_k) / s(x_t)), or the mean,
 *     s(x) = x + 1 for x ≥ 0, 1/(1 − x) for x < 0
 * (Prieto, Barsbey, Mediano & Birdal, Grokking at the edge of numerical
 * stability, arXiv 2501.04697, 2025).
 *
 * Method: log1p(Σ_{k≠t} s(x_k) / s(x_t)), sums of terms > 0.  The gradient,
 *     s'(x_j)/S                       for j ≠ t, S = Σ_k s(x_k),
 *     −s'(x_t)·(S − s(x_t))/(S·s(x_t))  for j = t,
 * s' = 1 for x ≥ 0 and s² below, is rational: mpq, exactly. */
#include "oracle/problems.h"

#include <math.h>

static void gather_kind(const struct input_case *input, size_t row, struct kinds *kinds)
{
    struct row_shape shape = row_shape(input->values + row * input->columns, input->columns);
    if (!options_row_valid(input, row) || row_shape_undefined(&shape))
        kinds->undefined = true;
    else if (row_shape_without_mass(&shape, input->targets[row]))
        kinds->plus_infinite = true;
    else if (shape.infinite == 0 && shape.finite > 1)
        kinds->transcendental = true;
}

/* s = s(x), x finite. */
static void enclose_s(double x, struct interval *s)
{
    if (x >= 0) {
        interval_difference(s, x, -1);
    } else {
        interval_difference(s, 1, x);
        interval_invert(s);
    }
}

static void add_row(const double *x, size_t n, size_t t, struct interval *rest,
                    struct interval *others, struct interval *s)
{
    interval_set_zero(others);
    for (size_t k = 0; k < n; k++) {
        if (k == t || isinf(x[k]))
            continue; /* s(−∞) = 0 */
        enclose_s(x[k], s);
        interval_add(others, s);
    }
    enclose_s(x[t], s);
    interval_divide(others, s);
    interval_log1p(others);
    interval_add(rest, others);
}

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    const struct input_case *input = sum->input;
    struct kinds kinds = {0};
    for (size_t i = sum->first; i < sum->last; i++)
        if (options_row_counts(input, i))
            gather_kind(input, i, &kinds);
    if (!kinds_finite(&kinds, enclosure))
        return;
    if (!kinds.transcendental) {
        enclosure_set_zero(enclosure);
        return;
    }
    struct interval rest, others, s;
    mpq_t zero;
    mpq_init(zero);
    interval_init(&rest, enclosure->precision);
    interval_init(&others, enclosure->precision);
    interval_init(&s, enclosure->precision);
    interval_set_zero(&rest);
    for (size_t i = sum->first; i < sum->last; i++) {
        const double *x = input->values + i * input->columns;
        if (options_row_counts(input, i) && isfinite(x[input->targets[i]]))
            add_row(x, input->columns, input->targets[i], &rest, &others, &s);
    }
    interval_divide_rational(&rest, sum->divisor);
    enclosure_set_sum(enclosure, zero, +1, &rest);
    interval_clear(&rest);
    interval_clear(&others);
    interval_clear(&s);
    mpq_clear(zero);
}

/* s = s(x); 0 at −∞. */
static void exact_s(double x, mpq_t s)
{
    if (isinf(x)) {
        mpq_set_ui(s, 0, 1);
        return;
    }
    mpq_set_d(s, fabs(x));
    mpz_add(mpq_numref(s), mpq_numref(s), mpq_denref(s)); /* |x| + 1 */
    if (x < 0)
        mpq_inv(s, s);
}

/* Σ s(x_k), by halves: the denominators of many terms multiply, and so only
 * the last few additions are of large numbers. */
static void exact_sum(const double *x, size_t n, mpq_t sum)
{
    if (n == 1) {
        exact_s(x[0], sum);
        return;
    }
    mpq_t half;
    mpq_init(half);
    exact_sum(x, n / 2, half);
    exact_sum(x + n / 2, n - n / 2, sum);
    mpq_add(sum, sum, half);
    mpq_clear(half);
}

static void begin(struct gradient_row *row)
{
    const struct input_case *input = row->input;
    if (!options_row_counts(input, row->row))
        return;
    row->undefined = !options_row_valid(input, row->row) || row_shape_undefined(&row->shape);
    if (!row->undefined && row->shape.infinite == 0)
        exact_sum(row->shape.x, row->shape.columns, row->total);
}

/* g = s'(x_j)/S − [j = t]·s'(x_t)/s(x_t), not yet divided.  With +∞ in the row
 * 1/S is 0, and so are s'(−∞) and s'(±∞)/s(±∞). */
static void exact_component(const struct gradient_row *row, size_t column, mpq_t g)
{
    double x = row->shape.x[column];
    bool target = row->input->targets[row->row] == column;
    bool finite_sum = row->shape.infinite == 0;
    mpq_set_ui(g, 0, 1);
    if (isinf(x) || (!finite_sum && !target))
        return;
    mpq_t s, rest;
    mpq_inits(s, rest, (mpq_ptr)0);
    exact_s(x, s);
    mpq_set_ui(g, 1, 1);
    if (x < 0)
        mpq_mul(g, s, s);
    if (finite_sum)
        mpq_div(g, g, row->total); /* s'/S */
    if (target) {
        if (finite_sum)
            mpq_sub(rest, s, row->total);
        else
            mpq_set_si(rest, -1, 1);
        mpq_div(rest, rest, s);
        mpq_mul(g, g, rest);
    }
    mpq_clears(s, rest, (mpq_ptr)0);
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
    mpq_t g;
    mpq_init(g);
    exact_component(row, column, g);
    mpq_div(g, g, row->divisor);
    enclosure_set_rational(enclosure, g);
    mpq_clear(g);
}

const struct problem_oracle stablemax_ce_oracle = {loss, begin, component};
