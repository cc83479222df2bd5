/* −((1−y)·log clip(1−p) + y·log clip(p)), clip to [ε, 1−ε], ε = 2^{1−precision}
 *
 * Source: scikit-learn from 1.3 on, metrics.log_loss: ε = finfo(dtype).eps, and
 *   1 − p is made before both are clipped; its xlogy is a product here, as no
 *   logarithm is infinite.  bfloat16, which NumPy lacks: ml_dtypes' finfo, 2^−7.
 * Bound: inside the clip that of prob-bce.
 * Breaks: the loss lies between −log(1 − ε) ≈ ε and −log ε, whatever p: 6.93 in
 *   binary16, 4.85 in bfloat16, 15.94 in binary32, 36.04 in binary64.  In bfloat16
 *   that is every p below 1/128. */
#include "impl/formulations.h"

real NAME(clipped_bce_eps)(real p, real y)
{
    double eps = ldexp(1, 1 - REAL_PRECISION);
    real one = real_of(1), low = real_of(eps), high = real_of(1 - eps);
    real negative = rmul(rsub(one, y), rlog(rclamp(rsub(one, p), low, high)));
    real positive = rmul(y, rlog(rclamp(p, low, high)));
    return rneg(radd(negative, positive));
}
