/* The integer kernels: their arithmetic against GMP, their constants and their
 * proven errors against MPFR at 256 bits, and the rounding test at its edges. */
#include "../suite.h"

#include "core/random.h"
#include "impl/elementary_kernel.h"

#include <math.h>

static void integer_set(mpz_t integer, fixed128 x)
{
    mpz_set_ui(integer, fixed_high(x));
    mpz_mul_2exp(integer, integer, 64);
    mpz_add_ui(integer, integer, fixed_low(x));
}

static fixed128 integer_get(const mpz_t integer)
{
    mpz_t high;
    mpz_init(high);
    mpz_tdiv_q_2exp(high, integer, 64);
    fixed128 x = FIXED128(mpz_get_ui(high), mpz_get_ui(integer));
    mpz_clear(high);
    return x;
}

/* 64 random bits, or a run of ones or zeros, which make carries. */
static uint64_t random_word(struct random_stream *stream)
{
    uint64_t word = random_bits(stream);
    switch (random_below(stream, 4)) {
    case 0:
        return word >> random_below(stream, 64);
    case 1:
        return ~(word >> random_below(stream, 64));
    default:
        return word;
    }
}

START_TEST(products_lose_less_than_3)
{
    struct random_stream stream = random_stream(31, 1);
    mpz_t x, y;
    mpz_inits(x, y, NULL);
    for (int i = 0; i < 100000; i++) {
        fixed128 a = FIXED128(random_word(&stream), random_word(&stream));
        fixed128 b = FIXED128(random_word(&stream), random_word(&stream));
        integer_set(x, a);
        integer_set(y, b);
        mpz_mul(x, x, y);
        mpz_tdiv_q_2exp(x, x, 128);
        fixed128 loss = integer_get(x) - fixed_product(a, b);
        ck_assert_uint_le(fixed_high(loss), 0);
        ck_assert_uint_le(fixed_low(loss), 2); /* cut again: below 3 of the exact product */
    }
    mpz_clears(x, y, NULL);
}
END_TEST

/* Divisors whose low words are large or 0, and dividends just below them, make
 * the estimated digit 0, 1 and 2 too large. */
START_TEST(quotients_are_exact)
{
    struct random_stream stream = random_stream(31, 2);
    mpz_t n, d;
    mpz_inits(n, d, NULL);
    for (int i = 0; i < 130000; i++) {
        fixed128 b = FIXED128(random_word(&stream) | UINT64_C(1) << 63, random_word(&stream));
        fixed128 a = i % 2 ? b - 1 - random_word(&stream)
                           : FIXED128(random_word(&stream), random_word(&stream)) % b;
        integer_set(n, a);
        integer_set(d, b);
        mpz_mul_2exp(n, n, 128);
        mpz_tdiv_q(n, n, d);
        ck_assert(fixed_quotient(a, b) == integer_get(n));
    }
    mpz_clears(n, d, NULL);
}
END_TEST

/* ⌊2^shift·x⌋ mod 2^128. */
static fixed128 bits_of(mpfr_t x, unsigned shift)
{
    mpz_t integer;
    mpz_init(integer);
    mpfr_mul_2ui(x, x, shift, MPFR_RNDN);
    mpfr_get_z(integer, x, MPFR_RNDD);
    mpfr_div_2ui(x, x, shift, MPFR_RNDN);
    fixed128 bits = integer_get(integer);
    mpz_clear(integer);
    return bits;
}

START_TEST(constants_have_the_digits_of_mpfr)
{
    mpfr_t x;
    mpfr_init2(x, 400);
    mpfr_const_log2(x, MPFR_RNDN);
    ck_assert(kernel_ln2 == bits_of(x, 128));
    ck_assert(kernel_ln2_tail == fixed_low(bits_of(x, 192)));
    mpfr_ui_div(x, 1, x, MPFR_RNDN);
    ck_assert(kernel_inverse_ln2 == bits_of(x, 63));

    mpz_t ones, divisor;
    mpz_inits(ones, divisor, NULL);
    for (unsigned n = 0; n < FACTORIALS; n++) { /* (2^128 − 1)/(n + 2)! */
        integer_set(ones, ~(fixed128)0);
        mpz_fac_ui(divisor, n + 2);
        mpz_tdiv_q(ones, ones, divisor);
        ck_assert(kernel_inverse_factorials[n] == integer_get(ones));
    }
    for (unsigned n = 0; n < ODD_NUMBERS; n++) { /* (2^128 − 1)/(2n + 3) */
        integer_set(ones, ~(fixed128)0);
        mpz_tdiv_q_ui(ones, ones, 2 * n + 3);
        ck_assert(kernel_inverse_odd_numbers[n] == integer_get(ones));
    }
    mpz_clears(ones, divisor, NULL);
    mpfr_clear(x);
}
END_TEST

