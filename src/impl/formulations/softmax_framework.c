/* e^{x_t−m} / Σ e^{x_k−m}, m = max x_k, the sum in the order of the classes
 *
 * Source: softmax of PyTorch, JAX, TensorFlow, SciPy; OpenCV.
 * Bound: relative error ≤ (n + 2 + 2(x_max − x_min))u (Blanchard, Higham &
 *   Higham 2021, theorem 4.3) while e^{x_t−m} is normal (x_max − x_t below 9.70
 *   in binary16, 87.34 in bfloat16 and binary32, 708.40 in binary64).
 * Breaks: e^{x_t−m} is subnormal beyond that and 0 beyond 17.33, 92.88
 *   (bfloat16), 103.97 (binary32), 745.13.  Many equal numbers, left to right:
 *   the sum stops at 2^p, p is 1/256 at least in bfloat16, 1/2048 in binary16.
 *   ∞ − ∞ makes NaN of a row whose maximum is infinite. */
#include "impl/formulations.h"

real NAME(softmax_framework)(const real *x, size_t n, size_t t)
{
    real m = x[argmax(x, n)], numerator = real_of(0);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++) {
        real e = rexp(rsub(x[k], m));
        sum_add(&sum, e);
        if (k == t)
            numerator = e;
    }
    return rdiv(numerator, sum_total(&sum));
}
