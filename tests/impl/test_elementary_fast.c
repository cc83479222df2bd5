/* The fast path of the elementary functions: its constants against MPFR, its proven
 * bounds in every rounding mode, Ziv's test at its edges, and its results
 * against the integer kernels'. */
#include "../suite.h"

#include "core/random.h"
#include "impl/elementary_binary32.h"
#include "impl/elementary_kernel.h"

#include <fenv.h>

static const struct format *const binary32 = &formats[FORMAT_binary32];

/* The bounds of elementary_fast.h, and where they hold. */
static const struct {
    const char *name;
    double (*fast)(double x);
    struct kernel_value (*kernel)(double x);
    double (*rounded)(const struct format *format, double x);
    float (*inline_function)(float x);
    mpfr_function *exact;
    double from, to, least; /* from < x < to, least ≤ |x| */
    double bound;
} functions[] = {
    {"exp", fast_exp, kernel_exp, rounded_exp, binary32_exp, mpfr_exp, -150, 150, 0x1p-25, 0x1p-51},
    {"exp2", fast_exp2, kernel_exp2, rounded_exp2, binary32_exp2, mpfr_exp2, -150, 150, 0x1p-25,
     0x1p-51},
    {"expm1", fast_expm1, kernel_expm1, rounded_expm1, binary32_expm1, mpfr_expm1, -40, 150,
     0x1p-24, 0x1p-49},
    {"log", fast_log, kernel_log, rounded_log, binary32_log, mpfr_log, 0, INFINITY, 0, 0x1p-49},
    {"log1p", fast_log1p, kernel_log1p, rounded_log1p, binary32_log1p, mpfr_log1p, -1, INFINITY,
     0x1p-24, 0x1p-49},
};
enum { EXP, EXP2, EXPM1, LOG, LOG1P, FUNCTIONS };

/* --- constants ------------------------------------------------------------------ */

/* The number of `digits` binary digits nearest to x. */
static double nearest(mpfr_srcptr x, mpfr_prec_t digits)
{
    mpfr_t rounded;
    mpfr_init2(rounded, digits);
    mpfr_set(rounded, x, MPFR_RNDN);
    double result = mpfr_get_d(rounded, MPFR_RNDN);
    mpfr_clear(rounded);
    return result;
}

START_TEST(constants_are_those_of_mpfr)
{
    MPFR_DECL_INIT(x, 200);
    mpfr_const_log2(x, MPFR_RNDN);
    ck_assert_double_eq(FAST_LN2, nearest(x, 53));
    mpfr_div_ui(x, x, FAST_POWERS, MPFR_RNDN);
    ck_assert_double_eq(FAST_STEP_HIGH, nearest(x, 38));
    mpfr_sub_d(x, x, FAST_STEP_HIGH, MPFR_RNDN);
    ck_assert_double_eq(FAST_STEP_LOW, nearest(x, 53));
    mpfr_const_log2(x, MPFR_RNDN);
    mpfr_ui_div(x, FAST_POWERS, x, MPFR_RNDN);
    ck_assert_double_eq(FAST_INVERSE_STEP, nearest(x, 53));
    ck_assert_double_eq(fast_double(FAST_FIRST_M), 11.0 / 16);
    for (unsigned n = 0; n < sizeof fast_inverse_factorials / sizeof(double); n++) {
        mpfr_fac_ui(x, n, MPFR_RNDN);
        mpfr_ui_div(x, 1, x, MPFR_RNDN);
        ck_assert_double_eq(fast_inverse_factorials[n], nearest(x, 53));
    }
    for (unsigned n = 1; n < sizeof fast_log_terms / sizeof(double); n++) {
        mpfr_set_si(x, n % 2 == 1 ? 1 : -1, MPFR_RNDN);
        mpfr_div_ui(x, x, n, MPFR_RNDN);
        ck_assert_double_eq(fast_log_terms[n], nearest(x, 53));
    }
    for (int j = 0; j < FAST_POWERS; j++) {
        mpfr_set_d(x, j / (double)FAST_POWERS, MPFR_RNDN);
        mpfr_exp2(x, x, MPFR_RNDN);
        ck_assert_double_eq(fast_powers[j], nearest(x, 53));
    }
}
END_TEST

