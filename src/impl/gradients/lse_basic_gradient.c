/* ∂/∂x_j = g·e^{x_j} / Σ e^{x_k}
 *
 * Source: Blanchard, Higham & Higham 2021, Algorithm 3.1, which gives the
 *   softmax beside the log-sum-exp.
 * Bound, Breaks: those of softmax-basic, and u for g. */
#include "impl/formulations.h"

void NAME(lse_basic_gradient)(const real *x, size_t n, real upstream, real *gradient)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        gradient[k] = rexp(x[k]);
        sum_add(&sum, gradient[k]);
    }
    real s = sum_total(&sum);
    for (size_t j = 0; j < n; j++)
        gradient[j] = rmul(upstream, rdiv(gradient[j], s));
}
