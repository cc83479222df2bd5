/* ∂/∂x_j = (g_j − Σ g_k p_k)·p_j, g_t = h_t/p_t at the targets, 0 elsewhere
 *
 * Source: log(softmax(x)[t]) on a framework's softmax: the target's p is taken
 *   before the logarithm.
 * Bound: p has that of softmax-framework, rounded to the storage; for one hard
 *   target g_t p_t is −1 to 2u, so that the others have that relative error and
 *   4u, and the target the absolute error that g_t − (−1) leaves times p_t.
 * Breaks: 1/p_t overflows once p_t is below 1/largest: NaN at the target and ∞
 *   elsewhere from a gap of 11.09 in binary16, 88.72 in bfloat16 and binary32,
 *   709.78 in binary64, though p_t is not 0 and the loss finite.  p_t = 0 makes
 *   the whole row NaN.  p_t = 1 gives 0 at the target. */
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
