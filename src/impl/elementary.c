/* exp, exp2, expm1, log and log1p, correctly rounded in any format with p ≤ 53.
 *
 * In formats with p ≤ 24 an evaluation in binary64 (elementary_fast.h) gives 49 bits; where
 * they leave the rounding open, and where p is 53, an integer kernel (elementary_kernel.c) gives
 * 107; where these do, MPFR settles it with as many as it takes (Ziv, Fast evaluation of
 * elementary mathematical functions with correctly rounded last bit, ACM TOMS 17, 1991).  It always
 * ends: exp x for algebraic x ≠ 0, log x for algebraic x ≠ 1 are transcendental (Lindemann 1882),
 * so never a number of the format nor a midpoint of two.
 *
 * Error: ½ ulp, on every machine the same bits, whatever the rounding mode: the
 * fast path is proven for every mode and rounds in integers, and nothing else
 * here rounds. */
#include "impl/elementary.h"

#include "impl/elementary_fast.h"
#include "impl/elementary_kernel.h"

#include <math.h>

bool kernel_round(const struct format *format, struct kernel_value value, double *result)
{
    int ulp_exponent = format_ulp_exponent(format, value.exponent);
    int dropped = ulp_exponent - (value.exponent - 127); /* bits below the ulp: at least 75 */
    double sign = value.negative ? -1 : 1;
    if (dropped > 128) { /* below half the least subnormal, or close to it */
        *result = sign * 0.0;
        return dropped > 129 || -value.significand > KERNEL_ERROR;
    }
    /* The dropped bits as a fraction of the ulp, and the midpoint ½.  A value
     * this near a power of 2 rounds to it from either binade. */
    fixed128 fraction = value.significand << (128 - dropped), midpoint = (fixed128)1 << 127;
    bool up = fraction > midpoint;
    fixed128 distance = up ? fraction - midpoint : midpoint - fraction;
    uint64_t kept = (uint64_t)(value.significand >> (dropped - 1) >> 1) + up;
    bool overflows = value.exponent + (int)(kept >> format->precision) > format->emax;
    *result = sign * (overflows ? INFINITY : ldexp((double)kept, ulp_exponent));
    return distance > (fixed128)KERNEL_ERROR << (128 - dropped);
}

/* f(x) lies strictly between lo and its successor, and rounding is monotone:
 * where both ends round alike, f(x) does. */
double round_by_mpfr(const struct format *format, mpfr_function *f, double x)
{
    MPFR_DECL_INIT(exact, 53);
    mpfr_set_d(exact, x, MPFR_RNDN);
    mpfr_t bound;
    mpfr_init2(bound, 128); /* the kernel was not enough */
    double lo, hi;
    for (;;) {
        f(bound, exact, MPFR_RNDD);
        lo = format_round(format, bound);
        mpfr_nextabove(bound);
        hi = format_round(format, bound);
        if (lo == hi)
            break;
        mpfr_set_prec(bound, 2 * mpfr_get_prec(bound));
    }
    mpfr_clear(bound);
    return lo;
}

/* −1022 ≤ exponent ≤ 1023; ldexp() is a call. */
static inline double power_of_2(int exponent)
{
    return fast_double((uint64_t)(exponent + 1023) << 52);
}

/* f(x), of which these three know more and more. */
static inline double settled(const struct format *format, double (*fast)(double x),
                             struct kernel_value (*kernel)(double x), mpfr_function *f, double x)
{
    double result;
    if (format->precision <= 24 && fast_round(format, fast(x), &result))
        return result;
    return kernel_round(format, kernel(x), &result) ? result : round_by_mpfr(format, f, x);
}

double rounded_exp(const struct format *format, double x)
{
    if (isnan(x))
        return x;
    /* exp x > 2^x ≥ 2^(emax+1), above the last binade; exp x < 2^x ≤
     * 2^(emin−p), below half the least subnormal. */
    if (x >= format->emax + 1)
        return INFINITY;
    if (x <= format->emin - format->precision)
        return 0;
    /* 1 + x ≤ exp x ≤ 1 + 2|x|, so between 1 − 2^−(p+1) and 1 + 2^−p: the
     * midpoints on either side of 1. */
    if (fabs(x) < power_of_2(-format->precision - 1))
        return 1;
    return settled(format, fast_exp, kernel_exp, mpfr_exp, x);
}

/* 2^x is algebraic for rational x, and rational only for whole ones; else it is
 * an irrational number, and no midpoint. */
double rounded_exp2(const struct format *format, double x)
{
    if (isnan(x))
        return x;
    if (x >= format->emax + 1)
        return INFINITY;
    if (x <= format->emin - format->precision) /* at most half the least subnormal */
        return 0;
    if (x == floor(x))
        return ldexp(1, (int)x);
    /* |2^x − 1| < |x| for |x| < 1: between the midpoints on either side of 1. */
    if (fabs(x) < power_of_2(-format->precision - 1))
        return 1;
    return settled(format, fast_exp2, kernel_exp2, mpfr_exp2, x);
}

double rounded_expm1(const struct format *format, double x)
{
    if (isnan(x) || x == 0)
        return x;
    if (x >= format->emax + 1)
        return INFINITY;
    /* Below −1 + 2^−57: nearer to −1 than the midpoint −1 + 2^−54. */
    if (x <= -40)
        return -1;
    /* With 2^e ≤ |x| ≤ 2^(e+1)·(1 − 2^−p), e < −p: |expm1 x − x| < x²/2·(1 + |x|)
     * < 2^(2e+1) ≤ 2^(e−p), half an ulp of x; and at |x| = 2^e, where the ulp
     * below is half of that, x²/2 = 2^(2e−1) < 2^(e−p−1). */
    if (fabs(x) < power_of_2(-format->precision))
        return x;
    return settled(format, fast_expm1, kernel_expm1, mpfr_expm1, x);
}

double rounded_log(const struct format *format, double x)
{
    if (isnan(x) || x == INFINITY)
        return x;
    if (x < 0)
        return NAN;
    if (x == 0)
        return -INFINITY;
    if (x == 1)
        return 0;
    return settled(format, fast_log, kernel_log, mpfr_log, x);
}

double rounded_log1p(const struct format *format, double x)
{
    if (isnan(x) || x == INFINITY)
        return x;
    if (x < -1)
        return NAN;
    if (x == -1)
        return -INFINITY;
    /* 0 < x: x − x²/2 < log1p x < x.  With 2^e ≤ x < 2^(e+1), e < −p: x²/2 <
     * 2^e·x < 2^(e−p), half an ulp; below x = 2^e the ulp is half of that, but
     * x²/2 = 2^(2e−1) < 2^(e−p−1).  x < 0: |log1p x| − |x| < x²/2/(1 − |x|) <
     * 2^(2e+1) ≤ 2^(e−p), since |x| ≤ 2^(e+1)·(1 − 2^−p).  Subnormal ulps are
     * larger.  So log1p x rounds to x. */
    if (fabs(x) < power_of_2(-format->precision))
        return x;
    return settled(format, fast_log1p, kernel_log1p, mpfr_log1p, x);
}
