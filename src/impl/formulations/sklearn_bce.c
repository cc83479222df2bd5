/* log1pexp(x) − y·x; log1pexp(x) = e^x (x ≤ −37), log1p(e^x) (≤ −2),
 * log(1 + e^x) (≤ 18), x + e^{−x} (≤ 33.3), x
 *
 * Source: scikit-learn from 1.2 on, half-binomial loss (sklearn/_loss/
 *   _loss.pyx.tp).  It computes in binary64 whatever the data's format; here the
 *   same cut-offs stand in every format.
 * Bound: as log1pexp-bce, but 1 + e^x is rounded: log(1 + e^x) has absolute error
 *   u + u·log(1 + e^x), relative up to 8u just above x = −2.
 * Breaks: as log1pexp-bce: y = 1 cancels for x > 0, binary16 overflows in
 *   (11.09, 18], NaN for x = +∞, and for
 *   x = −∞ with y = 0. */
#include "impl/formulations.h"

static real log1pexp_sklearn(real x)
{
    if (!rless(real_of(-37), x))
        return rexp(x);
    if (!rless(real_of(-2), x))
        return rlog1p(rexp(x));
    if (!rless(real_of(18), x))
        return rlog(radd(real_of(1), rexp(x)));
    if (!rless(real_constant(33.3), x))
        return radd(x, rexp(rneg(x)));
    return x;
}

real NAME(sklearn_bce)(real x, real y)
{
    return rsub(log1pexp_sklearn(x), rmul(y, x));
}
