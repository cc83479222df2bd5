/* Certified decimal digits: both ends of the enclosure print the same.
 *
 * Rounding to n decimal digits is monotone, so equal prints of lo and hi are
 * the print of every number between them.  They never become equal where lo
 * stays on the dyadic number T of v = T + tiny and T itself is a tie of the
 * decimal rounding.  From TIE_PRECISION on, points next to the ends, inside
 * the open interval, are printed instead: T has at most about 2100 bits and a
 * tie is an integer over 2·10^m with m < 400, so a tie other than T is at
 * least 2^−3500 away from it, farther than the interval is wide. */
#include "oracle/oracle.h"

#include <stdio.h>
#include <string.h>

enum { TIE_PRECISION = 8192, LONGEST_TEXT = 256 };

static void print_end(char *text, int digits, const struct enclosure *enclosure, bool lower)
{
    mpfr_t end;
    mpfr_init2(end, enclosure->precision + 1);
    mpfr_set(end, lower ? enclosure->lo : enclosure->hi, MPFR_RNDN); /* exact */
    if (enclosure->precision >= TIE_PRECISION) {
        if (lower)
            mpfr_nextabove(end);
        else
            mpfr_nextbelow(end);
    }
    mpfr_snprintf(text, (size_t)digits + 32, "%.*Rg", digits, end);
    mpfr_clear(end);
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
        print_end(text, digits, enclosure, true);
        print_end(other, digits, enclosure, false);
        if (strcmp(text, other) == 0)
            return OK;
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
}
