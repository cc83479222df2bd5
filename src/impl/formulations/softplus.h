/* log(1 + e^x) for every x, and log σ(x) = −log(1 + e^{−x})
 *
 * Source: softplus(x) = logaddexp(x, 0) = max(x, 0) + log1p(e^{−|x − 0|}): NumPy
 *   (npy_logaddexp), JAX (jax.nn.softplus).  log_sigmoid(x) = min(0, x) −
 *   log1p(e^{−|x|}): PyTorch (aten/src/ATen/native/cpu/Activation.cpp).
 * Bound: both add two numbers of one sign.  log1p(e^{−|x|}) has relative error
 *   ≤ 2u, the sum 3u; where e^{−|x|} is subnormal, half its spacing more.
 * Breaks: nowhere; ±∞ give their limits. */
#ifndef XULP_IMPL_FORMULATIONS_SOFTPLUS_H
#define XULP_IMPL_FORMULATIONS_SOFTPLUS_H

#include "impl/real.h"

static inline real softplus(real x)
{
    return radd(rmax(x, real_of(0)), rlog1p(rexp(rneg(rabs(x)))));
}

static inline real log_sigmoid(real x)
{
    return rsub(rmin(real_of(0), x), rlog1p(rexp(rneg(rabs(x)))));
}

#endif
