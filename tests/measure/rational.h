/* A rational exact value, as the oracle would enclose it. */
#ifndef XULP_TESTS_RATIONAL_H
#define XULP_TESTS_RATIONAL_H

#include "oracle/oracle.h"

#include <check.h>

static inline void set_rational(struct enclosure *rational, const char *value,
                                mpfr_prec_t precision)
{
    rational->kind = EXACT_RATIONAL;
    rational->precision = precision;
    ck_assert_int_eq(mpq_set_str(rational->rational, value, 0), 0);
    mpfr_set_prec(rational->lo, precision);
    mpfr_set_prec(rational->hi, precision);
    mpfr_set_q(rational->lo, rational->rational, MPFR_RNDD);
    mpfr_set_q(rational->hi, rational->rational, MPFR_RNDU);
}

#endif
