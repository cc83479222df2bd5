/* The error of a whole gradient: its worst component, and the normwise error
 * ‖got − g‖∞ / ‖g‖∞ (Higham, Accuracy and Stability of Numerical Algorithms,
 * 2002, section 1.2): what a component that is small beside the others costs a
 * step along the gradient. */
#include "measure/measure.h"

#include <math.h>

/* How grave a class is: failures first, then what has the wrong sign, … */
static int severity(enum result_class class)
{
    static const int severities[CLASS_COUNT] = {
        [CLASS_correct] = 0,    [CLASS_faithful] = 1,     [CLASS_close] = 2,
        [CLASS_degraded] = 3,   [CLASS_lost] = 4,         [CLASS_false_zero] = 5,
        [CLASS_wrong_sign] = 5, [CLASS_missed_inf] = 6,   [CLASS_spurious_inf] = 6,
        [CLASS_missed_nan] = 6, [CLASS_spurious_nan] = 6,
    };
    return severities[class];
}

/* Whether a is worse than b; NaN counts as the greatest error. */
static bool worse(const struct measurement *a, const struct measurement *b)
{
    int difference = severity(a->class) - severity(b->class);
    if (difference != 0)
        return difference > 0;
    if (isnan(b->ulp_error))
        return false;
    return isnan(a->ulp_error) || a->ulp_error > b->ulp_error;
}

/* maximum = max(maximum, |v|), by an end of the enclosure: known to 2^−21 ulp. */
static void raise_norm(mpfr_ptr maximum, const struct enclosure *enclosure)
{
    MPFR_DECL_INIT(magnitude, 64);
    if (enclosure->kind == EXACT_QUICK)
        mpfr_set_d(magnitude, fabs(enclosure->quick.hi), MPFR_RNDN);
    else
        mpfr_abs(magnitude, enclosure->lo, MPFR_RNDN);
    mpfr_max(maximum, maximum, magnitude, MPFR_RNDN);
}

/* maximum = max(maximum, |got − v|), 0 where that is below what is certified. */
static void raise_error(mpfr_ptr maximum, const struct enclosure *enclosure, double got,
                        const struct measurement *measurement)
{
    if (measurement->ulp_error == 0) /* as where got is rightly infinite */
        return;
    MPFR_DECL_INIT(error, 64);
    if (enclosure->kind == EXACT_QUICK)
        mpfr_set_d(error, measurement->abs_error, MPFR_RNDN);
    else
        mpfr_sub_d(error, enclosure->lo, got, MPFR_RNDN);
    mpfr_abs(error, error, MPFR_RNDN);
    mpfr_max(maximum, maximum, error, MPFR_RNDN);
}

static double ratio(mpfr_ptr error, mpfr_srcptr norm)
{
    if (mpfr_zero_p(error))
        return 0;
    mpfr_div(error, error, norm, MPFR_RNDN); /* ∞ where g = 0 */
    return mpfr_get_d(error, MPFR_RNDN);
}

bool measure_vector(const struct enclosure *enclosures, const struct format *format,
                    const double *got, size_t count, struct vector_measurement *measurement,
                    size_t *open)
{
    MPFR_DECL_INIT(error, 64);
    MPFR_DECL_INIT(norm, 64);
    mpfr_set_zero(error, +1);
    mpfr_set_zero(norm, +1);
    bool finite = true;
    for (size_t i = 0; i < count; i++) {
        struct measurement component;
        if (!measure(&enclosures[i], format, got[i], &component)) {
            *open = i;
            return false;
        }
        if (i == 0 || worse(&component, &measurement->worst)) {
            measurement->worst = component;
            measurement->worst_index = i;
        }
        if (class_is_failure(component.class) || enclosures[i].kind == EXACT_UNDEFINED) {
            finite = false;
            continue;
        }
        raise_norm(norm, &enclosures[i]);
        raise_error(error, &enclosures[i], got[i], &component);
    }
    measurement->norm_error = finite ? ratio(error, norm) : NAN;
    return true;
}
