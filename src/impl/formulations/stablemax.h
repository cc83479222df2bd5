/* s(x) = x + 1 for x ≥ 0, 1/(1 − x) below, each branch only where it is taken.
 * Relative error ≤ u above, 2u below. */
#ifndef XULP_IMPL_FORMULATIONS_STABLEMAX_H
#define XULP_IMPL_FORMULATIONS_STABLEMAX_H

#include "impl/real.h"

static inline real stablemax(real x)
{
    real one = real_of(1);
    if (rless(x, real_of(0)))
        return rdiv(one, rsub(one, x));
    return radd(x, one);
}

#endif
