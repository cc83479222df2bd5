/* The elementary functions of the machine's own libm, and matrix products by
 * its BLAS. */
#ifndef XULP_IMPL_MATH_BLAS_H
#define XULP_IMPL_MATH_BLAS_H

#include "impl/blas.h"
#include "impl/math_libm.h"

/* Read by src/impl/formulations/trace_bce.c: product = A·Bᵀ. */
#define CARRIER_MULTIPLY_TRANSPOSED(A, B, N, C, product) \
    _Generic(*(product), float                           \
             : blas_multiply_transposed_float, double    \
             : blas_multiply_transposed_double)(A, B, N, C, product)

#endif
