/* −trace(Y·log(P)ᵀ + (1−Y)·log(1−P)ᵀ)
 *
 * Source: the article's hand-written line.  Both N×N products are really
 *   formed; they are added entry by entry, and the diagonal is summed.  Its
 *   .float() stands after the logarithms: 1 − p and both logarithms are stored in
 *   the model's format, and only the products and sums are wider where a format
 *   is mixed.
 * Bound: as elementwise-bce, for the diagonal is the same sum in another order;
 *   in a mixed format 1 − p and the logarithms have the u of the storage.  The
 *   N² − N other entries are computed and thrown away.
 * Breaks: as prob-bce (mixed formats: as their storage), and one saturated
 *   element, 0·(−∞) on the diagonal, makes the whole batch NaN.  A NaN elsewhere
 *   is dropped with its entry.  Backward the dropped entries pass on 0 times a
 *   label, which is finite; the gradient is NaN where prob-bce's is: 0/0 at
 *   p = y ∈ {0, 1}. */
#include "impl/formulations.h"

/* product = A·Bᵀ; A and B are N×C, product is N×N. */
static void multiply_transposed(const real *A, const real *B, size_t N, size_t C, real *product)
{
#ifdef CARRIER_MULTIPLY_TRANSPOSED /* the platform's, math_blas.h: a real is one carrier */
    CARRIER_MULTIPLY_TRANSPOSED(&A->value, &B->value, N, C, &product->value);
#else
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            struct sum sum;
            sum_start(&sum, C);
            for (size_t c = 0; c < C; c++)
                sum_add(&sum, rmul(A[i * C + c], B[j * C + c]));
            product[i * N + j] = sum_total(&sum);
        }
#endif
}

/* Σ M_ii; the chain rule gives every other entry the derivative 0. */
static real trace(const real *M, size_t N)
{
    struct sum sum;
    sum_start(&sum, N);
    for (size_t i = 0; i < N; i++) {
        real kept = M[i * N + i];
        for (size_t j = 0; j < N; j++)
            if (j != i)
                kept = rpick(kept, M[i * N + j]);
        sum_add(&sum, kept);
    }
    return sum_total(&sum);
}

real NAME(trace_bce)(const real *p, const real *y, size_t N, size_t C, real *memory)
{
    real *logs = memory, *weights = logs + N * C;
    real *positive = weights + N * C, *negative = positive + N * N;
    real one = real_of(1);

    for (size_t i = 0; i < N * C; i++)
        logs[i] = rstore(rlog(p[i]));
    multiply_transposed(y, logs, N, C, positive);
    for (size_t i = 0; i < N * C; i++) {
        weights[i] = rstore(rsub(one, y[i]));
        logs[i] = rstore(rlog(rstore(rsub(one, p[i]))));
    }
    multiply_transposed(weights, logs, N, C, negative);
    for (size_t i = 0; i < N * N; i++)
        positive[i] = radd(positive[i], negative[i]);
    return rneg(trace(positive, N));
}
