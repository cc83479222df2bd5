/* ∂/∂x_j = (e^{x_j−m}/d − 1_t)·1/N, m and d from one pass over the row; in
 * general (e^{x_j−m}/d + h_j/w)·w, w = −Σ h
 *
 * Source: Liger, src/liger_kernel/ops/cross_entropy.py, which computes the
 *   gradient in the forward pass and scales it last.  It divides by N; here
 *   the rounded 1/N multiplies.
 * Bound: e^{x_j−m}/d has relative error ≤ (n + 4 + 2r + 4(x_max − x_min))u
 *   (online_pass.h); scaling adds u, or 2u where 1/N is rounded.
 * Breaks: at the target p_t − 1 cancels, 0 from a gap of p·ln 2 on.  A row that
 *   begins with −∞ is NaN; a row that is ignored gets zeros without a look at
 *   it. */
#include "impl/formulations.h"
#include "impl/formulations/online_pass.h"

void NAME(liger_cross_entropy)(const real *x, size_t n, const real *upstream, real *gradient)
{
    struct sum total;
    sum_start(&total, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&total, upstream[k]);
    real scale = rneg(sum_total(&total));
    struct online_pass pass = online_pass(x, n);
    for (size_t j = 0; j < n; j++) {
        real p = rdiv(rexp(rsub(x[j], pass.m)), pass.d);
        gradient[j] =
            real_value(scale) == 0 ? real_of(0) : rmul(radd(p, rdiv(upstream[j], scale)), scale);
    }
}
