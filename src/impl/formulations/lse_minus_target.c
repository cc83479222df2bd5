/* (m + log Σ e^{x_k−m}) − x_t, m = max x_k
 *
 * Source: optax softmax_cross_entropy_with_integer_labels, users of logsumexp,
 *   TensorFlow.js, Liger.
 * Bound: m + log s is rounded at the size of m, so the absolute error holds
 *   u·|m|: not shift-invariant.
 * Breaks: false 0 whenever log s is below half an ulp of m: wherever s rounds
 *   to 1, and before that for large m.  [v, v] loses ln 2 wholly once it is
 *   below half an ulp of v, from v = 2^p on (binary32 1e8: 0). */
#include "impl/formulations.h"

real NAME(lse_minus_target)(const real *x, size_t n, size_t t)
{
    real m = x[argmax(x, n)];
    struct sum sum = sum_start(n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    return rsub(radd(m, rlog(sum_total(&sum))), x[t]);
}
