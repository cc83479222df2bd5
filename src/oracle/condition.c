/* The relative condition number κ = Σ_i |x_i ∂v/∂x_i| / |v| (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2002, 1.6, componentwise): how many
 * relative errors u of the inputs become how many of the value.
 *
 * An interval of its own: the components of the gradient as the oracle encloses
 * them, and v, at a precision that is doubled until κ is known to 2^−RELATIVE_BITS
 * of itself, or to be too small for a double. */
#include "oracle/oracle.h"

#include "oracle/problems.h"

#include <math.h>

enum { RELATIVE_BITS = 40, TOO_SMALL = -1100 };

/* a becomes |v|; false where v is not finite. */
static bool magnitude(const struct enclosure *v, struct interval *a)
{
    if (v->kind == EXACT_UNDEFINED || v->kind == EXACT_INFINITE)
        return false;
    mpfr_set(a->lo, v->lo, MPFR_RNDD);
    mpfr_set(a->hi, v->hi, MPFR_RNDU);
    if (mpfr_sgn(a->hi) <= 0)
        interval_negate(a);
    if (mpfr_sgn(a->lo) < 0) { /* of either sign */
        mpfr_neg(a->lo, a->lo, MPFR_RNDU);
        mpfr_max(a->hi, a->hi, a->lo, MPFR_RNDU);
        mpfr_set_zero(a->lo, +1);
    }
    return true;
}

/* sum += Σ_j |x_j ∂v/∂x_j| over a row; x·e^−|x| and the like are 0 at
 * ±∞, and only ignored rows hold NaN. */
static bool add_slopes(const struct gradient_row *row, size_t first, size_t last,
                       struct interval *sum, struct enclosure *component, struct interval *term)
{
    const double *x = row->input->values + row->row * row->input->columns;
    struct interval factor;
    bool finite = true;
    interval_init(&factor, row->precision);
    for (size_t j = first; j < last && finite; j++) {
        gradient_row_component(row, j, component);
        if (x[j] == 0 || !isfinite(x[j]))
            continue;
        finite = magnitude(component, term);
        if (!finite)
            break;
        interval_difference(&factor, fabs(x[j]), 0);
        interval_multiply(term, &factor);
        interval_add(sum, term);
    }
    interval_clear(&factor);
    return finite;
}

/* The rows and columns whose values the loss depends on. */
struct part {
    size_t first_row, last_row, first_column, last_column;
};

static struct part part_of(const struct input_case *input, size_t index)
{
    if (input->reduction != REDUCTION_NONE)
        return (struct part){0, input->rows, 0, input->columns};
    if (problem_has_rows(input->problem))
        return (struct part){index, index + 1, 0, input->columns};
    size_t row = index / input->columns, column = index % input->columns;
    return (struct part){row, row + 1, column, column + 1};
}

/* sum = Σ_i |x_i ∂v/∂x_i| of a loss. */
static bool loss_slopes(const struct input_case *input, size_t index, mpfr_prec_t precision,
                        struct interval *sum)
{
    struct part part = part_of(input, index);
    struct enclosure component;
    struct interval term;
    mpq_t divisor;
    bool finite = true;
    enclosure_init(&component);
    interval_init(&term, precision);
    mpq_init(divisor);
    options_divisor(input, divisor);
    interval_set_zero(sum);
    for (size_t i = part.first_row; i < part.last_row && finite; i++) {
        struct gradient_row row;
        gradient_row_begin(&row, input, i, divisor, precision);
        finite = add_slopes(&row, part.first_column, part.last_column, sum, &component, &term);
        gradient_row_end(&row);
    }
    enclosure_clear(&component);
    interval_clear(&term);
    mpq_clear(divisor);
    return finite;
}

/* p = softmax(x)_t: ∂p/∂x_j = p·([j = t] − p_j), so that κ = Σ_j |x_j|·|[j = t] − p_j|
 * is that of softmax-ce times its loss. */
static bool relative_slopes(const struct input_case *input, size_t index, mpfr_prec_t precision,
                            const struct interval *value, struct interval *kappa)
{
    if (input->problem == PROBLEM_softmax) {
        struct input_case cross_entropy = *input;
        cross_entropy.problem = PROBLEM_softmax_ce;
        cross_entropy.reduction = REDUCTION_SUM;
        cross_entropy.weights = NULL;
        cross_entropy.label_smoothing = 0;
        return loss_slopes(&cross_entropy, 0, precision, kappa);
    }
    if (!loss_slopes(input, index, precision, kappa))
        return false;
    interval_divide(kappa, value);
    return true;
}

/* Whether κ is known well enough. */
static bool is_thin(const struct interval *kappa)
{
    if (mpfr_cmp_ui_2exp(kappa->hi, 1, TOO_SMALL) < 0)
        return true;
    MPFR_DECL_INIT(width, 64);
    MPFR_DECL_INIT(most, 64);
    mpfr_sub(width, kappa->hi, kappa->lo, MPFR_RNDU);
    mpfr_div_2ui(most, kappa->lo, RELATIVE_BITS, MPFR_RNDD);
    return mpfr_lessequal_p(width, most);
}

/* κ at one precision; false where there is none. */
static bool enclose_kappa(const struct input_case *input, struct quantity quantity,
                          mpfr_prec_t precision, struct interval *kappa)
{
    struct enclosure enclosure;
    struct interval value;
    enclosure_init(&enclosure);
    interval_init(&value, precision);
    oracle_enclose(input, quantity, precision, &enclosure);
    bool exists = magnitude(&enclosure, &value) && mpfr_sgn(value.hi) > 0;
    if (exists && mpfr_zero_p(value.lo)) /* not yet known from 0 */
        mpfr_set_inf(kappa->hi, +1);
    else if (exists)
        exists = relative_slopes(input, quantity.index, precision, &value, kappa);
    enclosure_clear(&enclosure);
    interval_clear(&value);
    return exists;
}

double oracle_condition(const struct input_case *input, const struct enclosure *enclosure)
{
    if (enclosure->quantity.kind != QUANTITY_LOSS || !mpfr_regular_p(enclosure->lo) ||
        !mpfr_regular_p(enclosure->hi))
        return NAN; /* an end that is 0: v is 0, or below MPFR's range */
    double kappa = NAN;
    struct interval bounds;
    for (mpfr_prec_t precision = 128; precision <= ORACLE_PRECISION_CAP; precision *= 2) {
        interval_init(&bounds, precision);
        interval_set_zero(&bounds);
        bool exists = enclose_kappa(input, enclosure->quantity, precision, &bounds);
        bool thin = exists && is_thin(&bounds);
        if (thin)
            kappa = mpfr_get_d(bounds.hi, MPFR_RNDN);
        interval_clear(&bounds);
        if (thin || !exists)
            break;
    }
    return kappa;
}
