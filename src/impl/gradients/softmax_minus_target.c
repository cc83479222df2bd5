/* ∂/∂x_j = h_j − p_j Σ h, p = softmax(x) with the maximum subtracted; for one
 * hard target p_j − 1_t
 *
 * Source: the textbook; hand-written kernels that keep p from the forward pass.
 * Bound: p_j has relative error ≤ (n + 2 + 2(x_max − x_min))u (Blanchard, Higham
 *   & Higham 2021, softmax shifted) while e^{x_j−m} is normal.
 * Breaks: at the target p_t − 1 cancels: it has the absolute error of p_t, and is
 *   0 once p_t rounds to 1, from a gap of p·ln 2 on. */
#include "impl/formulations.h"

void NAME(softmax_minus_target)(const real *x, size_t n, const real *upstream, real *gradient)
{
    real m = x[argmax(x, n)];
    struct sum sum = sum_start(n), total = sum_start(n);
    for (size_t k = 0; k < n; k++) {
        gradient[k] = rexp(rsub(x[k], m));
        sum_add(&sum, gradient[k]);
        sum_add(&total, upstream[k]);
    }
    real s = sum_total(&sum), weight = rneg(sum_total(&total));
    for (size_t j = 0; j < n; j++)
        gradient[j] = radd(rmul(weight, rdiv(gradient[j], s)), upstream[j]);
}
