/* L − x_t, L = m + log1p(Σ_{k≠argmax} e^{x_k−m}), m = max x_k (lse-log1p)
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 4.1, with the target
 *   subtracted last as its users do.
 * Bound: absolute error ≤ (n + 2)u·s/(1 + s) + u·log1p(s) + u·|L| + u·loss, s
 *   the sum: u·|m| as in lse-minus-target.
 * Breaks: false 0 once log1p(s) is below half an ulp of m, the small loss that
 *   log1p had kept; only at m = 0 is it as accurate as log1p-lse. */
#include "impl/formulations.h"

real NAME(log1p_lse_minus_target)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_log1p)(x, n), x[t]);
}
