/* max(x,0) − x·y + log1p(e^{−|x|})
 *
 * Source: TensorFlow, sigmoid_cross_entropy_with_logits.
 * Bound: for a hard label and the right sign of x the first two terms cancel
 *   exactly and the relative error is that of log1p(e^{−|x|}): ≤ 3u while
 *   e^{−|x|} is normal (|x| < 87.33 binary32, 708.39 binary64).  Otherwise the
 *   absolute error is ≤ 3u·max(|x|, loss).
 * Breaks: beyond those |x| only by the rounding of a subnormal.  x = +∞, or
 *   x = −∞ with y = 0: ∞ − ∞ or ∞·0 is NaN. */
#include "impl/formulations.h"

real NAME(logits_bce)(real x, real y)
{
    real linear = rsub(rmax(x, real_of(0)), rmul(x, y));
    return radd(linear, rlog1p(rexp(rneg(rabs(x)))));
}
