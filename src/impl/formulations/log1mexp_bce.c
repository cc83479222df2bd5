/* a = softplus(−x); y·a − (1−y)·log(1 − e^{−a}), split at a = ln 2
 *
 * Source: a model that gives log-probabilities, with Mächler's log1mexp (2012);
 *   Stan, log1m_exp.
 * Bound, Breaks: log1mexp.h. */
#include "impl/formulations.h"
#include "impl/formulations/log1mexp.h"

real NAME(log1mexp_bce)(real x, real y)
{
    real a = log1mexp_argument(x);
    bool is_large = rless(real_constant(0x1.62e42fefa39efp-1 /* ln 2 */), a);
    return log1mexp_loss(a, is_large ? log1mexp_above(a) : log1mexp_below(a), y);
}
