/* The error of one result against the exact value: a rational number, exactly
 * in mpq, thresholds hit included, or an open interval that holds it.
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

/* Whether |v| is above (side +1) or below (−1) the rational bound beside it in
 * the enclosure and that bound is at, or beyond, num/den·|got|. */
static bool bound_decides(const struct enclosure *enclosure, double got, unsigned num, unsigned den,
                          int side)
{
    int outward = got < 0 ? -enclosure->side : enclosure->side; /* of |v| */
    if (outward != side)
        return false;
    mpq_t threshold, bound;
    mpq_inits(threshold, bound, (mpq_ptr)0);
    mpq_set_d(bound, fabs(got));
    mpq_set_ui(threshold, num, den);
    mpq_canonicalize(threshold);
    mpq_mul(threshold, threshold, bound);
    mpq_set(bound, enclosure->rational);
    if (got < 0)
        mpq_neg(bound, bound);
    int order = mpq_cmp(bound, threshold);
    mpq_clears(threshold, bound, (mpq_ptr)0);
    return side > 0 ? order >= 0 : order <= 0;
}

/* Whether |v| is above num/den·|got|, got and v of one sign. */
static enum answer above(const struct enclosure *enclosure, double got, unsigned num, unsigned den)
{
    mpfr_t product, threshold;
    mpfr_init2(product, enclosure->precision + 8);
    mpfr_init2(threshold, 64);
    mpfr_set_d(threshold, got, MPFR_RNDN); /* exact, as are the products below */
    mpfr_mul_ui(threshold, threshold, num, MPFR_RNDN);
    mpfr_srcptr near = got < 0 ? enclosure->hi : enclosure->lo; /* least |v| */
    mpfr_srcptr far = got < 0 ? enclosure->lo : enclosure->hi;  /* greatest |v| */
    enum answer answer = OPEN;
    mpfr_mul_ui(product, near, den, MPFR_RNDN);
    if (mpfr_cmpabs(product, threshold) >= 0 || bound_decides(enclosure, got, num, den, +1))
        answer = YES;
    mpfr_mul_ui(product, far, den, MPFR_RNDN);
    if (mpfr_cmpabs(product, threshold) <= 0 || bound_decides(enclosure, got, num, den, -1))
        answer = NO;
    mpfr_clear(product);
    mpfr_clear(threshold);
    return answer;
}

/* Whether |got − v| < |v|/16: 16/17 |got| < |v| < 16/15 |got|. */
static enum answer below_a_sixteenth(const struct enclosure *enclosure, double got)
{
    enum answer least = above(enclosure, got, 16, 17), greatest = above(enclosure, got, 16, 15);
    if (least == NO || greatest == YES)
        return NO;
    return least == YES && greatest == NO ? YES : OPEN;
}

/* A result that is NaN or infinite, or against an exact value that is. */
static void measure_failure(const struct enclosure *enclosure, double rounded, double got,
                            struct measurement *measurement)
{
    double error = INFINITY;
    if (enclosure->kind == EXACT_UNDEFINED) {
        error = isnan(got) ? 0 : NAN;
        measurement->class = isnan(got) ? CLASS_correct : CLASS_missed_nan;
    } else if (isnan(got)) {
        error = NAN;
        measurement->class = CLASS_spurious_nan;
    } else if (got == rounded) {
        error = 0;
        measurement->class = CLASS_correct;
    } else {
        measurement->class = isinf(got) ? CLASS_spurious_inf : CLASS_missed_inf;
    }
    measurement->ulp_error = measurement->rel_error = measurement->abs_error = error;
}

/* Errors up to 2^exponent ulp have the class; v is never such that one is met. */
static const struct {
    int exponent;
    enum result_class class;
} thresholds[] = {{-1, CLASS_correct}, {0, CLASS_faithful}, {4, CLASS_close}};

