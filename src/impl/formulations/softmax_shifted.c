/* e^{x_t−m} / (1 + Σ_{k≠argmax} e^{x_k−m}), m = max x_k
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 4.1 (lse_chopshift.m of
 *   their tests): the 1 of the maximum is added last.
 * Bound: relative error ≤ (n + 2 + 2(x_max − x_min))u (theorem 4.3) while
 *   e^{x_t−m} is normal.
 * Breaks: where softmax-framework does; two or more infinite maxima are NaN. */
#include "impl/formulations.h"

real NAME(softmax_shifted)(const real *x, size_t n, size_t t)
{
    size_t at = argmax(x, n);
    real m = x[at], numerator = real_of(1);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        if (k == at)
            continue;
        real e = rexp(rsub(x[k], m));
        sum_add(&sum, e);
        if (k == t)
            numerator = e;
    }
    return rdiv(numerator, radd(real_of(1), sum_total(&sum)));
}
