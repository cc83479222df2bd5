/* (y−1)·log1p(−p) − y·log p
 *
 * Source: the textbook, by a writer who knows log1p; PyTorch BCELoss without its
 *   clamp.
 * Bound: log1p(−p) and log p are good to half an ulp, and both terms are ≥ 0:
 *   4u relative (1 − y, logarithm, product, sum).
 * Breaks: p = 0 with y = 0 and p = 1 with y = 1: 0·(−∞) is NaN where the limit is
 *   0.  Every other p in [0, 1] is within the bound, in every format. */
#include "impl/formulations.h"

real NAME(log1p_bce)(real p, real y)
{
    real negative = rmul(rsub(y, real_of(1)), rlog1p(rneg(p)));
    return rsub(negative, rmul(y, rlog(p)));
}
