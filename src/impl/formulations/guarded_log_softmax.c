/* fused-log-softmax, soft targets of 0 left out of Σ q_j·(−l_j)
 *
 * Source: optax safe_softmax_cross_entropy: where(q ≠ 0, q·l, 0), written for
 *   optax#896; the signature leaves the classes out.
 * Bound, Breaks: those of fused-log-softmax for every class; 0·(−∞) makes no
 *   NaN of a logit −∞ whose soft target is 0. */
#include "impl/formulations.h"

real NAME(guarded_log_softmax)(const real *x, size_t n, size_t t)
{
    return NAME(fused_log_softmax)(x, n, t);
}
