/* exp, exp2, expm1, log and log1p to 42 bits, in binary64 arithmetic: in front
 * of the integer kernels, for the formats with p ≤ 24.
 *
 * exp x = 2^(k/64)·e^r, k near 64·x/ln 2, from a table of 64 powers and Taylor's
 *     polynomial; exp2 likewise.
 * expm1 x: Taylor's polynomial below 1/4, exp x − 1 from there on.
 * log y = e·ln 2 − log c + log1p r, r = c·m − 1, y = 2^e·m, 11/16 ≤ m < 11/8,
 *     from a table of 128 numbers c near 1/m.  Next to 1 c is 1, so that r and
 *     the logarithm keep all their digits there.
 * log1p x = log(1 + x).
 *
 * Each is followed by Ziv's test: where every number within the bound of its
 * error rounds alike, that is the correctly rounded result.
 *
 * Errors.  v = 2^−52: no operation has a relative error above v, whatever the
 * rounding mode (v/2 to nearest), and no bound below asks for a mode.  Nothing here
 * overflows or is subnormal.  Relative to the exact value, for x of the functions'
 * domains:
 *
 *     exp, exp2  2^−48        expm1  2^−45        log, log1p  2^−43
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

/* What Ziv's test allows for, in units of the last place of a double y: 2^11
 * units are at least 2^−42·|y|, twice the greatest of the bounds. */
enum { FAST_ERROR = 1 << 11 };

enum { FAST_POWERS = 64, FAST_LOGARITHMS = 128 };

/* Constants, for the test that MPFR makes the same. */
extern const double fast_powers[FAST_POWERS]; /* 2^(j/64) */
extern const struct fast_logarithm {
    double c;         /* near 1/m for the m of interval i, in 20 bits after the point */
    double minus_log; /* −log c */
} fast_logarithms[FAST_LOGARITHMS];

#define FAST_LN2          0x1.62e42fefa39efp-1
#define FAST_INVERSE_STEP 0x1.71547652b82fep+6     /* 64/ln 2 */
#define FAST_STEP_HIGH    0x1.62e42fefa4p-7        /* ln 2/64 to 39 bits … */
#define FAST_STEP_LOW     (-0x1.8432a1b0e2634p-49) /* … and the rest */
#define FAST_INTEGER      0x1.8p52                 /* x + this: x as an integer, in its last bits */
#define FAST_FIRST_M      UINT64_C(0x3fe6000000000000) /* bits of 11/16 */

/* 1/n!, (−1)^(n+1)/n: the nearest numbers, of the compiler's own arithmetic.  (Where a
 * rounding mode may be set, an expression is left to the processor.) */
static const double fast_inverse_factorials[] = {
    1,          1,           1.0 / 2,      1.0 / 6,       1.0 / 24,       1.0 / 120,      1.0 / 720,
    1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600};
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

/* 2^(k/64)·e^r, |r| < 0.01085 with an error below 2^−57, k in the last bits of
 * `shifted` = k + 1.5·2^52, |k| < 2^14.  Relative errors:
 *   p = e^r − 1: terms left out r^6/720·1.01 < 2^−48.6; q = r²·(…) < 5.9e-5 and
 *     its operations 6v·q, the addition v·0.011: < 2^−58
 *   2^(j/64) ½v, the product v·0.011, the sum v
 * and so 2^−57 + 2^−48.6 + 2^−58 + 1.02v, over e^r > 0.989: below 2^−48.  The
 * scaling by 2^(k−j)/64 is an addition to the exponent. */
static inline double fast_exp_reduced(double shifted, double r)
{
    uint64_t bits = fast_bits(shifted), j = bits % FAST_POWERS;
    double power = fast_double(fast_bits(fast_powers[j]) + ((bits - j) << 46));
    const double *c = fast_inverse_factorials;
    double r2 = r * r;
    double q = r2 * ((c[2] + r * c[3]) + r2 * (c[4] + r * c[5]));
    return power + power * (r + q);
}

/* |x| < 150.  k is within 1.01 of 64·x/ln 2 in every rounding mode (½ to
 * nearest), so |r| < 1.001·ln 2/64 = 0.01085.  k·STEP_HIGH is exact, 14 bits by
 * 39; the subtraction is off by at most v·|r| < 2^−58; k·STEP_LOW < 2^−34 to
 * 2v, the constant and the product, and the second subtraction v·|r| again: below
 * 2^−57 together. */
