/* (1−y)x − (1 + (w−1)y)·logσ(x), logσ(x) = min(0,x) − log1p(e^{−|x|})
 *
 * Source: PyTorch today, binary_cross_entropy_with_logits with pos_weight w
 *   (aten/src/ATen/native/Loss.cpp); every step but log_sigmoid is a kernel of its
 *   own, which stores what it makes.
 * Bound: y = 1: w times log1p(e^{−|x|}) and so to 5u.  y = 0: as
 *   logits-bce-logsigmoid, absolute error up to u·|x| + 3u.
 * Breaks: where logits-bce-logsigmoid does: y = 0, x < 0 cancels; NaN for x = −∞,
 *   and for x = +∞ with y = 1 (0·∞). */
#include "impl/formulations.h"
#include "impl/formulations/softplus.h"

real NAME(logits_bce_pos_weight)(real x, real y, real w)
{
    real one = real_of(1);
    real log_weight = rstore(radd(rstore(rmul(rstore(rsub(w, one)), y)), one));
    real weighted = rstore(rmul(rstore(log_sigmoid(x)), log_weight));
    return rsub(rstore(rmul(rstore(rsub(one, y)), x)), weighted);
}
