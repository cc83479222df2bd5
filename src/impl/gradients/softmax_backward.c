/* ∂/∂x_j = (g_j − Σ g_k p_k)·p_j, g_t = h_t/p_t at the targets, 0 elsewhere
 *
 * Source: log(softmax(x)[t]) on a framework's softmax: the target's p is taken
 *   before the logarithm.
 * Bound: p has that of softmax-framework, rounded to the storage; for one hard
 *   target g_t p_t is −1 to 2u, so that the others have that relative error and
 *   4u, and the target the absolute error that g_t − (−1) leaves times p_t.
 * Breaks: p_t = 0 gives −∞·0 = NaN for the whole row, from a gap of 17.33 in
 *   binary16, 92.88 in bfloat16, 103.97 in binary32, 745.13 in binary64.
 *   1/p_t overflows in no format before that but binary16, where
 *   p_t < 2^−16 does.  p_t = 1 gives 0 at the target. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"
#include "impl/gradients/softmax_kernel.h"

static real derivative_of_picked_log(real h, real p)
{
    return real_value(h) == 0 ? h : rdiv(h, p);
}

void NAME(softmax_backward)(const real *x, size_t n, const real *upstream, real *gradient)
{
    softmax_row(x, n, gradient);
    softmax_kernel_backward(derivative_of_picked_log, n, upstream, gradient);
}