static inline double fast_exp(double x)
{
    double shifted = x * FAST_INVERSE_STEP + FAST_INTEGER, k = shifted - FAST_INTEGER;
    return fast_exp_reduced(shifted, (x - k * FAST_STEP_HIGH) - k * FAST_STEP_LOW);
}

/* |x| < 150.  64·x and k/64 are exact, |x − k/64| ≤ 1/64 to v, ln 2 and the
 * product v each: |r| < 0.01084 with an error below 3v·|r| < 2^−56.9; where the
 * rounding is to nearest all is halved.  The sum of fast_exp_reduced() has room
 * for it. */
static inline double fast_exp2(double x)
{
    double shifted = 64 * x + FAST_INTEGER, k = shifted - FAST_INTEGER;
    return fast_exp_reduced(shifted, (x - k * 0x1p-6) * FAST_LN2);
}

/* −40 ≤ x < 150, |x| ≥ 2^−53.
 * |x| < 1/4: x + x²·q(x), q = Σ x^(n−2)/n!, n = 2 … 12, even and odd powers apart.
 *   Terms left out |x|^13/13!·1.02 < 2^−56·|x|; x²·q < 0.15·|x|, whose operations
 *   have relative errors that add up to 8v; the last addition 1.15v·|x|; and
 *   |expm1 x| > 0.88·|x|: below 2^−50.
 * |x| ≥ 1/4: e^x/|e^x − 1| < 4.53 times 2^−48, and the subtraction v: below 2^−45. */
static inline double fast_expm1(double x)
{
    if (fabs(x) >= 0.25)
        return fast_exp(x) - 1;
    const double *c = fast_inverse_factorials;
    double x2 = x * x;
    double even = c[2] + x2 * (c[4] + x2 * (c[6] + x2 * (c[8] + x2 * (c[10] + x2 * c[12]))));
    double odd = c[3] + x2 * (c[5] + x2 * (c[7] + x2 * (c[9] + x2 * c[11])));
    return x + x2 * (even + x * odd);
}

/* y > 0, normal, as it is or rounded once (fast_log1p below): within v.
 * r: v by the rounding of y, where that was, and v·1.01 by c·m, whose difference to 1 is
 *   exact; |r| < 2^−7.  Where c = 1, c·m is exact.
 * log1p r = r + r²·q: terms left out |r|^8/8·1.01; r²·q < 2^−15, its operations 6v·2^−15.
 * e ≠ 0: |log y| > 0.318, |e|·ln 2 < 2.2·|log y|.  e·ln 2 2.8v·|log y|, −log c v/8, r
 *   2.02v, three additions 3v·(|log y| + 0.008): below (5.8 + 2.2/0.318)v < 2^−48.
 * e = 0, c ≠ 1: |log y| > 2^−8.01.  −log c v/8, r 1.01v (y is not rounded here: 1 + x with
 *   |x| < 1 and 24 bits, or x itself), two additions 2v·(|log y| +
 *   2^−14): below 1.15v·2^8.01 + 2v < 2^−43.
 * c = 1: r = y − 1 exactly; terms left out |r|^7/8·1.01 < 2^−51, q 6v·2^−8, one addition
 *   1.01v: below 2^−50. */
static inline double fast_log(double y)
{
    uint64_t bits = fast_bits(y), from_first = bits - FAST_FIRST_M;
    uint64_t exponent = from_first & UINT64_C(0xfff) << 52;
    const struct fast_logarithm *at = &fast_logarithms[from_first >> 45 & (FAST_LOGARITHMS - 1)];
    double e = (double)((int64_t)exponent >> 52);
    double r = fast_double(bits - exponent) * at->c - 1, r2 = r * r;
    const double *t = fast_log_terms;
    double q = (t[2] + r * t[3]) + r2 * ((t[4] + r * t[5]) + r2 * (t[6] + r * t[7]));
    return (e * FAST_LN2 + at->minus_log + r) + r2 * q;
}

/* −1 < x, |x| ≥ 2^−24, in 24 bits.  1 + x is exact below 2^29: its last bit is 2^−47
 * at the least.  Beyond, it is rounded, and log(1 + x) > 20. */
static inline double fast_log1p(double x)
{
    return fast_log(1 + x);
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
