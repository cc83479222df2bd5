/* exp, exp2, expm1, log and log1p to 114 bits, in integers.
 *
 * exp x = 2^k·exp r, k near x/ln 2, |r| < 0.35, by Taylor's series in two
 *     halves, even and odd: exp(±|r|) = cosh r ± |r|·(sinh r/r), both of them
 *     polynomials in r² with positive terms, so that nothing here has a sign.
 * exp2 x = 2^k·exp(f·ln 2) likewise, k the whole number nearest to x, f = x − k.
 * expm1 x = x·(1 + x/2 + x²/6 + …) for |x| < 2^−8, in two halves too, and exp x − 1
 *     elsewhere.
 * log y = e·ln 2 + log f, f in [√½, √2], log f = 2 atanh s, s = (f−1)/(f+1).
 *     y is an exact 128-bit integer times a power of 2, f − 1 too, and s a
 *     long division with its own exponent: log f is right to its last digits
 *     however near to 1 f is.
 * log1p x is log(1 + x), 1 + x in those 128 bits without rounding.
 *
 * Errors are counted in units of 2^−128 ("u") and all have one cause: a
 * product loses less than 3, a quotient, a shift or a constant less than 1.
 * Where a factor < 1 multiplies a loss, the loss shrinks with it.
 *
 * Method: argument reduction and power series, split in two, as in Brent &
 * Zimmermann, Modern Computer Arithmetic (2010), 4.3 and 4.4. */
#include "impl/elementary_kernel.h"

#include <string.h>

static const fixed128 one_half = (fixed128)1 << 127;

const fixed128 kernel_ln2 = FIXED128(0xb17217f7d1cf79ab, 0xc9e3b39803f2f6af);
const uint64_t kernel_ln2_tail = 0x40f343267298b62d;
const uint64_t kernel_inverse_ln2 = 0xb8aa3b295c17f0bb;

/* Nearly 1/d: at most 1 u less. */
#define INVERSE(d) (~(fixed128)0 / (d))

#define FACTORIAL_20 ((fixed128)2432902008176640000)
#define FACTORIAL_24 (FACTORIAL_20 * 21 * 22 * 23 * 24)

const fixed128 kernel_inverse_factorials[FACTORIALS] = {
    INVERSE(2),
    INVERSE(6),
    INVERSE(24),
    INVERSE(120),
    INVERSE(720),
    INVERSE(5040),
    INVERSE(40320),
    INVERSE(362880),
    INVERSE(3628800),
    INVERSE(39916800),
    INVERSE(479001600),
    INVERSE(6227020800),
    INVERSE(87178291200),
    INVERSE(1307674368000),
    INVERSE(20922789888000),
    INVERSE(355687428096000),
    INVERSE(6402373705728000),
    INVERSE(121645100408832000),
    INVERSE(FACTORIAL_20),
    INVERSE(FACTORIAL_20 * 21),
    INVERSE(FACTORIAL_20 * 21 * 22),
    INVERSE(FACTORIAL_20 * 21 * 22 * 23),
    INVERSE(FACTORIAL_24),
    INVERSE(FACTORIAL_24 * 25),
    INVERSE(FACTORIAL_24 * 25 * 26),
    INVERSE(FACTORIAL_24 * 25 * 26 * 27),
};

const fixed128 kernel_inverse_odd_numbers[ODD_NUMBERS] = {
    INVERSE(3),  INVERSE(5),  INVERSE(7),  INVERSE(9),  INVERSE(11), INVERSE(13),
    INVERSE(15), INVERSE(17), INVERSE(19), INVERSE(21), INVERSE(23), INVERSE(25),
    INVERSE(27), INVERSE(29), INVERSE(31), INVERSE(33), INVERSE(35), INVERSE(37),
    INVERSE(39), INVERSE(41), INVERSE(43), INVERSE(45), INVERSE(47), INVERSE(49),
};

