/* ∂/∂x = g·((1−y) − y·e^{−x})/(1 + e^{−x})
 *
 * Source: scikit-learn 1.1, cgradient_half_binomial (sklearn/_loss/_loss.pyx.tp).
 * Bound: 5u relative for a hard label: nothing cancels.
 * Breaks: e^{−x} overflows for x < −11.09 in binary16, −88.72 in bfloat16 and
 *   binary32, −709.78 in binary64: y = 1 is ∞/∞ = NaN, y = 0 too (y·e^{−x} =
 *   0·∞). */
#include "impl/formulations.h"

real NAME(half_binomial_gradient_1_1)(real x, real y, real upstream)
{
    real one = real_of(1), e = rexp(rneg(x));
    return rmul(upstream, rdiv(rsub(rsub(one, y), rmul(y, e)), radd(one, e)));
}
