/* p = 1/(1 + e^{−x}), then −trace(y·log(p)ᵀ + (1−y)·log(1−p)ᵀ)
 *
 * Source: the article's line behind a sigmoid, on a batch of one.
 * Bound, Breaks: those of sigmoid-bce. */
#include "impl/formulations.h"

real NAME(sigmoid_trace_bce)(real x, real y)
{
    real one = real_of(1);
    real p = rstore(rdiv(one, radd(one, rexp(rneg(x)))));
    real memory[4]; /* 2·N·C + 2·N·N with N = C = 1 */
    return NAME(trace_bce)(&p, &y, 1, 1, memory);
}
