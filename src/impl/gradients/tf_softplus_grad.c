/* ∂/∂x = g·(1−y)/(e^{−x} + 1) − g·y/(e^{x} + 1)
 *
 * Source: TensorFlow, SoftplusGrad (tensorflow/core/kernels/softplus_op.h), under
 *   tf-softplus-bce.
 * Bound: 5u relative for a hard label: nothing cancels.
 * Breaks: 0 where e^{|x|} overflows, |x| > 11.09 in binary16, 88.72 in bfloat16 and
 *   binary32, 709.78 in binary64, a little before e^{−|x|} itself is 0. */
#include "impl/formulations.h"

static real tf_softplus_grad_one(real x, real upstream)
{
    return rstore(rdiv(upstream, radd(rexp(rneg(x)), real_of(1))));
}

real NAME(tf_softplus_grad)(real x, real y, real upstream)
{
    real negative = tf_softplus_grad_one(x, rmul(upstream, rsub(real_of(1), y)));
    return rsub(negative, tf_softplus_grad_one(rneg(x), rmul(upstream, y)));
}
