/* The error of one result against an open interval that holds the exact value.
 *
 * The error |got − v| lies strictly between the distances of got from the two
 * ends (0 where got is inside).  Those distances are rounded outward, so a
 * class is given only where the whole open interval agrees; as thresholds
 * (0.5, 1, 16 ulp) are representable, rounding never moves a distance across
 * one, and an exact value next to a machine number is decided without being
 * resolved: v = x + e^−10^300 makes x's upper neighbour `faithful`. */
#include "measure/measure.h"

#include <math.h>

const char *const class_names[CLASS_COUNT] = {
#define RESULT_CLASS(identifier, name, meaning) [CLASS_##identifier] = name,
#include "measure/classes.def"
#undef RESULT_CLASS
};

enum {
    DISTANCE_BITS = 128,
    CERTIFIED_BITS = 20, /* errors are known to 2^−20 ulp: oracle_certify() */
};

/* (low, high) holds |got − v|, as an open interval unless low = 0. */
static void distances(const struct enclosure *enclosure, mpfr_srcptr got, mpfr_ptr low,
                      mpfr_ptr high)
{
    if (mpfr_cmp(got, enclosure->lo) <= 0) {
        mpfr_sub(low, enclosure->lo, got, MPFR_RNDD);
        mpfr_sub(high, enclosure->hi, got, MPFR_RNDU);
    } else if (mpfr_cmp(got, enclosure->hi) >= 0) {
        mpfr_sub(low, got, enclosure->hi, MPFR_RNDD);
        mpfr_sub(high, got, enclosure->lo, MPFR_RNDU);
    } else {
        MPFR_DECL_INIT(other, DISTANCE_BITS);
        mpfr_sub(other, got, enclosure->lo, MPFR_RNDU);
        mpfr_sub(high, enclosure->hi, got, MPFR_RNDU);
        mpfr_max(high, high, other, MPFR_RNDU);
        mpfr_set_zero(low, +1);
    }
}

enum answer { NO, YES, OPEN };

/* Whether a number strictly between low and high is below the threshold
 * 2^exponent (it is never equal to it: low = 0 only where it may be 0). */
static enum answer below(mpfr_srcptr low, mpfr_srcptr high, mpfr_exp_t exponent)
{
    if (mpfr_cmp_ui_2exp(high, 1, exponent) <= 0)
        return YES;
    return mpfr_cmp_ui_2exp(low, 1, exponent) >= 0 ? NO : OPEN;
}

/* Whether |got − v| < |v|/16, got and v of one sign: 16/17 |got| < |v| < 16/15 |got|. */
static enum answer below_a_sixteenth(const struct enclosure *enclosure, mpfr_srcptr got)
{
    mpfr_t product, sixteen;
    mpfr_init2(product, enclosure->precision + 8);
    mpfr_init2(sixteen, mpfr_get_prec(got));
    mpfr_mul_2ui(sixteen, got, 4, MPFR_RNDN); /* exact, as are the products below */
    bool negative = mpfr_signbit(got);
    mpfr_srcptr near = negative ? enclosure->hi : enclosure->lo; /* least |v| */
    mpfr_srcptr far = negative ? enclosure->lo : enclosure->hi;  /* greatest |v| */
    enum answer answer = OPEN;
    mpfr_mul_ui(product, near, 17, MPFR_RNDN);
    bool above = mpfr_cmpabs(product, sixteen) >= 0;
    mpfr_mul_ui(product, far, 15, MPFR_RNDN);
    if (above && mpfr_cmpabs(product, sixteen) <= 0)
        answer = YES;
    mpfr_mul_ui(product, far, 17, MPFR_RNDN);
    if (mpfr_cmpabs(product, sixteen) <= 0)
        answer = NO;
    mpfr_mul_ui(product, near, 15, MPFR_RNDN);
    if (mpfr_cmpabs(product, sixteen) >= 0)
        answer = NO;
    mpfr_clear(product);
    mpfr_clear(sixteen);
    return answer;
}

