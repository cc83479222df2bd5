/* max(x,0) − x·y + log1p(e^{−|x|})
 *
 * Source: TensorFlow, sigmoid_cross_entropy_with_logits.
 * Bound: for a hard label and the right sign of x the first two terms cancel
 *   exactly and the relative error is that of log1p(e^{−|x|}): about
 *   (|x| + 2)u is not lost, for |x| is exact; otherwise ≤ 3u·max(|x|, loss).
 * Breaks: a soft label near σ(x) leaves nothing to lose, but x·y is rounded
 *   at the size of x.  x = ±∞: ∞ − ∞ or ∞·0 is NaN. */
#include "impl/formulations.h"

real NAME(logits_bce)(real x, real y)
{
    real linear = rsub(rmax(x, real_of(0)), rmul(x, y));
    return radd(linear, rlog1p(rexp(rneg(rabs(x)))));
}
