/* (1−y)x − logσ(x), logσ(x) = min(0,x) − log1p(e^{−|x|})
 *
 * Source: PyTorch today, binary_cross_entropy_with_logits without pos_weight
 *   (aten/src/ATen/native/Loss.cpp).  Its log_sigmoid is one kernel; 1 − y, its
 *   product with x and the difference are others.
 * Bound: y = 1: that of log1p(e^{−|x|}) plus u.  y = 0: logσ(x) is rounded at the
 *   size of x and then subtracted from x: absolute error up to u·|x| + 3u.
 * Breaks: y = 0, x < 0: x − (x − log1p(e^{x})) cancels; the loss e^{x} is false 0
 *   once it is below half an ulp of x: from −6.24 in binary16, −4.16 in bfloat16,
 *   −14.6 in binary32, −33.3 in binary64 on (mixed: as their storage). NaN for
 *   x = −∞, and for x = +∞ with y = 1. */
#include "impl/formulations.h"
#include "impl/formulations/softplus.h"

real NAME(logits_bce_logsigmoid)(real x, real y)
{
    real linear = rstore(rmul(rstore(rsub(real_of(1), y)), x));
    return rsub(linear, rstore(log_sigmoid(x)));
}
