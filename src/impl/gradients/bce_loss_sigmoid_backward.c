/* d = bce_loss_backward(p), p = σ(x); ∂/∂x = (d·(1 − p))·p
 *
 * Source: PyTorch, nn.Sigmoid, then nn.BCELoss: sigmoid_backward
 *   (aten/src/ATen/native/cpu/BinaryOpsKernel.cpp) after
 *   binary_cross_entropy_backward; p and d are stored between the kernels.
 * Bound: σ(x) − y to an absolute error of 3u + 8u·|σ(x) − y| while
 *   (1 − p)p ≥ 1e-12, that is |x| < 27.63.
 * Breaks: beyond, (1 − p)p/1e-12 of it: −2.41e-11 for −0.125 at x = −50, y = 1, a
 *   mean of 8 (pytorch#103316).  binary32: p = 1 from x = 16.64 on, where it is 0
 *   for every label.  binary16: 1e-12 is 0; p = 0 (x < −11.09) and p = 1
 *   (x > 7.62) are 0/0 or ∞·0 = NaN for every label.  bfloat16: 0 from 5.55 on. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(bce_loss_sigmoid_backward)(real x, real y, real upstream)
{
    real p = rstore(sigmoid(x));
    real d = rstore(NAME(bce_loss_backward)(p, y, upstream));
    return rmul(rmul(d, rsub(real_of(1), p)), p);
}
