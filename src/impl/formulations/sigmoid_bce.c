/* p = 1/(1 + e^{−x}), then −(y log p + (1−y) log(1−p))
 *
 * Source: the pipeline the article implies: a sigmoid output layer, then BCE.
 * Bound: p to 2u relative, so an absolute error of about 2u in the loss with
 *   y = 1; with y = 0 about u(1 + e^{x}): all of it once p rounds to 1.
 * Breaks: x > p·ln 2: p = 1; y = 1 gives 0·(−∞) = NaN, any other y +Inf where
 *   the loss is about x.  x < −(p+1)·ln 2 with y = 0: 1 − p = 1, false 0.
 *   x < −88.72 (binary32), −709.78 (binary64): e^{−x} overflows, p = 0; y = 0
 *   gives NaN, any other y +Inf. */
#include "impl/formulations.h"

real NAME(sigmoid_bce)(real x, real y)
{
    real one = real_of(1);
    real p = rstore(rdiv(one, radd(one, rexp(rneg(x)))));
    return NAME(prob_bce)(p, y);
}
