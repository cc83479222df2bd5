/* A real any of whose roundings can be left out: an MPFR number, and at every
 * operation of the source a site that rounds or does not (blame.c).  The names
 * of the operations are macros here, so that each place where one is written
 * is a site of its own and knows its text. */
#ifndef XULP_IMPL_REAL_BLAMED_H
#define XULP_IMPL_REAL_BLAMED_H

#include "impl/blame.h"

typedef struct blamed_number real;

#define real_of(value)       blamed_of(value)
#define real_constant(value) blamed_constant(SITE("constant", #value), value)
#define real_value(a)        blamed_value(a)
#define real_input(value, i) ((void)(i), blamed_of(value))

#define radd(a, b) blamed_binary(SITE("add", #a " + " #b), mpfr_add, a, b)
#define rsub(a, b) blamed_binary(SITE("subtract", #a " - " #b), mpfr_sub, a, b)
#define rmul(a, b) blamed_binary(SITE("multiply", #a " * " #b), mpfr_mul, a, b)
#define rdiv(a, b) blamed_binary(SITE("divide", #a " / " #b), mpfr_div, a, b)
#define rexp(a)    blamed_unary(SITE("exp", "exp(" #a ")"), mpfr_exp, a)
#define rexp2(a)   blamed_unary(SITE("exp", "exp2(" #a ")"), mpfr_exp2, a)
#define rexpm1(a)  blamed_unary(SITE("exp", "expm1(" #a ")"), mpfr_expm1, a)
#define rlog(a)    blamed_unary(SITE("log", "log(" #a ")"), mpfr_log, a)
#define rlog1p(a)  blamed_unary(SITE("log", "log1p(" #a ")"), mpfr_log1p, a)
#define racc(a, b) blamed_accumulate(a, b)
#define rround(a)  blamed_round(a)
#define rstore(a)  blamed_store(SITE("store", #a), a)

#define rneg(a)                  blamed_negated(a)
#define rabs(a)                  blamed_absolute(a)
#define rless(a, b)              blamed_less(a, b)
#define rmax(a, b)               blamed_maximum(a, b)
#define rmin(a, b)               blamed_minimum(a, b)
#define rclamp(a, low, high)     blamed_clamped(a, low, high)
#define rdetach(a)               (a)
#define rderived(value, through) ((void)(through), (value))
#define rpick(kept, dropped)     ((void)(dropped), (kept))

#define real_begin(workspace, inputs, error) ((void)(inputs), blame_begin(workspace, error))
#define real_end(loss, gradient, error)      ((void)(gradient), blame_end(loss, error))

#endif
