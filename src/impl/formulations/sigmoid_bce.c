/* p = 1/(1 + e^{−x}), then −(y log p + (1−y) log(1−p))
 *
 * Source: the pipeline the article implies: a sigmoid output layer, then BCE.
 * Bound: p to 3u relative, so an absolute error of about 3u in the loss with
 *   y = 1; with y = 0 about u(1 + e^{x}): all of it once p rounds to 1.
 * Breaks: x > p·ln 2 (binary16 7.62, bfloat16 5.55, binary32 16.64, binary64
 *   36.74): p = 1; y = 1 gives 0·(−∞) = NaN, any other y +Inf where the loss is
 *   about x.  x < −(p+1)·ln 2 with y = 0: 1 − p = 1, false 0.  e^{−x} overflows
 *   (x < −11.09 in binary16, −88.72 in bfloat16 and binary32, −709.78 in
 *   binary64): p = 0; y = 0 gives NaN, any other y +Inf.  Mixed formats: p, stored
 *   in 16 bits, is 1 once 1 − σ(x) is at most half its last place, from (11+1)·ln
 *   2 = 8.32 and (8+1)·ln 2 = 6.24 on; 1 − p is binary32's; and in binary16 p = 0
 *   from x = −17.33 on. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(sigmoid_bce)(real x, real y)
{
    return NAME(prob_bce)(rstore(sigmoid(x)), y);
}
