/* l' = log1p(e^{min(l, x_k) − max(l, x_k)}) + max(l, x_k), from l = x_1
 *
 * Source: cut-cross-entropy (tl_logaddexp, which merges blocks of the row);
 *   numpy.logaddexp.reduce but for its branch for equal numbers, infinities among them.
 * Bound: each step adds (|l| + 1.3)u: ln 2 for the log1p, 0.57 for the
 *   difference and the exponential, |l| for the sum.  So absolute error
 *   ≤ (n − 1)(max|l| + 1.3)u.
 * Breaks: a term below u·|l| is lost, every time: the result of n
 *   equal numbers stops growing once 1/k falls below half an ulp of l: for
 *   zeros at k = 64 in bfloat16 (4.16) and at k = 512 in binary16 (6.24).  −∞ merged with −∞ is
 * NaN.  The order is the row's; sums of src/impl/sum.h have no part. */
#include "impl/formulations.h"

real NAME(lse_logaddexp)(const real *x, size_t n)
{
    real l = x[0];
    for (size_t k = 1; k < n; k++) {
        real low = rmin(x[k], l), high = rmax(l, x[k]); /* a NaN of either is in one */
        l = radd(rlog1p(rexp(rsub(low, high))), high);
    }
    return l;
}
