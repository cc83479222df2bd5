/* exp, exp2, expm1, log and log1p to 49 bits, in binary64 arithmetic: in front
 * of the integer kernels, for the formats with p ≤ 24.
 *
 * exp x = 2^(k/128)·e^r, k near 128·x/ln 2, from a table of 128 powers and Taylor's
 *     polynomial; exp2 likewise.
 * expm1 x: Taylor's polynomial below 1/2, exp x − 1 from there on.
 * log y = e·ln 2 − log c + log1p r, r = c·m − 1, y = 2^e·m, 11/16 ≤ m < 11/8,
 *     from a table of 128 numbers c near 1/m.  Next to 1 c is 1, so that r and
 *     the logarithm keep all their digits there.
 * log1p x = log(1 + x), r = c·2^−e·x + (c·2^−e − 1).
 *
 * Each is followed by Ziv's test: where every number within the bound of its
 * error rounds alike, that is the correctly rounded result.
 *
 * Errors.  v = 2^−52: no operation has a relative error above v, whatever the
 * rounding mode (v/2 to nearest), and no bound below asks for a mode.  Nothing here
 * overflows or is subnormal.  Relative to the exact value, for x of the functions'
 * domains:
 *
 *     exp, exp2  2^−51        expm1  2^−49        log, log1p  2^−49
 *
 * Method: Tang, Table-driven implementation of the exponential function in IEEE
 * floating-point arithmetic, ACM TOMS 15 (1989), and … of the logarithm function …,
 * ACM TOMS 16 (1990); Ziv, ACM TOMS 17 (1991). */
#ifndef XULP_IMPL_ELEMENTARY_FAST_H
#define XULP_IMPL_ELEMENTARY_FAST_H

#include "core/format.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* What Ziv's test allows for, in units of the last place of a double y: 2^4 units
 * are at least 2^−49·|y|, the greatest of the bounds.  More would do, but log(1 − 2^−23),
 * of which code that clips probabilities takes many, is 2^−47.6 from a midpoint. */
enum { FAST_ERROR = 1 << 4 };

enum { FAST_POWERS = 128, FAST_LOGARITHMS = 128 };

/* Constants, for the test that MPFR makes the same. */
extern const double fast_powers[FAST_POWERS]; /* 2^(j/128) */
extern const struct fast_logarithm {
    double c;         /* near 1/m for the m of interval i, in 20 bits after the point */
    double minus_log; /* −log c */
} fast_logarithms[FAST_LOGARITHMS];

#define FAST_LN2          0x1.62e42fefa39efp-1
#define FAST_INVERSE_STEP 0x1.71547652b82fep+7  /* 128/ln 2 */
#define FAST_STEP_HIGH    0x1.62e42fefap-8      /* ln 2/128 to 38 bits … */
#define FAST_STEP_LOW     0x1.cf79abc9e3b3ap-47 /* … and the rest */
#define FAST_INTEGER      0x1.8p52              /* x + this: x as an integer, in its last bits */
#define FAST_FIRST_M      UINT64_C(0x3fe6000000000000) /* bits of 11/16 */

/* 1/n!, (−1)^(n+1)/n: the nearest numbers, of the compiler's own arithmetic.  (Where a
 * rounding mode may be set, an expression is left to the processor.) */
static const double fast_inverse_factorials[] = {1,
                                                 1,
                                                 1.0 / 2,
                                                 1.0 / 6,
                                                 1.0 / 24,
                                                 1.0 / 120,
                                                 1.0 / 720,
                                                 1.0 / 5040,
                                                 1.0 / 40320,
                                                 1.0 / 362880,
                                                 1.0 / 3628800,
                                                 1.0 / 39916800,
                                                 1.0 / 479001600,
                                                 1.0 / 6227020800,
                                                 1.0 / 87178291200};
static const double fast_log_terms[] = {0,        1,       -1.0 / 2, 1.0 / 3,
                                        -1.0 / 4, 1.0 / 5, -1.0 / 6, 1.0 / 7};

