/* ∂/∂x_j = (g_j − Σ g_k p_k)·p_j, g_j = h_j/p_j inside [1e-7, 1 − 1e-7], 0 outside
 *
 * Source: Keras categorical_crossentropy on a softmax layer, as its backends'
 *   gradients of clip and softmax make it.  The division by Σp is left out: its
 *   derivative is a multiple of 1 + O(nu), and of the same for all classes, which
 *   the softmax kernel takes away.
 * Bound: inside the clip that of softmax-backward.
 * Breaks: outside the clip the whole gradient is 0: a target 16.1 behind no
 *   longer learns. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"
#include "impl/gradients/softmax_kernel.h"

static real derivative_of_clipped_log(real h, real p)
{
    bool outside = rless(p, real_constant(1e-7)) || rless(real_constant(1 - 1e-7), p);
    return outside ? real_of(0) : rdiv(h, p);
}

void NAME(clipped_softmax_backward)(const real *x, size_t n, const real *upstream, real *gradient)
{
    softmax_row(x, n, gradient);
    softmax_kernel_backward(derivative_of_clipped_log, n, upstream, gradient);
}
