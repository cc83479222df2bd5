/* Σ of clamped-bce, row by row
 *
 * Source: PyTorch, BCELoss(reduction='sum').
 * Bound: every element as clamped-bce, and for the sum that of its order
 *   (impl/sum.h): (NC − 1)u relative from left to right.
 * Breaks: as clamped-bce; a saturated element adds 0 or 100 and no NaN. */
#include "impl/formulations.h"

real NAME(clamped_elementwise_bce)(const real *p, const real *y, size_t N, size_t C)
{
    struct sum sum;
    sum_start(&sum, N * C);
    for (size_t i = 0; i < N * C; i++)
        sum_add(&sum, NAME(clamped_bce)(p[i], y[i]));
    return sum_total(&sum);
}
