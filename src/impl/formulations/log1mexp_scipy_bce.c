/* a = softplus(−x); y·a − (1−y)·log(1 − e^{−a}), split at a = 1
 *
 * Source: as log1mexp-bce, with the log1mexp of SciPy's xsf: expm1 for a < 1.
 * Bound: that of log1mexp.h; for a in (ln 2, 1) the argument of log is in
 *   (0.5, 0.63), and the loss −log of it is there to 2u/0.46.
 * Breaks: log1mexp.h. */
#include "impl/formulations.h"
#include "impl/formulations/log1mexp.h"

real NAME(log1mexp_scipy_bce)(real x, real y)
{
    real a = log1mexp_argument(x);
    bool is_small = rless(a, real_of(1));
    return log1mexp_loss(a, is_small ? log1mexp_below(a) : log1mexp_above(a), y);
}
