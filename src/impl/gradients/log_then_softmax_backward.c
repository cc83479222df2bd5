/* ∂/∂x_j = (g_j − Σ g_k p_k)·p_j, g_j = h_j/p_j for every class
 *
 * Source: torch.log(softmax(x)) and jnp.log(jax.nn.softmax(x)): backward of the
 *   log of the whole row, then of the softmax kernel.
 * Bound: that of softmax-backward.
 * Breaks: one p_j = 0, target or not, makes the row NaN: 0/0, times 0. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"
#include "impl/gradients/softmax_kernel.h"

static real derivative_of_log(real h, real p)
{
    return rdiv(h, p);
}

void NAME(log_then_softmax_backward)(const real *x, size_t n, const real *upstream, real *gradient)
{
    softmax_row(x, n, gradient);
    softmax_kernel_backward(derivative_of_log, n, upstream, gradient);
}
