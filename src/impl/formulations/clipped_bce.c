/* c = clip(p, 1e-7, 1 − 1e-7); −(y log c + (1−y) log(1−c))
 *
 * Source: Keras 3 (keras/src/backend/tensorflow/nn.py, jax/nn.py:
 *   binary_crossentropy with epsilon() = 1e-7, the same number in every format).
 *   Keras 2 adds epsilon() once more inside the logarithms: epsilon-bce.
 * Bound: inside the clip that of prob-bce.
 * Breaks: outside, the loss of the clip's end: at most −log 1e-7 = 16.118 for
 *   p → 0, y = 1, and −log(1 − c) for p → 1, y = 0 with c = 1 − 1e-7 rounded:
 *   16.1181 in binary64, 15.9424 in binary32 (c = 1 − 2^−23); at least 1e-7 and
 *   1.19e-7 where it should go to 0.  binary16 and bfloat16 round 1 − 1e-7 to 1
 *   (binary16: 1e-7 to 2^−23): no clip at p = 1, which is NaN with y = 1 and
 *   +Inf with y < 1. */
#include "impl/formulations.h"

real NAME(clipped_bce)(real p, real y)
{
    return NAME(prob_bce)(rclamp(p, real_constant(1e-7), real_constant(1 - 1e-7)), y);
}
