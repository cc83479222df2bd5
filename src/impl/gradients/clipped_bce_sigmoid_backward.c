/* d = clipped_bce_backward(p), p = σ(x); ∂/∂x = (d·p)·(1 − p)
 *
 * Source: Keras 3 on TensorFlow, a sigmoid layer before BinaryCrossentropy:
 *   SigmoidGrad; p and d are stored between the kernels.
 * Bound: inside the clip, |x| < 16.118, that of bce_loss_sigmoid_backward.
 * Breaks: exactly 0 beyond, however wrong the label: the derivative is y = 1,
 *   x < −16.118: −1.  binary16 and bfloat16: p = 1 (x > 7.62, 5.55) is not clipped,
 *   and ∞·0 or 0/0 is NaN. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(clipped_bce_sigmoid_backward)(real x, real y, real upstream)
{
    real p = rstore(sigmoid(x));
    real d = rstore(NAME(clipped_bce_backward)(p, y, upstream));
    return rmul(rmul(d, p), rsub(real_of(1), p));
}
