/* e^{x_t − L}, L = m + log1p(Σ_{k≠argmax} e^{x_k−m}), m = max x_k
 *
 * Source: Blanchard, Higham & Higham 2021, (1.5) with the shifted L of
 *   Algorithm 4.1: softmax without division.
 * Bound: relative error ≤ (1 + max|x_k − L| + |L + n − x_min|)u (theorem 4.4).
 * Breaks: rounding L costs u·|L|: not shift-invariant, p may exceed 1, and the
 *   p of a row do not add up to 1: every p is e^{x_t−m} from |m| ≈ 2^p on.
 *   Underflows where softmax-shifted does. */
#include "impl/formulations.h"

real NAME(softmax_exp_minus_lse)(const real *x, size_t n, size_t t)
{
    return rexp(rsub(x[t], NAME(lse_log1p)(x, n)));
}
