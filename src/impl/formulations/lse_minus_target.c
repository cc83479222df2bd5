/* L − x_t, L = m + log Σ e^{x_k−m}, m = max x_k (lse-framework)
 *
 * Source: optax softmax_cross_entropy_with_integer_labels, users of logsumexp
 *   in PyTorch and JAX; TensorFlow.js and Liger for a finite maximum.
 * Bound: m + log s is rounded at the size of m, so the absolute error holds
 *   u·|m|: not shift-invariant.
 * Breaks: false 0 whenever log s is below half an ulp of m: wherever s rounds
 *   to 1, and before that for large m.  [v, v] loses ln 2 wholly once it is
 *   below half an ulp of v, from about v = 2^p on (binary32 1e8: 0).  A target
 *   of +∞ is ∞ − ∞. */
#include "impl/formulations.h"

real NAME(lse_minus_target)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_framework)(x, n), x[t]);
}
