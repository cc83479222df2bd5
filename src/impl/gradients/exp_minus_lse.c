/* ∂/∂x_j = h_j − e^{x_j − L} Σ h, L = log Σ e^{x_k} as lse-shifted makes it
 *
 * Source: FlashAttention's cross_entropy.py, cut-cross-entropy: L is what the
 *   forward pass keeps, in binary32; the rule of LogExpFunctions.jl for
 *   logsumexp.
 * Bound: e^{x_j−L} has relative error ≤ (1 + |x_j − L| + |L + n − x_min|)u
 *   (Blanchard, Higham & Higham 2021, theorem 4.4): u·|m| is in it.
 * Breaks: not shift-invariant: rounding L at the size of m makes the p of a row
 *   add up to something else than 1; from |m| ≈ 2^p on p_j is e^{x_j−m}, and
 *   the target's h_t − p_t Σ h is 0. */
#include "impl/formulations.h"

void NAME(exp_minus_lse)(const real *x, size_t n, const real *upstream, real *gradient)
{
    struct sum total;
    sum_start(&total, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&total, upstream[k]);
    real lse = NAME(lse_shifted)(x, n), h = sum_total(&total);
    for (size_t j = 0; j < n; j++)
        gradient[j] = rsub(upstream[j], rmul(rexp(rsub(x[j], lse)), h));
}
