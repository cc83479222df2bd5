/* Exact binary cross-entropy from logits: Σ (1−y)·log(1 + e^x) + w·y·log(1 + e^−x),
 * or the mean, over elements; w is pos_weight, 1 without.
 *
 * Method: with α = 1 − y, β = w·y and e = e^−|x|,
 *     loss = α·|x| + (α + β)·log1p(e),   gradient = α − (α + β)·e/(1 + e)   for x ≥ 0,
 *     loss = β·|x| + (α + β)·log1p(e),   gradient = −β + (α + β)·e/(1 + e)  for x < 0:
 * no exponential above 1; α and β are rational and exact, and what is added to
 * them is of known sign (enclosure.c). */
#include "oracle/problems.h"

#include <math.h>

/* One element and its coefficients. */
struct element {
    double x;
    bool undefined;
    mpq_t alpha, beta, sum; /* α, β, α + β */
};

static void element_init(struct element *element)
{
    mpq_inits(element->alpha, element->beta, element->sum, (mpq_ptr)0);
}

static void element_clear(struct element *element)
{
    mpq_clears(element->alpha, element->beta, element->sum, (mpq_ptr)0);
}

static void element_set(struct element *element, const struct input_case *input, size_t i)
{
    double y = input->labels[i];
    double w = input->weights == NULL ? 1 : input->weights[i % input->columns];
    element->x = input->values[i];
    element->undefined = isnan(element->x) || !(y >= 0 && y <= 1) || !(w >= 0 && isfinite(w));
    if (element->undefined)
        return;
    mpq_set_d(element->beta, y);
    mpq_set_ui(element->alpha, 1, 1);
    mpq_sub(element->alpha, element->alpha, element->beta);
    if (w != 1) {
        mpq_set_d(element->sum, w);
        mpq_mul(element->beta, element->beta, element->sum);
    }
    mpq_add(element->sum, element->alpha, element->beta);
}

/* The coefficient of |x|. */
static mpq_srcptr slope(const struct element *element)
{
    return element->x < 0 ? element->beta : element->alpha;
}

static void gather_kind(const struct element *element, struct kinds *kinds)
{
    if (element->undefined)
        kinds->undefined = true;
    else if (isfinite(element->x))
        kinds->transcendental |= mpq_sgn(element->sum) > 0;
    else
        kinds->plus_infinite |= mpq_sgn(slope(element)) > 0;
}

/* exact + rest += the loss of an element with finite x. */
static void add_element(const struct element *element, mpq_t exact, struct interval *rest,
                        struct interval *term)
{
    mpq_t magnitude;
    mpq_init(magnitude);
    mpq_set_d(magnitude, fabs(element->x));
    mpq_mul(magnitude, magnitude, slope(element));
    mpq_add(exact, exact, magnitude);
    mpq_clear(magnitude);
    interval_difference(term, 0, fabs(element->x));
    interval_exp(term);
    interval_log1p(term);
    if (mpq_cmp_ui(element->sum, 1, 1) != 0)
        interval_multiply_rational(term, element->sum);
    interval_add(rest, term);
}

static void loss(const struct loss_sum *sum, struct enclosure *enclosure)
{
    struct kinds kinds = {0};
    struct element element;
    mpq_t exact;
    struct interval rest, term;
    element_init(&element);
    mpq_init(exact);
    interval_init(&rest, enclosure->precision);
    interval_init(&term, enclosure->precision);
    interval_set_zero(&rest);
    for (size_t i = sum->first; i < sum->last && !kinds.undefined; i++) {
        element_set(&element, sum->input, i);
        gather_kind(&element, &kinds);
        if (!kinds.undefined && isfinite(element.x))
            add_element(&element, exact, &rest, &term);
    }
    mpq_div(exact, exact, sum->divisor);
    interval_divide_rational(&rest, sum->divisor);
    if (kinds_finite(&kinds, enclosure)) {
        if (kinds.transcendental)
            enclosure_set_sum(enclosure, exact, +1, &rest);
        else
            enclosure_set_zero(enclosure);
    }
    element_clear(&element);
    mpq_clear(exact);
    interval_clear(&rest);
    interval_clear(&term);
}

/* e/(1 + e) · (α + β)/D */
static void gradient_rest(const struct element *element, mpq_srcptr divisor, struct interval *rest)
{
    struct interval e;
    interval_init(&e, mpfr_get_prec(rest->lo));
    interval_difference(rest, 0, fabs(element->x));
    interval_exp(rest);
    interval_set(&e, rest);
    interval_add_integer(&e, 1);
    interval_divide(rest, &e);
    interval_multiply_rational(rest, element->sum);
    interval_divide_rational(rest, divisor);
    interval_clear(&e);
}

/* exact = α or −β, or (α − β)/2 at x = 0, over D: all of the gradient where x
 * is 0 or infinite, or where α + β = 0. */
static void gradient_exact(const struct element *element, mpq_srcptr divisor, mpq_t exact)
{
    if (element->x == 0) {
        mpq_sub(exact, element->alpha, element->beta);
        mpq_div_2exp(exact, exact, 1);
    } else if (element->x > 0) {
        mpq_set(exact, element->alpha);
    } else {
        mpq_neg(exact, element->beta);
    }
    mpq_div(exact, exact, divisor);
}

static void component(const struct gradient_row *row, size_t column, struct enclosure *enclosure)
{
    struct element element;
    mpq_t exact;
    element_init(&element);
    mpq_init(exact);
    element_set(&element, row->input, row->row * row->input->columns + column);
    if (element.undefined) {
        enclosure_set_undefined(enclosure);
    } else {
        gradient_exact(&element, row->divisor, exact);
        if (element.x == 0 || isinf(element.x) || mpq_sgn(element.sum) == 0) {
            enclosure_set_rational(enclosure, exact);
        } else {
            struct interval rest;
            interval_init(&rest, row->precision);
            gradient_rest(&element, row->divisor, &rest);
            enclosure_set_sum(enclosure, exact, element.x > 0 ? -1 : +1, &rest);
            interval_clear(&rest);
        }
    }
    element_clear(&element);
    mpq_clear(exact);
}

const struct problem_oracle bce_logit_oracle = {loss, NULL, component};