/* The intervals of m lie side by side from 11/16 to 11/8; c is 1 next to 1, has 20
 * bits after the point, and |c·m − 1| < 2^−7. */
START_TEST(logarithms_are_those_of_mpfr)
{
    MPFR_DECL_INIT(x, 200);
    for (uint64_t i = 0; i < FAST_LOGARITHMS; i++) {
        double c = fast_logarithms[i].c;
        double from = fast_double(FAST_FIRST_M + (i << 45));
        double to = fast_double(FAST_FIRST_M + ((i + 1) << 45));
        ck_assert_double_eq(ldexp(c, 20), floor(ldexp(c, 20)));
        ck_assert(fabs(c * from - 1) < 0x1.01p-7 && fabs(c * to - 1) <= 0x1p-7);
        ck_assert((c == 1) == (to == 1 || from == 1));
        mpfr_set_d(x, c, MPFR_RNDN);
        mpfr_log(x, x, MPFR_RNDN);
        ck_assert_double_eq(fast_logarithms[i].minus_log, -nearest(x, 53));
    }
    ck_assert_double_eq(fast_double(FAST_FIRST_M + ((uint64_t)FAST_LOGARITHMS << 45)), 11.0 / 8);
}
END_TEST

/* --- arguments ------------------------------------------------------------------ */

/* A number with the digits of the format for function f: any magnitude of its domain; near 0,
 * ±1; at an end of an interval of a table; where 1 + x is next to 1. */
static double argument(int f, const struct format *format, struct random_stream *stream)
{
    double sign = random_below(stream, 2) ? 1 : -1, unit = random_unit(stream);
    int binade = (int)random_below(stream, 32);
    double near = sign * ldexp(1 + unit, -binade - 1);
    double tiny = ldexp(floor(4 * unit), -format->precision);
    double x;
    switch (random_below(stream, 6)) {
    case 0:
        x = near;
        break;
    case 1:
        x = sign + near;
        break;
    case 2: /* the middle of two powers of the table */
        x = sign * ((double)random_below(stream, 19000) + 0.5) / 128 * (f == EXP2 ? 1 : M_LN2);
        x *= 1 + sign * tiny;
        break;
    case 3:
        x = (0.6875 + (double)random_below(stream, 177) / 256) * (1 + sign * tiny);
        x = f == LOG1P ? x - 1 : ldexp(x, binade - 16);
        break;
    case 4: {
        uint64_t end = (uint64_t)format_ordinal(format, INFINITY);
        x = sign * format_from_ordinal(format, (int64_t)random_below(stream, end));
        break;
    }
    default:
        x = sign * 104 * unit;
    }
    return format_round_double(format, x);
}

/* Whether a format has x in the domain of the fast path. */
static bool in_domain(int f, const struct format *format, double x)
{
    double least = f == LOG ? 0 : ldexp(functions[f].least, 24 - format->precision);
    return x > functions[f].from && x < functions[f].to && fabs(x) >= least;
}

/* --- the bounds ----------------------------------------------------------------- */

static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

static double relative_error(double got, mpfr_srcptr exact)
{
    MPFR_DECL_INIT(error, 150);
    mpfr_d_sub(error, got, exact, MPFR_RNDN);
    mpfr_div(error, error, exact, MPFR_RNDN);
    return fabs(mpfr_get_d(error, MPFR_RNDN));
}

START_TEST(errors_are_as_proven)
{
    ck_assert(FAST_ERROR * 0x1p-53 >= functions[_i].bound);
    struct random_stream stream = random_stream(36, (uint64_t)_i);
    MPFR_DECL_INIT(exact, 150);
    MPFR_DECL_INIT(argument_of, 53);
    for (int k = 0; k < 12000; k++) {
        double x = argument(_i, binary32, &stream);
        if (!in_domain(_i, binary32, x) || (_i == LOG && x == 1))
            continue;
        mpfr_set_d(argument_of, x, MPFR_RNDN);
        functions[_i].exact(exact, argument_of, MPFR_RNDN);
        for (int mode = 0; mode < ROWS(modes); mode++) {
            fesetround(modes[mode]);
            double got = functions[_i].fast(x);
            fesetround(FE_TONEAREST);
            double error = relative_error(got, exact);
            ck_assert_msg(error < functions[_i].bound, "%s(%a) in mode %d: %a", functions[_i].name,
                          x, mode, error);
        }
    }
}
END_TEST

