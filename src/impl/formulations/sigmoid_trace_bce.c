/* p = 1/(1 + e^{−x}), then −trace(y·log(p)ᵀ + (1−y)·log(1−p)ᵀ)
 *
 * Source: the article's line behind a sigmoid, on a batch of one.
 * Bound, Breaks: those of sigmoid-bce; in mixed formats 1 − p and the logarithms
 *   are stored in 16 bits too, so that y = 0 is a false 0 from −8.32 (binary16)
 *   and −6.24 (bfloat16) on. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(sigmoid_trace_bce)(real x, real y)
{
    real p = rstore(sigmoid(x));
    real memory[4]; /* 2·N·C + 2·N·N with N = C = 1 */
    return NAME(trace_bce)(&p, &y, 1, 1, memory);
}
