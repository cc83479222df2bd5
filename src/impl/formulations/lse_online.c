/* One pass: m' = max(m, x_k), d' = d·e^{m−m'} + e^{x_k−m'} from m = −∞, d = 0;
 * m + log d
 *
 * Source: Milakov & Gimelshein 2018 (arXiv 1805.02867, Algorithm 3); Liger's
 *   cross_entropy.py takes a block of the row for x_k.
 * Bound: d has relative error ≤ (n + 2r + 2(x_max − x_min))u, r how often the
 *   maximum is replaced: the exponents of its rescalings add up to no more
 *   than x_max − x_min.  m + log d adds u·log d + u·|L|.
 * Breaks: as lse-shifted; d is not a sum of src/impl/sum.h and has no other
 *   order.  A row that begins with −∞ is NaN: −∞ − −∞. */
#include "impl/formulations.h"

real NAME(lse_online)(const real *x, size_t n)
{
    real m = real_of(-INFINITY), d = real_of(0);
    for (size_t k = 0; k < n; k++) {
        real larger = rmax(m, x[k]);
        d = radd(rmul(d, rexp(rsub(m, larger))), rexp(rsub(x[k], larger)));
        m = larger;
    }
    return radd(m, rlog(d));
}
