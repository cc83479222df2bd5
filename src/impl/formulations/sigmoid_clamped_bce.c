/* p = 1/(1 + e^{−x}), then (y−1)·max(log1p(−p), −100) − y·max(log p, −100)
 *
 * Source: PyTorch, nn.Sigmoid, then nn.BCELoss; p is stored between them.
 * Bound: the rounding of p, 3u relative, is an absolute error of 3u in the loss
 *   with y = 1, which is all of a loss e^{−x} < 3u; with y = 0 a relative one of
 *   3u + u·e^{x}.
 * Breaks: x > p·ln 2 (binary16 7.62, bfloat16 5.55, binary32 16.64, binary64
 *   36.74): p = 1, so that y = 1 is a false 0 and y = 0 gives 100 where the loss
 *   is about x.  p = 0, where e^{−x} overflows (x < −11.09 in binary16, −88.72 in
 *   bfloat16 and binary32, −709.78 in binary64), gives 100 with y = 1 and a false
 *   0 with y = 0; y = 1 gives 100 from x = −100 on in binary64 already. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(sigmoid_clamped_bce)(real x, real y)
{
    return NAME(clamped_bce)(rstore(sigmoid(x)), y);
}
