/* binary32: float arithmetic rounds every operation itself. */
#ifndef XULP_IMPL_CARRIER_BINARY32_H
#define XULP_IMPL_CARRIER_BINARY32_H

#include <float.h>
#include <math.h>

#if FLT_EVAL_METHOD != 0
#error "xulp needs float and double operations rounded to their own types"
#endif

#define REAL_PRECISION 24

typedef float carrier;

static inline carrier round_to_computation(carrier x)
{
    return x;
}

static inline carrier round_to_accumulation(carrier x)
{
    return x;
}

static inline carrier round_to_storage(carrier x)
{
    return x;
}

static inline const struct format *carrier_format(void)
{
    return &formats[FORMAT_binary32];
}

static inline carrier libm_exp(carrier x)
{
    return expf(x);
}

static inline carrier libm_exp2(carrier x)
{
    return exp2f(x);
}

static inline carrier libm_expm1(carrier x)
{
    return expm1f(x);
}

static inline carrier libm_log(carrier x)
{
    return logf(x);
}

static inline carrier libm_log1p(carrier x)
{
    return log1pf(x);
}

#endif
