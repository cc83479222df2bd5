/* log1p(Σ_{k≠t} s(x_k) / s(x_t)), s(x) = x + 1 for x ≥ 0, 1/(1 − x) below
 *
 * Source: xulp, for comparison: every term is positive, nothing cancels.
 * Bound: relative error ≤ (n + 5)u: s 2u each, n − 2 additions, the quotient;
 *   log1p does not magnify a relative error and adds u.
 * Breaks: +Inf where the quotient overflows, up to the square of the largest
 *   number: x_t = −a and another x = b with a·b above it; a subnormal quotient
 *   loses digits with a very large x_t. */
#include "impl/formulations.h"
#include "impl/formulations/stablemax.h"

real NAME(log1p_stablemax_ce)(const real *x, size_t n, size_t t)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        if (k != t)
            sum_add(&sum, stablemax(x[k]));
    return rlog1p(rdiv(sum_total(&sum), stablemax(x[t])));
}
