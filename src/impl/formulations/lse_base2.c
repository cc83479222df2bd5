/* m + log Σ 2^{(x_k−m)·log₂e}, m = max x_k
 *
 * Source: kernels on GPUs, whose one exponential instruction is 2^x: Triton's
 *   exp as Liger uses it, __expf of CUDA.  The log that follows is the natural
 *   one (FlashAttention-2, csrc/flash_attn/src/softmax.h: __logf).
 *   FlashAttention-2 itself subtracts m·log₂e in an FMA.
 * Bound: each exponential has relative error ≤ (1 + 3|x_k − m|)u: the
 *   difference, log₂e and the product are rounded; otherwise lse-shifted.
 * Breaks: as lse-shifted.  The nearest number to log₂e is off by 2^−12.2 of it
 *   in binary16, 2^−9.1 in bfloat16: e^{−5} is 0.9 % off there before any
 *   operation. */
#include "impl/formulations.h"

real NAME(lse_base2)(const real *x, size_t n)
{
    real m = x[argmax(x, n)], log2_e = real_constant(0x1.71547652b82fep+0);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp2(rmul(rsub(x[k], m), log2_e)));
    return radd(m, rlog(sum_total(&sum)));
}
