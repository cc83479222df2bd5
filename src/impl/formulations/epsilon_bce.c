/* −y·log(p + ε) − (1−y)·log((1−p) + ε), ε = 1e-7
 *
 * Source: TensorFlow.js, losses.logLoss (tfjs-core/src/ops/losses/log_loss.ts);
 *   TensorFlow, compat.v1.losses.log_loss; Keras 2, behind its clip.
 * Bound: that of prob-bce for −y·log(p + ε) − …, which differs from the loss by
 *   about y·ε/p + (1−y)·ε/(1−p).
 * Breaks: p → 0 and p → 1: 16.118 is the greatest loss.  binary32: p =
 *   1 − 2^−23, y = 0 gives 15.333 for 15.942 (keras#15249).  A certain, right p
 *   gives −log(1 + ε) < 0, in binary16 and bfloat16 0, as 1 + ε rounds to 1. */
#include "impl/formulations.h"

real NAME(epsilon_bce)(real p, real y)
{
    real one = real_of(1), epsilon = real_constant(1e-7);
    real positive = rmul(y, rlog(radd(p, epsilon)));
    real negative = rmul(rsub(one, y), rlog(radd(rsub(one, p), epsilon)));
    return rsub(rneg(positive), negative);
}
