/* exp, exp2, expm1, log and log1p, correctly rounded (to nearest, ties to even)
 * in a format: the same bits on every machine, whatever its libm or FMA. */
#ifndef XULP_IMPL_ELEMENTARY_H
#define XULP_IMPL_ELEMENTARY_H

#include "core/format.h"

/* x is a value of the format; so is the result, subnormals and overflow to
 * infinity included.  IEEE 754-2019, 9.2: exp(−∞) = 0, exp(∞) = ∞,
 * log(±0) = −∞, log(x < 0) = NaN, log1p(−1) = −∞, log1p(x < −1) = NaN,
 * log1p(±0) = ±0, expm1(±0) = ±0, expm1(−∞) = −1, NaN for NaN. */
double rounded_exp(const struct format *format, double x);
double rounded_exp2(const struct format *format, double x);
double rounded_expm1(const struct format *format, double x);
double rounded_log(const struct format *format, double x);
double rounded_log1p(const struct format *format, double x);

#endif
