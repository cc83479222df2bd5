/* ∂/∂p = g·(p − y)/max((1 − p)·p, 1e-12)
 *
 * Source: PyTorch, aten/src/ATen/native/Loss.cpp, binary_cross_entropy_backward
 *   (EPSILON = 1e-12).
 * Bound: 5u relative while (1 − p)p is at least 1e-12 and p − y exact.
 * Breaks: below 1e-12 the quotient no longer follows 1/(p(1−p)): it stays at
 *   1e12·(p − y) and is 0 at p = y ∈ {0, 1}, where the derivative is ±1.  bfloat16
 *   and wider hold 1e-12.  binary16 holds no number between 0 and 5.96e-8, so that
 *   1e-12 is 0 there: p = y is 0/0 = NaN, and no p is too small for 1/(p(1−p)). */
#include "impl/formulations.h"

real NAME(bce_loss_backward)(real p, real y, real upstream)
{
    real variance = rmax(rmul(rsub(real_of(1), p), p), real_constant(1e-12));
    return rdiv(rmul(upstream, rsub(p, y)), variance);
}