/* --- Ziv's test ------------------------------------------------------------------ */

/* A midpoint of the format, and its neighbours there. */
static const struct {
    enum format_id format;
    double midpoint, below, above;
} midpoints[] = {
    {FORMAT_binary32, 0x1.000001p0, 1, 0x1.000002p0},
    {FORMAT_binary32, 0x1.ffffffp3, 0x1.fffffep3, 16},
    {FORMAT_binary32, 0x1.ffffffp127, 0x1.fffffep127, INFINITY},
    {FORMAT_binary32, 0x1.8p-149, 0x1p-149, 0x1p-148},
    {FORMAT_binary32, 0x1.fffffep-127, 0x1.fffffcp-127, 0x1p-126},
    {FORMAT_binary16, 0x1.002p0, 1, 0x1.004p0},
    {FORMAT_binary16, 0x1.ffep15, 0x1.ffcp15, INFINITY},
    {FORMAT_binary16, 0x1.8p-24, 0x1p-24, 0x1p-23},
    {FORMAT_bfloat16, 0x1.01p0, 1, 0x1.02p0},
    {FORMAT_bfloat16, 0x1.ffp127, 0x1.fep127, INFINITY},
};

START_TEST(rounding_test_decides_away_from_midpoints)
{
    static const uint64_t distances[] = {0, 1, FAST_ERROR, FAST_ERROR + 1, 2 * FAST_ERROR};
    const struct format *format = &formats[midpoints[_i].format];
    for (int k = 0; k < 4 * ROWS(distances); k++) {
        uint64_t distance = distances[k / 4], bits = fast_bits(midpoints[_i].midpoint);
        bool below = k % 2 == 1;
        double sign = k / 2 % 2 == 1 ? -1 : 1, result;
        double y = sign * fast_double(below ? bits - distance : bits + distance);
        ck_assert(fast_round(format, y, &result) == (distance > FAST_ERROR));
        if (distance > FAST_ERROR)
            ck_assert_double_eq(result, sign * (below ? midpoints[_i].below : midpoints[_i].above));
        float single;
        if (format != binary32 || fabs(y) < FLT_MIN || fabs(y) >= 0x1p127)
            continue;
        ck_assert(binary32_round(y, &single) == (distance > FAST_ERROR));
        if (distance > FAST_ERROR)
            ck_assert_double_eq((double)single, result);
    }
}
END_TEST

/* Either side of a power of 2 rounds to it; half the least number and less is left to
 * the kernel. */
START_TEST(rounding_test_at_powers_of_2)
{
    for (size_t f = 0; f < FORMAT_binary64; f++)
        for (int exponent = -300; exponent <= 300; exponent++)
            for (int k = -1; k <= 1; k++) {
                double power = ldexp(1, exponent), result;
                double y = fast_double(fast_bits(power) + (uint64_t)(int64_t)k);
                bool representable = exponent - (k < 0) > formats[f].emin - formats[f].precision;
                ck_assert(fast_round(&formats[f], y, &result) == representable);
                if (representable)
                    ck_assert_double_eq(result, format_round_double(&formats[f], power));
            }
}
END_TEST

/* --- results ---------------------------------------------------------------------- */

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

/* The kernel's result, or MPFR's. */
static double reference(int f, const struct format *format, double x)
{
    double result;
    if (kernel_round(format, functions[f].kernel(x), &result))
        return result;
    return round_by_mpfr(format, functions[f].exact, x);
}

START_TEST(results_are_those_of_the_kernel)
{
    int f = _i / FORMAT_binary64;
    const struct format *format = &formats[_i % FORMAT_binary64];
    struct random_stream stream = random_stream(37, (uint64_t)_i);
    int open = 0, asked = 0;
    for (int k = 0; k < 40000; k++) {
        double x = argument(f, format, &stream), result;
        if (!in_domain(f, format, x) || (f == LOG && x == 1) || (f == EXP2 && x == floor(x)))
            continue;
        double wanted = reference(f, format, x);
        asked++;
        if (fast_round(format, functions[f].fast(x), &result))
            ck_assert_msg(same(result, wanted), "%s(%a) in %s: %a, not %a", functions[f].name, x,
                          format->name, result, wanted);
        else
            open += wanted != 0; /* what is below the least number is the kernel's */
        ck_assert(same(functions[f].rounded(format, x), wanted));
        if (format == binary32)
            ck_assert(same((double)functions[f].inline_function((float)x), wanted));
    }
    ck_assert_int_ge(asked, 10000);
    ck_assert_int_le(open, asked / 200);
}
END_TEST

