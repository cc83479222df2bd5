/* Conditions of one result, decided exactly.
 *
 * Both bounds are the question whether v lies outside an interval [a, b] with
 * rational ends that got alone and ulp(v) give:
 *     |got − v| > |v|/100   for got and v of one sign: 100/101·got, 100/99·got
 *     |got − v| > k·ulp(v)  got − k·ulp, got + k·ulp
 * A double near v, whose distance to v is bounded, settles it for all but
 * results next to the bound; those are settled against the enclosure in mpq. */
#include "sweep/onset_condition.h"

#include <math.h>

const struct onset_condition_text onset_conditions[ONSET_CONDITION_COUNT] = {
#define ONSET_CONDITION(identifier, name, meaning) [ONSET_##identifier] = {name, meaning},
#include "sweep/onset_conditions.def"
#undef ONSET_CONDITION
};

enum { BIT_nan = 1 << ONSET_nan, BIT_inf = 1 << ONSET_inf };
enum { BIT_false_zero = 1 << ONSET_false_zero, BIT_wrong_sign = 1 << ONSET_wrong_sign };
enum { BIT_percent = 1 << ONSET_over_percent, BIT_ulp = 1 << ONSET_over_16_ulp };

static int8_t sign_of(const struct enclosure *enclosure, double rounded)
{
    if (enclosure->kind == EXACT_UNDEFINED)
        return 0;
    if (enclosure->kind == EXACT_RATIONAL)
        return (int8_t)mpq_sgn(enclosure->rational);
    return signbit(rounded) ? -1 : +1; /* certified: the sign of 0 too */
}

struct onset_exact onset_exact(const struct enclosure *enclosure, const struct format *format)
{
    int q = oracle_ulp_exponent(enclosure, format);
    double rounded = oracle_rounded(enclosure, format);
    /* lo is within 2^−21 ulp of v, its double within half an ulp of binary64
     * of lo, as is the double of a ball; in a format with p ≤ 24 that is less than 2^−28 of its own
     * ulp. */
    return (struct onset_exact){
        .kind = (int8_t)enclosure->kind,
        .rounded = rounded,
        .near = oracle_near(enclosure),
        .slack_exponent = (int16_t)(format->precision <= 24 ? q - 20 : q),
        .ulp_exponent = (int16_t)q,
        .sign = sign_of(enclosure, rounded),
    };
}

enum answer { NO, YES, OPEN };

/* Whether v < t (side −1) or v > t (side +1).  A v too close to a rational number
 * for any precision has that number as the end of its enclosure, once it fits
 * the precision (src/oracle/enclosure.c), as it does where it is a threshold t:
 * a number of the format, or 100/99 or 100/101 times one, that the precision
 * holds. */
static enum answer beyond(const struct enclosure *enclosure, const mpq_t t, int side)
{
    if (enclosure->kind == EXACT_RATIONAL)
        return mpq_cmp(enclosure->rational, t) * side > 0 ? YES : NO;
    bool above = mpfr_cmp_q(enclosure->lo, t) >= 0;
    bool below = mpfr_cmp_q(enclosure->hi, t) <= 0;
    if (!above && !below)
        return OPEN;
    return above == (side > 0) ? YES : NO;
}

/* Whether v lies outside of [a, b]. */
static enum answer outside(const struct enclosure *enclosure, const mpq_t a, const mpq_t b)
{
    enum answer below = beyond(enclosure, a, -1), above = beyond(enclosure, b, +1);
    if (below == YES || above == YES)
        return YES;
    return below == NO && above == NO ? NO : OPEN;
}

/* Whether |got − v| > ulps·ulp(v), exactly. */
static enum answer farther_than_ulps(const struct onset_exact *exact,
                                     const struct enclosure *enclosure, double got, unsigned ulps)
{
    if (enclosure == NULL)
        return OPEN;
    mpq_t a, b, radius;
    mpq_inits(a, b, radius, (mpq_ptr)0);
    mpq_set_ui(radius, ulps, 1);
    if (exact->ulp_exponent >= 0)
        mpq_mul_2exp(radius, radius, (mp_bitcnt_t)exact->ulp_exponent);
    else
        mpq_div_2exp(radius, radius, (mp_bitcnt_t)-exact->ulp_exponent);
    mpq_set_d(a, got);
    mpq_add(b, a, radius);
    mpq_sub(a, a, radius);
    enum answer answer = outside(enclosure, a, b);
    mpq_clears(a, b, radius, (mpq_ptr)0);
    return answer;
}

