/* Formats: rounding into them, ulp, ordinals.  Expected values follow from
 * IEEE 754-2019, table 3.5 (binary32: p = 24, emin = −126, emax = 127). */
#include "../suite.h"

#include "core/format.h"
#include "core/random.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const struct format *const binary32 = &formats[FORMAT_binary32];
static const struct format *const binary64 = &formats[FORMAT_binary64];

START_TEST(names_and_aliases)
{
    ck_assert_ptr_eq(format_find("binary32"), binary32);
    ck_assert_ptr_eq(format_find("fp32"), binary32);
    ck_assert_ptr_eq(format_find("binary64"), binary64);
    ck_assert_ptr_null(format_find("float31"));
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        ck_assert_ptr_eq(format_find(formats[i].name), &formats[i]);
        ck_assert_ptr_nonnull(strstr(format_names(), formats[i].name));
    }
}
END_TEST

START_TEST(extremes)
{
    ck_assert_double_eq(format_largest(binary32), (double)FLT_MAX);
    ck_assert_double_eq(format_least(binary32), 0x1p-149);
    ck_assert_double_eq(format_least_normal(binary32), (double)FLT_MIN);
    ck_assert_double_eq(format_largest(binary64), DBL_MAX);
    ck_assert_double_eq(format_least(binary64), 0x1p-1074);
    ck_assert_uint_eq(format_bytes(binary32), 4);
    ck_assert_uint_eq(format_bytes(binary64), 8);
    ck_assert_uint_eq(format_bytes(&formats[FORMAT_binary16]), 2);
    ck_assert_uint_eq(format_bytes(&formats[FORMAT_bfloat16]), 2);
    ck_assert_double_eq(format_largest(&formats[FORMAT_binary16]), 65504);
    ck_assert_double_eq(format_least(&formats[FORMAT_binary16]), 0x1p-24);
    ck_assert_double_eq(format_largest(&formats[FORMAT_bfloat16]), 0x1.fep127);
    ck_assert_double_eq(format_least(&formats[FORMAT_bfloat16]), 0x1p-133);
}
END_TEST

/* x given as a·2^e + b·2^f, so that it need not be a double. */
static const struct {
    double a;
    long e;
    double b;
    long f;
    enum format_id format;
    double rounded;
} roundings[] = {
    {1, 0, 1, -24, FORMAT_binary32, 1},                       /* tie to even */
    {0x1.000002p0, 0, 1, -24, FORMAT_binary32, 0x1.000004p0}, /* tie to even, up */
    {1, 0, 1.25, -24, FORMAT_binary32, 0x1.000002p0},         /* above the tie */
    {1, -150, 0, 0, FORMAT_binary32, 0},                      /* half the least: to even, 0 */
    {1, -150, 1, -300, FORMAT_binary32, 0x1p-149},            /* a little more */
    {1.5, -149, 0, 0, FORMAT_binary32, 0x1p-148},             /* subnormal tie */
    {1.5, -149, -1, -300, FORMAT_binary32, 0x1p-149},
    {1, 128, -1, 103, FORMAT_binary32, INFINITY}, /* largest + half an ulp: overflow */
    {1, 128, -1.5, 103, FORMAT_binary32, (double)FLT_MAX},
    {-1, 128, 1, 103, FORMAT_binary32, -INFINITY},
    {1, -1075, 0, 0, FORMAT_binary64, 0},
    {1, -1075, 1, -2000, FORMAT_binary64, 0x1p-1074},
    {1, 1024, -1, 970, FORMAT_binary64, INFINITY},
    {1, 1024, -1.5, 970, FORMAT_binary64, DBL_MAX},
    {1, 0, 1, -53, FORMAT_binary64, 1},
    {0x1.fffffep0, 0, 1, -24, FORMAT_binary32, 2}, /* carries into the next binade */
};

START_TEST(rounding_is_to_nearest_even)
{
    mpfr_t x, y;
    mpfr_inits2(4000, x, y, (mpfr_ptr)0);
    mpfr_set_d(x, roundings[_i].a, MPFR_RNDN);
    mpfr_mul_2si(x, x, roundings[_i].e, MPFR_RNDN);
    mpfr_set_d(y, roundings[_i].b, MPFR_RNDN);
    mpfr_mul_2si(y, y, roundings[_i].f, MPFR_RNDN);
    mpfr_add(x, x, y, MPFR_RNDN);
    ck_assert_double_eq(format_round(&formats[roundings[_i].format], x), roundings[_i].rounded);
    mpfr_clears(x, y, (mpfr_ptr)0);
}
END_TEST

/* The machine's own conversion double → float is correctly rounded. */
START_TEST(rounding_agrees_with_the_machine)
{
    struct random_stream stream = random_stream(1, 1);
    for (int i = 0; i < 200000; i++) {
        int exponent = (int)random_below(&stream, 300) - 160;
        double x = ldexp(2 * random_unit(&stream) - 1, exponent);
        ck_assert_double_eq(format_round_double(binary32, x), (double)(float)x);
        ck_assert_double_eq(format_round_double(binary64, x), x);
    }
}
END_TEST

/* MPFR's own rounding into a format: emin, emax and subnormalize (MPFR manual,
 * section 4.7: a number m·2^e has m in [1/2, 1), so emin counts from the least
 * subnormal, one more than its exponent). */
