/* −log(e^{x_t−m} / Σ e^{x_k−m}), m = max x_k
 *
 * Source: log(softmax(x)) as users write it on any framework's softmax;
 *   OpenCV, transformers.js.
 * Bound: while e^{x_t−m} is normal (x_max − x_t < 87.33 binary32, 708.39
 *   binary64) p has relative error ≤ (n + 2 + 2(x_max − x_min))u (Blanchard,
 *   Higham & Higham 2021, softmax shifted), the loss that absolute error and
 *   u·loss.
 * Breaks: e^{x_t−m} underflows when the target is far behind (103.97 binary32,
 *   745.13 binary64): p = 0, +Inf where the loss is about that gap; with few
 *   bits left before that.  A target ahead by about p·ln 2 gives p = 1: false
 *   0. */
#include "impl/formulations.h"

real NAME(shifted_softmax)(const real *x, size_t n, size_t t)
{
    real m = x[argmax(x, n)];
    struct sum sum = sum_start(n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    real p = rstore(rdiv(rexp(rsub(x[t], m)), sum_total(&sum)));
    return rneg(rlog(p));
}
