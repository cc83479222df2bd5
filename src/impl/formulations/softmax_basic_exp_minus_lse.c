/* e^{x_t − L}, L = log Σ e^{x_k}
 *
 * Source: Blanchard, Higham & Higham 2021, (1.5): Algorithm 3.1 without
 *   division.
 * Bound: relative error ≤ (|L| + max|x_k − L| + n + 2)u (theorem 3.4): L is
 *   rounded at its size before the difference.
 * Breaks: where lse-basic does: L = +Inf gives 0, or NaN with x_t = +Inf;
 *   L = −Inf gives +Inf.  Rounding L makes p exceed 1. */
#include "impl/formulations.h"

real NAME(softmax_basic_exp_minus_lse)(const real *x, size_t n, size_t t)
{
    return rexp(rsub(x[t], NAME(lse_basic)(x, n)));
}
