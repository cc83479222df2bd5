/* −((x_t − m) − log Σ e^{x_k−m}), m = max x_k
 *
 * Source: PyTorch's CrossEntropyLoss on the CPU, JAX (which stops the gradient
 *   at m), ONNX Runtime; the order (x_t − m) first is pinned by a comment in
 *   PyTorch's kernel.
 * Bound: no exp overflows and the sum is at least 1, so the absolute error is
 *   ≤ (n + 2 + max |x_k − m| e^{x_k−m})u + 2u·|x_t − m| + u·loss to first order.
 * Breaks: a confident, right answer: once the other terms no longer change a
 *   sum that has reached 1, its log is 0: false 0 from a gap of p·ln 2 on where
 *   the maximum comes first, up to ln(n−1) later where it comes last and the
 *   others have added up before it.  p·ln 2 is 7.62 in binary16, 5.55 in
 *   bfloat16, 16.64 in binary32, 36.74 in binary64. */
#include "impl/formulations.h"

real NAME(fused_log_softmax)(const real *x, size_t n, size_t t)
{
    real m = rdetach(x[argmax(x, n)]);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    return rneg(rsub(rsub(x[t], m), rlog(sum_total(&sum))));
}
