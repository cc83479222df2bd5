/* −trace(y·log(x)ᵀ + (1−y)·log(1−x)ᵀ), x a logit that was never made a
 * probability
 *
 * Source: the article, where it says that its line takes raw logits.  It is a
 *   formulation of bce-logit only by that claim.
 * Bound: none.
 * Breaks: outside [0, 1] one of the logarithms is NaN; inside, the logit is
 *   taken for a probability and the result has nothing to do with the loss. */
#include "impl/formulations.h"

real NAME(raw_trace_bce)(real x, real y)
{
    real memory[4]; /* 2·N·C + 2·N·N with N = C = 1 */
    return NAME(trace_bce)(&x, &y, 1, 1, memory);
}
