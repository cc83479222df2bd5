/* c = clip(p, 1e-7, 1 − 1e-7); ∂/∂p = g·((1−y)/(1−c) − y/c), 0 where p was clipped
 *
 * Source: Keras 3 on TensorFlow: the gradients of log, and of clip_by_value, which
 *   is a mask.
 * Bound: 4u relative for a hard label, with 1 − c rounded: u/(1 − c) more.
 * Breaks: exactly 0 outside the clip, where the derivative is ±1 for the right
 *   label and beyond 1e7 for the wrong one.  binary16 and bfloat16 round 1 − 1e-7
 *   to 1 and do not clip there: p = 1 is 0/0 = NaN with y = 1. */
#include "impl/formulations.h"

real NAME(clipped_bce_backward)(real p, real y, real upstream)
{
    real one = real_of(1), low = real_constant(1e-7), high = real_constant(1 - 1e-7);
    if (rless(p, low) || rless(high, p))
        return real_of(0);
    real positive = rdiv(rmul(upstream, y), p);
    real negative = rdiv(rmul(upstream, rsub(one, y)), rsub(one, p));
    return rsub(negative, positive);
}
