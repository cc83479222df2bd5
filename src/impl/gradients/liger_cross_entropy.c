/* ∂/∂x_j = (e^{x_j−m}/d − 1_t)·1/N, m and d from one pass over the row; in
 * general (e^{x_j−m}/d + h_j/w)·w, w = −Σ h
 *
 * Source: Liger, src/liger_kernel/ops/cross_entropy.py, which computes the
 *   gradient in the forward pass and scales it last.  It divides by N; here
 *   the rounded 1/N multiplies.
 * Bound: e^{x_j−m}/d has relative error ≤ (n + 4 + 2r + 4(x_max − x_min))u
 *   (lse-online); scaling adds u, or 2u where 1/N is rounded.
 * Breaks: at the target p_t − 1 cancels, 0 from a gap of p·ln 2 on.  A row that
 *   begins with −∞ is NaN; a row that is ignored gets zeros without a look at
 *   it. */
#include "impl/formulations.h"

/* m and d of Milakov & Gimelshein 2018. */
static void liger_one_pass(const real *x, size_t n, real *m, real *d)
{
    *m = real_of(-INFINITY);
    *d = real_of(0);
    for (size_t k = 0; k < n; k++) {
        real larger = rmax(*m, x[k]);
        *d = radd(rmul(*d, rexp(rsub(*m, larger))), rexp(rsub(x[k], larger)));
        *m = larger;
    }
}

void NAME(liger_cross_entropy)(const real *x, size_t n, const real *upstream, real *gradient)
{
    struct sum total = sum_start(n);
    for (size_t k = 0; k < n; k++)
        sum_add(&total, upstream[k]);
    real m, d, scale = rneg(sum_total(&total));
    liger_one_pass(x, n, &m, &d);
    for (size_t j = 0; j < n; j++) {
        real p = rdiv(rexp(rsub(x[j], m)), d);
        gradient[j] =
            real_value(scale) == 0 ? scale : rmul(radd(p, rdiv(upstream[j], scale)), scale);
    }
}