/* The class of a finite got of the right sign, or false where it is open. */
static bool classify(const struct enclosure *enclosure, double got, mpfr_srcptr low,
                     mpfr_srcptr high, int q, enum result_class *class)
{
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

/* The class that signs and zeros decide; CLASS_COUNT where the error does. */
static enum result_class class_of_sign(double rounded, int sign, double got)
{
    if (isinf(rounded))
        return CLASS_missed_inf;
    if (got == 0 && rounded != 0)
        return CLASS_false_zero;
    if (got != 0 && sign != 0 && (got < 0) != (sign < 0))
        return CLASS_wrong_sign;
    return CLASS_COUNT;
}

static bool measure_transcendental(const struct enclosure *enclosure, const struct format *format,
                                   double rounded, double got, struct measurement *measurement)
{
    MPFR_DECL_INIT(exact_got, 53);
    MPFR_DECL_INIT(low, DISTANCE_BITS);
    MPFR_DECL_INIT(high, DISTANCE_BITS);
    int q = oracle_ulp_exponent(enclosure, format);
    mpfr_set_d(exact_got, got, MPFR_RNDN);
    distances(enclosure, exact_got, low, high);

    bool decided = true;
    measurement->class = class_of_sign(rounded, signbit(rounded) ? -1 : +1, got);
    if (measurement->class == CLASS_COUNT)
        decided = classify(enclosure, got, low, high, q, &measurement->class);
    fill_errors(enclosure, low, high, q, measurement);
    if (got == 0)
        measurement->rel_error = 1; /* exactly, however small v is */
    return decided;
}

/* x·2^exponent to nearest. */
static double scaled(const mpq_t x, int exponent)
{
    MPFR_DECL_INIT(value, DISTANCE_BITS);
    mpfr_set_q(value, x, MPFR_RNDN);
    mpfr_mul_2si(value, value, exponent, MPFR_RNDN);
    return mpfr_get_d(value, MPFR_RNDN);
}

/* Compares x ≥ 0 with 2^exponent. */
static int compare_power(const mpq_t x, int exponent)
{
    mpq_t power;
    mpq_init(power);
    mpq_set_ui(power, 1, 1);
    if (exponent >= 0)
        mpq_mul_2exp(power, power, (mp_bitcnt_t)exponent);
    else
        mpq_div_2exp(power, power, (mp_bitcnt_t)-exponent);
    int order = mpq_cmp(x, power);
    mpq_clear(power);
    return order;
}

/* The class of an error against v, both ≥ 0 and exact. */
static enum result_class classify_rational(const mpq_t error, const mpq_t v, int q)
{
    if (compare_power(error, q - 1) <= 0)
        return CLASS_correct;
    if (compare_power(error, q) < 0)
        return CLASS_faithful;
    if (compare_power(error, q + 4) <= 0)
        return CLASS_close;
    mpq_t sixteenth;
    mpq_init(sixteenth);
    mpq_div_2exp(sixteenth, v, 4);
    enum result_class class = mpq_cmp(error, sixteenth) < 0 ? CLASS_degraded : CLASS_lost;
    mpq_clear(sixteenth);
    return class;
}

/* Against a rational value, ties and thresholds exactly. */
static void measure_rational(const struct enclosure *enclosure, const struct format *format,
                             double rounded, double got, struct measurement *measurement)
{
    mpq_t error, v;
    mpq_inits(error, v, (mpq_ptr)0);
    int q = oracle_ulp_exponent(enclosure, format);
    mpq_set_d(error, got);
    mpq_sub(error, error, enclosure->rational);
    mpq_abs(error, error);
    mpq_abs(v, enclosure->rational);

    measurement->class = class_of_sign(rounded, mpq_sgn(enclosure->rational), got);
    if (measurement->class == CLASS_COUNT)
        measurement->class = classify_rational(error, v, q);
    measurement->abs_error = measurement->ulp_error = measurement->rel_error = 0;
    if (mpq_sgn(error) != 0 && mpq_sgn(v) == 0)
        measurement->rel_error = INFINITY;
    if (compare_power(error, q - CERTIFIED_BITS) > 0) {
        measurement->abs_error = scaled(error, 0);
        measurement->ulp_error = scaled(error, -q);
        if (mpq_sgn(v) != 0) {
            mpq_div(v, error, v);
            measurement->rel_error = scaled(v, 0);
        }
    }
    if (got == 0 && mpq_sgn(enclosure->rational) != 0)
        measurement->rel_error = 1;
    mpq_clears(error, v, (mpq_ptr)0);
}

/* |got − v| = hi + lo ± slack: got − v as a double-double, where one rounding of
 * low parts is lost, below 2^−104·(|got| + |v|). */
struct distance {
    double hi, lo, slack;
};

static struct distance quick_distance(const struct approximation *v, double got)
{
    double hi = got - v->hi, back = hi + v->hi;
    double low = ((got - back) - (v->hi - (back - hi))) - v->lo;
    double sum = hi + low, rest = low - (sum - hi); /* |low| ≤ |hi|, or hi = 0 */
    double sign = sum < 0 ? -1 : +1;
    double lost = (fabs(got) + fabs(v->hi)) * 0x1p-104;
    return (struct distance){sign * sum, sign * rest, 1.01 * (v->radius + lost)};
}

/* Compares the distance with a threshold. */
static enum answer quick_below(const struct distance *distance, double threshold)
{
    double excess = (distance->hi - threshold) + distance->lo;
    return excess > distance->slack ? NO : excess < -distance->slack ? YES : OPEN;
}

/* The class of a distance where |v| is near `magnitude`; false where it is open. */
static bool quick_classify(const struct distance *distance, int ulp_exponent, double magnitude,
                           enum result_class *class)
{
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        enum answer answer = quick_below(distance, ldexp(1, ulp_exponent + thresholds[i].exponent));
        *class = thresholds[i].class;
        if (answer != NO)
            return answer == YES;
    }
    struct distance wide = *distance; /* v/16 is known to 2^−59, and hi to its last digit */
    wide.slack += (distance->hi + magnitude) * 0x1p-50;
    enum answer answer = quick_below(&wide, magnitude / 16);
    *class = answer == YES ? CLASS_degraded : CLASS_lost;
    return answer != OPEN;
}

