/* m = max(−x,0); (1−y)x + m + log(e^{−m} + e^{−x−m})
 *
 * Source: PyTorch 1.x, binary_cross_entropy_with_logits; m by clamp_min, whose
 *   derivative at the bound is 1.
 * Bound: absolute error ≤ 2u + 2u·max(|x|, loss): log of a sum in [1, 2].
 * Breaks: the sum rounds to 1 from |x| = p·ln 2 on (binary16 7.62, bfloat16 5.55,
 *   binary32 16.64, binary64 36.74), so every loss below u is false 0, for both
 *   labels.  NaN for x = −∞, and for x = +∞ with y = 1. */
#include "impl/formulations.h"

real NAME(logits_bce_old)(real x, real y)
{
    real m = rclamp(rneg(x), real_of(0), real_of(INFINITY));
    real sum = radd(rexp(rneg(m)), rexp(rsub(rneg(x), m)));
    real linear = radd(rmul(rsub(real_of(1), y), x), m);
    return radd(linear, rlog(sum));
}
