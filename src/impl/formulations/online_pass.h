/* m = max x_k and d = Σ e^{x_k−m} in one pass: m' = max(m, x_k),
 * d' = d·e^{m−m'} + e^{x_k−m'}, from m = −∞ and d = 0.
 *
 * Source: Milakov & Gimelshein 2018 (arXiv 1805.02867), Algorithm 3.
 * Bound: d has relative error ≤ (n + 2r + 2(x_max − x_min))u, r how often the
 *   maximum is replaced: the exponents of its rescalings add up to no more
 *   than x_max − x_min. */
#ifndef XULP_IMPL_FORMULATIONS_ONLINE_PASS_H
#define XULP_IMPL_FORMULATIONS_ONLINE_PASS_H

#include "impl/real.h"

struct online_pass {
    real m, d;
};

static inline struct online_pass online_pass(const real *x, size_t n)
{
    real m = real_of(-INFINITY), d = real_of(0);
    for (size_t k = 0; k < n; k++) {
        real larger = rmax(m, x[k]);
        d = radd(rmul(d, rexp(rsub(m, larger))), rexp(rsub(x[k], larger)));
        m = larger;
    }
    return (struct online_pass){m, d};
}

#endif
