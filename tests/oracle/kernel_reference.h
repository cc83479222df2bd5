/* The kernels of quick_kernel.h beside MPFR at 300 bits. */
#ifndef XULP_TESTS_KERNEL_REFERENCE_H
#define XULP_TESTS_KERNEL_REFERENCE_H

#include "oracle/quick_kernel.h"

#include <math.h>
#include <mpfr.h>
#include <stdbool.h>

enum { REFERENCE_BITS = 300 };

struct kernel {
    const char *name;
    struct double_double (*function)(struct double_double x);
    int (*reference)(mpfr_t y, const mpfr_t x, mpfr_rnd_t rounding);
    double bound;     /* of the relative error, */
    double underflow; /* and what is added to it, absolute */
};

enum { EXP, EXPM1, LOG1P, KERNELS };

static const struct kernel kernels[KERNELS] = {
    {"exp", dd_exp, mpfr_exp, DD_EXP_ERROR, DD_EXP_UNDERFLOW},
    {"expm1", dd_expm1, mpfr_expm1, DD_EXPM1_ERROR, 0},
    {"log1p", dd_log1p, mpfr_log1p, DD_LOG1P_ERROR, 0},
};

static inline void set_double_double(mpfr_t y, struct double_double x)
{
    mpfr_set_d(y, x.hi, MPFR_RNDN);
    mpfr_add_d(y, y, x.lo, MPFR_RNDN);
}

/* y = f(x).  Near f = −1 the logarithm of f.lo, as −1 + f.lo is long. */
static inline void kernel_reference(const struct kernel *kernel, struct double_double x, mpfr_t y)
{
    mpfr_t argument;
    mpfr_init2(argument, REFERENCE_BITS);
    if (kernel == &kernels[LOG1P] && x.hi == -1) {
        mpfr_set_d(argument, x.lo, MPFR_RNDN);
        mpfr_log(y, argument, MPFR_RNDN);
    } else {
        set_double_double(argument, x);
        kernel->reference(y, argument, MPFR_RNDN);
    }
    mpfr_clear(argument);
}

/* |result − exact| / |exact|, the part that underflow excuses left out; ∞ for NaN. */
static inline double relative_error(struct double_double result, const mpfr_t exact,
                                    double underflow)
{
    if (!isfinite(result.hi) || !isfinite(result.lo))
        return INFINITY;
    mpfr_t difference;
    mpfr_init2(difference, REFERENCE_BITS);
    set_double_double(difference, result);
    mpfr_sub(difference, difference, exact, MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    mpfr_sub_d(difference, difference, underflow, MPFR_RNDN);
    if (mpfr_sgn(difference) <= 0)
        mpfr_set_zero(difference, 1);
    if (!mpfr_zero_p(difference))
        mpfr_div(difference, difference, exact, MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    double error = mpfr_get_d(difference, MPFR_RNDA);
    mpfr_clear(difference);
    return error;
}

#endif
