/* log Σ e^{x_k}
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 3.1; the textbook.
 * Bound: relative error ≤ (1 + (n + 1)/|L|)u, L the exact value, while every
 *   e^{x_k} is normal (the same, theorem 3.2).
 * Breaks: +Inf where an e^{x_k} or the sum overflows: x_k > ln(largest), which
 *   is 11.09 in binary16, 88.72 in bfloat16 and binary32, 709.78 in binary64.
 *   −Inf where all underflow, x_k < −17.33, −92.88 (bfloat16), −103.97
 *   (binary32), −745.13; with flush to zero from the least normal on, −9.70 and
 *   −87.34. */
#include "impl/formulations.h"

real NAME(lse_basic)(const real *x, size_t n)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(x[k]));
    return rlog(sum_total(&sum));
}
