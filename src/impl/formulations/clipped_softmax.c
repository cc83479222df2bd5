/* −log clip(q_t, 1e-7, 1 − 1e-7), q = p/Σp, p = softmax(x)
 *
 * Source: Keras categorical_crossentropy on a softmax layer's output
 *   (keras/src/backend): p is divided by its sum, then clipped by
 *   backend.epsilon(), and 1 − epsilon is computed in Python.
 * Bound: inside the clip that of shifted-softmax, and (n + 1)u for q.
 * Breaks: outside the clip the loss stays at 16.1181 (p below 1e-7) or at
 *   1.19e-7 (binary32) and 1.0e-7 (binary64) (p above), whatever x, and the
 *   gradient is 0.  1 − 1e-7 is 1 in binary16 and bfloat16: no clip above.
 *   binary16 takes 2^−23, the nearest subnormal, for 1e-7, bfloat16 1.0012e-7;
 *   they have no constant of their own. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"

real NAME(clipped_softmax)(const real *x, size_t n, size_t t, real *p)
{
    softmax_row(x, n, p);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, p[k]);
    real q = rdiv(p[t], sum_total(&sum));
    return rneg(rlog(rclamp(q, real_constant(1e-7), real_constant(1 - 1e-7))));
}