/* Whether |got − v| > |v|/100, exactly; got and v of one sign, not 0. */
static enum answer farther_than_percent(const struct enclosure *enclosure, double got)
{
    if (enclosure == NULL)
        return OPEN;
    mpq_t a, b, factor;
    mpq_inits(a, b, factor, (mpq_ptr)0);
    mpq_set_d(a, got);
    mpq_set(b, a);
    mpq_set_ui(factor, 100, got > 0 ? 101 : 99);
    mpq_canonicalize(factor);
    mpq_mul(a, a, factor);
    mpq_set_ui(factor, 100, got > 0 ? 99 : 101);
    mpq_canonicalize(factor);
    mpq_mul(b, b, factor);
    enum answer answer = outside(enclosure, a, b);
    mpq_clears(a, b, factor, (mpq_ptr)0);
    return answer;
}

static enum answer both(enum answer first, enum answer second)
{
    if (first == NO || second == NO)
        return NO;
    return first == YES && second == YES ? YES : OPEN;
}

/* Whether an error of about `error` is above a bound of about `bound`, both
 * known to the slack each. */
static enum answer by_double(double error, double bound, int slack_exponent)
{
    double slack = ldexp(1, slack_exponent);
    /* 2^−50 covers the roundings of error and bound themselves. */
    double doubt = 2 * slack + 0x1p-50 * (error + bound);
    if (!isfinite(error) || !isfinite(bound) || !isfinite(doubt))
        return OPEN;
    if (error > bound + 2 * doubt)
        return YES;
    return error < bound - 2 * doubt ? NO : OPEN;
}

static double percent_bound(const struct onset_exact *exact)
{
    return fmax(fabs(exact->near) / 100, ldexp(1, exact->ulp_exponent));
}

static double ulp_bound(const struct onset_exact *exact)
{
    return ldexp(16, exact->ulp_exponent);
}

static uint8_t near_to(const struct onset_exact *exact, double got)
{
    double twice = 2 * fabs(got - exact->near);
    return (uint8_t)((twice > percent_bound(exact) ? onset_near(ONSET_over_percent) : 0) |
                     (twice > ulp_bound(exact) ? onset_near(ONSET_over_16_ulp) : 0));
}

static enum answer over_16_ulp(const struct onset_exact *exact, const struct enclosure *enclosure,
                               double got)
{
    enum answer answer =
        by_double(fabs(got - exact->near), ulp_bound(exact), exact->slack_exponent);
    return answer == OPEN ? farther_than_ulps(exact, enclosure, got, 16) : answer;
}

static enum answer over_percent(const struct onset_exact *exact, const struct enclosure *enclosure,
                                double got)
{
    enum answer answer =
        by_double(fabs(got - exact->near), percent_bound(exact), exact->slack_exponent);
    if (answer != OPEN)
        return answer;
    bool one_sign = got > 0 ? exact->sign > 0 : got < 0 && exact->sign < 0;
    return both(one_sign ? farther_than_percent(enclosure, got) : YES,
                farther_than_ulps(exact, enclosure, got, 1));
}

/* 0, or the one condition that signs and zeros decide. */
static uint8_t of_sign(const struct onset_exact *exact, double got)
{
    if (got == 0)
        return exact->rounded != 0 ? BIT_false_zero : 0;
    return (got > 0 && exact->sign < 0) || (got < 0 && exact->sign > 0) ? BIT_wrong_sign : 0;
}

bool onset_conditions_of(const struct onset_exact *exact, const struct enclosure *enclosure,
                         double got, uint8_t *holding)
{
    *holding = 0;
    if (exact->kind == EXACT_UNDEFINED)
        return true;
    if (isnan(got)) {
        *holding = BIT_nan | BIT_percent | BIT_ulp;
    } else if (isinf(got)) {
        if (got != exact->rounded)
            *holding = BIT_inf | BIT_percent | BIT_ulp;
    } else if (exact->kind == EXACT_INFINITE) {
        *holding = (uint8_t)(BIT_percent | BIT_ulp | of_sign(exact, got));
    } else {
        enum answer percent = over_percent(exact, enclosure, got);
        enum answer ulp = over_16_ulp(exact, enclosure, got);
        *holding = (uint8_t)(of_sign(exact, got) | near_to(exact, got) |
                             (percent == YES ? BIT_percent : 0) | (ulp == YES ? BIT_ulp : 0));
        return percent != OPEN && ulp != OPEN;
    }
    return true;
}
