/* Certified decimal digits.
 *
 * A rational number is rounded to n significant digits exactly, in integers:
 * N = v/10^k rounded to nearest, ties to even, with n digits.  For a
 * transcendental v both ends of its enclosure must print the same; rounding to n
 * digits is monotone, so that is the print of every number between them.  The
 * ends are lo and hi, or the rational bound of v that side tells of, rounded
 * away from it where it is a tie: v = R + e^−10^300 prints as R does when R is
 * no tie, and else as the neighbour above, at any precision. */
#include "oracle/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 256, MOST_DIGITS = LONGEST_TEXT - 32 };

/* Which way a tie goes. */
enum tie { TIE_DOWN = -1, TIE_EVEN = 0, TIE_UP = +1 };

/* quotient = num/den rounded to nearest; num ≥ 0, den > 0. */
static void divide_rounded(mpz_t quotient, const mpz_t num, const mpz_t den, enum tie tie)
{
    mpz_t rest;
    mpz_init(rest);
    mpz_fdiv_qr(quotient, rest, num, den);
    mpz_mul_2exp(rest, rest, 1);
    int half = mpz_cmp(rest, den);
    if (half > 0 || (half == 0 && (tie == TIE_UP || (tie == TIE_EVEN && mpz_odd_p(quotient)))))
        mpz_add_ui(quotient, quotient, 1);
    mpz_clear(rest);
}

/* number = |v|/10^k rounded to nearest. */
static void scaled(mpz_t number, const mpq_t v, long k, enum tie tie)
{
    mpz_t power, num, den;
    mpz_inits(power, num, den, (mpz_ptr)0);
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(k));
    mpz_abs(num, mpq_numref(v));
    mpz_set(den, mpq_denref(v));
    if (k > 0)
        mpz_mul(den, den, power);
    else
        mpz_mul(num, num, power);
    divide_rounded(number, num, den, tie);
    mpz_clears(power, num, den, (mpz_ptr)0);
}

/* Drops trailing zeros of decimals: "1.500" to "1.5", "2.000" to "2". */
static void drop_zeros(char *text)
{
    if (strchr(text, '.') == NULL)
        return;
    size_t length = strlen(text);
    while (text[length - 1] == '0')
        length--;
    length -= text[length - 1] == '.';
    text[length] = 0;
}

/* The number 0.DIGITS·10^point in the style of %g. */
static void lay_out(char *text, size_t room, const char *sign, const char *decimals, long point)
{
    int count = (int)strlen(decimals);
    char mantissa[LONGEST_TEXT + 16];
    if (point > count || point < -3) {
        snprintf(mantissa, sizeof mantissa, "%c.%s", decimals[0], decimals + 1);
        drop_zeros(mantissa);
        snprintf(text, room, "%s%se%c%02ld", sign, mantissa, point > 0 ? '+' : '-',
                 labs(point - 1));
        return;
    }
    if (point > 0)
        snprintf(mantissa, sizeof mantissa, "%.*s.%s", (int)point, decimals, decimals + point);
    else
        snprintf(mantissa, sizeof mantissa, "0.%.*s%s", (int)-point, "000", decimals);
    drop_zeros(mantissa);
    snprintf(text, room, "%s%s", sign, mantissa);
}

static void print_rational(char *text, int digits, const mpq_t v, enum tie toward)
{
    if (mpq_sgn(v) == 0) {
        strcpy(text, "0");
        return;
    }
    enum tie tie = mpq_sgn(v) < 0 ? (enum tie) - toward : toward; /* of |v| */
    char decimals[LONGEST_TEXT + 2];
    mpz_t number, most;
    mpz_inits(number, most, (mpz_ptr)0);
    mpz_ui_pow_ui(most, 10, (unsigned long)digits);
    /* log10 |v| to within 1, then down to the least k whose N has n digits. */
    long bits = (long)mpz_sizeinbase(mpq_numref(v), 2) - (long)mpz_sizeinbase(mpq_denref(v), 2);
    long k = (long)((double)bits * 0.30103) - digits - 2;
    do
        scaled(number, v, ++k, tie);
    while (mpz_cmp(number, most) >= 0);
    mpz_get_str(decimals, 10, number);
    lay_out(text, (size_t)digits + 32, mpq_sgn(v) < 0 ? "-" : "", decimals, k + digits);
    mpz_clears(number, most, (mpz_ptr)0);
}

static void print_end(char *text, int digits, mpfr_srcptr end)
{
    mpfr_snprintf(text, (size_t)digits + 32, "%.*Rg", digits, end);
}

/* The prints of both ends; the closer of R and the end on its side counts, and
 * that is R. */
static void print_ends(const struct enclosure *enclosure, int digits, char *low, char *high)
{
    print_end(low, digits, enclosure->lo);
    print_end(high, digits, enclosure->hi);
    if (enclosure->side == 0 || strcmp(low, high) == 0 || mpq_sgn(enclosure->rational) == 0)
        return;
    if (enclosure->side > 0)
        print_rational(low, digits, enclosure->rational, TIE_UP);
    else
        print_rational(high, digits, enclosure->rational, TIE_DOWN);
}

/* v is between 0 and what MPFR can hold. */
static void print_tiny(const struct enclosure *enclosure, int digits, char *text)
{
    if (mpfr_zero_p(enclosure->lo))
        mpfr_snprintf(text, (size_t)digits + 32, "<%.1RUg", enclosure->hi);
    else
        mpfr_snprintf(text, (size_t)digits + 32, ">%.1RDg", enclosure->lo);
}

int oracle_decimal(const struct input_case *input, struct quantity quantity, int digits,
                   struct enclosure *enclosure, char *text, struct error *error)
{
    char other[LONGEST_TEXT];
    if (digits < 1 || digits > MOST_DIGITS)
        return error_set(error, BAD_INPUT, "1 to %d digits can be printed, not %d", MOST_DIGITS,
                         digits);
    int status = OK;
    if (enclosure->kind == EXACT_QUICK) /* a ball has no digits to print */
        status = oracle_certify(input, quantity, enclosure->format, enclosure, error);
    if (status != OK)
        return status;
    if (enclosure->kind == EXACT_RATIONAL) {
        print_rational(text, digits, enclosure->rational, TIE_EVEN);
        return OK;
    }
    if (enclosure->kind != EXACT_TRANSCENDENTAL) {
        mpfr_snprintf(text, (size_t)digits + 32, "%Rg", enclosure->lo);
        return OK;
    }
    for (;;) {
        if (mpfr_zero_p(enclosure->lo) || mpfr_zero_p(enclosure->hi)) {
            print_tiny(enclosure, digits, text);
            return OK;
        }
        print_ends(enclosure, digits, text, other);
        if (strcmp(text, other) == 0)
            return OK;
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
}
