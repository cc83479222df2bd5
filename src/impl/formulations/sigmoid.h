/* σ(x) = 1/(1 + e^{−x})
 *
 * Source: the textbook; the scalar kernels of PyTorch (BinaryOps and
 *   UnaryOpsKernel.cpp, sigmoid).
 * Bound: 3u relative while e^{−x} is finite: exp, 1 + e^{−x}, ÷.
 * Breaks: 1 from x = p·ln 2 on (binary16 7.62, bfloat16 5.55, binary32 16.64,
 *   binary64 36.74).  0 where e^{−x} overflows: x < −11.09 in binary16, −88.72 in
 *   bfloat16 and binary32, −709.78 in binary64; the format could hold σ(x) ≈ e^{x}
 *   down to −17.33, −92.88, −103.97 and −745.13. */
#ifndef XULP_IMPL_FORMULATIONS_SIGMOID_H
#define XULP_IMPL_FORMULATIONS_SIGMOID_H

#include "impl/real.h"

static inline real sigmoid(real x)
{
    real one = real_of(1);
    return rdiv(one, radd(one, rexp(rneg(x))));
}

#endif
