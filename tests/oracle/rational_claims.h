/* Claims about a rational value, for test_arb.c: comparisons of fractions. */
#ifndef XULP_TESTS_RATIONAL_CLAIMS_H
#define XULP_TESTS_RATIONAL_CLAIMS_H

#include "claims.h"
#include "second_rational.h"

/* Compares twice the value with an exact ball. */
static int compare_twice(const struct subject *subject, const arb_t ball)
{
    fmpq_t q, twice;
    fmpq_init(q);
    fmpq_init(twice);
    fmpq_mul_2exp(twice, subject->rational, 1);
    fmpq_from_arf(q, arb_midref(ball));
    int order = arf_is_inf(arb_midref(ball)) ? -arf_sgn(arb_midref(ball)) : fmpq_cmp(twice, q);
    fmpq_clear(q);
    fmpq_clear(twice);
    return order;
}

/* Between the midpoints, or on one of them where rounded is even. */
static void require_rational_rounded(struct subject *subject, double rounded)
{
    arb_t low, high;
    arb_init(low);
    arb_init(high);
    twice_midpoints(low, high, subject->format, rounded);
    int above = compare_twice(subject, low), below = -compare_twice(subject, high);
    bool even = format_ordinal(subject->format, rounded) % 2 == 0;
    if (above < 0 || below < 0 || (!even && (above == 0 || below == 0)))
        refute(subject, "correctly rounded", "by fractions it is not");
    arb_clear(low);
    arb_clear(high);
}

static void require_rational_ulp(struct subject *subject, int q)
{
    int k = q + subject->format->precision - 1;
    ck_assert_int_ge(k, subject->format->emin);
    fmpq_t power, size;
    fmpq_init(power);
    fmpq_init(size);
    fmpq_one(power);
    if (k >= 0)
        fmpq_mul_2exp(power, power, (ulong)k);
    else
        fmpq_div_2exp(power, power, (ulong)-k);
    fmpq_abs(size, subject->rational);
    bool least = k == subject->format->emin;
    bool holds = least || fmpq_cmp(size, power) >= 0;
    fmpq_mul_2exp(power, power, 1);
    holds = holds && fmpq_cmp(size, power) < 0;
    if (!holds)
        refute(subject, "ulp", "by fractions another");
    fmpq_clear(power);
    fmpq_clear(size);
}

/* |v − N·10^e| ≤ 10^e/2, N even where it is equal. */
static void require_rational_decimal(struct subject *subject, const char *text, int digits)
{
    if (fmpq_is_zero(subject->rational)) {
        ck_assert_str_eq(text, "0");
        return;
    }
    bool minus = text[0] == '-';
    fmpz_t number, exponent, power;
    fmpq_t twice;
    fmpz_init(number);
    fmpz_init(exponent);
    fmpz_init(power);
    fmpq_init(twice);
    read_decimal(number, exponent, text + minus, digits);
    fmpz_ui_pow_ui(power, 10, (ulong)labs(fmpz_get_si(exponent)));
    fmpq_mul_2exp(twice, subject->rational, 1);
    if (minus)
        fmpq_neg(twice, twice);
    if (fmpz_sgn(exponent) < 0)
        fmpq_mul_fmpz(twice, twice, power);
    else
        fmpq_div_fmpz(twice, twice, power);
    bool even = fmpz_is_even(number);
    fmpz_mul_ui(number, number, 2);
    fmpq_sub_fmpz(twice, twice, number); /* in [−1, 1] */
    fmpq_abs(twice, twice);
    int order = fmpq_cmp_si(twice, 1);
    if (order > 0 || (order == 0 && !even))
        refute(subject, text, "by fractions other digits");
    fmpz_clear(number);
    fmpz_clear(exponent);
    fmpz_clear(power);
    fmpq_clear(twice);
}

/* The very fraction, between its ends. */
static void require_fraction(struct subject *subject, const struct enclosure *enclosure)
{
    fmpq_t got;
    fmpq_init(got);
    fmpq_set_mpq(got, enclosure->rational);
    if (!fmpq_equal(got, subject->rational))
        refute(subject, "rational", "another fraction");
    if (mpfr_cmp_q(enclosure->lo, enclosure->rational) > 0 ||
        mpfr_cmp_q(enclosure->hi, enclosure->rational) < 0)
        refute(subject, "rational", "outside its ends");
    fmpq_clear(got);
}

#endif
