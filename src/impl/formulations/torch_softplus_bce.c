/* y·softplus(−x) + (1−y)·softplus(x); softplus(x) = x (x > 20), log1p(e^x)
 *
 * Source: PyTorch, nn.functional.softplus, threshold = 20 whatever the format
 *   (aten/src/ATen/native/cpu/Activation.cpp); the loss as GANs write it
 *   (StyleGAN2: softplus(−real), softplus(fake)).
 * Bound: both terms are ≥ 0, log1p(e^x) to 3u for x ≤ 20 (the error of e^x counts
 *   u/x): 6u relative.  x > 20 leaves out log1p(e^{−x}), relative e^{−x}/x ≤ 1e-10.
 * Breaks: binary64: 9.3e5 u just above 20, down to u at 33 (tvm#20184: 20.1).  The
 *   other formats do not see it.  binary16: e^x overflows in (11.09, 20]: +Inf, or
 *   NaN where 0 multiplies it; PyTorch computes it in binary32.  x = ±∞ with a hard
 *   label of its own side: 0·∞ is NaN. */
#include "impl/formulations.h"

static real softplus_with_threshold(real x)
{
    return rless(real_of(20), x) ? x : rstore(rlog1p(rexp(x)));
}

real NAME(torch_softplus_bce)(real x, real y)
{
    real positive = rmul(y, softplus_with_threshold(rneg(x)));
    return radd(positive, rmul(rsub(real_of(1), y), softplus_with_threshold(x)));
}
