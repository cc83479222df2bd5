/* log1pexp(x) − y·x; log1pexp(x) = e^x (x ≤ −37), log1p(e^x) (≤ 18),
 * x + e^{−x} (≤ 33.3), x
 *
 * Source: M. Mächler, Accurately computing log(1 − exp(−|a|)), 2012, (10);
 *   scikit-learn 1.1, half-binomial loss (sklearn/_loss/_loss.pyx.tp).  The
 *   cut-offs are those of binary64 whatever the format; other formats would have
 *   −p·ln 2, (p−1)·ln 2/2 and the root of e^{−x} = u·x (logexpfunctions-bce).
 * Bound: log1pexp to 3u relative.  For y = 0 that is the loss; for y = 1
 *   log1pexp(x) − x cancels for x > 0: absolute error 2u·x.
 * Breaks: y = 1: false 0 once e^{−x} is below half an ulp of x: from 6.24 in
 *   binary16, 4.16 in bfloat16, 14.6 in binary32, 33.3 in binary64 on (in the
 *   formats of 16 bits at single x before).  binary16:
 *   e^x overflows in (11.09, 18]: +Inf.  x = +∞: ∞ − ∞ or 0·∞ is NaN with y = 1
 *   and y = 0; x = −∞ with y = 0: 0·∞. */
#include "impl/formulations.h"

static real log1pexp(real x)
{
    if (!rless(real_of(-37), x))
        return rexp(x);
    if (!rless(real_of(18), x))
        return rlog1p(rexp(x));
    if (!rless(real_constant(33.3), x))
        return radd(x, rexp(rneg(x)));
    return x;
}

real NAME(log1pexp_bce)(real x, real y)
{
    return rsub(log1pexp(x), rmul(y, x));
}
