/* What softmax-ce, log-sum-exp and softmax share: sums of exponentials over a
 * row, and its probabilities.
 *
 * Method: with m = max x_k occurring c times and r = Σ_{x_k < m} e^{x_k − m},
 *     log Σ e^{x_k − m} = log(c + r), log1p(r) where c = 1,
 *     p_j = 1/c − r/(c·(c + r))   where x_j = m,
 *     p_j = e^{x_j − m}/(c + r)   elsewhere:
 * no exponential above 1, and each p_j a rational number and one term of known
 * sign, so that a term of size e^−10^300 leaves the enclosure on its side of
 * the rational number (enclosure.c).
 *
 * Width: every operation adds one unit in the last place of the working
 * precision, and that of x_k − m is multiplied by |x_k − m| in its exponential:
 * the sum of n positive terms has relative width of about
 * (2n + 2 + max |x_k − m|)·2^(1−precision).  Nothing relies on it. */
#include "oracle/problems.h"

#include <math.h>

struct row_shape row_shape(const double *x, size_t columns)
{
    struct row_shape shape = {.x = x, .columns = columns, .maximum = -INFINITY};
    for (size_t k = 0; k < columns; k++) {
        if (isnan(x[k])) {
            shape.nan = true;
        } else if (isinf(x[k])) {
            shape.infinite += x[k] > 0;
        } else {
            shape.finite++;
            if (x[k] > shape.maximum)
                shape.maxima = 0;
            if (x[k] >= shape.maximum) {
                shape.maximum = x[k];
                shape.maxima++;
            }
        }
    }
    return shape;
}

bool row_shape_without_mass(const struct row_shape *shape, size_t j)
{
    return shape->infinite > 0 ? shape->x[j] != INFINITY : shape->x[j] == -INFINITY;
}

/* Equal neighbours share their exponential. */
void row_below(const struct row_shape *shape, struct interval *below, struct interval *scratch)
{
    const double *x = shape->x;
    double m = shape->maximum, previous = m;
    interval_set_zero(below);
    for (size_t k = 0; k < shape->columns; k++) {
        if (x[k] == m || isinf(x[k]))
            continue; /* counted by c; e^−∞ = 0 */
        if (x[k] != previous) {
            interval_difference(scratch, x[k], m);
            interval_exp(scratch);
            previous = x[k];
        }
        interval_add(below, scratch);
    }
}

void row_logarithm(const struct row_shape *shape, struct interval *logarithm,
                   struct interval *scratch)
{
    row_below(shape, logarithm, scratch);
    if (shape->maxima == 1) {
        interval_log1p(logarithm);
    } else {
        interval_add_integer(logarithm, shape->maxima);
        interval_log(logarithm);
    }
}

/* Whether the probabilities of the numbers that are finite are rational: equal
 * logits, or an infinity beside them. */
static bool rational(const struct row_shape *shape)
{
    return shape->infinite > 0 || shape->maxima == shape->finite;
}

void row_probabilities_begin(struct gradient_row *row)
{
    if (row->shape.nan || rational(&row->shape))
        return;
    row_below(&row->shape, &row->below, &row->sum);
    interval_set(&row->sum, &row->below);
    interval_add_integer(&row->sum, row->shape.maxima);
}

/* rest = |p_j − P|, P = 1/c at a maximum and else 0. */
static void probability_rest(const struct gradient_row *row, size_t j, struct interval *rest)
{
    const struct row_shape *shape = &row->shape;
    if (shape->x[j] == shape->maximum) {
        interval_set(rest, &row->below);
        interval_divide_integer(rest, shape->maxima);
    } else {
        interval_difference(rest, shape->x[j], shape->maximum);
        interval_exp(rest);
    }
    interval_divide(rest, &row->sum);
}

void row_probability(const struct gradient_row *row, size_t j, const mpq_t offset,
                     const mpq_t factor, struct enclosure *enclosure)
{
    const struct row_shape *shape = &row->shape;
    double x = shape->x[j];
    if (shape->nan || shape->infinite + shape->finite == 0 ||
        (shape->infinite > 1 && x == INFINITY)) {
        enclosure_set_undefined(enclosure);
        return;
    }
    /* P = 1/c for the c greatest, among which +∞ counts. */
    bool greatest = shape->infinite > 0 ? x == INFINITY : x == shape->maximum;
    mpq_t exact;
    mpq_init(exact);
    if (greatest)
        mpq_set_ui(exact, 1, shape->infinite > 0 ? 1 : shape->maxima);
    mpq_mul(exact, exact, factor);
    mpq_add(exact, exact, offset);
    if (mpq_sgn(factor) == 0 || rational(shape) || x == -INFINITY) {
        enclosure_set_rational(enclosure, exact);
    } else {
        struct interval rest;
        interval_init(&rest, row->precision);
        probability_rest(row, j, &rest);
        interval_multiply_rational(&rest, factor);
        enclosure_set_sum(enclosure, exact, greatest ? -1 : +1, &rest);
        interval_clear(&rest);
    }
    mpq_clear(exact);
}
