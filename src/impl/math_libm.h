/* The elementary functions of the machine's own libm. */
#ifndef XULP_IMPL_MATH_LIBM_H
#define XULP_IMPL_MATH_LIBM_H

static inline carrier elementary_exp(carrier x)
{
    return round_to_format(libm_exp(x));
}

static inline carrier elementary_log(carrier x)
{
    return round_to_format(libm_log(x));
}

static inline carrier elementary_log1p(carrier x)
{
    return round_to_format(libm_log1p(x));
}

static inline void count_operation(void)
{
}

#endif
