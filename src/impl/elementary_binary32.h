/* exp, exp2, expm1, log and log1p of binary32, inline: the same results as
 * elementary.c's, without a format to look up and without a call where
 * the fast path decides or the answer is plain.  The rest, a few in 10^5, NaN and
 * results that overflow or are subnormal, is elementary.c's. */
#ifndef XULP_IMPL_ELEMENTARY_BINARY32_H
#define XULP_IMPL_ELEMENTARY_BINARY32_H

#include "impl/elementary.h"
#include "impl/elementary_fast.h"

#include <float.h>

/* fast_round() for a y that is normal in binary32 and rounds to a normal number. */
static inline bool binary32_round(double y, float *result)
{
    uint64_t bits = fast_bits(y), midpoint = UINT64_C(1) << 28, ulp = midpoint << 1;
    *result = (float)fast_double((bits + midpoint) & -ulp); /* exact */
    return (bits & (ulp - 1)) - midpoint + FAST_ERROR > 2 * FAST_ERROR;
}

/* The reasons for the limits are elementary.c's, with p = 24, emin = −126 and emax =
 * 127: e^89 > 2^128, e^−104 < 2^−150; e^x is normal in between −87 and 88. */
static inline float binary32_exp(float x)
{
    float result;
    if (fabsf(x) < 0x1p-25f)
        return 1;
    if (x >= 89)
        return INFINITY;
    if (x <= -104)
        return 0;
    if (x > -87 && x < 88 && binary32_round(fast_exp((double)x), &result))
        return result;
    return (float)rounded_exp(&formats[FORMAT_binary32], (double)x);
}

/* A whole x has an exact power, which fast_exp2() gives: its rest is 0. */
static inline float binary32_exp2(float x)
{
    float result;
    if (fabsf(x) < 0x1p-25f)
        return 1;
    if (x >= 128)
        return INFINITY;
    if (x <= -150)
        return 0;
    if (x > -126 && x < 127 && binary32_round(fast_exp2((double)x), &result))
        return result;
    return (float)rounded_exp2(&formats[FORMAT_binary32], (double)x);
}

/* −1 + e^−18 is nearer to −1 than −1 + 2^−25 is. */
static inline float binary32_expm1(float x)
{
    float result;
    if (fabsf(x) < 0x1p-24f)
        return x;
    if (x >= 89)
        return INFINITY;
    if (x <= -18)
        return -1;
    if (x < 88 && binary32_round(fast_expm1((double)x), &result))
        return result;
    return (float)rounded_expm1(&formats[FORMAT_binary32], (double)x);
}

/* log 1 = 0 is exact in fast_log() too, and no other result is below 2^−25. */
static inline float binary32_log(float x)
{
    float result;
    if (x > 0 && x <= FLT_MAX && binary32_round(fast_log((double)x), &result))
        return result;
    return (float)rounded_log(&formats[FORMAT_binary32], (double)x);
}

static inline float binary32_log1p(float x)
{
    float result;
    if (fabsf(x) < 0x1p-24f)
        return x;
    if (x > -1 && x <= FLT_MAX && binary32_round(fast_log1p((double)x), &result))
        return result;
    return (float)rounded_log1p(&formats[FORMAT_binary32], (double)x);
}

#endif
