/* ∂/∂x = g·(σ(x) − y), σ(x) = 1/(1 + e^{−x})
 *
 * Source: the textbook; PyTorch, binary_cross_entropy_with_logits_backward
 *   without pos_weight (torch/csrc/autograd/FunctionsManual.cpp).
 * Bound: σ has relative error 3u while e^{−x} is finite, so the difference has
 *   absolute error 3u + u·|σ − y|.
 * Breaks: y = 1: 0 once σ rounds to 1, from x = p·ln 2 on (binary16 7.62, bfloat16
 *   5.55, binary32 16.64, binary64 36.74), where the exact value is −e^{−x}.  y = 0:
 *   0 where e^{−x} overflows, x < −11.09, −88.72, −88.72, −709.78. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(sigmoid_minus_label)(real x, real y, real upstream)
{
    return rmul(upstream, rsub(sigmoid(x), y));
}
