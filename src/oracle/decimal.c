/* Certified decimal digits: both ends of the open interval print the same. */
#include "oracle/oracle.h"

#include <stdio.h>
#include <string.h>

/* Prints a point of (lo, hi) next to one end: see oracle.c. */
static void print_end(char *text, size_t size, int digits, const struct enclosure *enclosure,
                      bool lower)
{
    mpfr_t inner;
    mpfr_init2(inner, enclosure->precision + 1);
    mpfr_set(inner, lower ? enclosure->lo : enclosure->hi, MPFR_RNDN);
    if (lower)
        mpfr_nextabove(inner);
    else
        mpfr_nextbelow(inner);
    mpfr_snprintf(text, size, "%.*Rg", digits, inner);
    mpfr_clear(inner);
}

int oracle_decimal(const struct input_case *input, enum quantity quantity, int digits,
                   struct enclosure *enclosure, char *text, struct error *error)
{
    size_t size = (size_t)digits + 32;
    if (enclosure->kind != EXACT_TRANSCENDENTAL) {
        mpfr_snprintf(text, size, "%Rg", enclosure->lo);
        return OK;
    }
    char other[256];
    if (size > sizeof other)
        return error_set(error, BAD_INPUT, "at most %zu digits can be printed", sizeof other - 32);
    for (;;) {
        if (mpfr_zero_p(enclosure->lo)) {
            mpfr_snprintf(text, size, "<%.1RUg", enclosure->hi);
            return OK;
        }
        print_end(text, size, digits, enclosure, true);
        print_end(other, size, digits, enclosure, false);
        if (strcmp(text, other) == 0)
            return OK;
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
}
