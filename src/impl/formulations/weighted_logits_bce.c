/* (1−y)x + l·(log1p(e^{−|x|}) + max(−x,0)), l = 1 + (w−1)y
 *
 * Source: TensorFlow, weighted_cross_entropy_with_logits
 *   (tensorflow/python/ops/nn_impl.py) with pos_weight w, by abs and relu.
 * Bound: y = 1: 6u relative.  y = 0: x and max(−x, 0) cancel after log1p(e^{x})
 *   was added to the latter: absolute error up to u·|x| + 3u.
 * Breaks: y = 0, x < 0: the loss e^{x} is false 0 once it is below half an ulp of
 *   x, from −6.24 in binary16, −4.16 in bfloat16, −14.6 in binary32, −33.3 in
 *   binary64 on.  NaN for x = −∞, and for x = +∞ with y = 1.  Backward at x = 0
 *   both abs and relu pass on 0: the gradient is 1 − y, where it is (1 +
 *   (w−1)y)/2 − wy; sigmoid_cross_entropy_with_logits avoids this, this function
 *   does not. */
#include "impl/formulations.h"

real NAME(weighted_logits_bce)(real x, real y, real w)
{
    real zero = real_of(0), one = real_of(1);
    real log_weight = radd(one, rmul(rsub(w, one), y));
    real relu = rless(x, zero) ? rneg(x) : zero;
    real softplus_of_minus = radd(rlog1p(rexp(rneg(rabs(x)))), relu);
    return radd(rmul(rsub(one, y), x), rmul(log_weight, softplus_of_minus));
}
