/* m = max(−x,0); (1−y)x + (1 + (w−1)y)·(log(e^{−m} + e^{−x−m}) + m)
 *
 * Source: PyTorch 1.x, binary_cross_entropy_with_logits with pos_weight w, as
 *   pytorch#13863 left it.  The development version before that gave NaN for
 *   x = −120, y = 1 (pytorch#13773).
 * Bound: absolute error ≤ w·(2u + 2u·max(|x|, loss)).
 * Breaks: y = 1: as logits-bce-old, false 0 from x = p·ln 2 on (binary16 7.62,
 *   bfloat16 5.55, binary32 16.64, binary64 36.74).  y = 0: the logarithm is added
 *   to m before x is, and is lost against it sooner: from −6.02, −4, −14.4, −33.2.
 *   NaN for x = −∞, and for x = +∞ with y = 1. */
#include "impl/formulations.h"

real NAME(logits_bce_pos_weight_old)(real x, real y, real w)
{
    real one = real_of(1);
    real m = rclamp(rneg(x), real_of(0), real_of(INFINITY));
    real log_weight = radd(rmul(rsub(w, one), y), one);
    real sum = radd(rexp(rneg(m)), rexp(rsub(rneg(x), m)));
    return radd(rmul(rsub(one, y), x), rmul(log_weight, radd(rlog(sum), m)));
}
