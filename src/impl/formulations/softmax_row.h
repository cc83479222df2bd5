/* p_k = e^{x_k−m} / Σ e^{x_i−m} for a whole row, as a softmax layer leaves it in
 * memory for the next kernel.
 *
 * The chain rule does not pass through m: JAX stops it there, and no
 * framework's softmax kernel has a term for it in its backward pass.
 * Bound: that of softmax-framework, and u·p of the storage. */
#ifndef XULP_IMPL_FORMULATIONS_SOFTMAX_ROW_H
#define XULP_IMPL_FORMULATIONS_SOFTMAX_ROW_H

#include "impl/real.h"
#include "impl/sum.h"

static inline void softmax_row(const real *x, size_t n, real *p)
{
    real m = rdetach(x[argmax(x, n)]);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        p[k] = rexp(rsub(x[k], m));
        sum_add(&sum, p[k]);
    }
    real s = sum_total(&sum);
    for (size_t k = 0; k < n; k++)
        p[k] = rstore(rdiv(p[k], s));
}

#endif