/* |x| = significand·2^(exponent − 63), 2^63 ≤ significand < 2^64. */
struct magnitude {
    uint64_t significand;
    int exponent;
};

/* x finite and not 0. */
static struct magnitude magnitude_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    uint64_t significand = bits << 11;
    if (exponent >= -1022)
        return (struct magnitude){UINT64_C(1) << 63 | significand, exponent};
    significand <<= 1; /* subnormal: the top 52 of 64 bits count units of 2^−1074 */
    int zeros = __builtin_clzll(significand);
    return (struct magnitude){significand << zeros, -1023 - zeros};
}

/* The two halves of c0 + c1·y + c2·y² + …: even = c0 + c2·y² + …, odd = c1 +
 * c3·y² + …, by Horner's rule side by side, for an even count of c < 1/2 that
 * fall.  A step loses less than 1 u by its c, 3 by its product, and what was
 * lost before times y²; where y² is short by d u, about d·c more, c the next. */
static void polynomial_halves(const fixed128 *c, int count, fixed128 y_squared, fixed128 *even,
                              fixed128 *odd)
{
    *even = c[count - 2];
    *odd = c[count - 1];
    for (int n = count - 4; n >= 0; n -= 2) {
        *even = c[n] + fixed_product(*even, y_squared);
        *odd = c[n + 1] + fixed_product(*odd, y_squared);
    }
}

/* value·2^(exponent − 127), value ≠ 0. */
static struct kernel_value normalized(bool negative, int exponent, fixed128 value)
{
    int zeros = fixed_leading_zeros(value);
    return (struct kernel_value){negative, exponent - zeros, value << zeros};
}

/* 2^k·exp(±r), r < 0.35 within 3 u, negative: exp(−r)/2^k.  Errors:
 *   r²  short by < 3 u; r² < 0.123
 *   even polynomial: steps of 4 u, 1.14·4 + 0.1 < 5 u; times r²: 0.123·5 + 3
 *     + 0.5·3 < 5.2 u
 *   odd polynomial: < 5 u; times r²: 0.123·5 + 3 + 0.17·3 < 4.2 u; times |r|:
 *     0.35·4.2 + 3 < 4.5 u
 *   terms left out: |r|^28/28! + |r|^29/29! < 0.1 u
 *   the two halves cut to 127 bits: 2 u each
 *   exp itself: 3 u·exp 0.35 < 4.3 u.
 * Together below 19 u, and exp r > 0.70 > ½: 19 units of the significand if
 * exp r < 1, and 10 if not. */
static struct kernel_value exp_reduced(uint64_t k, bool k_negative, fixed128 r, bool r_negative)
{
    fixed128 r_squared = fixed_product(r, r), even, odd;
    polynomial_halves(kernel_inverse_factorials, FACTORIALS, r_squared, &even, &odd);
    fixed128 cosh_less_1 = fixed_product(r_squared, even);
    fixed128 sinh = r + fixed_product(r, fixed_product(r_squared, odd));
    fixed128 one = one_half, cosh = one + (cosh_less_1 >> 1);
    fixed128 exp_r = r_negative ? cosh - (sinh >> 1) : cosh + (sinh >> 1);
    return normalized(false, k_negative ? -(int)k : (int)k, exp_r);
}

/* r = x − k·ln 2, x exact and k·ln 2 within 1.1 u. */
struct kernel_value kernel_exp(double x)
{
    struct magnitude magnitude = magnitude_of(x);
    /* |x|·2^117 < 2^128, exactly: the shift is 0 to 64. */
    fixed128 scaled = (fixed128)magnitude.significand << (magnitude.exponent + 54);
    /* ⌊|x|/ln 2 + ½⌋, its fraction off by less than 2^−40. */
    fixed128 ratio = (fixed128)fixed_high(scaled) * kernel_inverse_ln2;
    uint64_t k = (uint64_t)((ratio + ((fixed128)1 << 115)) >> 116);

