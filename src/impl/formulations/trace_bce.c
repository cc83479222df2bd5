/* −trace(Y·log(P)ᵀ + (1−Y)·log(1−P)ᵀ)
 *
 * Source: the article's hand-written line.  Both N×N products are really
 *   formed, each entry a sum over the C columns from left to right; they are
 *   added entry by entry, and the diagonal is summed from the top.
 * Bound: as elementwise-bce, for the diagonal is the same sum in another
 *   order; the N² − N other entries are computed and thrown away.
 * Breaks: as prob-bce, and one saturated element, 0·(−∞) on the diagonal,
 *   makes the whole batch NaN. */
#include "impl/formulations.h"

/* product = A·Bᵀ; A and B are N×C, product is N×N. */
static void multiply_transposed(const real *A, const real *B, size_t N, size_t C, real *product)
{
#ifdef CARRIER_MULTIPLY_TRANSPOSED /* the platform's, math_blas.h: a real is one carrier */
    CARRIER_MULTIPLY_TRANSPOSED(&A->value, &B->value, N, C, &product->value);
#else
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            real sum = rmul(A[i * C], B[j * C]);
            for (size_t c = 1; c < C; c++)
                sum = radd(sum, rmul(A[i * C + c], B[j * C + c]));
            product[i * N + j] = sum;
        }
#endif
}

real NAME(trace_bce)(const real *p, const real *y, size_t N, size_t C, real *memory)
{
    real *logs = memory, *weights = logs + N * C;
    real *positive = weights + N * C, *negative = positive + N * N;
    real one = real_of(1);

    for (size_t i = 0; i < N * C; i++)
        logs[i] = rlog(p[i]);
    multiply_transposed(y, logs, N, C, positive);
    for (size_t i = 0; i < N * C; i++) {
        weights[i] = rsub(one, y[i]);
        logs[i] = rlog(rsub(one, p[i]));
    }
    multiply_transposed(weights, logs, N, C, negative);
    for (size_t i = 0; i < N * N; i++)
        positive[i] = radd(positive[i], negative[i]);

    real trace = positive[0];
    for (size_t i = 1; i < N; i++)
        trace = radd(trace, positive[i * N + i]);
    return rneg(trace);
}
