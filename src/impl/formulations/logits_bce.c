/* max(x,0) − x·y + log1p(e^{−|x|})
 *
 * Source: TensorFlow, sigmoid_cross_entropy_with_logits
 *   (tensorflow/python/ops/nn_impl.py): max and −|x| are choices by x ≥ 0, so that
 *   their derivatives at 0 are 1 and −1, not 0.
 * Bound: for a hard label and the right sign of x the first two terms cancel
 *   exactly and the relative error is that of log1p(e^{−|x|}): ≤ 3u while
 *   e^{−|x|} is normal (|x| < 9.70 in binary16, 87.33 in bfloat16 and binary32,
 *   708.39 in binary64).  Otherwise the absolute error is ≤ 3u·max(|x|, loss).
 * Breaks: beyond those |x| only by the rounding of a subnormal, to 0 from 17.33,
 *   92.88, 103.97 and 745.13 on.  x = +∞, or x = −∞ with y = 0: ∞ − ∞ or ∞·0 is
 *   NaN. */
#include "impl/formulations.h"

real NAME(logits_bce)(real x, real y)
{
    bool is_negative = rless(x, real_of(0));
    real positive_part = is_negative ? real_of(0) : x, minus_abs = is_negative ? x : rneg(x);
    return radd(rsub(positive_part, rmul(x, y)), rlog1p(rexp(minus_abs)));
}
