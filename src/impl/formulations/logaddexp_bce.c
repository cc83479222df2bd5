/* −y·logσ(x) − (1−y)·logσ(−x), logσ(x) = −softplus(−x), softplus = logaddexp(·, 0)
 *
 * Source: JAX and optax, sigmoid_binary_cross_entropy with jax.nn.log_sigmoid.
 * Bound: both terms are ≥ 0 and to 5u relative, so the loss is to 6u, for every
 *   finite x and every label, while e^{−|x|} is normal.
 * Breaks: x = ±∞ with a hard label of its own side: 0·∞ is NaN where the limit
 *   is 0. */
#include "impl/formulations.h"
#include "impl/formulations/softplus.h"

real NAME(logaddexp_bce)(real x, real y)
{
    real log_p = rneg(softplus(rneg(x))), log_not_p = rneg(softplus(x));
    return rsub(rmul(rneg(y), log_p), rmul(rsub(real_of(1), y), log_not_p));
}
