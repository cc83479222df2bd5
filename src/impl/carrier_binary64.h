/* binary64: double arithmetic rounds every operation itself. */
#ifndef XULP_IMPL_CARRIER_BINARY64_H
#define XULP_IMPL_CARRIER_BINARY64_H

#include <float.h>
#include <math.h>

#if FLT_EVAL_METHOD != 0
#error "xulp needs float and double operations rounded to their own types"
#endif

#define REAL_PRECISION 53

typedef double carrier;

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
    return &formats[FORMAT_binary64];
}

static inline carrier libm_exp(carrier x)
{
    return exp(x);
}

static inline carrier libm_exp2(carrier x)
{
    return exp2(x);
}

static inline carrier libm_expm1(carrier x)
{
    return expm1(x);
}

static inline carrier libm_log(carrier x)
{
    return log(x);
}

static inline carrier libm_log1p(carrier x)
{
    return log1p(x);
}

#endif
