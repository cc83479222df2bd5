/* binary64: double arithmetic rounds every operation itself. */
#ifndef XULP_IMPL_REAL_BINARY64_H
#define XULP_IMPL_REAL_BINARY64_H

#include <float.h>
#include <math.h>

#if FLT_EVAL_METHOD != 0
#error "xulp needs float and double operations rounded to their own types"
#endif

typedef double carrier;

static inline carrier round_to_format(carrier x)
{
    return x;
}

static inline carrier libm_exp(carrier x)
{
    return exp(x);
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
