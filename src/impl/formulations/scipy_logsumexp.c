/* L − x_t, L = (log1p(s/c) + log c) + m (lse-scipy)
 *
 * Source: users of scipy.special.logsumexp (since 1.15).
 * Bound: absolute error u·|m| more than lse-scipy's parts, and u·loss: not
 *   shift-invariant.
 * Breaks: false 0 once log1p(s/c) + log c is below half an ulp of m; [v, v]
 *   is 0 from about v = 2^p on, by log c = ln 2 this time. */
#include "impl/formulations.h"

real NAME(scipy_logsumexp)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_scipy)(x, n), x[t]);
}
