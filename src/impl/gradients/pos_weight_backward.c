/* t = w·y; ∂/∂x = g·((t + 1 − y)·σ(x) − t)
 *
 * Source: PyTorch, binary_cross_entropy_with_logits_backward with pos_weight w
 *   (torch/csrc/autograd/FunctionsManual.cpp; Loss.cpp in 1.x).
 * Bound: absolute error ≤ w·6u for y = 1.
 * Breaks: as sigmoid_minus_label: y = 1, w·σ − w is 0 from x = p·ln 2 on, where the
 *   exact value is −w·e^{−x}.  w beyond 1/u: t + 1 rounds. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(pos_weight_backward)(real x, real y, real w, real upstream)
{
    real t = rmul(w, y);
    real scale = rsub(radd(t, real_of(1)), y);
    return rmul(rsub(rmul(scale, sigmoid(x)), t), upstream);
}
