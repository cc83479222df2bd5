/* (log1p(s/c) + log c) + m, m = max x_k, c how often it occurs, s = Σ e^{x_k−m}
 * over the others
 *
 * Source: SciPy's logsumexp since 1.15 (scipy/special/_logsumexp.py), written
 *   for scipy#18295; c is a sum of ones in the array's format.  On arrays that
 *   know derivatives, equal maxima share that of m (amax).
 * Bound: that of lse-log1p, and 3u·log c: both logs and their sum are rounded.
 * Breaks: as lse-log1p for finite rows; an infinite maximum is left out of
 *   the differences and gives its limit.  Added left to right, c stops at
 *   2^p: 256 equal numbers in bfloat16, 2048 in binary16. */
#include "impl/formulations.h"

/* 0, whose derivative by each x_k equal to m is 1/count. */
static real scipy_share(const real *x, size_t n, real m, size_t count)
{
    real share = real_of(0), parts = real_constant((double)count);
    for (size_t k = 0; k < n; k++)
        if (real_value(x[k]) == real_value(m))
            share = radd(share, rdiv(rsub(x[k], rdetach(x[k])), parts));
    return share;
}

real NAME(lse_scipy)(const real *x, size_t n)
{
    real m = x[argmax(x, n)];
    size_t count = 0;
    for (size_t k = 0; k < n; k++)
        count += real_value(x[k]) == real_value(m);
    if (REAL_DIFFERENTIATED && count > 1 && isfinite(real_value(m)))
        m = rderived(m, scipy_share(x, n, m, count));
    real shift = isfinite(real_value(m)) ? m : real_of(0);
    struct sum sum, ones;
    sum_start(&sum, n);
    sum_start(&ones, n);
    for (size_t k = 0; k < n; k++)
        if (real_value(x[k]) == real_value(m))
            sum_add(&ones, real_of(1));
        else
            sum_add(&sum, rexp(rsub(x[k], shift)));
    real c = sum_total(&ones);
    real s = rdiv(sum_total(&sum), c);
    return radd(radd(rlog1p(s), rlog(c)), m);
}
