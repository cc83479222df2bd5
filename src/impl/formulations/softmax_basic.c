/* e^{x_t} / Σ e^{x_k}
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 3.1; the textbook.
 * Bound: relative error ≤ (n + 3)u while every exponential is normal and
 *   nothing overflows (the same, theorem 3.3).
 * Breaks: above ln(largest), 11.09 in binary16, 88.72 in bfloat16 and
 *   binary32, 709.78 in binary64: e^{x_t} overflows: ∞/∞ is NaN; another or
 *   only the sum does: 0.  All underflow (below −17.33, −92.88, −103.97,
 *   −745.13): 0/0 is NaN; only e^{x_t}: 0. */
#include "impl/formulations.h"

real NAME(softmax_basic)(const real *x, size_t n, size_t t)
{
    real numerator = real_of(0);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        real e = rexp(x[k]);
        sum_add(&sum, e);
        if (k == t)
            numerator = e;
    }
    return rdiv(numerator, sum_total(&sum));
}
