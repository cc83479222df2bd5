/* ∂/∂x = d(x, g·(1−y)) − d(−x, g·y); d(x, g) = g (x > 20), (g·z)/(z + 1), z = e^x
 *
 * Source: PyTorch, softplus_backward with threshold 20
 *   (aten/src/ATen/native/cpu/Activation.cpp), under torch-softplus-bce.
 * Bound: 5u relative for a hard label and x ≤ 20; beyond, 1 for σ(x), relative
 *   e^{−x} ≤ 2.1e-9.
 * Breaks: binary64: 1.9e7 u at 20, down to u at 36.74.  binary16: z overflows in
 *   (11.09, 20]: ∞/∞ is NaN. */
#include "impl/formulations.h"

static real softplus_backward_one(real x, real upstream)
{
    if (rless(real_of(20), x))
        return upstream;
    real z = rexp(x);
    return rstore(rdiv(rmul(upstream, z), radd(z, real_of(1))));
}

real NAME(softplus_backward)(real x, real y, real upstream)
{
    real negative = softplus_backward_one(x, rmul(upstream, rsub(real_of(1), y)));
    return rsub(negative, softplus_backward_one(rneg(x), rmul(upstream, y)));
}
