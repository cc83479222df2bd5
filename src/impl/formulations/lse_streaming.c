/* One pass, the maximum left out of the sum: r' = (r + 1)·e^{m−x_k}, m' = x_k
 * where x_k is above m, otherwise r' = r + e^{x_k−m}; m + log1p(r)
 *
 * Source: LogExpFunctions.jl (src/logsumexp.jl), after Nowozin 2016, Streaming
 *   Log-sum-exp Computation.  Numbers equal to m are told apart from the
 *   others, so that infinite ones make no NaN; dual numbers compared by value
 *   take no derivative from them.
 * Bound: r has relative error ≤ (n + 2 + 3c + 2(x_max − x_min))u, c how often
 *   the maximum is replaced, while its exponentials are normal; m + log1p(r)
 *   adds u·log1p(r) + u·|L|.
 * Breaks: as lse-log1p for finite rows.  r is not a sum of src/impl/sum.h and
 *   has no other order. */
#include "impl/formulations.h"

real NAME(lse_streaming)(const real *x, size_t n)
{
    real m = real_of(-INFINITY), r = real_of(0), one = real_of(1);
    for (size_t k = 0; k < n; k++)
        if (real_value(x[k]) == real_value(m)) {
            r = radd(r, one);
        } else if (rless(m, x[k])) {
            r = rmul(radd(r, one), rexp(rsub(m, x[k])));
            m = x[k];
        } else {
            r = radd(r, rexp(rsub(x[k], m)));
        }
    return radd(m, rlog1p(r));
}
