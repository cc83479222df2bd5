/* exp, expm1 and log1p of double-doubles, in front of MPFR.
 *
 * Method: table-driven reduction (Tang, ACM TOMS 15(2), 1989; 16(4), 1990), then a
 * polynomial whose terms up to r^4 are double-double and the tail plain double,
 * as in crlibm (de Dinechin, Lauter & Muller, RAIRO Theor. Inf. Appl. 41(1), 2007).
 *
 * Bounds: the constants DD_…_ERROR below, proven (`make proofs`, src/oracle/proofs/;
 * docs/method.md, "The fast path", puts the parts together): the constants come from
 * Sollya and are certified by it, the roundings are bounded by Gappa, which takes
 * for granted what is said below to be exact.  No libm is called.  Rounding to
 * nearest, gradual underflow and no contraction (-ffp-contract=off) are assumed.
 *
 * No branches, no calls, tables by integer index: gcc -O3 -fno-rounding-math
 * vectorises a loop over these for AVX2 and AVX-512, and plain C gives the same
 * bytes. */
#ifndef XULP_ORACLE_QUICK_KERNEL_H
#define XULP_ORACLE_QUICK_KERNEL_H

#include "oracle/double_double.h"

#include <stdint.h>
#include <string.h>

/* Upper bounds of |computed − exact| / |exact|, for |x.lo| ≤ ulp(x.hi)/2 and
 *   exp:   −708 ≤ x ≤ 708, the absolute DD_EXP_UNDERFLOW added where x < −670: there
 *          the low part loses bits, and hi need not be RN(hi + lo);
 *   expm1: x ≤ 708, |x| ≥ 2^−960 or x = 0;
 *   log1p: −1 + 2^−1022 ≤ f ≤ 2^1000, |f| ≥ 2^−960 or f = 0. */
#define DD_EXP_ERROR     0x1p-95
#define DD_EXP_UNDERFLOW 0x1p-1074
#define DD_EXPM1_ERROR   0x1p-91
#define DD_LOG1P_ERROR   0x1p-89

/* Tests make the constants variable, to plant mistakes in them. */
#ifndef QUICK_STORAGE
#define QUICK_STORAGE static const
#endif

enum { QUICK_EXP_ENTRIES = 128, QUICK_LOG_ENTRIES = 256 };

struct quick_constants {
    double exp_inverse_step, exp_step_hi, exp_step_mid, exp_step_lo; /* 128/ln 2; ln 2/128 */
    double expm1_c3_hi, expm1_c3_lo, expm1_c4_hi, expm1_c4_lo;
    double expm1_c5, expm1_c6, expm1_c7, expm1_c8;
    double ln2_hi, ln2_lo;
    double log1p_c3_hi, log1p_c3_lo, log1p_c4_hi, log1p_c4_lo;
    double log1p_c5, log1p_c6, log1p_c7, log1p_c8, log1p_c9, log1p_c10;
    double exp_hi[QUICK_EXP_ENTRIES], exp_lo[QUICK_EXP_ENTRIES]; /* 2^(j/128) */
    double log_c[QUICK_LOG_ENTRIES]; /* c, near 1/m in the middle of each bin */
    double log_hi[QUICK_LOG_ENTRIES], log_lo[QUICK_LOG_ENTRIES]; /* −log c */
};

QUICK_STORAGE struct quick_constants quick_constants = {
#define CONSTANT(name, value)   .name = value,
#define EXP_ENTRY(j, hi, lo)    .exp_hi[j] = hi, .exp_lo[j] = lo,
#define LOG_ENTRY(i, c, hi, lo) .log_c[i] = c, .log_hi[i] = hi, .log_lo[i] = lo,
#include "oracle/quick_constants.def"
#undef CONSTANT
#undef EXP_ENTRY
#undef LOG_ENTRY
};

static inline uint64_t quick_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double quick_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* condition ? a : b, by masks: a branch would keep the loop scalar. */
static inline double quick_select(int condition, double a, double b)
{
    uint64_t mask = -(uint64_t)condition;
    return quick_double((quick_bits(a) & mask) | (quick_bits(b) & ~mask));
}

/* x·y, not normalised.  All products of high parts here are 0 or lie between 2^−270
 * and 2, but for 1·p.hi: two_prod is exact. */
