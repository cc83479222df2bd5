/* The canonical elementary functions: correctly rounded in the format. */
#ifndef XULP_IMPL_MATH_CANONICAL_H
#define XULP_IMPL_MATH_CANONICAL_H

#include "impl/elementary_binary32.h"

/* Of a float by binary32's own, of a double in the format of the carrier. */
#define CANONICAL(function, x)                         \
    _Generic((x), float                                \
             : binary32_##function((float)(x)), double \
             : rounded_##function(carrier_format(), (double)(x)))

static inline carrier elementary_exp(carrier x)
{
    return CANONICAL(exp, x);
}

static inline carrier elementary_exp2(carrier x)
{
    return CANONICAL(exp2, x);
}

static inline carrier elementary_expm1(carrier x)
{
    return CANONICAL(expm1, x);
}

static inline carrier elementary_log(carrier x)
{
    return CANONICAL(log, x);
}

static inline carrier elementary_log1p(carrier x)
{
    return CANONICAL(log1p, x);
}

static inline void count_operation(void)
{
#ifdef REAL_COUNTED
    impl_context.operations++;
#endif
}

#endif
