/* Matrix products by CBLAS: sgemm and dgemm of OpenBLAS, on one thread.
 *
 * Bound: the sum of each entry is taken in an order, and with contractions,
 * that the library chooses for the processor: γ_C·Σ|a·b|, γ_C = Cu/(1 − Cu)
 * (Higham 2002, 3.5), for any of them.
 * Source: Dongarra, Du Croz, Hammarling, Duff, A set of level 3 basic linear
 * algebra subprograms, ACM TOMS 16(1), 1990; OpenBLAS's manual for threads. */
#include "impl/blas.h"

#include "impl/impl.h"

#include <cblas.h>
#include <stdio.h>

/* The engine's threads call it side by side: a product must not start more. */
__attribute__((constructor)) static void use_one_thread(void)
{
    openblas_set_num_threads(1);
}

void blas_multiply_transposed_float(const float *A, const float *B, size_t N, size_t C,
                                    float *product)
{
    blasint n = (blasint)N, c = (blasint)C; /* N² and N·C reals are in memory */
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, n, c, 1, A, c, B, c, 0, product, n);
}

void blas_multiply_transposed_double(const double *A, const double *B, size_t N, size_t C,
                                     double *product)
{
    blasint n = (blasint)N, c = (blasint)C;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, n, c, 1, A, c, B, c, 0, product, n);
}

void impl_blas(char text[IMPL_BLAS_TEXT])
{
    snprintf(text, IMPL_BLAS_TEXT, "%s; kernels for %s", openblas_get_config(),
             openblas_get_corename());
}