/* |value − exact| in units of the last place of the significand. */
static double kernel_error(struct kernel_value value, mpfr_srcptr exact)
{
    mpz_t significand;
    mpz_init(significand);
    integer_set(significand, value.significand);
    if (value.negative)
        mpz_neg(significand, significand);
    mpfr_t units;
    mpfr_init2(units, 256);
    mpfr_mul_2si(units, exact, 127 - value.exponent, MPFR_RNDN);
    mpfr_sub_z(units, units, significand, MPFR_RNDN);
    double error = fabs(mpfr_get_d(units, MPFR_RNDA));
    mpfr_clear(units);
    mpz_clear(significand);
    return error;
}

/* A random number of [2^least, 2^most), of few significant bits at times. */
static double random_magnitude(struct random_stream *stream, int least, int most)
{
    int exponent = least + (int)random_below(stream, (uint64_t)(most - least));
    double significand = 1 + random_unit(stream);
    if (random_below(stream, 4) == 0)
        significand = 1 + ldexp(floor(ldexp(significand - 1, 7)), -7);
    return ldexp(significand, exponent);
}

static double exp_argument(struct random_stream *stream)
{
    double x = random_below(stream, 2) ? random_magnitude(stream, -54, 10)
                                       : 1075 * random_unit(stream) + 0x1p-54;
    return random_below(stream, 2) ? -x : x;
}

static double expm1_argument_near_0(struct random_stream *stream)
{
    double x = random_magnitude(stream, -53, -8);
    return random_below(stream, 2) ? -x : x;
}

static double expm1_argument(struct random_stream *stream)
{
    double x = random_below(stream, 2) ? random_magnitude(stream, -9, 4)
                                       : 40 * random_unit(stream) + 0x1p-9;
    if (random_below(stream, 4) == 0)
        return 1074 * random_unit(stream) + 1;
    return random_below(stream, 2) ? -x : x;
}

static double log_argument(struct random_stream *stream)
{
    double near = random_magnitude(stream, -52, -1);
    switch (random_below(stream, 5)) {
    case 0:
        return 1 + near;
    case 1:
        return 1 - near / 2;
    case 2: /* the ends of the series */
        return M_SQRT2 - near / 16;
    case 3:
        return M_SQRT1_2 + near / 16;
    default:
        return random_magnitude(stream, -1074, 1024);
    }
}

static double log1p_argument(struct random_stream *stream)
{
    switch (random_below(stream, 5)) {
    case 0:
        return random_magnitude(stream, -53, 1024);
    case 1:
        return -random_magnitude(stream, -53, 0);
    case 2:
        return random_magnitude(stream, -53, 2);
    case 3: /* 1 + x is next to a power of 2 */
        return ldexp(1, (int)random_below(stream, 128));
    default: /* near −1 */
        return random_magnitude(stream, -52, 0) - 1;
    }
}

/* The bounds proven in elementary_kernel.c: log of [√½, √2] has no k·ln 2. */
static const struct {
    struct kernel_value (*kernel)(double x);
    mpfr_function *exact;
    double (*argument)(struct random_stream *stream);
    double near_bound, bound; /* where |f(x)| < 0.3465, and elsewhere */
} kernels[] = {
    {kernel_exp, mpfr_exp, exp_argument, 16, 16},
    {kernel_exp2, mpfr_exp2, exp_argument, 20, 20},
    {kernel_expm1, mpfr_expm1, expm1_argument_near_0, 26, 26},
    {kernel_expm1, mpfr_expm1, expm1_argument, 5120, 5120},
    {kernel_log, mpfr_log, log_argument, 28, 8192},
    {kernel_log1p, mpfr_log1p, log1p_argument, 28, 8192},
};

START_TEST(kernel_errors_are_as_proven)
{
    struct random_stream stream = random_stream(32, (uint64_t)_i);
    mpfr_t x, exact;
    mpfr_init2(x, 53);
    mpfr_init2(exact, 256);
    for (int i = 0; i < 130000; i++) {
        double argument = kernels[_i].argument(&stream);
        struct kernel_value value = kernels[_i].kernel(argument);
        mpfr_set_d(x, argument, MPFR_RNDN);
        kernels[_i].exact(exact, x, MPFR_RNDN);
        bool near = fabs(mpfr_get_d(exact, MPFR_RNDN)) < 0.3465;
        double error = kernel_error(value, exact);
        ck_assert(fixed_high(value.significand) >> 63 == 1);
        ck_assert_msg(error < (near ? kernels[_i].near_bound : kernels[_i].bound),
                      "kernel %d at %a: %g units", _i, argument, error);
    }
    mpfr_clears(x, exact, (mpfr_ptr)0);
}
END_TEST

