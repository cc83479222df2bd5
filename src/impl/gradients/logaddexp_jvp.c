/* ∂/∂x = g·(1−y)·s(x) − g·y·s(−x), s(x) = e^{x − softplus(x)} = σ(x)
 *
 * Source: JAX, the custom derivative of logaddexp (jax/_src/numpy/ufuncs.py,
 *   _logaddexp_jvp, +∞ replaced by 0), under optax sigmoid_binary_cross_entropy.
 * Bound: the exponent is rounded twice at the size of |x|: s(x) to (3|x| + 2)u
 *   relative for x < 0, to 4u for x > 0.  No difference cancels for a hard label:
 *   y = 1, x ≫ 0 is −e^{−x}.
 * Breaks: nowhere: 0 only where e^{−|x|} is, ±∞ give their limits. */
#include "impl/formulations.h"
#include "impl/formulations/softplus.h"

static real without_infinity(real x)
{
    return rless(x, real_of(INFINITY)) || isnan(real_value(x)) ? x : real_of(0);
}

static real softplus_jvp(real x)
{
    return rexp(rsub(without_infinity(x), without_infinity(softplus(x))));
}

real NAME(logaddexp_jvp)(real x, real y, real upstream)
{
    real positive = rmul(rmul(upstream, y), softplus_jvp(rneg(x)));
    real negative = rmul(rmul(upstream, rsub(real_of(1), y)), softplus_jvp(x));
    return rsub(negative, positive);
}