static inline uint64_t fast_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double fast_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^(k/128)·e^r, |r| < 0.0055 with an error below 2^−58, k in the last bits of
 * `shifted` = k + 1.5·2^52, |k| < 2^15.  Errors:
 *   p = e^r − 1: terms left out r^6/720·1.01 < 2^−54.4; q = r²·(…) < 1.6e-5 and
 *     its operations 6v·q, the addition v·0.0056: below 2^−54.3 in all
 *   2^(j/128) v/2, the product v·0.0056, the sum v
 * and so 2^−58 + 2^−54.3 + 1.51v, over e^r > 0.994: below 2^−51.  The scaling by
 * 2^((k−j)/128) is an addition to the exponent. */
static inline double fast_exp_reduced(double shifted, double r)
{
    uint64_t bits = fast_bits(shifted), j = bits % FAST_POWERS;
    double power = fast_double(fast_bits(fast_powers[j]) + ((bits - j) << 45));
    const double *c = fast_inverse_factorials;
    double r2 = r * r;
    double q = r2 * ((c[2] + r * c[3]) + r2 * (c[4] + r * c[5]));
    return power + power * (r + q);
}

/* |x| < 150.  k is within 1.01 of 128·x/ln 2 in every rounding mode (½ to
 * nearest), so |r| < 1.01·ln 2/128 < 0.0055.  k·STEP_HIGH is exact, 15 bits by 38;
 * the subtraction is off by at most v·|r| < 2^−59.5; k·STEP_LOW < 2^−31 by 2v of
 * that, for the constant and the product, and the second subtraction by v·|r|
 * again: below 2^−58 together. */
static inline double fast_exp(double x)
{
    double shifted = x * FAST_INVERSE_STEP + FAST_INTEGER, k = shifted - FAST_INTEGER;
    return fast_exp_reduced(shifted, (x - k * FAST_STEP_HIGH) - k * FAST_STEP_LOW);
}

/* |x| < 150.  128·x and k/128 are exact; x − k/128, at most 1/128, is off by v of it,
 * ln 2 by v/2, the product by v: |r| < 0.0055 by less than 2.5v·|r| < 2^−58. */
static inline double fast_exp2(double x)
{
    double shifted = FAST_POWERS * x + FAST_INTEGER, k = shifted - FAST_INTEGER;
    return fast_exp_reduced(shifted, (x - k * 0x1p-7) * FAST_LN2);
}

/* −40 ≤ x < 150, |x| ≥ 2^−53.
 * |x| < 1/2: x + x²·q(x), q = Σ x^(n−2)/n!, n = 2 … 14, even and odd powers apart.
 *   Terms left out |x|^15/15!·1.04 < 0.3v·|x|; x²·q < 0.3·|x|, its operations 6v of it;
 *   the last addition 1.3v·|x|; and |expm1 x| > 0.78·|x|: below 5v.
 * |x| ≥ 1/2: e^x/|e^x − 1| < 2.55 times 1.75v, and the subtraction v: below 6v. */
static inline double fast_expm1(double x)
{
    if (fabs(x) >= 0.5)
        return fast_exp(x) - 1;
    const double *c = fast_inverse_factorials;
    double x2 = x * x;
    double even =
        c[2] + x2 * (c[4] + x2 * (c[6] + x2 * (c[8] + x2 * (c[10] + x2 * (c[12] + x2 * c[14])))));
    double odd = c[3] + x2 * (c[5] + x2 * (c[7] + x2 * (c[9] + x2 * (c[11] + x2 * c[13]))));
    return x + x2 * (even + x * odd);
}

/* Of a number whose bits are FAST_FIRST_M + from_first: the exponent of 2^e·m, m in
 * [11/16, 11/8), where it stands in a double, and the interval of m. */
#define FAST_EXPONENT (UINT64_C(0xfff) << 52)

static inline const struct fast_logarithm *fast_interval(uint64_t from_first)
{
    return &fast_logarithms[from_first >> 45 & (FAST_LOGARITHMS - 1)];
}

