/* y·log1pexp(−x) + (1−y)·log1pexp(x); log1pexp(x) = 0 (x < x₁), e^x (< x₂),
 * log1p(e^x) (< x₃), x + e^{−x} (< x₄), x, cut-offs by format
 *
 * Source: LogExpFunctions.jl, src/basicfuns.jl: loglogistic(x) = −log1pexp(−x)
 *   and log1mlogistic(x) = −log1pexp(x), as Distributions.jl BernoulliLogit has
 *   them.  It lists cut-offs for Float64, Float32 and Float16; other formats get
 *   (e − 1)·ln 2 with e the exponent of the least subnormal, −p·ln 2,
 *   (p − 1)·ln 2/2 and p·ln 2 − log(p·ln 2)(1 − 1/(p·ln 2)), which computed in
 *   BFloat16 are the numbers below.
 * Bound: both terms are ≥ 0 and log1pexp is to 3u, where an approximation takes
 *   its place to u more: 6u relative.
 * Breaks: below x₁ a loss that rounds to 0 anyway.  x = ±∞ with a hard label of
 *   its own side: 0·∞ is NaN. */
#include "impl/formulations.h"

static const struct log1pexp_cutoffs {
    int precision;
    double zero, exponential, logarithm, corrected; /* x₁ … x₄ */
} log1pexp_cutoffs[] = {
    {53, -745.1332191019412, -36.7368005696771, 18.021826694558577, 33.23111882352963},
    {24, -103.97208, -16.635532, 7.9711924, 13.993},
    {11, -17.33, -7.625, 3.467, 5.86},
    {8, -92.5, -5.53125, 2.421875, 4.125},
};

static real log1pexp_by_format(real x)
{
    const struct log1pexp_cutoffs *cut = log1pexp_cutoffs;
    while (cut->precision != REAL_PRECISION)
        cut++;
    if (rless(x, real_constant(cut->zero)))
        return real_of(0);
    if (rless(x, real_constant(cut->exponential)))
        return rexp(x);
    if (rless(x, real_constant(cut->logarithm)))
        return rlog1p(rexp(x));
    if (rless(x, real_constant(cut->corrected)))
        return radd(x, rexp(rneg(x)));
    return x;
}

real NAME(logexpfunctions_bce)(real x, real y)
{
    real positive = rmul(y, log1pexp_by_format(rneg(x)));
    return radd(positive, rmul(rsub(real_of(1), y), log1pexp_by_format(x)));
}
