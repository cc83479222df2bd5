/* −(y log p + (1−y) log(1−p))
 *
 * Source: the textbook.
 * Bound: with y = 1, log p is good to half an ulp.  With y = 0, 1 − p is
 *   rounded (exact for p ≥ ½): absolute error ≤ (u/2)/(1−p) + u·loss, so that a
 *   loss p of a few u or less is lost.
 * Breaks: p ≤ u/2 with y = 0: 1 − p rounds to 1, false 0: p ≤ 2^−12 in binary16,
 *   2^−9 in bfloat16, 2^−25 in binary32, 2^−54 in binary64.  p = 0 or 1 with its
 *   own hard label: 0·(−∞) is NaN where the limit is 0. */
#include "impl/formulations.h"

real NAME(prob_bce)(real p, real y)
{
    real one = real_of(1);
    real positive = rmul(y, rlog(p));
    real negative = rmul(rsub(one, y), rlog(rsub(one, p)));
    return rneg(radd(positive, negative));
}