/* log(2^e·m) = e·ln 2 − log c + log1p r, r = c·m − 1, |r| < 2^−7, to v·|r| (and to v/2 more for
 * e > 32).  With l for the logarithm:
 *   log1p r = r + r²·q: terms left out |r|^8/8·1.01; operations of r²·q 6v of it
 *   e ≠ 0: |l| > 0.318, |e|·ln 2 < 2.2·|l|.  e·ln 2, constant and product, 1.5v of it;
 *     −log c v/2·0.375; r and r²·q 2^−6·v (+ v/2, and |l| > 22); three additions
 *     v·(|l| + 0.008) each: below (6.4 + 0.3/0.318)v·|l| < 2^−49·|l|
 *   e = 0, c ≠ 1: |l| > 2^−8.01; |r| < 0.76·|l|, as an interval is narrower than its distance
 *     from 1; log c < 1.8·|l|.  −log c v/2 of it, r v·|r|, r²·q 0.1v·|l|, two additions
 *     2.1v·|l|: below 4v·|l|
 *   c = 1, e = 0: r is exact.  Terms left out 2v·|l|, r²·q 6v·2^−8·|l|, one addition: below
 *     3.2v·|l|. */
static inline double fast_log_sum(double e, double r, const struct fast_logarithm *at)
{
    const double *t = fast_log_terms;
    double r2 = r * r;
    double q = (t[2] + r * t[3]) + r2 * ((t[4] + r * t[5]) + r2 * (t[6] + r * t[7]));
    return (e * FAST_LN2 + at->minus_log + r) + r2 * q;
}

/* y > 0 in 32 bits, normal.  c·m is exact, 21 bits by 32, and so is r. */
static inline double fast_log(double y)
{
    uint64_t bits = fast_bits(y), from_first = bits - FAST_FIRST_M;
    uint64_t exponent = from_first & FAST_EXPONENT;
    const struct fast_logarithm *at = fast_interval(from_first);
    double m = fast_double(bits - exponent);
    return fast_log_sum((double)((int64_t)exponent >> 52), at->c * m - 1, at);
}

/* −1 < x in 24 bits, |x| ≥ 2^−24.  1 + x is exact below 2^29 and rounded from there on, where
 * the interval may be the next.  d = c·2^−e has 21 bits, so that d·x is exact, and d − 1
 * for e ≤ 32, else it is within v/2; their sum is within v·|r|.  Where c = 1, e = 0, r is x. */
static inline double fast_log1p(double x)
{
    uint64_t bits = fast_bits(1 + x), from_first = bits - FAST_FIRST_M;
    uint64_t exponent = from_first & FAST_EXPONENT;
    const struct fast_logarithm *at = fast_interval(from_first);
    double d = fast_double(fast_bits(at->c) - exponent);
    return fast_log_sum((double)((int64_t)exponent >> 52), (d - 1) + d * x, at);
}

/* Ziv's test.  y ≠ 0 is normal and within FAST_ERROR of an exact value that is no
 * midpoint.  Whether all of that interval rounds alike; if so, *result is the rounded value.  In
 * integers, so that no rounding mode matters.
 *
 * The digits dropped, as a number of units of y's last place, are at least
 * FAST_ERROR away from the midpoint.  Next to a power of 2 the interval
 * reaches into another binade, whose midpoints are farther away: 2^(52−p) units of
 * y's last place or more, halved below the power. */
static inline bool fast_round(const struct format *format, double y, double *result)
{
    uint64_t bits = fast_bits(y);
    int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    int subnormal = format->emin - exponent; /* digits that a subnormal number lacks */
    int dropped = 53 - format->precision + (subnormal > 0 ? subnormal : 0);
    if (dropped > 52)
        return false; /* below the least subnormal: for the kernel */
    uint64_t midpoint = UINT64_C(1) << (dropped - 1), ulp = midpoint << 1;
    if ((bits & (ulp - 1)) - midpoint + FAST_ERROR <= 2 * FAST_ERROR)
        return false;
    bits = (bits + midpoint) & -ulp;
    bool overflows = (int)(bits >> 52 & 0x7ff) - 1023 > format->emax;
    *result = overflows ? copysign(INFINITY, y) : fast_double(bits);
    return true;
}

#endif
