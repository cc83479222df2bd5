/* −Σ (y log p + (1−y) log(1−p)), row by row
 *
 * Source: the sum that the article's trace equals in exact arithmetic; PyTorch
 *   BCELoss(reduction='sum') without its clamp.
 * Bound: every element as prob-bce, and (NC − 1)u relative for the sum of
 *   terms of one sign (Higham 2002, section 4.2).
 * Breaks: as prob-bce; one saturated element makes the whole batch NaN. */
#include "impl/formulations.h"

real NAME(elementwise_bce)(const real *p, const real *y, size_t N, size_t C)
{
    real one = real_of(1);
    struct sum sum = sum_start(N * C);
    for (size_t i = 0; i < N * C; i++) {
        real positive = rmul(y[i], rlog(p[i]));
        real negative = rmul(rsub(one, y[i]), rlog(rsub(one, p[i])));
        sum_add(&sum, radd(positive, negative));
    }
    return rneg(sum_total(&sum));
}
