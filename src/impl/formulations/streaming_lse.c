/* L − x_t, L = m + log1p(r) from one pass over the row (lse-streaming)
 *
 * Source: users of LogExpFunctions.jl's logsumexp.
 * Bound: that of lse-streaming, and u·loss: u·|m| as in lse-minus-target.
 * Breaks: false 0 once log1p(r) is below half an ulp of m, as
 *   log1p-lse-minus-target. */
#include "impl/formulations.h"

real NAME(streaming_lse)(const real *x, size_t n, size_t t)
{
    return rsub(NAME(lse_streaming)(x, n), x[t]);
}
