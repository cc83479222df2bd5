/* The backward pass of a softmax kernel: (g_j − Σ g_k p_k)·p_j, g the derivative
 * by p_j; p is in `gradient` and is overwritten.
 *
 * Source: PyTorch _softmax_backward_data (aten/src/ATen/native/SoftMax.cpp),
 *   TensorFlow's _SoftmaxGrad, the JVP of jax.nn.softmax. */
#ifndef XULP_IMPL_GRADIENTS_SOFTMAX_KERNEL_H
#define XULP_IMPL_GRADIENTS_SOFTMAX_KERNEL_H

#include "impl/real.h"
#include "impl/sum.h"

/* g_j, of the derivative h_j by log p_j and of p_j. */
typedef real log_derivative(real h, real p);

static inline void softmax_kernel_backward(log_derivative *derivative, size_t n,
                                           const real *upstream, real *gradient)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rmul(derivative(upstream[k], gradient[k]), gradient[k]));
    real total = sum_total(&sum);
    for (size_t j = 0; j < n; j++)
        gradient[j] = rmul(rsub(derivative(upstream[j], gradient[j]), total), gradient[j]);
}

#endif
