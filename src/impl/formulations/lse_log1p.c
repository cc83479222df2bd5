/* m + log1p(Σ_{k≠argmax} e^{x_k−m}), m = max x_k
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 4.1, their shifted
 *   log-sum-exp (lse_chopshift.m of their tests).
 * Bound: relative error ≤ |L + n − x_min|/|L|·u to leading order, L the exact
 *   value (theorem 4.2), while every e^{x_k−m} is normal.
 * Breaks: m + log1p is rounded at the size of m: what the log1p kept is lost
 *   again unless m is small.  ∞ − ∞ makes NaN of a row of two or more infinite
 *   maxima. */
#include "impl/formulations.h"

real NAME(lse_log1p)(const real *x, size_t n)
{
    size_t at = argmax(x, n);
    real m = x[at];
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        if (k != at)
            sum_add(&sum, rexp(rsub(x[k], m)));
    return radd(m, rlog1p(sum_total(&sum)));
}