    /* |x| − k·ln 2 modulo 1, in u; since |r| < 0.35, its top bit is its sign. */
    fixed128 k_ln2 = k * kernel_ln2 + fixed_high((fixed128)k * kernel_ln2_tail);
    fixed128 r = (scaled << 11) - k_ln2;
    bool r_negative = r >= one_half;
    if (r_negative)
        r = -r;
    return exp_reduced(k, x < 0, r, r_negative != (x < 0));
}

/* 2^x = 2^k·exp(f·ln 2), |f| ≤ ½ the distance to the nearest whole number k,
 * exact; f·ln 2 < 0.35 is short by less than 3 u + ½ u for ln 2's own, which is
 * 3.5 u·exp 0.35 < 5 u of exp. */
struct kernel_value kernel_exp2(double x)
{
    struct magnitude magnitude = magnitude_of(x);
    fixed128 scaled = (fixed128)magnitude.significand << (magnitude.exponent + 54);
    uint64_t k = (uint64_t)(scaled >> 117);
    fixed128 f = scaled << 11; /* modulo 1, in u */
    bool f_negative = f >= one_half;
    if (f_negative) {
        f = -f;
        k++;
    }
    return exp_reduced(k, x < 0, fixed_product(f, kernel_ln2), f_negative != (x < 0));
}

/* |x| < 2^−8: expm1(±a) = ±a·(1 ± a·even + a²·odd), a = |x|, exact.  Errors:
 *   a² short by < 3 u; even and odd by < 5 u
 *   a·even 2^−8·5 + 3, a²·odd 2^−16·5 + 3 + 3·0.17: together < 6.7 u; terms left
 *     out a^12/14! < 0.1 u
 *   half of the significand times that: ½·6.8 + 3 < 6.5, four times as much where
 *     it is brought to the top: < 26. */
static struct kernel_value expm1_near_0(bool negative, struct magnitude x)
{
    fixed128 significand = (fixed128)x.significand << 64;
    fixed128 a = significand >> (-x.exponent - 1), a_squared = fixed_product(a, a), even, odd;
    polynomial_halves(kernel_inverse_factorials, 12, a_squared, &even, &odd);
    fixed128 first = fixed_product(a, even), second = fixed_product(a_squared, odd);
    fixed128 half = significand >> 1;
    fixed128 value = negative ? half - fixed_product(half, first - second)
                              : half + fixed_product(half, first + second);
    return normalized(negative, x.exponent + 1, value);
}

/* exp x − 1 loses eight of exp's digits at most, and a unit where it is cut: below
 * 2^8·(19 + 1) units. */
struct kernel_value kernel_expm1(double x)
{
    struct magnitude magnitude = magnitude_of(x);
    if (magnitude.exponent < -8)
        return expm1_near_0(x < 0, magnitude);
    struct kernel_value exp_x = kernel_exp(x);
    if (x < 0) /* in units of 2^−128 */
        return normalized(true, -1, -(exp_x.significand >> (-1 - exp_x.exponent)));
    fixed128 one = exp_x.exponent < 128 ? one_half >> exp_x.exponent : 0;
    return normalized(false, exp_x.exponent, exp_x.significand - one);
}

/* log f = 2 atanh s, s = n/(2d), for 0 < n/(2d) < 0.172 = (√2−1)/(√2+1) and
 * 2^127 ≤ d: returns g with log f = g·2^(−127−*scale), 2^125 ≤ g < 2^127.1.
 * atanh s = s·(1 + t·Q(t)), t = s² < 0.0296, Q(t) = 1/3 + t/5 + t²/7 + …; n is
 * scaled into [2^126, 2^127), so that the quotient has 127 bits at least.
 * Errors:
 *   s  cut by < 1, at least 2^126; halved, by < 1 of s·2^(128+scale)
 *   t  2 for s and 3 for the product, both scaled down by 4, and a cut: < 2.3 u
 *   Q = even(t²) + t·odd(t²): t² short by < 3.2 u; even and odd by < 4.7 u;
 *     together 4.7 + 3 + 0.03·4.7 + 2.3·0.2 < 8.4 u
 *   t·Q  0.03·8.4 + 3 + 2.3·0.35 < 4.1 u; terms left out: t^25/51 < 0.1 u
 *   g  1.1 for s, ½·4.2 for t·Q, 3 for the product: < 7. */
