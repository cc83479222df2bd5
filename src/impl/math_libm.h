/* The elementary functions of the machine's own libm. */
#ifndef XULP_IMPL_MATH_LIBM_H
#define XULP_IMPL_MATH_LIBM_H

static inline carrier elementary_exp(carrier x)
{
    return libm_exp(x);
}

static inline carrier elementary_exp2(carrier x)
{
    return libm_exp2(x);
}

static inline carrier elementary_expm1(carrier x)
{
    return libm_expm1(x);
}

static inline carrier elementary_log(carrier x)
{
    return libm_log(x);
}

static inline carrier elementary_log1p(carrier x)
{
    return libm_log1p(x);
}

static inline void count_operation(void)
{
}

#endif
