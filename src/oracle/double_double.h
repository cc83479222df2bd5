/* Numbers of twice the precision: the unevaluated sum of two doubles.
 *
 * Method and bounds: Joldes, Muller & Popescu, "Tight and rigorous error bounds
 * for basic building blocks of double-word arithmetic", ACM TOMS 44(2), 2017,
 * whose numbers of algorithms stand below; u = 2^−53.  They hold for rounding to
 * nearest where nothing overflows and no low part underflows.  Of their
 * algorithms the ones without an fma in the low parts are taken: an fma here is
 * only a fast way to the exact error of a product, which the plain operations
 * give too, so that a build with fma and one without compute the same bytes.
 *
 * No branches, no calls: a loop over these is vectorised. */
#ifndef XULP_ORACLE_DOUBLE_DOUBLE_H
#define XULP_ORACLE_DOUBLE_DOUBLE_H

struct double_double {
    double hi, lo; /* hi = RN(hi + lo) */
};

/* Upper bounds of |computed − exact| / |exact|. */
#define DD_ADD_ERROR           0x1.801p-105 /* 3u² + 13u³, Algorithm 6, Theorem 3.2 */
#define DD_ADD_SAME_SIGN_ERROR 0x1.8p-105   /* 3u², Algorithm 5, Theorem 3.1 */
#define DD_ADD_DOUBLE_ERROR    0x1p-105     /* 2u², Algorithm 4, Theorem 2.2 */
#define DD_MUL_DOUBLE_ERROR    0x1.801p-106 /* 3u²/2 + 4u³, Algorithm 7, Theorem 4.1 */
#define DD_MUL_ERROR           0x1.cp-104   /* 7u², Algorithm 10, Theorem 5.1 */
#define DD_DIV_ERROR           0x1.e01p-103 /* 15u² + 56u³, Algorithm 17, Theorem 7.1 */

/* a + b = hi + lo exactly (Knuth). */
static inline struct double_double two_sum(double a, double b)
{
    double s = a + b;
    double b_part = s - a;
    double a_part = s - b_part;
    return (struct double_double){s, (a - a_part) + (b - b_part)};
}

/* a + b = hi + lo exactly where |a| ≥ |b| or a = 0, or a is a multiple of the unit
 * in the last place of b (Dekker). */
static inline struct double_double fast_two_sum(double a, double b)
{
    double s = a + b;
    return (struct double_double){s, b - (s - a)};
}

/* a·b = hi + lo exactly where |a|, |b| ≤ 2^996 and a·b is 0 or |a·b| ≥ 2^−968
 * (Dekker 1971, with Veltkamp's splitting). */
static inline struct double_double two_prod_dekker(double a, double b)
{
    double a_scaled = 0x1.0000002p27 * a; /* (2^27 + 1) a */
    double b_scaled = 0x1.0000002p27 * b;
    double a_high = a_scaled - (a_scaled - a);
    double b_high = b_scaled - (b_scaled - b);
    double a_low = a - a_high;
    double b_low = b - b_high;
    double p = a * b;
    return (struct double_double){p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) +
                                         a_low * b_low};
}

/* The same numbers by an fma where the machine has one. */
static inline struct double_double two_prod(double a, double b)
{
#ifdef __FP_FAST_FMA
    double p = a * b;
    return (struct double_double){p, __builtin_fma(a, b, -p)};
#else
    return two_prod_dekker(a, b);
#endif
}

/* Algorithm 4, DWPlusFP. */
static inline struct double_double dd_add_double(struct double_double x, double y)
{
    struct double_double s = two_sum(x.hi, y);
    return fast_two_sum(s.hi, x.lo + s.lo);
}

/* Algorithm 5, SloppyDWPlusDW: the bound holds for x and y of one sign only. */
static inline struct double_double dd_add_same_sign(struct double_double x, struct double_double y)
{
    struct double_double s = two_sum(x.hi, y.hi);
    return fast_two_sum(s.hi, s.lo + (x.lo + y.lo));
}

/* Algorithm 6, AccurateDWPlusDW. */
static inline struct double_double dd_add(struct double_double x, struct double_double y)
{
    struct double_double s = two_sum(x.hi, y.hi);
    struct double_double t = two_sum(x.lo, y.lo);
    struct double_double v = fast_two_sum(s.hi, s.lo + t.hi);
    return fast_two_sum(v.hi, t.lo + v.lo);
}

static inline struct double_double dd_negate(struct double_double x)
{
    return (struct double_double){-x.hi, -x.lo};
}

/* Algorithm 7, DWTimesFP1. */
static inline struct double_double dd_mul_double(struct double_double x, double y)
{
    struct double_double c = two_prod(x.hi, y);
    struct double_double t = fast_two_sum(c.hi, x.lo * y);
    return fast_two_sum(t.hi, t.lo + c.lo);
}

/* Algorithm 10, DWTimesDW1. */
static inline struct double_double dd_mul(struct double_double x, struct double_double y)
{
    struct double_double c = two_prod(x.hi, y.hi);
    return fast_two_sum(c.hi, c.lo + (x.hi * y.lo + x.lo * y.hi));
}

/* Algorithm 17, DWDivDW2.  x.hi − r.hi is exact. */
static inline struct double_double dd_div(struct double_double x, struct double_double y)
{
    double quotient = x.hi / y.hi;
    struct double_double r = dd_mul_double(y, quotient);
    double rest = (x.hi - r.hi) + (x.lo - r.lo);
    return fast_two_sum(quotient, rest / y.hi);
}

#endif