static inline struct double_double quick_product(struct double_double x, struct double_double y)
{
    struct double_double p = two_prod(x.hi, y.hi);
    return (struct double_double){p.hi, p.lo + (x.hi * y.lo + x.lo * y.hi)};
}

/* c + x, not normalised; fast_two_sum is exact as |c.hi| ≥ |x.hi| or c.hi = 0. */
static inline struct double_double quick_sum(struct double_double c, struct double_double x)
{
    struct double_double s = fast_two_sum(c.hi, x.hi);
    return (struct double_double){s.hi, s.lo + (c.lo + x.lo)};
}

/* r + r² (c2 + r (c3 + r (c4 + r tail))), tail a double.
 *
 * Below 2^−120 it is r: the products are left out there, so that none underflows.
 * Exact: every sum is of a coefficient and of something smaller by r, |r| ≤ 2^−8.5. */
static inline struct double_double quick_polynomial(struct double_double r, double c2,
                                                    struct double_double c3,
                                                    struct double_double c4, double tail)
{
    int tiny = __builtin_fabs(r.hi) < 0x1p-120;
    struct double_double z = {quick_select(tiny, 0, r.hi), quick_select(tiny, 0, r.lo)};
    struct double_double q4 = fast_two_sum(c4.hi, c4.lo + z.hi * tail);
    struct double_double q3 = quick_sum(c3, quick_product(z, q4));
    struct double_double q2 = quick_sum((struct double_double){c2, 0}, quick_product(z, q3));
    return quick_sum(r, quick_product(z, quick_product(z, q2)));
}

/* e^r − 1 for |r| ≤ ln 2/256·(1 + 2^−20). */
static inline struct double_double quick_expm1_reduced(struct double_double r)
{
    double z = r.hi;
    double tail = quick_constants.expm1_c5 +
                  z * (quick_constants.expm1_c6 +
                       z * (quick_constants.expm1_c7 + z * quick_constants.expm1_c8));
    return quick_polynomial(
        r, 0.5, (struct double_double){quick_constants.expm1_c3_hi, quick_constants.expm1_c3_lo},
        (struct double_double){quick_constants.expm1_c4_hi, quick_constants.expm1_c4_lo}, tail);
}

/* log(1 + r) for |r| ≤ 2^−9 (1 + 2^−8). */
static inline struct double_double quick_log1p_reduced(struct double_double r)
{
    double z = r.hi;
    double tail = quick_constants.log1p_c5 +
                  z * (quick_constants.log1p_c6 +
                       z * (quick_constants.log1p_c7 +
                            z * (quick_constants.log1p_c8 +
                                 z * (quick_constants.log1p_c9 + z * quick_constants.log1p_c10))));
    return quick_polynomial(
        r, -0.5, (struct double_double){quick_constants.log1p_c3_hi, quick_constants.log1p_c3_lo},
        (struct double_double){quick_constants.log1p_c4_hi, quick_constants.log1p_c4_lo}, tail);
}

/* x = k ln 2/128 + r, |r| ≤ ln 2/256, k = 128 E + j. */
struct quick_exp_parts {
    uint64_t k_bits;        /* of 0x1.8p52 + k: its last bits are those of k */
    struct double_double p; /* e^r − 1 */
    struct double_double e; /* 2^(j/128) e^r = e^x / 2^E */
};

static inline struct quick_exp_parts quick_exp_parts(struct double_double x)
{
    struct quick_exp_parts parts;
    /* Clamped, so that terms below the range may be added up unseen. */
    int outside = __builtin_fabs(x.hi) > 708;
    double hi = quick_select(outside, __builtin_copysign(708, x.hi), x.hi);
    double lo = quick_select(outside, 0, x.lo);
    /* k: at this size the last bit of a double is worth 1. */
    double shifted = hi * quick_constants.exp_inverse_step + 0x1.8p52;
    double k = shifted - 0x1.8p52;
    parts.k_bits = quick_bits(shifted);
    uint64_t j = parts.k_bits & (QUICK_EXP_ENTRIES - 1);
    /* Exact: k has 17 bits, the two steps 36.  Where k ≠ 0, |hi| ≥ 2^−9, so that hi and
     * k·exp_step_hi are multiples of 2^−61; their difference is below 2^−8. */
    struct double_double s =
        two_sum(hi - k * quick_constants.exp_step_hi, -(k * quick_constants.exp_step_mid));
    struct double_double r = two_sum(s.hi, s.lo + (lo - k * quick_constants.exp_step_lo));
    parts.p = quick_expm1_reduced(r);
    struct double_double power = {quick_constants.exp_hi[j], quick_constants.exp_lo[j]};
    /* Exact: |power| ≥ 1, |p| < 2^−8. */
    struct double_double e = quick_sum(power, quick_product(power, parts.p));
    parts.e = fast_two_sum(e.hi, e.lo);
    return parts;
}

