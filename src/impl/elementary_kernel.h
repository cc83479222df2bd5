/* The integer kernels of exp, exp2, expm1, log and log1p, and the test whether a kernel's
 * value settles a rounding: what elementary.c is made of, here for its tests. */
#ifndef XULP_IMPL_ELEMENTARY_KERNEL_H
#define XULP_IMPL_ELEMENTARY_KERNEL_H

#include "core/format.h"
#include "impl/fixed128.h"

#include <stdbool.h>

/* ±significand·2^(exponent − 127), 2^127 ≤ significand < 2^128. */
struct kernel_value {
    bool negative;
    int exponent;
    fixed128 significand;
};

/* Every kernel's significand is within KERNEL_ERROR of the exact one: a
 * relative error below 2^−107.  elementary_kernel.c proves less than 2^13; the
 * rest is slack, sends 2^−54 of the binary64 calls to the fallback, and lets
 * the worst cases published for binary64 reach it too. */
enum { KERNEL_ERROR = 1 << 20 };

/* 2^−54 ≤ |x| < 1075. */
struct kernel_value kernel_exp(double x);

/* 2^−54 ≤ |x| < 1100, x not a whole number. */
struct kernel_value kernel_exp2(double x);

/* −40 ≤ x < 1075, |x| ≥ 2^−53. */
struct kernel_value kernel_expm1(double x);

/* 0 < x < ∞, x ≠ 1. */
struct kernel_value kernel_log(double x);

/* −1 < x < ∞, |x| ≥ 2^−53. */
struct kernel_value kernel_log1p(double x);

/* Ziv's test.  Whether every real number within KERNEL_ERROR of the value,
 * midpoints apart, rounds alike in the format; if so, *result is that. */
bool kernel_round(const struct format *format, struct kernel_value value, double *result);

/* f(x) rounded by MPFR's own f, however many digits that takes.  f(x) must be
 * no number of the format and no midpoint. */
typedef int mpfr_function(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding);
double round_by_mpfr(const struct format *format, mpfr_function *f, double x);

/* The kernels' constants, for the test that MPFR makes the same digits. */
enum { FACTORIALS = 26, ODD_NUMBERS = 24 };
extern const fixed128 kernel_ln2;                   /* ln 2 */
extern const uint64_t kernel_ln2_tail;              /* its next 64 bits */
extern const uint64_t kernel_inverse_ln2;           /* 2^63/ln 2 */
extern const fixed128 kernel_inverse_factorials[];  /* 1/(n + 2)! */
extern const fixed128 kernel_inverse_odd_numbers[]; /* 1/(2n + 3) */

#endif
