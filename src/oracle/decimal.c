/* Certified decimal digits: both ends of the enclosure print the same.
 *
 * Rounding to n decimal digits is monotone, so equal prints of lo and hi are
 * the print of every number between them.  They never become equal where
 * v = T + tiny and T, the dyadic part R over the divisor N of a mean, is itself
 * a tie of the decimal rounding.  R has at most about 2100 bits, N at most 64,
 * and a tie is an integer over 2·10^m with m < 400, so any other tie is at
 * least 2^−3600 away from T.  Hence from TIE_PRECISION on a tie between lo and
 * hi can only be T; v > T, so the digits of hi are those of v. */
#include "oracle/oracle.h"

#include <stdio.h>
#include <string.h>

enum { TIE_PRECISION = 8192, LONGEST_TEXT = 256 };

static void print_end(char *text, int digits, mpfr_srcptr end)
{
    mpfr_snprintf(text, (size_t)digits + 32, "%.*Rg", digits, end);
}

/* Whether v is a dyadic part, over the divisor, and a tiny positive rest. */
static bool has_dyadic_part(enum problem_id problem)
{
    return problem == PROBLEM_softmax_ce || problem == PROBLEM_bce_logit;
}

int oracle_decimal(const struct input_case *input, enum quantity quantity, int digits,
                   struct enclosure *enclosure, char *text, struct error *error)
{
    char other[LONGEST_TEXT];
    if (digits + 32 > LONGEST_TEXT)
        return error_set(error, BAD_INPUT, "at most %d digits can be printed", LONGEST_TEXT - 32);
    if (enclosure->kind != EXACT_TRANSCENDENTAL) {
        mpfr_snprintf(text, (size_t)digits + 32, "%Rg", enclosure->lo);
        return OK;
    }
    for (;;) {
        if (mpfr_zero_p(enclosure->lo)) {
            mpfr_snprintf(text, (size_t)digits + 32, "<%.1RUg", enclosure->hi);
            return OK;
        }
        print_end(text, digits, enclosure->hi);
        print_end(other, digits, enclosure->lo);
        if (strcmp(text, other) == 0)
            return OK;
        if (enclosure->precision >= TIE_PRECISION && has_dyadic_part(input->problem))
            return OK;
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
}