/* Values given by their distance from a midpoint m of the format: decided
 * where it is more than KERNEL_ERROR, and rounded to the right side. */
static const struct {
    enum format_id format;
    int exponent;
    fixed128 midpoint; /* its significand; 0 is 2^128 */
    double below, above;
} midpoints[] = {
    {FORMAT_binary32, 0, FIXED128(0x8000008000000000, 0), 1, 0x1.000002p0},
    {FORMAT_binary64, 0, FIXED128(0x8000000000000400, 0), 1, 0x1.0000000000001p0},
    /* up into the next binade */
    {FORMAT_binary64, 3, FIXED128(0xfffffffffffffc00, 0), 0x1.fffffffffffffp3, 16},
    /* the overflow threshold 2^emax·(2 − 2^−p), and far above it */
    {FORMAT_binary32, 127, FIXED128(0xffffff8000000000, 0), 0x1.fffffep127, INFINITY},
    {FORMAT_binary64, 1023, FIXED128(0xfffffffffffffc00, 0), 0x1.fffffffffffffp1023, INFINITY},
    {FORMAT_binary32, 128, FIXED128(0x8000008000000000, 0), INFINITY, INFINITY},
    /* subnormal: 1½ of the least; half of it, from either binade */
    {FORMAT_binary32, -149, FIXED128(0xc000000000000000, 0), 0x1p-149, 0x1p-148},
    {FORMAT_binary32, -150, FIXED128(0x8000000000000000, 0), 0, 0x1p-149},
    {FORMAT_binary64, -1075, FIXED128(0x8000000000000000, 0), 0, 0x1p-1074},
    {FORMAT_binary64, -1076, 0, 0, 0},
};

START_TEST(rounding_test_decides_away_from_midpoints)
{
    static const fixed128 distances[] = {0, 1, KERNEL_ERROR / 2, KERNEL_ERROR, KERNEL_ERROR + 1};
    const struct format *format = &formats[midpoints[_i].format];
    for (int k = 0; k < 4 * ROWS(distances); k++) {
        fixed128 distance = distances[k / 4];
        bool negative = k % 2 == 1, below = k / 2 % 2 == 1;
        fixed128 midpoint = midpoints[_i].midpoint;
        struct kernel_value value = {negative, midpoints[_i].exponent,
                                     below ? midpoint - distance : midpoint + distance};
        if (value.significand >> 127 == 0)
            continue; /* of another binade */
        double result, expected = below ? midpoints[_i].below : midpoints[_i].above;
        bool decided = kernel_round(format, value, &result);
        ck_assert(decided == (distance > KERNEL_ERROR));
        if (decided)
            ck_assert_double_eq(result, negative ? -expected : expected);
    }
}
END_TEST

/* A value within KERNEL_ERROR of a power of 2 may be of the binade below: both
 * give the power. */
START_TEST(rounding_test_at_powers_of_2)
{
    for (int exponent = -1100; exponent < 1024; exponent++)
        for (size_t f = 0; f <= FORMAT_binary64; f++) { /* the rest are the same numbers */
            fixed128 power = (fixed128)1 << 127;
            struct kernel_value above = {false, exponent, power + 1};
            struct kernel_value below = {false, exponent - 1, -(fixed128)1};
            double from_above, from_below,
                expected = format_round_double(&formats[f], ldexp(1, exponent));
            bool decided = kernel_round(&formats[f], above, &from_above);
            ck_assert(kernel_round(&formats[f], below, &from_below) == decided);
            /* The one midpoint that is a power of 2: half the least subnormal. */
            ck_assert(decided == (exponent != formats[f].emin - formats[f].precision));
            if (decided) {
                ck_assert_double_eq(from_above, expected);
                ck_assert_double_eq(from_below, expected);
            }
        }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("elementary_kernel");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, products_lose_less_than_3);
    tcase_add_test(cases, quotients_are_exact);
    tcase_add_test(cases, constants_have_the_digits_of_mpfr);
    tcase_add_loop_test(cases, kernel_errors_are_as_proven, 0, ROWS(kernels));
    tcase_add_loop_test(cases, rounding_test_decides_away_from_midpoints, 0, ROWS(midpoints));
    tcase_add_test(cases, rounding_test_at_powers_of_2);
    Suite *suite = suite_create("elementary_kernel");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
