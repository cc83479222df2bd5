/* −xlogy(y, p) − xlog1py(1−y, −p); xlogy(0, p) = 0 = xlog1py(0, −p)
 *
 * Source: SciPy, special.xlogy and xlog1py (0 for x = 0 unless the other is NaN).
 * Bound: as log1p-bce, 4u relative.
 * Breaks: nowhere in [0, 1]: 0·log 0 is 0 by definition, and the wrong certainty
 *   is +Inf, as it should be. */
#include "impl/formulations.h"

static real xlogy(real x, real p)
{
    bool is_zero = real_value(x) == 0 && !isnan(real_value(p));
    return is_zero ? real_of(0) : rmul(x, rlog(p));
}

static real xlog1py(real x, real p)
{
    bool is_zero = real_value(x) == 0 && !isnan(real_value(p));
    return is_zero ? real_of(0) : rmul(x, rlog1p(p));
}

real NAME(xlogy_bce)(real p, real y)
{
    return rsub(rneg(xlogy(y, p)), xlog1py(rsub(real_of(1), y), rneg(p)));
}
