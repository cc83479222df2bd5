/* ∂/∂x_j = g·e^{x_j − L}, L = log Σ e^{x_k} as the forward pass stored it
 *
 * Source: PyTorch logsumexp_backward (torch/csrc/autograd/FunctionsManual.cpp);
 *   LogExpFunctions.jl's rule for logsumexp.
 * Bound: relative error ≤ (2 + |x_j − L| + |L + n − x_min|)u (Blanchard, Higham &
 *   Higham 2021, theorem 4.4); stored in 16 bits, L is off by u·|L| of those 16.
 * Breaks: not shift-invariant, as softmax-exp-minus-lse.  −∞ − −∞ makes NaN of
 *   a row of −∞ (pytorch#31829), ∞ − ∞ of one with +∞. */
#include "impl/formulations.h"

void NAME(logsumexp_backward)(const real *x, size_t n, real upstream, real *gradient)
{
    real lse = rstore(NAME(lse_framework)(x, n));
    for (size_t j = 0; j < n; j++)
        gradient[j] = rmul(upstream, rexp(rsub(x[j], lse)));
}
