/* −log p_t, p_t = e^{x_t} / Σ e^{x_k}
 *
 * Source: the textbook; every hand-written softmax.
 * Bound: p has relative error ≤ (n + 3)u while nothing overflows or underflows
 *   (Blanchard, Higham & Higham 2021, theorem 3.3), so the loss has absolute
 *   error ≤ (n + 3)u + u·loss: a small loss has no relative accuracy.
 * Breaks: e^{x_t} overflows above ln(largest) (11.09 binary16, 88.72 bfloat16
 *   and binary32, 709.78 binary64): ∞/∞ is NaN.  Only another e^{x_k} does, or
 *   only Σ: p = 0, +Inf.  All underflow: 0/0 is NaN.  e^{x_t} alone does:
 *   p = 0, +Inf.  p rounds to 1 once the target leads by p·ln 2 to (p+1)·ln 2,
 *   by where e^{x_t} lies in its binade: false 0. */
#include "impl/formulations.h"

real NAME(naive_softmax)(const real *x, size_t n, size_t t)
{
    real p = rstore(NAME(softmax_basic)(x, n, t));
    return rneg(rlog(p));
}
