/* −log(s(x_t) / Σ s(x_k)), s(x) = x + 1 for x ≥ 0, 1/((1 − x) + 1e-30) below
 *
 * Source: Prieto et al. 2025 (arXiv 2501.04697), log_stablemax of their code and
 *   of the HRM and TRM models.  torch.where evaluates both branches and sends
 *   the one not taken the derivative 0; the row of logs is formed, then the
 *   target's element taken.  Its authors convert the logits to binary64 first;
 *   a narrower format here is the same code without that.
 * Bound: s has relative error ≤ 3u, so p has (n + 6)u, and the loss that
 *   absolute error and u·loss: a small loss has no relative accuracy.
 * Breaks: x_k = 1: the branch not taken is 1/1e-30, and its derivative 0·1e60
 *   is 0·∞ = NaN in binary32 and bfloat16, 1/0 already in binary16, where
 *   1e-30 is 0 and |x_k − 1| ≤ 2^−8 does the same; binary64 holds 1e60.  p = 1 and a false 0 from a
 * target of about 2^p·Σ_{k≠t} s(x_k) on.  Σ overflows with x. */
#include "impl/formulations.h"

static real stablemax_where(real x)
{
    real one = real_of(1);
    real negative = rdiv(one, radd(rsub(one, x), real_constant(1e-30)));
    real positive = radd(x, one);
    return rless(x, real_of(0)) ? rpick(negative, positive) : rpick(positive, negative);
}

real NAME(stablemax_ce)(const real *x, size_t n, size_t t, real *s)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        s[k] = stablemax_where(x[k]);
        sum_add(&sum, s[k]);
    }
    real total = sum_total(&sum);
    real l = rlog(rdiv(s[t], total));
    for (size_t k = 0; k < n; k++)
        if (k != t)
            l = rpick(l, rlog(rdiv(s[k], total)));
    return rneg(l);
}
