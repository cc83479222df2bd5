/* The canonical elementary functions: correctly rounded in the format. */
#ifndef XULP_IMPL_MATH_CANONICAL_H
#define XULP_IMPL_MATH_CANONICAL_H

#include "impl/elementary.h"

static inline carrier elementary_exp(carrier x)
{
    return (carrier)rounded_exp(&formats[REAL_FORMAT_ID], (double)x);
}

static inline carrier elementary_log(carrier x)
{
    return (carrier)rounded_log(&formats[REAL_FORMAT_ID], (double)x);
}

static inline carrier elementary_log1p(carrier x)
{
    return (carrier)rounded_log1p(&formats[REAL_FORMAT_ID], (double)x);
}

#ifndef XULP_IMPL_MATH_COUNTED_H
static inline void count_operation(void)
{
}
#endif

#endif
