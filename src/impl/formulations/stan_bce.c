/* n = (2y−1)x, y ∈ {0, 1}: e^{−n} (n > 20), −n (n < −20), log1p(e^{−n})
 *
 * Source: Stan, bernoulli_logit_lpmf (stan/math/prim/prob/
 *   bernoulli_logit_lpmf.hpp), cutoff = 20 whatever the format.  Binary64 would
 *   take p·ln 2 = 36.74 for the upper one.
 * Bound: 2u relative in the middle.  n > 20: e^{−n} for log1p(e^{−n}), relative
 *   e^{−n}/2 ≤ 1.1e-9.  n < −20: e^{−|n|}/|n| relative, ≤ 1.1e-10.
 * Breaks: binary64: the relative error is 9.3e6 u at n = 20 and 9.3e5 u at −20 and
 *   falls to u at 36 and −33.  The other formats do not see it.  binary16: e^{−n}
 *   overflows for n in [−20, −11.09): +Inf.  A soft label it takes for a scale:
 *   y = ½ gives ln 2 whatever x (Stan refuses it). */
#include "impl/formulations.h"

real NAME(stan_bce)(real x, real y)
{
    real n = rmul(rsub(rmul(real_of(2), y), real_of(1)), x);
    if (rless(real_of(20), n))
        return rexp(rneg(n));
    if (rless(n, real_of(-20)))
        return rneg(n);
    return rlog1p(rexp(rneg(n)));
}
