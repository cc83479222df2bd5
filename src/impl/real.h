/* The arithmetic formulations are written in.
 *
 * A source that includes this file is compiled once for each format and each
 * source of elementary functions (-DREAL_FORMAT=binary32 -DREAL_MATH=libm).
 * `real` is a number of the format.  It is a struct, so that a bare a + b does
 * not compile: every operation that rounds has a name, and rounds once.
 * Comparisons, negation, |x| and max are exact. */
#ifndef XULP_IMPL_REAL_H
#define XULP_IMPL_REAL_H

#include <stdbool.h>
#include <stddef.h>

#define REAL_TEXT_(token) #token
#define REAL_TEXT(token)  REAL_TEXT_(token)
#define REAL_JOIN_(a, b)  a##b
#define REAL_JOIN(a, b)   REAL_JOIN_(a, b)

/* clang-format off */
#include REAL_TEXT(impl/REAL_JOIN(real_, REAL_FORMAT).h)
#define REAL_FORMAT_ID REAL_JOIN(FORMAT_, REAL_FORMAT)
#include REAL_TEXT(impl/REAL_JOIN(math_, REAL_MATH).h)
/* clang-format on */

/* NAME(f) is f of this format and math: f_binary32_libm. */
#define NAME(identifier) \
    REAL_JOIN(identifier, REAL_JOIN(REAL_JOIN(_, REAL_FORMAT), REAL_JOIN(_, REAL_MATH)))

typedef struct {
    carrier value;
} real;

static inline real rounded(carrier value)
{
    count_operation();
    return (real){round_to_format(value)};
}

/* A constant or an input that is a number of the format. */
static inline real real_of(double value)
{
    return (real){(carrier)value};
}

static inline real radd(real a, real b)
{
    return rounded(a.value + b.value);
}

static inline real rsub(real a, real b)
{
    return rounded(a.value - b.value);
}

static inline real rmul(real a, real b)
{
    return rounded(a.value * b.value);
}

static inline real rdiv(real a, real b)
{
    return rounded(a.value / b.value);
}

static inline real rexp(real a)
{
    count_operation();
    return (real){elementary_exp(a.value)};
}

static inline real rlog(real a)
{
    count_operation();
    return (real){elementary_log(a.value)};
}

static inline real rlog1p(real a)
{
    count_operation();
    return (real){elementary_log1p(a.value)};
}

static inline real rneg(real a)
{
    return (real){-a.value};
}

static inline real rabs(real a)
{
    return a.value < 0 ? rneg(a) : a;
}

static inline bool rless(real a, real b)
{
    return a.value < b.value;
}

static inline real rmax(real a, real b)
{
    return rless(a, b) ? b : a;
}

static inline real rmin(real a, real b)
{
    return rless(b, a) ? b : a;
}

/* Where the greatest of x stands first.  NaN compares as not greater; one at
 * x[0] stays, and any other reaches the result by its exponential. */
static inline size_t argmax(const real *x, size_t n)
{
    size_t at = 0;
    for (size_t k = 1; k < n; k++)
        if (rless(x[at], x[k]))
            at = k;
    return at;
}

#endif