/* A result against NaN, +∞ or exact 0. */
static void measure_trivial(enum exact_kind kind, const struct format *format, double got,
                            struct measurement *measurement)
{
    double error = 0;
    if (isnan(got)) {
        measurement->class = kind == EXACT_UNDEFINED ? CLASS_correct : CLASS_spurious_nan;
        error = kind == EXACT_UNDEFINED ? 0 : NAN;
    } else if (kind == EXACT_UNDEFINED) {
        measurement->class = CLASS_missed_nan;
        error = NAN;
    } else if (kind == EXACT_INFINITE) {
        measurement->class = got == INFINITY ? CLASS_correct
                             : isinf(got)    ? CLASS_spurious_inf
                                             : CLASS_missed_inf;
        error = got == INFINITY ? 0 : INFINITY;
    } else if (isinf(got)) {
        measurement->class = CLASS_spurious_inf;
        error = INFINITY;
    } else {
        error = fabs(got) / format_least(format);
        measurement->class = got == 0 ? CLASS_correct : error <= 16 ? CLASS_close : CLASS_lost;
    }
    measurement->ulp_error = error;
    measurement->abs_error = kind == EXACT_ZERO && isfinite(got) ? fabs(got) : error;
    measurement->rel_error = error > 0 ? INFINITY : error;
}

/* The class of a finite got of the right sign, or false where it is open. */
static bool classify(const struct enclosure *enclosure, mpfr_srcptr got, mpfr_srcptr low,
                     mpfr_srcptr high, int q, enum result_class *class)
{
    static const struct {
        int exponent;
        enum result_class class;
    } thresholds[] = {{-1, CLASS_correct}, {0, CLASS_faithful}, {4, CLASS_close}};
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        enum answer answer = below(low, high, q + thresholds[i].exponent);
        *class = thresholds[i].class;
        if (answer != NO)
            return answer == YES;
    }
    enum answer answer = below_a_sixteenth(enclosure, got);
    *class = answer == YES ? CLASS_degraded : CLASS_lost;
    return answer != OPEN;
}

/* The three errors, from the middle of (low, high); 0 for an error that is
 * below what is certified, 2^−20 ulp, where the middle would tell the width of
 * the enclosure and not the error. */
static void fill_errors(const struct enclosure *enclosure, mpfr_ptr low, mpfr_srcptr high, int q,
                        struct measurement *measurement)
{
    MPFR_DECL_INIT(error, DISTANCE_BITS);
    measurement->abs_error = measurement->ulp_error = measurement->rel_error = 0;
    if (below(low, high, q - CERTIFIED_BITS) == YES)
        return;
    mpfr_add(low, low, high, MPFR_RNDN);
    mpfr_div_2ui(low, low, 1, MPFR_RNDN);
    measurement->abs_error = mpfr_get_d(low, MPFR_RNDN);
    mpfr_mul_2si(error, low, -q, MPFR_RNDN);
    measurement->ulp_error = mpfr_get_d(error, MPFR_RNDN);
    mpfr_div(error, low, mpfr_zero_p(enclosure->lo) ? enclosure->hi : enclosure->lo, MPFR_RNDN);
    measurement->rel_error = fabs(mpfr_get_d(error, MPFR_RNDN));
}

static bool measure_finite(const struct enclosure *enclosure, const struct format *format,
                           double rounded, double got, struct measurement *measurement)
{
    MPFR_DECL_INIT(exact_got, 53);
    MPFR_DECL_INIT(low, DISTANCE_BITS);
    MPFR_DECL_INIT(high, DISTANCE_BITS);
    int q = oracle_ulp_exponent(enclosure, format);
    mpfr_set_d(exact_got, got, MPFR_RNDN);
    distances(enclosure, exact_got, low, high);

    bool decided = true;
    if (isinf(rounded))
        measurement->class = CLASS_missed_inf;
    else if (got == 0 && rounded != 0)
        measurement->class = CLASS_false_zero;
    else if (got != 0 && (got < 0) != (bool)signbit(rounded))
        measurement->class = CLASS_wrong_sign;
    else
        decided = classify(enclosure, exact_got, low, high, q, &measurement->class);
    fill_errors(enclosure, low, high, q, measurement);
    if (got == 0)
        measurement->rel_error = 1; /* exactly, however small v is */
    return decided;
}

bool measure(const struct enclosure *enclosure, const struct format *format, double got,
             struct measurement *measurement)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL) {
        measure_trivial(enclosure->kind, format, got, measurement);
        return true;
    }
    double rounded = oracle_rounded(enclosure, format);
    if (isfinite(got))
        return measure_finite(enclosure, format, rounded, got, measurement);
    double error = isnan(got) ? NAN : got == rounded ? 0 : INFINITY;
    measurement->class = isnan(got)       ? CLASS_spurious_nan
                         : got == rounded ? CLASS_correct
                                          : CLASS_spurious_inf;
    measurement->ulp_error = measurement->rel_error = measurement->abs_error = error;
    return true;
}
