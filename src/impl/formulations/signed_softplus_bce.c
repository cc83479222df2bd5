/* softplus((1−2y)x), y ∈ {0, 1}
 *
 * Source: the logistic loss with labels ±1, log(1 + e^{−yx}), as logistic
 *   regression writes it (Hastie, Tibshirani & Friedman 2009, 10.6), by
 *   logaddexp(0, ·).
 * Bound: (1−2y)x is exact, so 3u relative while e^{−|x|} is normal.
 * Breaks: nowhere for a hard label, ±∞ included.  A soft label it takes for a
 *   scale: y = ½ gives ln 2 whatever x, where the loss is softplus(x) − x/2. */
#include "impl/formulations.h"
#include "impl/formulations/softplus.h"

real NAME(signed_softplus_bce)(real x, real y)
{
    return softplus(rmul(rsub(real_of(1), rmul(real_of(2), y)), x));
}
