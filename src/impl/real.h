/* The arithmetic formulations are written in.
 *
 * All sources of src/impl/formulations/ are compiled once for each build of the
 * table in the Makefile: -DREAL_BUILD=binary32_libm names it, -DREAL_KIND says
 * what a `real` is: a number (real_number.h), a number on a tape that
 * remembers how it was made (real_tape.h), or a number any of whose roundings
 * can be left out (real_blamed.h).
 *
 * `real` is a struct, so that a bare a + b does not compile: every operation
 * that rounds has a name, and rounds once, to the format of the computation:
 *
 *     radd rsub rmul rdiv rexp rexp2 rexpm1 rlog rlog1p
 *     racc     a + b rounded to the format of accumulation: sum.h
 *     rround   to the format of the computation, from that of accumulation
 *     rstore   what one kernel writes to memory for the next: rounded to the
 *              format that inputs and results are stored in
 *     rneg rabs rmax rmin rclamp rless   exact
 *     rdetach  the same number, taken as a constant by the chain rule
 *     rpick    one element of a vector, of which another is dropped: the chain
 *              rule gives that the derivative 0, which 0·∞ makes NaN
 *     rderived a number whose derivatives are those of another
 *     real_of  a constant that is a number of the format
 *     real_constant  one that may not be: rounded to the format of the computation
 *     real_value     as a double, to print it or to choose by it */
#ifndef XULP_IMPL_REAL_H
#define XULP_IMPL_REAL_H

#include "impl/context.h"

#include <stdbool.h>
#include <stddef.h>

#define REAL_TEXT_(token) #token
#define REAL_TEXT(token)  REAL_TEXT_(token)
#define REAL_JOIN_(a, b)  a##b
#define REAL_JOIN(a, b)   REAL_JOIN_(a, b)

/* NAME(f) is f of this build: f_binary32_libm. */
#define NAME(identifier) REAL_JOIN(identifier, REAL_JOIN(_, REAL_BUILD))

/* clang-format off */
#include REAL_TEXT(impl/REAL_JOIN(real_, REAL_KIND).h)
/* clang-format on */

/* Whether derivatives are taken: where they need operations that the code
 * itself does not do. */
#ifndef REAL_DIFFERENTIATED
#define REAL_DIFFERENTIATED 0
#endif

/* Digits of the format of the computation: where an author's constants differ
 * by format. */
#ifndef REAL_PRECISION
#define REAL_PRECISION (impl_context.computation->precision)
#endif

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
