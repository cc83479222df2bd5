/* A real that remembers how it was made: reverse-mode differentiation of a
 * formulation as written (tape.c).  Values are those of the canonical build,
 * in any format. */
#ifndef XULP_IMPL_REAL_TAPE_H
#define XULP_IMPL_REAL_TAPE_H

#include "impl/tape.h"

typedef struct tape_number real;

#define REAL_DIFFERENTIATED 1

static inline real real_of(double value)
{
    return (real){value, 0};
}

static inline real real_constant(double value)
{
    return (real){context_round(impl_context.computation, value), 0};
}

static inline double real_value(real a)
{
    return a.value;
}

static inline real radd(real a, real b)
{
    return tape_binary(TAPE_add, a, b);
}

static inline real rsub(real a, real b)
{
    return tape_binary(TAPE_sub, a, b);
}

static inline real rmul(real a, real b)
{
    return tape_binary(TAPE_mul, a, b);
}

static inline real rdiv(real a, real b)
{
    return tape_binary(TAPE_div, a, b);
}

static inline real racc(real a, real b)
{
    return tape_binary(TAPE_acc, a, b);
}

static inline real rround(real a)
{
    return tape_unary(TAPE_round, a);
}

static inline real rstore(real a)
{
    return tape_unary(TAPE_store, a);
}

static inline real rexp(real a)
{
    return tape_unary(TAPE_exp, a);
}

static inline real rexp2(real a)
{
    return tape_unary(TAPE_exp2, a);
}

static inline real rexpm1(real a)
{
    return tape_unary(TAPE_expm1, a);
}

static inline real rlog(real a)
{
    return tape_unary(TAPE_log, a);
}

static inline real rlog1p(real a)
{
    return tape_unary(TAPE_log1p, a);
}

static inline real rneg(real a)
{
    return tape_unary(TAPE_neg, a);
}

static inline real rabs(real a)
{
    return tape_unary(TAPE_abs, a);
}

static inline bool rless(real a, real b)
{
    return a.value < b.value;
}

static inline real rmax(real a, real b)
{
    return tape_binary(TAPE_max, a, b);
}

static inline real rmin(real a, real b)
{
    return tape_binary(TAPE_min, a, b);
}

/* The bounds are constants. */
static inline real rclamp(real a, real low, real high)
{
    return tape_clamp(a, low.value, high.value);
}

static inline real rdetach(real a)
{
    return (real){a.value, 0};
}

static inline real rderived(real value, real through)
{
    return tape_binary(TAPE_derived, value, through);
}

static inline real rpick(real kept, real dropped)
{
    return tape_binary(TAPE_pick, kept, dropped);
}

static inline real real_input(double value, size_t i)
{
    return tape_input(value, i);
}

static inline int real_begin(struct workspace *workspace, size_t inputs, struct error *error)
{
    return tape_begin(workspace, inputs, error);
}

static inline int real_end(real loss, double *gradient, struct error *error)
{
    return tape_gradient(loss, gradient, error);
}

#endif
