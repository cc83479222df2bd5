/* −Σ (y log p + (1−y) log(1−p)), row by row
 *
 * Source: the sum that the article's trace equals in exact arithmetic.
 * Bound: every element as prob-bce, and for the sum of terms of one sign that of
 *   its order (impl/sum.h): (NC − 1)u relative from left to right.
 * Breaks: as prob-bce; one saturated element makes the whole batch NaN.  A sum
 *   from left to right in a 16-bit accumulator stops growing once the terms are
 *   below half its ulp. */
#include "impl/formulations.h"

real NAME(elementwise_bce)(const real *p, const real *y, size_t N, size_t C)
{
    struct sum sum;
    sum_start(&sum, N * C);
    for (size_t i = 0; i < N * C; i++)
        sum_add(&sum, NAME(prob_bce)(p[i], y[i]));
    return sum_total(&sum);
}
