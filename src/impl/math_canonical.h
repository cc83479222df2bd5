/* The canonical elementary functions: correctly rounded in the format. */
#ifndef XULP_IMPL_MATH_CANONICAL_H
#define XULP_IMPL_MATH_CANONICAL_H

#include "impl/elementary.h"

static inline carrier elementary_exp(carrier x)
{
    return (carrier)rounded_exp(carrier_format(), (double)x);
}

static inline carrier elementary_exp2(carrier x)
{
    return (carrier)rounded_exp2(carrier_format(), (double)x);
}

static inline carrier elementary_expm1(carrier x)
{
    return (carrier)rounded_expm1(carrier_format(), (double)x);
}

static inline carrier elementary_log(carrier x)
{
    return (carrier)rounded_log(carrier_format(), (double)x);
}

static inline carrier elementary_log1p(carrier x)
{
    return (carrier)rounded_log1p(carrier_format(), (double)x);
}

static inline void count_operation(void)
{
#ifdef REAL_COUNTED
    impl_context.operations++;
#endif
}

#endif
