/* ∂/∂x = g·s·σ(s·x), s = 1 − 2y, y ∈ {0, 1}: for y = 1 −e^{−x}/(1 + e^{−x})
 *
 * Source: the logistic loss with labels ±1, its derivative in the textbook's form.
 * Bound: 5u relative: nothing cancels.
 * Breaks: 0 where e^{|x|} overflows, |x| > 11.09 in binary16, 88.72 in bfloat16 and
 *   binary32, 709.78 in binary64, a little before e^{−|x|} itself is 0.  A soft
 *   label it takes for a scale: the derivative of signed-softplus-bce. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(signed_sigmoid)(real x, real y, real upstream)
{
    real sign = rsub(real_of(1), rmul(real_of(2), y));
    return rmul(rmul(upstream, sign), sigmoid(rmul(sign, x)));
}
