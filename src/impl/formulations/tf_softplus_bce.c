/* y·softplus(−x) + (1−y)·softplus(x), 0 for a factor 0; softplus(x) = x (x > −t),
 * e^x (x < t), log1p(e^x), t = ln ε + 2, ε = 2^{1−precision}
 *
 * Source: TensorFlow, softplus (tensorflow/core/kernels/softplus_op.h; t is
 *   computed in the format); the loss as TensorFlow Probability's
 *   Bernoulli.log_prob joins them, by multiply_no_nan.
 * Bound: x < t: e^x for log1p(e^x), relative e^t/2 = e²ε/2 = 7.4u; x > −t: x for x
 *   + log1p(e^{−x}), relative ≤ e²ε/|t| = 14.8u/|t|.  Between, 3u.
 * Breaks: nowhere to 0, ∞ or NaN, ±∞ included; up to 7.4u just inside its
 *   cut-offs, t = −4.93 in binary16, −2.84 in bfloat16 (where that is 3 %), −13.94
 *   in binary32, −34.04 in binary64. */
#include "impl/formulations.h"

static real softplus_with_cutoffs(real x)
{
    double log_epsilon = (1 - REAL_PRECISION) * 0x1.62e42fefa39efp-1 /* ln 2 */;
    real threshold = real_constant(real_value(real_constant(log_epsilon)) + 2);
    if (rless(rneg(threshold), x))
        return x;
    return rstore(rless(x, threshold) ? rexp(x) : rlog1p(rexp(x)));
}

static real multiply_no_nan(real a, real factor)
{
    return real_value(factor) == 0 ? real_of(0) : rmul(a, factor);
}

real NAME(tf_softplus_bce)(real x, real y)
{
    real negative = multiply_no_nan(softplus_with_cutoffs(x), rsub(real_of(1), y));
    return radd(negative, multiply_no_nan(softplus_with_cutoffs(rneg(x)), y));
}
