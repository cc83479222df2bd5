/* p = 1/(1 + e^{−x}), then clipped-bce (1e-7)
 *
 * Source: Keras 3, a Dense layer with activation='sigmoid', then
 *   BinaryCrossentropy(from_logits=False).
 * Bound: inside the clip, |x| < 16.118, that of sigmoid-bce.
 * Breaks: beyond, the loss stays at the clip's: 16.118 for y = 1 (15.94 in
 *   binary16, there from x = −11.09 on, where e^{−x} overflows), 15.94 in binary32
 *   and 16.118 in binary64 for y = 0.  binary16 and bfloat16 do not clip p = 1:
 *   NaN with y = 1 and +Inf with y < 1 from x = p·ln 2 on (7.62, 5.55). */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

real NAME(sigmoid_clipped_bce)(real x, real y)
{
    return NAME(clipped_bce)(rstore(sigmoid(x)), y);
}
