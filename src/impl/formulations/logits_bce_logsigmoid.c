/* (1−y)x − logσ(x), logσ(x) = min(0,x) − log1p(e^{−|x|})
 *
 * Source: PyTorch today, binary_cross_entropy_with_logits without pos_weight.
 * Bound: y = 1: that of log1p(e^{−|x|}) plus u.  y = 0: logσ(x) is rounded at
 *   the size of x and then subtracted from x: absolute error up to
 *   u·|x| + 3u.
 * Breaks: y = 0, x < 0: x − (x − log1p(e^{x})) cancels; the loss e^{x} is
 *   false 0 once it is below half an ulp of x.  NaN for x = −∞, and for x = +∞
 *   with y = 1. */
#include "impl/formulations.h"

real NAME(logits_bce_logsigmoid)(real x, real y)
{
    real log_sigmoid = rsub(rmin(real_of(0), x), rlog1p(rexp(rneg(rabs(x)))));
    return rsub(rmul(rsub(real_of(1), y), x), log_sigmoid);
}
