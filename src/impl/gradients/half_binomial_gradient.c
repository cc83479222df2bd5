/* ∂/∂x = g·((1−y) − y·e^{−x})/(1 + e^{−x}) for x > −37, g·(e^{x} − y) for x ≤ −37
 *
 * Source: scikit-learn from 1.2 on, cgradient_half_binomial (sklearn/_loss/
 *   _loss.pyx.tp).
 * Bound: 5u relative for a hard label: nothing cancels.
 * Breaks: binary64: nowhere; −37 is its −p·ln 2.  binary16: e^{−x} overflows in
 *   (−37, −11.09): y = 1 is ∞/∞ = NaN, y = 0 too (y·e^{−x} = 0·∞). */
#include "impl/formulations.h"

real NAME(half_binomial_gradient)(real x, real y, real upstream)
{
    if (rless(real_of(-37), x))
        return NAME(half_binomial_gradient_1_1)(x, y, upstream);
    return rmul(upstream, rsub(rexp(x), y));
}
