/* L − x_t, L = m + log Σ 2^{(x_k−m)·log₂e}, m = max x_k (lse-base2)
 *
 * Source: Liger's cross_entropy.py as Triton compiles its exp; FlashAttention's
 *   softmax with its natural log.
 * Bound: that of lse-base2, and u·loss: u·|m| as in lse-minus-target.
 * Breaks: as lse-minus-target. */
#include "impl/formulations.h"

real NAME(base2_softmax)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_base2)(x, n), x[t]);
}
