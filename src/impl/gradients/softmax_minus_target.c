/* ∂/∂x_j = h_j − p_j Σ h, p = softmax(x) with the maximum subtracted; for one
 * hard target p_j − 1_t
 *
 * Source: the textbook; hand-written kernels that keep p from the forward pass;
 *   optax safe_softmax_cross_entropy (the JVP of its weighted_logsoftmax).
 * Bound: p_j has relative error ≤ (n + 2 + 2(x_max − x_min))u (Blanchard, Higham
 *   & Higham 2021, theorem 4.3) while e^{x_j−m} is normal.
 * Breaks: at the target p_t − 1 cancels: it has the absolute error of p_t, and is
 *   0 once p_t rounds to 1, from a gap of p·ln 2 on. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"

void NAME(softmax_minus_target)(const real *x, size_t n, const real *upstream, real *gradient)
{
    struct sum total;
    sum_start(&total, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&total, upstream[k]);
    real weight = rneg(sum_total(&total));
    softmax_row(x, n, gradient);
    for (size_t j = 0; j < n; j++)
        gradient[j] = radd(rmul(weight, gradient[j]), upstream[j]);
}
