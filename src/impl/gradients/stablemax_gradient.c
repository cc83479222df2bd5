/* ∂/∂x_j = (h_j − s(x_j)/Σs · Σ h) / (1 + |x_j|)
 *
 * Source: xulp, for comparison: s'(x)/s(x) is 1/(1 + x) for x ≥ 0 and
 *   s(x) = 1/(1 − x) below.  The authors of StableMax leave it to automatic
 *   differentiation.
 * Bound: s_j/Σs has relative error ≤ (n + 4)u; the difference has that absolute
 *   error, the quotient 2u more.
 * Breaks: at the target 1 − s_t/Σs cancels, 0 once s_t/Σs rounds to 1. */
#include "impl/formulations.h"
#include "impl/formulations/stablemax.h"

void NAME(stablemax_gradient)(const real *x, size_t n, const real *upstream, real *gradient)
{
    struct sum sum, total;
    sum_start(&sum, n);
    sum_start(&total, n);
    for (size_t k = 0; k < n; k++) {
        gradient[k] = stablemax(x[k]);
        sum_add(&sum, gradient[k]);
        sum_add(&total, upstream[k]);
    }
    real s = sum_total(&sum), h = sum_total(&total), one = real_of(1);
    for (size_t j = 0; j < n; j++) {
        real difference = rsub(upstream[j], rmul(rdiv(gradient[j], s), h));
        gradient[j] = rdiv(difference, radd(one, rabs(x[j])));
    }
}
