/* log Σ s(x_k) − log s(x_t), s(x) = x + 1 for x ≥ 0, 1/(1 − x) below
 *
 * Source: xulp, for comparison: stablemax-ce with the logarithms apart, as
 *   log-softmax is to softmax.
 * Bound: absolute error ≤ (n + 4)u + u·log Σ + u·|log s(x_t)| + u·loss.
 * Breaks: false 0 once Σ_{k≠t} s is below half an ulp of s(x_t); before that
 *   both logarithms cancel.  Σ overflows with x. */
#include "impl/formulations.h"
#include "impl/formulations/stablemax.h"

real NAME(log_stablemax_ce)(const real *x, size_t n, size_t t)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, stablemax(x[k]));
    return rsub(rlog(sum_total(&sum)), rlog(stablemax(x[t])));
}
