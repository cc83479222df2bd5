/* (y−1)·max(log1p(−p), −100) − y·max(log p, −100)
 *
 * Source: PyTorch, BCELoss (aten/src/ATen/native/Loss.cpp,
 *   binary_cross_entropy_out_cpu; log(1 − p) in the place of log1p(−p) before
 *   version 2).  The same −100 in every format.
 * Bound: 4u relative where neither logarithm is clamped.
 * Breaks: p = 0 with y > 0, p = 1 with y < 1: a finite loss, 100·y or 100·(1−y),
 *   where the exact one is +∞.  p below e^{−100} = 3.7e-44, which binary64 and
 *   the subnormals of binary32 hold: 100·y where the loss goes on to 103.28·y in
 *   binary32 and 744.44·y in binary64.  binary16 and bfloat16 hold no such p (log p ≥
 *   −16.64 and −92.19), so that there only p = 0 and 1 are clamped.  0·(−∞) does
 *   not arise. */
#include "impl/formulations.h"

real NAME(clamped_bce)(real p, real y)
{
    real least = real_of(-100);
    real log_other = rmax(rlog1p(rneg(p)), least), log_p = rmax(rlog(p), least);
    return rsub(rmul(rsub(y, real_of(1)), log_other), rmul(y, log_p));
}