/* The same questions, asked of a ball; v is not 0. */
static bool measure_quick(const struct enclosure *enclosure, double got,
                          struct measurement *measurement)
{
    const struct approximation *v = &enclosure->quick;
    double rounded = enclosure->rounded;
    *measurement = (struct measurement){.class = CLASS_correct, .rel_error = got == 0 ? 1 : 0};
    if (!(v->radius <= 0x1p-60 * fabs(v->hi)) || v->hi == 0)
        return got == 0; /* v is known to be too small for an error, and not how small */
    struct distance distance = quick_distance(v, got);
    double error = ldexp(distance.hi, -enclosure->ulp_exponent);
    if (!isfinite(error))
        return false;
    measurement->class = class_of_sign(rounded, signbit(rounded) ? -1 : +1, got);
    if (measurement->class == CLASS_COUNT &&
        !quick_classify(&distance, enclosure->ulp_exponent, fabs(v->hi), &measurement->class))
        return false;
    if (error >= ldexp(1, -CERTIFIED_BITS)) {
        measurement->abs_error = distance.hi;
        measurement->ulp_error = error;
        if (got != 0)
            measurement->rel_error = distance.hi / fabs(v->hi);
    }
    return true;
}

bool measure(const struct enclosure *enclosure, const struct format *format, double got,
             struct measurement *measurement)
{
    if (enclosure->kind == EXACT_QUICK && isfinite(got))
        return measure_quick(enclosure, got, measurement);
    bool number = enclosure->kind == EXACT_RATIONAL || enclosure->kind == EXACT_TRANSCENDENTAL;
    double rounded = oracle_rounded(enclosure, format);
    if (!number || !isfinite(got)) {
        measure_failure(enclosure, rounded, got, measurement);
        return true;
    }
    if (enclosure->kind == EXACT_TRANSCENDENTAL)
        return measure_transcendental(enclosure, format, rounded, got, measurement);
    measure_rational(enclosure, format, rounded, got, measurement);
    return true;
}
