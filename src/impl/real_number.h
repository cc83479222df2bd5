/* A real that is a number: of one carrier type (-DREAL_CARRIER=binary32: float,
 * binary64: double, any: a double rounded to the context's formats), with
 * elementary functions of one source (-DREAL_MATH=canonical, libm). */
#ifndef XULP_IMPL_REAL_NUMBER_H
#define XULP_IMPL_REAL_NUMBER_H

/* clang-format off */
#include REAL_TEXT(impl/REAL_JOIN(carrier_, REAL_CARRIER).h)
#include REAL_TEXT(impl/REAL_JOIN(math_, REAL_MATH).h)
/* clang-format on */

typedef struct {
    carrier value;
} real;

static inline real rounded(carrier value)
{
    count_operation();
    return (real){round_to_computation(value)};
}

static inline real real_of(double value)
{
    return (real){(carrier)value};
}

static inline real real_constant(double value)
{
    return (real){round_to_computation((carrier)value)};
}

static inline double real_value(real a)
{
    return (double)a.value;
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

static inline real racc(real a, real b)
{
    count_operation();
    return (real){round_to_accumulation(a.value + b.value)};
}

static inline real rround(real a)
{
    return (real){round_to_computation(a.value)};
}

static inline real rstore(real a)
{
    return (real){round_to_storage(a.value)};
}

static inline real rexp(real a)
{
    return rounded(elementary_exp(a.value));
}

static inline real rexp2(real a)
{
    return rounded(elementary_exp2(a.value));
}

static inline real rexpm1(real a)
{
    return rounded(elementary_expm1(a.value));
}

static inline real rlog(real a)
{
    return rounded(elementary_log(a.value));
}

static inline real rlog1p(real a)
{
    return rounded(elementary_log1p(a.value));
}

static inline real rneg(real a)
{
    return (real){-a.value};
}

static inline bool rless(real a, real b)
{
    return a.value < b.value;
}

static inline real rabs(real a)
{
    return a.value < 0 ? rneg(a) : a;
}

static inline real rmax(real a, real b)
{
    return rless(a, b) ? b : a;
}

static inline real rmin(real a, real b)
{
    return rless(b, a) ? b : a;
}

/* a between low and high; NaN stays. */
static inline real rclamp(real a, real low, real high)
{
    return rless(a, low) ? low : rless(high, a) ? high : a;
}

static inline real rdetach(real a)
{
    return a;
}

/* An input, component i of what the gradient is taken of. */
static inline real real_input(double value, size_t i)
{
    (void)i;
    return real_of(value);
}

static inline real rderived(real value, real through)
{
    (void)through;
    return value;
}

/* What taking one element of a vector makes: kept is the result; the chain rule
 * gives dropped, another element, the derivative 0. */
static inline real rpick(real kept, real dropped)
{
    (void)dropped;
    return kept;
}

/* Around an evaluation; a number has nothing to do there. */
static inline int real_begin(struct workspace *workspace, size_t inputs, struct error *error)
{
    (void)workspace, (void)inputs, (void)error;
    return OK;
}

static inline int real_end(real loss, double *gradient, struct error *error)
{
    (void)loss, (void)gradient, (void)error;
    return OK;
}

#endif