static fixed128 log_near_1(fixed128 n, fixed128 d, int *scale)
{
    *scale = fixed_leading_zeros(n) - 1;
    fixed128 s = fixed_quotient(n << *scale, d); /* in units of 2^−(129+scale) */
    int shift = 2 + 2 * *scale;
    fixed128 t = shift < 128 ? fixed_product(s, s) >> shift : 0;
    fixed128 t_squared = fixed_product(t, t), even, odd;
    polynomial_halves(kernel_inverse_odd_numbers, ODD_NUMBERS, t_squared, &even, &odd);
    fixed128 t_q = fixed_product(t, even + fixed_product(t, odd));
    return (s >> 1) + fixed_product(s >> 1, t_q);
}

/* log y, y = significand·2^(exponent − 127) ≠ 1, 2^127 ≤ significand, even.
 * Errors: where e = 0, log f's, 7 units of g and 4·7 of the significand.
 * Where not, in units of 2^−118: e·ln 2 is cut once, and short by e·2^−10 < 1.1
 * by its ln 2; log f is cut once, and 7·2^−9 more.  Together below 3.2, and
 * |e·ln 2 + log f| > 0.34: the significand is the sum times at most 2^11, and
 * 3.2·2^11 < 2^13. */
static struct kernel_value log_of(fixed128 significand, int exponent)
{
    /* f in [√½, √2): f = significand·2^−127 or half of that; d = (f + 1)/2. */
    bool below_1 = fixed_high(significand) >= 0xb504f333f9de6484;
    int e = below_1 ? exponent + 1 : exponent;
    fixed128 n = below_1 ? -significand : significand - one_half;
    fixed128 d = (significand >> 1) + (below_1 ? one_half : one_half >> 1);
    int scale = 0;
    fixed128 log_f = n == 0 ? 0 : log_near_1(n, d, &scale);
    if (e == 0)
        return normalized(below_1, -scale, log_f);

    fixed128 magnitude = (fixed128)(e < 0 ? -e : e);
    fixed128 sum = magnitude * fixed_high(kernel_ln2) << 54;
    sum += magnitude * fixed_low(kernel_ln2) >> 10;
    fixed128 part = scale < 119 ? log_f >> (9 + scale) : 0;
    bool opposed = (e < 0) != below_1;
    return normalized(e < 0, 9, opposed ? sum - part : sum + part);
}

struct kernel_value kernel_log(double x)
{
    struct magnitude y = magnitude_of(x);
    return log_of((fixed128)y.significand << 64, y.exponent);
}

/* 1 + x is exact and its last bit 0 up to 2^126: the last bit of x is at least
 * 2^−105.  Beyond, the 1 is left out, and log x is short by 1/x < 2^−126, much
 * less than a unit of log x > 87. */
struct kernel_value kernel_log1p(double x)
{
    struct magnitude magnitude = magnitude_of(x);
    fixed128 scaled = (fixed128)magnitude.significand << 64;
    int exponent = magnitude.exponent;
    if (exponent >= 126)
        return log_of(scaled, exponent);
    if (exponent < 0) {
        fixed128 part = scaled >> -exponent;
        struct kernel_value y = normalized(false, 0, x < 0 ? one_half - part : one_half + part);
        return log_of(y.significand, y.exponent);
    }
    fixed128 sum = scaled + (one_half >> exponent);
    if (sum < scaled) /* a carry: into the next binade */
        return log_of(sum >> 1 | one_half, exponent + 1);
    return log_of(sum, exponent);
}