static double rounded_by_mpfr(const struct format *format, mpfr_srcptr x)
{
    mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    mpfr_t rounded;
    mpfr_init2(rounded, format->precision);
    mpfr_set_emin(format->emin - format->precision + 2);
    mpfr_set_emax(format->emax + 1);
    int inexact = mpfr_set(rounded, x, MPFR_RNDN);
    inexact = mpfr_check_range(rounded, inexact, MPFR_RNDN);
    mpfr_subnormalize(rounded, inexact, MPFR_RNDN);
    double result = mpfr_get_d(rounded, MPFR_RNDN);
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    mpfr_clear(rounded);
    return result;
}

static void check_rounding(const struct format *format, double x)
{
    MPFR_DECL_INIT(exact, 53);
    mpfr_set_d(exact, x, MPFR_RNDN);
    double wanted = rounded_by_mpfr(format, exact);
    double got[] = {format_round_double(format, x), format_round(format, exact)};
    for (size_t k = 0; k < 2; k++)
        ck_assert_msg(got[k] == wanted && !signbit(got[k]) == !signbit(wanted),
                      "%a in %s: %a, MPFR: %a", x, format->name, got[k], wanted);
}

/* Rounding is monotone and constant between two breakpoints, the midpoints of
 * neighbours.  So it is right for every double if it is right at each value of
 * the format, at each midpoint, and at the doubles on either side of both: all
 * 2^16 values of the 16-bit formats, and of binary32 those near every power of
 * 2, near the ends, and random ones.  Overflow's breakpoint is that of the
 * largest number and 2^(emax+1). */
static void check_around(const struct format *format, int64_t ordinal)
{
    int64_t end = format_ordinal(format, INFINITY);
    double x = format_from_ordinal(format, ordinal);
    double next =
        ordinal + 1 >= end ? ldexp(1, format->emax + 1) : format_from_ordinal(format, ordinal + 1);
    double midpoint = x + (next - x) / 2;
    const double at[] = {x, midpoint};
    for (size_t k = 0; k < 2; k++)
        for (int sign = -1; sign <= 1; sign += 2) {
            check_rounding(format, sign * at[k]);
            check_rounding(format, sign * nextafter(at[k], INFINITY));
            check_rounding(format, sign * nextafter(at[k], -INFINITY));
        }
}

START_TEST(rounding_is_that_of_mpfr_at_every_breakpoint)
{
    static const enum format_id small[] = {FORMAT_binary16, FORMAT_bfloat16};
    const struct format *format = &formats[small[_i]];
    int64_t end = format_ordinal(format, INFINITY);
    ck_assert_int_lt(end, 1 << 15);
    for (int64_t ordinal = 0; ordinal < end; ordinal++)
        check_around(format, ordinal);
}
END_TEST

START_TEST(rounding_is_that_of_mpfr_in_binary32)
{
    struct random_stream stream = random_stream(6, 6);
    int64_t end = format_ordinal(binary32, INFINITY);
    for (int64_t power = 0; power <= end; power += 1 << 23)
        for (int64_t ordinal = power - 50; ordinal < power + 50; ordinal++)
            if (ordinal >= 0 && ordinal < end)
                check_around(binary32, ordinal);
    for (int i = 0; i < 20000; i++)
        check_around(binary32, (int64_t)random_below(&stream, (uint64_t)end));
}
END_TEST

START_TEST(ulps)
{
    ck_assert_int_eq(format_ulp_exponent(binary32, 0), -23);
    ck_assert_int_eq(format_ulp_exponent(binary32, -126), -149);
    ck_assert_int_eq(format_ulp_exponent(binary32, -127), -149);
    ck_assert_int_eq(format_ulp_exponent(binary32, -1000000), -149);
    ck_assert_int_eq(format_ulp_exponent(binary64, 1023), 971);
}
END_TEST

START_TEST(ordinals_number_the_values)
{
    static const double values[] = {0, 0x1p-149, 0x1.8p-127, 0x1p-126, 1, 0x1.8p5, (double)FLT_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        int64_t ordinal = format_ordinal(binary32, values[i]);
        ck_assert_double_eq(format_from_ordinal(binary32, ordinal), values[i]);
        ck_assert_double_eq(format_from_ordinal(binary32, -ordinal), -values[i]);
        ck_assert_double_eq(format_from_ordinal(binary32, ordinal + 1),
                            (double)nextafterf((float)values[i], INFINITY));
        ck_assert_double_eq(format_from_ordinal(binary64, format_ordinal(binary64, values[i]) + 1),
                            nextafter(values[i], INFINITY));
    }
    ck_assert_int_eq(format_ordinal(binary32, INFINITY),
                     format_ordinal(binary32, (double)FLT_MAX) + 1);
    ck_assert_int_eq(format_ordinal(binary32, -0.0), 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("format");
    tcase_add_test(cases, names_and_aliases);
    tcase_add_test(cases, extremes);
    tcase_add_loop_test(cases, rounding_is_to_nearest_even, 0, ROWS(roundings));
    tcase_add_test(cases, rounding_agrees_with_the_machine);
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, rounding_is_that_of_mpfr_at_every_breakpoint, 0, 2);
    tcase_add_test(cases, rounding_is_that_of_mpfr_in_binary32);
    tcase_add_test(cases, ulps);
    tcase_add_test(cases, ordinals_number_the_values);
    Suite *suite = suite_create("format");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
