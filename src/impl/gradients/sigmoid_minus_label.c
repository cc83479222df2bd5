/* ∂/∂x = g·(σ(x) − y), σ(x) = 1/(1 + e^{−x})
 *
 * Source: the textbook; PyTorch binary_cross_entropy_with_logits without
 *   pos_weight and TensorFlow up to their σ.
 * Bound: σ has relative error 3u while e^{−x} is finite, so the difference has
 *   absolute error 3u + u·|σ − y|.
 * Breaks: y = 1: 0 once σ rounds to 1, from x = p·ln 2 on, where the exact value
 *   is −e^{−x}. */
#include "impl/formulations.h"

real NAME(sigmoid_minus_label)(real x, real y, real upstream)
{
    real one = real_of(1);
    real sigmoid = rdiv(one, radd(one, rexp(rneg(x))));
    return rmul(upstream, rsub(sigmoid, y));
}