/* Of all arguments of binary32 those whose results are nearest to a midpoint, relatively,
 * as make elementary-exhaustive finds them; and log(1 − 2^−23), which the fast path
 * decides: −2^−23·(1 + 2^−24 + 2^−46/3 + …). */
static const struct {
    int function;
    double x;
    double log2_gap;
    bool decided;
} hard_cases[] = {
    {EXP, -0x1.d2259ap+3, -52.6, false},   {EXP2, -0x1.5a3f34p-21, -58.9, false},
    {EXPM1, 0x1.84a5bap-4, -52.8, false},  {LOG, 0x1.b121a6p+76, -57.8, false},
    {LOG1P, 0x1.800006p-21, -66.4, false}, {LOG, 0x1.fffffcp-1, -47.6, true},
};

START_TEST(hardest_arguments_of_binary32)
{
    int f = hard_cases[_i].function;
    double x = hard_cases[_i].x, result;
    MPFR_DECL_INIT(value, 200);
    MPFR_DECL_INIT(midpoint, 25);
    mpfr_set_d(value, x, MPFR_RNDN);
    functions[f].exact(value, value, MPFR_RNDN);
    mpfr_set(midpoint, value, MPFR_RNDN);
    ck_assert_int_eq(mpfr_min_prec(midpoint), 25);
    ck_assert_double_eq_tol(log2(relative_error(mpfr_get_d(midpoint, MPFR_RNDN), value)),
                            hard_cases[_i].log2_gap, 0.06);
    ck_assert(fast_round(binary32, functions[f].fast(x), &result) == hard_cases[_i].decided);
    double wanted = format_round(binary32, value);
    ck_assert(same(functions[f].rounded(binary32, x), wanted));
    ck_assert(same((double)functions[f].inline_function((float)x), wanted));
}
END_TEST

/* The inline functions of binary32 at every kind of limit, NaN and infinities
 * too. */
START_TEST(inline_functions_are_the_same)
{
    static const double around[] = {0,   0x1p-149, 0x1p-126, 0x1p-25, 0x1p-24,  1,       18,
                                    40,  87,       88,       89,      104,      126,     127,
                                    128, 149,      150,      151,     0x1p29,   0x1p126, INFINITY,
                                    103, 87.3365,  88.7228,  103.972, 0x1p-126, 0.5,     0x1p-8};
    int64_t end = format_ordinal(binary32, INFINITY);
    for (int k = 0; k < 2 * ROWS(around); k++)
        for (int64_t away = -50; away <= 50; away++) {
            double at = format_round_double(binary32, around[k / 2]);
            int64_t ordinal = format_ordinal(binary32, k % 2 ? -at : at) + away;
            if (ordinal < -end || ordinal > end)
                continue;
            double x = format_from_ordinal(binary32, ordinal);
            if (x == 0 && k % 2 == 1)
                x = -0.0;
            double got = (double)functions[_i].inline_function((float)x);
            ck_assert_msg(same(got, functions[_i].rounded(binary32, x)), "%s(%a): %a",
                          functions[_i].name, x, got);
        }
    ck_assert(isnan(functions[_i].inline_function(NAN)));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("elementary_fast");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, constants_are_those_of_mpfr);
    tcase_add_test(cases, logarithms_are_those_of_mpfr);
    tcase_add_loop_test(cases, errors_are_as_proven, 0, FUNCTIONS);
    tcase_add_loop_test(cases, rounding_test_decides_away_from_midpoints, 0, ROWS(midpoints));
    tcase_add_test(cases, rounding_test_at_powers_of_2);
    tcase_add_loop_test(cases, results_are_those_of_the_kernel, 0, FUNCTIONS * FORMAT_binary64);
    tcase_add_loop_test(cases, hardest_arguments_of_binary32, 0, ROWS(hard_cases));
    tcase_add_loop_test(cases, inline_functions_are_the_same, 0, FUNCTIONS);
    Suite *suite = suite_create("elementary_fast");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
