/* log(1 − e^{−a}), a ≥ 0, by log(−expm1(−a)) for small a and log1p(−e^{−a}) for
 * large a; and the loss of a logit by it:
 *   a = −log σ(x) = softplus(−x);  y·a − (1−y)·log(1 − e^{−a})
 *
 * Source: M. Mächler, Accurately computing log(1 − exp(−|a|)), 2012: split at
 *   ln 2.  There e^{−a} = ½, where both ways amplify a rounding as little as
 *   they can.
 * Bound: a is rounded before it is an exponent.  The rounding of a, ≤ 4u·a, is
 *   an error of 4u·a·e^{−a}/(1 − e^{−a}) in the logarithm: relative 4u·|x| for
 *   y = 0 and x ≪ 0, where the loss is e^{−a} = e^{x}.
 * Breaks: x above −ln of the least subnormal: e^{−x} and with it a are 0 and the
 *   loss of y < 1 is +Inf (y = 1: 0·∞ is NaN), from x = 17.33 in binary16, 92.88
 *   in bfloat16, 103.97 in binary32, 745.13 in binary64 on; before that a is
 *   subnormal and its logarithm loses digits. */
#ifndef XULP_IMPL_FORMULATIONS_LOG1MEXP_H
#define XULP_IMPL_FORMULATIONS_LOG1MEXP_H

#include "impl/formulations/softplus.h"

static inline real log1mexp_below(real a)
{
    return rlog(rneg(rexpm1(rneg(a))));
}

static inline real log1mexp_above(real a)
{
    return rlog1p(rneg(rexp(rneg(a))));
}

/* a is what a model stores: a log-probability with its sign turned. */
static inline real log1mexp_argument(real x)
{
    return rstore(softplus(rneg(x)));
}

static inline real log1mexp_loss(real a, real log_other, real y)
{
    return rsub(rmul(y, a), rmul(rsub(real_of(1), y), log_other));
}

#endif
