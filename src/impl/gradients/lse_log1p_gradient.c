/* ∂/∂x_j = g·e^{x_j−m} / (1 + Σ_{k≠argmax} e^{x_k−m}), m = max x_k
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 4.1, which gives the
 *   softmax beside the log-sum-exp.
 * Bound, Breaks: those of softmax-shifted, and u for g. */
#include "impl/formulations.h"

void NAME(lse_log1p_gradient)(const real *x, size_t n, real upstream, real *gradient)
{
    size_t at = argmax(x, n);
    real m = x[at], one = real_of(1);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        gradient[k] = k == at ? one : rexp(rsub(x[k], m));
        if (k != at)
            sum_add(&sum, gradient[k]);
    }
    real s = radd(one, sum_total(&sum));
    for (size_t j = 0; j < n; j++)
        gradient[j] = rmul(upstream, rdiv(gradient[j], s));
}