/* 2^E from the bits of 0x1.8p52 + k: those above the last seven are E, and what
 * else is there leaves with the shift.  −1022 ≤ E ≤ 1022. */
static inline double quick_exp_scale(uint64_t k_bits)
{
    return quick_double(((k_bits >> 7) + 1023) << 52);
}

static inline struct double_double dd_exp(struct double_double x)
{
    struct quick_exp_parts parts = quick_exp_parts(x);
    double scale = quick_exp_scale(parts.k_bits);
    return (struct double_double){parts.e.hi * scale, parts.e.lo * scale};
}

static inline struct double_double dd_expm1(struct double_double x)
{
    struct quick_exp_parts parts = quick_exp_parts(x);
    double scale = quick_exp_scale(parts.k_bits);
    /* Where k ≠ 0, |d| ≥ 2^−10, and its low part stays below it. */
    struct double_double d = two_sum(parts.e.hi * scale, -1);
    d.lo += parts.e.lo * scale;
    int near_zero = parts.k_bits == quick_bits(0x1.8p52); /* k = 0 */
    return fast_two_sum(quick_select(near_zero, parts.p.hi, d.hi),
                        quick_select(near_zero, parts.p.lo, d.lo));
}

static inline struct double_double dd_log1p(struct double_double f)
{
    /* Exact but for y.lo + f.lo: if f.hi ≥ −1/2, both are at most 2^−53 y and their sum
     * loses less than 2^−104 y; below, y.lo = 0 (Sterbenz).  The second sum is exact:
     * y.hi is 0, or a multiple of 2^−53 and f.lo no more than half that, or larger. */
    struct double_double y = two_sum(1, f.hi);
    y = fast_two_sum(y.hi, y.lo + f.lo);
    /* y = 2^E m, bin i holds m.  Moved so that the exponent field counts up behind the
     * bin with √2, and that a bin has its middle at 1. */
    uint64_t moved = quick_bits(y.hi) + ((uint64_t)150 << 44) + ((uint64_t)1 << 43);
    uint64_t i = (moved >> 44) & (QUICK_LOG_ENTRIES - 1);
    double inverse_power = quick_double(((uint64_t)2046 << 52) - (moved >> 52 << 52));  /* 2^−E */
    double exponent = quick_double(quick_bits(0x1p52) | moved >> 52) - (0x1p52 + 1023); /* E */
    /* r = c m − 1, |r| < 2^−8: product.hi − 1 is exact (Sterbenz). */
    struct double_double product = two_prod(quick_constants.log_c[i], y.hi * inverse_power);
    struct double_double r =
        two_sum(product.hi - 1, product.lo + quick_constants.log_c[i] * (y.lo * inverse_power));
    int near_one = moved >> 44 == ((uint64_t)1023 << 8 | 150); /* c = 1, E = 0: r = f */
    r.hi = quick_select(near_one, f.hi, r.hi);
    r.lo = quick_select(near_one, f.lo, r.lo);
    struct double_double p = quick_log1p_reduced(r);
    /* E ln 2 − log c.  Exact: E has 11 bits, ln2_hi 42, and |ln 2| > |log c|; then
     * |log c| > |p|, certified for every bin, or a = 0. */
    struct double_double a =
        fast_two_sum(exponent * quick_constants.ln2_hi, quick_constants.log_hi[i]);
    a.lo += exponent * quick_constants.ln2_lo + quick_constants.log_lo[i];
    struct double_double sum = quick_sum(a, p);
    return fast_two_sum(sum.hi, sum.lo);
}

#endif
