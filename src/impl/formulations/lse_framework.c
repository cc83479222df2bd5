/* m + log Σ e^{x_k−m}, m = max x_k where that is finite, otherwise 0
 *
 * Source: PyTorch's logsumexp (aten/src/ATen/native/ReduceOps.cpp) and JAX's
 *   (jax/_src/ops/special.py), which stops the gradient at m.
 * Bound: that of lse-shifted.
 * Breaks: as lse-shifted for finite rows; an infinite maximum gives its
 *   limit.  The gradient of a row of −∞ is NaN: 1/Σ = ∞, times 0. */
#include "impl/formulations.h"

real NAME(lse_framework)(const real *x, size_t n)
{
    real m = rdetach(x[argmax(x, n)]);
    if (isinf(real_value(m)))
        m = real_of(0);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    return radd(m, rlog(sum_total(&sum)));
}
