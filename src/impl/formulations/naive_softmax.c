/* −log(e^{x_t} / Σ e^{x_k})
 *
 * Source: the textbook; every hand-written softmax.
 * Bound: p has relative error ≤ (n + 3)u while nothing overflows or underflows
 *   (Blanchard, Higham & Higham 2021, softmax basic), so the loss has absolute
 *   error ≤ (n + 3)u + u·loss: a small loss has no relative accuracy.
 * Breaks: e^{x_t} overflows above ln(largest) (88.72 binary32, 709.78
 *   binary64): ∞/∞ is NaN.  Only another e^{x_k} does, or only Σ: p = 0, +Inf.
 *   All underflow: 0/0 is NaN.  e^{x_t} alone does: p = 0, +Inf.  p rounds to 1
 *   once the target leads by p·ln 2 to (p+1)·ln 2, by where e^{x_t} lies in its
 *   binade: false 0. */
#include "impl/formulations.h"

real NAME(naive_softmax)(const real *x, size_t n, size_t t)
{
    struct sum sum = sum_start(n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(x[k]));
    real p = rstore(rdiv(rexp(x[t]), sum_total(&sum)));
    return rneg(rlog(p));
}
