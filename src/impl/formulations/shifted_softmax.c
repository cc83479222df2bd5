/* −log p_t, p_t = e^{x_t−m} / Σ e^{x_k−m}, m = max x_k
 *
 * Source: log(softmax(x)[t]) as users write it on any framework's softmax;
 *   OpenCV, transformers.js.
 * Bound: while e^{x_t−m} is normal (x_max − x_t below 9.70 binary16, 87.34
 *   bfloat16 and binary32, 708.40 binary64) p has relative error
 *   ≤ (n + 2 + 2(x_max − x_min))u (Blanchard, Higham & Higham 2021, theorem
 *   4.3), the loss that absolute error and u·loss.
 * Breaks: e^{x_t−m} underflows when the target is far behind (17.33 binary16,
 *   92.88 bfloat16, 103.97 binary32, 745.13 binary64): p = 0, +Inf where the
 *   loss is about that gap; few bits are left before that.  The chain rule's
 *   1/p_t overflows from 11.09, 88.72 (both), 709.78 on: NaN though the loss
 *   is finite.  A target ahead by about p·ln 2 gives p = 1: false 0. */
#include "impl/formulations.h"

real NAME(shifted_softmax)(const real *x, size_t n, size_t t)
{
    real p = rstore(NAME(softmax_framework)(x, n, t));
    return rneg(rlog(p));
}
