/* Intervals with MPFR endpoints, rounded outward: whatever real numbers the
 * operands hold, the result holds what the operation makes of them.  Only the
 * operations that the oracle needs, on the domains it needs them on. */
#ifndef XULP_ORACLE_INTERVAL_H
#define XULP_ORACLE_INTERVAL_H

#include <gmp.h>
#include <mpfr.h>

struct interval {
    mpfr_t lo, hi; /* lo ≤ hi */
};

void interval_init(struct interval *a, mpfr_prec_t precision);
void interval_clear(struct interval *a);

void interval_set(struct interval *a, const struct interval *b);
void interval_set_zero(struct interval *a);
void interval_set_rational(struct interval *a, const mpq_t q);
void interval_add(struct interval *a, const struct interval *b);      /* a += b */
void interval_add_integer(struct interval *a, unsigned long n);       /* a += n */
void interval_difference(struct interval *a, double x, double y);     /* a = x − y */
void interval_multiply(struct interval *a, const struct interval *b); /* a *= b; a, b ≥ 0 */
void interval_multiply_rational(struct interval *a, const mpq_t q);   /* a *= q; a, q ≥ 0 */
void interval_divide(struct interval *a, const struct interval *b);   /* a /= b; a ≥ 0, b > 0 */
void interval_divide_integer(struct interval *a, unsigned long n);    /* a /= n; n ≥ 1 */
void interval_divide_rational(struct interval *a, const mpq_t q);     /* a /= q; a ≥ 0, q > 0 */
void interval_invert(struct interval *a);                             /* a = 1/a; a > 0 */
void interval_exp(struct interval *a);                                /* a = e^a */
void interval_log(struct interval *a);                                /* a = log a; a > 0 */
void interval_log1p(struct interval *a);                              /* a = log(1 + a); a > −1 */
void interval_negate(struct interval *a);                             /* a = −a */

#endif
