/* m + log Σ e^{x_k−m}, m = max x_k
 *
 * Source: the textbook's log-sum-exp trick; TensorFlow.js logSumExp.  The chain
 *   rule passes through m, too.
 * Bound: relative error ≤ (1 + |L + n − x_min|/|L|)u, L the exact value, while
 *   every e^{x_k−m} is normal (as Blanchard, Higham & Higham 2021, theorem 4.2,
 *   with the 1 in the sum).
 * Breaks: the sum's part below u is lost: m itself from a gap of p·ln 2 between
 *   the largest and the next on, whatever m; so L near 0 has no correct digit
 *   ([0, −40] in binary64: 0).  ∞ − ∞ makes NaN of a row whose maximum is
 *   infinite, of either sign. */
#include "impl/formulations.h"

real NAME(lse_shifted)(const real *x, size_t n)
{
    real m = x[argmax(x, n)];
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    return radd(m, rlog(sum_total(&sum)));
}
