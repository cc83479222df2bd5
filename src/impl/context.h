/* What a formulation is evaluated with, for the calling thread: read by the
 * arithmetic (real_*.h) and by sums (sum.h), set by registry.c. */
#ifndef XULP_IMPL_CONTEXT_H
#define XULP_IMPL_CONTEXT_H

#include "core/format.h"
#include "impl/impl.h"

#include <math.h>
#include <string.h>

struct impl_context {
    const struct format *storage;      /* of inputs, of results, and between kernels */
    const struct format *computation;  /* what operations round to */
    const struct format *accumulation; /* what the additions of a sum round to */
    double flush_below;                /* smaller magnitudes become 0; 0: none do */
    enum summation summation;
    uint64_t operations; /* rounded so far, where they are counted */
};

extern _Thread_local struct impl_context impl_context;

void impl_context_set(const struct format *format, enum summation summation);

/* format_round_double(), inline where p ≤ 24 and x is normal in the format and below its
 * last binade: half of the last place kept, less a unit where the kept part is even, and
 * cut. */
static inline double context_round_once(const struct format *format, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff) - 1023, dropped = 53 - format->precision;
    if (exponent < format->emin || exponent >= format->emax || dropped < 53 - 24)
        return format_round_double(format, x);
    uint64_t last = UINT64_C(1) << dropped, odd = bits >> dropped & 1;
    bits = (bits + (last >> 1) - 1 + odd) & -last;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x as an operation in a format leaves it. */
static inline double context_round(const struct format *format, double x)
{
    double rounded = context_round_once(format, x);
    return fabs(rounded) < impl_context.flush_below ? copysign(0, rounded) : rounded;
}

#endif
