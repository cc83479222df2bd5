/* ∂/∂x = g·(1−y)·l(x) − g·y·l(−x); l(x) = 0 (x < low), 1 (x > high), e^x/(1 + e^x)
 *
 * Source: LogExpFunctions.jl, the rule of log1pexp (ext/
 *   LogExpFunctionsChainRulesCoreExt.jl) and logistic (src/basicfuns.jl) with its
 *   bounds for Float64, Float32 and Float16; other formats get 1/(e^{−x} + 1).
 * Bound: 5u relative for a hard label while e^x is normal: nothing cancels.
 * Breaks: its lower bounds are the logarithms of the least subnormal, and e^x
 *   below them, down to −17.33, −103.97 and −745.13, would round to that number: 0
 *   there. bfloat16, which has no bounds of its own, is 0 below −88.72, not
 *   −92.88. */
#include "impl/formulations.h"
#include "impl/formulations/sigmoid.h"

static const struct logistic_bounds {
    int precision;
    double low, high;
} logistic_bounds[] = {
    {53, -744.4400719213812, 36.7368005696771},
    {24, -103.27893, 16.635532},
    {11, -16.64, 7.625},
};

static real logistic_by_format(real x)
{
    size_t i = 0;
    while (i < sizeof logistic_bounds / sizeof *logistic_bounds &&
           logistic_bounds[i].precision != REAL_PRECISION)
        i++;
    if (i == sizeof logistic_bounds / sizeof *logistic_bounds)
        return sigmoid(x);
    if (rless(x, real_constant(logistic_bounds[i].low)))
        return real_of(0);
    if (rless(real_constant(logistic_bounds[i].high), x))
        return real_of(1);
    real e = rexp(x);
    return rdiv(e, radd(real_of(1), e));
}

real NAME(logistic_by_format)(real x, real y, real upstream)
{
    real positive = rmul(rmul(upstream, y), logistic_by_format(rneg(x)));
    real negative = rmul(rmul(upstream, rsub(real_of(1), y)), logistic_by_format(x));
    return rsub(negative, positive);
}
