/* Outward rounding: lower endpoints toward −∞ (RNDD), upper endpoints toward
 * +∞ (RNDU).  Every function here is monotone in each operand on its domain,
 * so endpoints map to endpoints; MPFR rounds each operation correctly (Fousse,
 * Hanrot, Lefèvre, Pélissier & Zimmermann, ACM TOMS 33(2), 2007), so the
 * result contains the exact image.
 *
 * Underflow is no exception: below MPFR's range RNDD gives 0 and RNDU the
 * least positive number, which still enclose. */
#include "oracle/interval.h"

void interval_init(struct interval *a, mpfr_prec_t precision)
{
    mpfr_init2(a->lo, precision);
    mpfr_init2(a->hi, precision);
}

void interval_clear(struct interval *a)
{
    mpfr_clear(a->lo);
    mpfr_clear(a->hi);
}

void interval_set_zero(struct interval *a)
{
    mpfr_set_zero(a->lo, +1);
    mpfr_set_zero(a->hi, +1);
}

void interval_set(struct interval *a, const struct interval *b)
{
    mpfr_set(a->lo, b->lo, MPFR_RNDD);
    mpfr_set(a->hi, b->hi, MPFR_RNDU);
}

void interval_set_rational(struct interval *a, const mpq_t q)
{
    mpfr_set_q(a->lo, q, MPFR_RNDD);
    mpfr_set_q(a->hi, q, MPFR_RNDU);
}

void interval_add(struct interval *a, const struct interval *b)
{
    mpfr_add(a->lo, a->lo, b->lo, MPFR_RNDD);
    mpfr_add(a->hi, a->hi, b->hi, MPFR_RNDU);
}

void interval_add_integer(struct interval *a, unsigned long n)
{
    mpfr_add_ui(a->lo, a->lo, n, MPFR_RNDD);
    mpfr_add_ui(a->hi, a->hi, n, MPFR_RNDU);
}

void interval_divide_integer(struct interval *a, unsigned long n)
{
    mpfr_div_ui(a->lo, a->lo, n, MPFR_RNDD);
    mpfr_div_ui(a->hi, a->hi, n, MPFR_RNDU);
}

void interval_difference(struct interval *a, double x, double y)
{
    MPFR_DECL_INIT(minuend, 53);
    mpfr_set_d(minuend, x, MPFR_RNDN); /* exact */
    int inexact = mpfr_sub_d(a->lo, minuend, y, MPFR_RNDD);
    mpfr_set(a->hi, a->lo, MPFR_RNDU);
    if (inexact)
        mpfr_nextabove(a->hi); /* = RNDU(x − y) */
}

void interval_multiply(struct interval *a, const struct interval *b)
{
    mpfr_mul(a->lo, a->lo, b->lo, MPFR_RNDD);
    mpfr_mul(a->hi, a->hi, b->hi, MPFR_RNDU);
}

void interval_multiply_rational(struct interval *a, const mpq_t q)
{
    mpfr_mul_q(a->lo, a->lo, q, MPFR_RNDD);
    mpfr_mul_q(a->hi, a->hi, q, MPFR_RNDU);
}

void interval_divide(struct interval *a, const struct interval *b)
{
    mpfr_div(a->lo, a->lo, b->hi, MPFR_RNDD);
    mpfr_div(a->hi, a->hi, b->lo, MPFR_RNDU);
}

void interval_divide_rational(struct interval *a, const mpq_t q)
{
    mpfr_div_q(a->lo, a->lo, q, MPFR_RNDD);
    mpfr_div_q(a->hi, a->hi, q, MPFR_RNDU);
}

void interval_invert(struct interval *a)
{
    mpfr_swap(a->lo, a->hi);
    mpfr_ui_div(a->lo, 1, a->lo, MPFR_RNDD);
    mpfr_ui_div(a->hi, 1, a->hi, MPFR_RNDU);
}

/* An increasing function of one variable.  Where the operand is one point, the
 * upper endpoint is the neighbour of the lower one unless that is exact: the
 * same as rounding up, at half the cost. */
static void apply(struct interval *a, int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t))
{
    if (mpfr_equal_p(a->lo, a->hi)) {
        int inexact = function(a->lo, a->lo, MPFR_RNDD);
        mpfr_set(a->hi, a->lo, MPFR_RNDU);
        if (inexact)
            mpfr_nextabove(a->hi);
    } else {
        function(a->lo, a->lo, MPFR_RNDD);
        function(a->hi, a->hi, MPFR_RNDU);
    }
}

void interval_exp(struct interval *a)
{
    apply(a, mpfr_exp);
}

void interval_log(struct interval *a)
{
    apply(a, mpfr_log);
}

void interval_log1p(struct interval *a)
{
    apply(a, mpfr_log1p);
}

void interval_negate(struct interval *a)
{
    mpfr_swap(a->lo, a->hi);
    mpfr_neg(a->lo, a->lo, MPFR_RNDD);
    mpfr_neg(a->hi, a->hi, MPFR_RNDU);
}
