/* L − x_t, L merged from pairs by max + log1p(e^−|δ|) (lse-logaddexp)
 *
 * Source: cut-cross-entropy.
 * Bound: absolute error ≤ (n − 1)(max|l| + 1.3)u + u·loss, l the partial
 *   results: every merge is rounded at the size of m.
 * Breaks: false 0 once what the others add is below half an ulp of m, one by
 *   one: 1000 classes 17 behind vanish in binary32 where their sum would not. */
#include "impl/formulations.h"

real NAME(logaddexp_lse)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_logaddexp)(x, n), x[t]);
}
