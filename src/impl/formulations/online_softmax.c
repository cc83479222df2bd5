/* L − x_t, L = m + log d from one pass over the row (lse-online)
 *
 * Source: Milakov & Gimelshein 2018 (arXiv 1805.02867, Algorithm 3); Liger's
 *   cross_entropy.py, which subtracts the target last.
 * Bound: that of lse-online, and u·loss: u·|m| as in lse-minus-target.
 * Breaks: as lse-minus-target.  A row that begins with −∞ is NaN. */
#include "impl/formulations.h"

real NAME(online_softmax)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_online)(x, n), x[t]);
}
