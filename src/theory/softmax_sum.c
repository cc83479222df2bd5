/* How far the components of a computed softmax, each by itself, can add up from 1:
 * since the exact ones add up to 1, |Σ_t f_t − 1| = |Σ_t (f_t − p_t)| ≤ Σ_t bound_t,
 * bound_t the proven bound of component t (bounds.c).  The sum of up to 2^20 of them
 * is rounded in binary64, which the slack of 2^−20 covers. */
#include "theory/model.h"

#include <math.h>

double theory_softmax_sum_bound(size_t f, const struct format *format,
                                const struct input_case *input)
{
    struct theory_row row = theory_row(input);
    double sum = 0;
    if (!row.there)
        return NAN;
    for (size_t t = 0; t < row.n; t++) {
        row.target = input->values[t];
        sum += theory_bound(f, format, &row, model_softmax_p(&row)).proven;
    }
    return sum * (1 + 0x1p-20);
}
