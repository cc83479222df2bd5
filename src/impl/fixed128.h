/* 128-bit fixed point: unsigned integers counting units of 2^−128.
 *
 * The integers are all there is: no sign, no rounding mode, no machine's own
 * floating point.  What an operation loses is a count of units. */
#ifndef XULP_IMPL_FIXED128_H
#define XULP_IMPL_FIXED128_H

#include <stdint.h>

typedef unsigned __int128 fixed128;

/* The 128 bits high:low. */
#define FIXED128(high, low) ((fixed128)(high) << 64 | (low))

static inline uint64_t fixed_high(fixed128 x)
{
    return (uint64_t)(x >> 64);
}

static inline uint64_t fixed_low(fixed128 x)
{
    return (uint64_t)x;
}

/* Zero bits above the first one; x ≠ 0. */
static inline int fixed_leading_zeros(fixed128 x)
{
    return fixed_high(x) != 0 ? __builtin_clzll(fixed_high(x)) : 64 + __builtin_clzll(fixed_low(x));
}

/* x·y·2^−128, too small by less than 3 units: one for the product of the low
 * words, which is left out, and one for each middle product cut at the unit. */
static inline fixed128 fixed_product(fixed128 x, fixed128 y)
{
    fixed128 high = (fixed128)fixed_high(x) * fixed_high(y);
    fixed128 middle = (fixed128)fixed_high(x) * fixed_low(y);
    fixed128 other = (fixed128)fixed_low(x) * fixed_high(y);
    return high + fixed_high(middle) + fixed_high(other);
}

/* ⌊n·2^64/d⌋ for n < d, d ≥ 2^127, and in *n what remains.  The high words
 * give a digit that is right or up to 2 too large (Knuth, The Art of Computer
 * Programming 2, 3rd ed. 1997, 4.3.1, theorem B). */
static inline uint64_t fixed_quotient_digit(fixed128 *n, fixed128 d)
{
    uint64_t digit = fixed_high(*n) >= fixed_high(d) ? UINT64_MAX : (uint64_t)(*n / fixed_high(d));
    /* n·2^64 − digit·d = high·2^64 − low */
    fixed128 high = *n - (fixed128)digit * fixed_high(d);
    fixed128 low = (fixed128)digit * fixed_low(d);
    while (fixed_high(high) == 0 && low > high << 64) {
        digit--;
        high += fixed_high(d);
        low -= fixed_low(d);
    }
    *n = (high << 64) - low;
    return digit;
}

/* ⌊n·2^128/d⌋ for n < d, d ≥ 2^127. */
static inline fixed128 fixed_quotient(fixed128 n, fixed128 d)
{
    uint64_t high = fixed_quotient_digit(&n, d);
    return FIXED128(high, fixed_quotient_digit(&n, d));
}

#endif
