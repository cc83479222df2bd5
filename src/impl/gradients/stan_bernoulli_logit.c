/* n = s·x, s = 2y − 1, y ∈ {0, 1}; ∂/∂x = −g·d, d = −e^{−n} (n > 20),
 * s·e^{−n}/(e^{−n} + 1) (n ≥ −20), s
 *
 * Source: Stan, bernoulli_logit_lpmf (stan/math/prim/prob/
 *   bernoulli_logit_lpmf.hpp), its partials; the loss is minus the log-probability.
 * Bound: 5u relative for |n| ≤ 20; for n < −20 e^{n} ≤ 2.1e-9 is left out.
 * Breaks: n > 20: the derivative of the log-probability is s·e^{−n}, and the code
 *   has −e^{−n}: the wrong sign for y = 1, from x = 20 on in every format that
 *   holds e^{−20} (binary16 gives 0).  binary16: e^{−n} overflows for n in
 *   [−20, −11.09): ∞/∞ is NaN. */
#include "impl/formulations.h"

static real stan_partial(real n, real s)
{
    if (rless(real_of(20), n))
        return rneg(rexp(rneg(n)));
    if (rless(n, real_of(-20)))
        return s;
    real e = rexp(rneg(n));
    return rdiv(rmul(s, e), radd(e, real_of(1)));
}

real NAME(stan_bernoulli_logit)(real x, real y, real upstream)
{
    real s = rsub(rmul(real_of(2), y), real_of(1));
    return rneg(rmul(upstream, stan_partial(rmul(s, x), s)));
}
