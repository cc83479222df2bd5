/* ∂/∂x_j = h_j − e^{l_j} Σ h, l = log softmax(x) as the forward pass stored it
 *
 * Source: PyTorch, aten/src/ATen/native/cpu/SoftMaxKernel.cpp,
 *   vec_host_softmax_backward_lastdim; the backward pass of CrossEntropyLoss.
 * Bound: e^{l_j} has relative error ≤ (1 + δ)u, δu the absolute error of l_j:
 *   2|x_j − m| + |l_j| + n + 2.  Stored in 16 bits, l_j is off by u·|l_j| of
 *   those 16.
 * Breaks: at the target 1 − e^{l_t} cancels, and is 0 from a gap of p·ln 2 on.
 *   e^{l_j} is 0 beyond a gap of 17.33 in binary16, 92.88 in bfloat16, 103.97 in
 *   binary32, 745.13 in binary64. */
#include "impl/formulations.h"

void NAME(log_softmax_backward)(const real *x, size_t n, const real *upstream, real *gradient)
{
    real m = x[argmax(x, n)];
    struct sum sum, total;
    sum_start(&sum, n);
    sum_start(&total, n);
    for (size_t k = 0; k < n; k++) {
        sum_add(&sum, rexp(rsub(x[k], m)));
        sum_add(&total, upstream[k]);
    }
    real log_sum = rlog(sum_total(&sum)), h = sum_total(&total);
    for (size_t j = 0; j < n; j++) {
        real l = rstore(rsub(rsub(x[j], m), log_sum));
        gradient[j] = rsub(upstream[j], rmul(rexp(l), h));
    }
}
