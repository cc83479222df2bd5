/* The machine's BLAS, for the math `blas`: the one place that reaches it. */
#ifndef XULP_IMPL_BLAS_H
#define XULP_IMPL_BLAS_H

#include <stddef.h>

/* product = A·Bᵀ: A and B are N×C, product is N×N, row-major; N, C ≥ 1. */
void blas_multiply_transposed_float(const float *A, const float *B, size_t N, size_t C,
                                    float *product);
void blas_multiply_transposed_double(const double *A, const double *B, size_t N, size_t C,
                                     double *product);

#endif
