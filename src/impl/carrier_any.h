/* Any format: a double, rounded after every operation to the formats of the
 * context.
 *
 * Rounding a sum, difference, product or quotient of two numbers with p digits
 * first to 53 and then to p digits gives what rounding it once gives, where
 * 53 ≥ 2p + 2 (Figueroa, When is double rounding innocuous?, SIGNUM Newsl.
 * 30(3), 1995): p = 8, 11, 24; with gradual underflow too, as the double's
 * exponents reach far below (its result is exact to 53 digits wherever the
 * format's is not 0).  p = 53 is the carrier itself. */
#ifndef XULP_IMPL_CARRIER_ANY_H
#define XULP_IMPL_CARRIER_ANY_H

#include <math.h>

typedef double carrier;

static inline carrier round_to_computation(carrier x)
{
    return context_round(impl_context.computation, x);
}

static inline carrier round_to_accumulation(carrier x)
{
    return context_round(impl_context.accumulation, x);
}

static inline carrier round_to_storage(carrier x)
{
    return context_round(impl_context.storage, x);
}

static inline const struct format *carrier_format(void)
{
    return impl_context.computation;
}

/* libm is asked for the narrowest type that holds the format. */
static inline bool fits_float(void)
{
    return impl_context.computation->precision <= 24;
}

static inline carrier libm_exp(carrier x)
{
    return fits_float() ? (carrier)expf((float)x) : exp(x);
}

static inline carrier libm_exp2(carrier x)
{
    return fits_float() ? (carrier)exp2f((float)x) : exp2(x);
}

static inline carrier libm_expm1(carrier x)
{
    return fits_float() ? (carrier)expm1f((float)x) : expm1(x);
}

static inline carrier libm_log(carrier x)
{
    return fits_float() ? (carrier)logf((float)x) : log(x);
}

static inline carrier libm_log1p(carrier x)
{
    return fits_float() ? (carrier)log1pf((float)x) : log1p(x);
}

#endif
