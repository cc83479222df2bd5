/* c = clip(p, 1e-15, 1 − 1e-15); −(y log c + (1−y) log(1−c))
 *
 * Source: scikit-learn up to 1.2, metrics.log_loss with eps = 1e-15 in every
 *   format.  It clips p and then makes 1 − c; its division of both by their sum is
 *   left out, for c + fl(1 − c) rounds to 1.
 * Bound: inside the clip that of prob-bce.
 * Breaks: binary64: ceilings 34.539 (p → 0) and 34.540 (p → 1).  binary32,
 *   bfloat16, binary16: 1 − 1e-15 rounds to 1, so that p = 1 is not clipped: NaN
 *   with y = 1, +Inf with y < 1 (scikit-learn#24315).  binary16 rounds 1e-15 to 0:
 *   p = 0 is not clipped either, and is NaN with y = 0. */
#include "impl/formulations.h"

real NAME(clipped_bce_1e_15)(real p, real y)
{
    return NAME(prob_bce)(rclamp(p, real_constant(1e-15), real_constant(1 - 1e-15)), y);
}
