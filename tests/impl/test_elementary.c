/* exp, log, log1p, exp2 and expm1, correctly rounded: against an enclosure by MPFR of the
 * exact value, whose two ends round alike, so that no expected value is itself
 * rounded twice. */
#include "../suite.h"

#include "core/random.h"
#include "impl/elementary.h"
#include "impl/elementary_kernel.h"

#include <fenv.h>
#include <math.h>

static const struct {
    const char *name;
    double (*rounded)(const struct format *format, double x);
    mpfr_function *exact;
    struct kernel_value (*kernel)(double x);
} functions[] = {
    {"exp", rounded_exp, mpfr_exp, kernel_exp},
    {"log", rounded_log, mpfr_log, kernel_log},
    {"log1p", rounded_log1p, mpfr_log1p, kernel_log1p},
    {"exp2", rounded_exp2, mpfr_exp2, kernel_exp2},
    {"expm1", rounded_expm1, mpfr_expm1, kernel_expm1},
};
enum { EXP, LOG, LOG1P, EXP2, EXPM1, FUNCTIONS };

/* The formats that differ in p and emin: the first of the table.  Mixed and
 * flushed ones are the same numbers. */
enum { PLAIN_FORMATS = FORMAT_binary64 + 1 };

/* f(x) lies in [lo, lo + an ulp of lo], or is lo where MPFR says exact. */
static double expected(const struct format *format, mpfr_function *f, double x)
{
    MPFR_DECL_INIT(argument, 53);
    mpfr_set_d(argument, x, MPFR_RNDN);
    for (mpfr_prec_t precision = 120;; precision *= 2) {
        mpfr_t end;
        mpfr_init2(end, precision);
        bool exact = f(end, argument, MPFR_RNDD) == 0;
        double below = format_round(format, end);
        if (!exact)
            mpfr_nextabove(end);
        double above = format_round(format, end);
        mpfr_clear(end);
        if (exact || below == above)
            return below;
        ck_assert_int_lt(precision, 10000);
    }
}

/* The same number, and the same zero. */
static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

static void check(int f, const struct format *format, double x)
{
    double got = functions[f].rounded(format, x);
    double wanted = expected(format, functions[f].exact, x);
    ck_assert_msg(same(got, wanted), "%s(%a) in %s: %a, not %a", functions[f].name, x, format->name,
                  got, wanted);
}

/* IEEE 754-2019, 9.2. */
static const struct {
    int function;
    double x, value;
} special_values[] = {
    {EXP, 0, 1},
    {EXP, -0.0, 1},
    {EXP, INFINITY, INFINITY},
    {EXP, -INFINITY, 0},
    {EXP, NAN, NAN},
    {LOG, 1, 0},
    {LOG, 0, -INFINITY},
    {LOG, -0.0, -INFINITY},
    {LOG, -1, NAN},
    {LOG, -INFINITY, NAN},
    {LOG, INFINITY, INFINITY},
    {LOG, NAN, NAN},
    {LOG1P, 0, 0},
    {LOG1P, -0.0, -0.0},
    {LOG1P, -1, -INFINITY},
    {LOG1P, -2, NAN},
    {LOG1P, -INFINITY, NAN},
    {LOG1P, INFINITY, INFINITY},
    {LOG1P, NAN, NAN},
    {EXP2, 0, 1},
    {EXP2, INFINITY, INFINITY},
    {EXP2, -INFINITY, 0},
    {EXP2, -1, 0.5},
    {EXP2, NAN, NAN},
    {EXPM1, 0, 0},
    {EXPM1, -0.0, -0.0},
    {EXPM1, INFINITY, INFINITY},
    {EXPM1, -INFINITY, -1},
    {EXPM1, NAN, NAN},
};

START_TEST(special_values_are_those_of_ieee_754)
{
    for (size_t f = 0; f < PLAIN_FORMATS; f++) {
        double got =
            functions[special_values[_i].function].rounded(&formats[f], special_values[_i].x);
        ck_assert(same(got, special_values[_i].value));
    }
}
END_TEST

/* Where exp begins to overflow, to be subnormal, to be 0; where a function is
 * settled by its first terms; where log changes sign, its reduction its power
 * of 2 (√2); where 1 + x loses x's last bit; the ends of the format. */
enum { LANDMARKS = 19, AROUND = 20 };

static void landmarks_of(const struct format *format, double at[LANDMARKS])
{
    int p = format->precision, emin = format->emin, emax = format->emax;
    const double list[LANDMARKS] = {
        (emax + 1) * M_LN2,
        emin * M_LN2,
        (emin - p) * M_LN2,
        emax + 1,
        emin - p,
        ldexp(1, -p),
        ldexp(-1, -p),
        ldexp(1, -p - 1),
        ldexp(-1, -p - 1),
        0,
        1,
        -1,
        M_SQRT2,
        M_SQRT1_2,
        M_SQRT2 - 1,
        M_SQRT1_2 - 1,
        ldexp(1, p),
        ldexp(1, emin),
        format_largest(format),
    };
    for (int i = 0; i < LANDMARKS; i++)
        at[i] = format_round_double(format, list[i]);
}

START_TEST(landmarks_and_their_neighbours)
{
    const struct format *format = &formats[_i];
    int64_t end = format_ordinal(format, INFINITY);
    double landmarks[LANDMARKS];
    landmarks_of(format, landmarks);
    for (int i = 0; i < LANDMARKS; i++)
        for (int64_t away = -AROUND; away <= AROUND; away++) {
            int64_t ordinal = format_ordinal(format, landmarks[i]) + away;
            if (ordinal > end || ordinal < -end)
                continue;
            for (int f = 0; f < FUNCTIONS; f++)
                check(f, format, format_from_ordinal(format, ordinal));
        }
}
END_TEST

START_TEST(powers_of_2_and_their_neighbours)
{
    const struct format *format = &formats[_i];
    for (int e = format->emin - format->precision + 1; e <= format->emax; e++)
        for (int k = 0; k < 6 * FUNCTIONS; k++) {
            int64_t ordinal = format_ordinal(format, ldexp(1, e)) + k / 2 % 3 - 1;
            check(k / 6, format, format_from_ordinal(format, k % 2 ? -ordinal : ordinal));
        }
}
END_TEST

/* exp overflows where it reaches 2^emax·(2 − 2^−p), and becomes 0 where it
 * falls to 2^(emin − p): between two neighbours that MPFR names. */
START_TEST(thresholds_of_exp)
{
    const struct format *format = &formats[_i];
    mpfr_t threshold;
    mpfr_init2(threshold, 120);
    mpfr_set_d(threshold, 1 - ldexp(1, -format->precision - 1), MPFR_RNDN);
    mpfr_mul_2si(threshold, threshold, format->emax + 1, MPFR_RNDN);
    mpfr_log(threshold, threshold, MPFR_RNDN);
    double least = format_round(format, threshold);
    if (mpfr_cmp_d(threshold, least) > 0)
        least = format_from_ordinal(format, format_ordinal(format, least) + 1);
    double below = format_from_ordinal(format, format_ordinal(format, least) - 1);
    ck_assert_double_eq(rounded_exp(format, least), INFINITY);
    ck_assert_double_le(rounded_exp(format, below), format_largest(format));

    mpfr_set_si_2exp(threshold, 1, format->emin - format->precision, MPFR_RNDN);
    mpfr_log(threshold, threshold, MPFR_RNDN);
    least = format_round(format, threshold);
    if (mpfr_cmp_d(threshold, least) > 0)
        least = format_from_ordinal(format, format_ordinal(format, least) + 1);
    below = format_from_ordinal(format, format_ordinal(format, least) - 1);
    ck_assert_double_eq(rounded_exp(format, least), format_least(format));
    ck_assert_double_eq(rounded_exp(format, below), 0);
    mpfr_clear(threshold);
}
END_TEST

/* A number of the format: any; near 0, 1, or −1; of few bits, where the first
 * terms of a series make near midpoints; or where exp neither overflows nor
 * vanishes. */
static double random_argument(const struct format *format, struct random_stream *stream)
{
    uint64_t end = (uint64_t)format_ordinal(format, INFINITY);
    double sign = random_below(stream, 2) ? 1 : -1;
    double near = sign * ldexp(1 + random_unit(stream),
                               -1 - (int)random_below(stream, (uint64_t)format->precision + 2));
    int span = format->emax - format->emin + format->precision;
    switch (random_below(stream, 6)) {
    case 0:
        return sign * format_from_ordinal(format, (int64_t)random_below(stream, end));
    case 1:
        return format_round_double(format, near);
    case 2:
        return format_round_double(format, 1 + near);
    case 3:
        return format_round_double(format, near - 1);
    case 4: /* an odd number below 2^8 over 2^0 … 2^63 */
        return format_round_double(format, sign * ldexp(1 + 2 * (double)random_below(stream, 128),
                                                        -(int)random_below(stream, 64)));
    default:
        return format_round_double(
            format, (span * random_unit(stream) + format->emin - format->precision) * M_LN2);
    }
}

START_TEST(random_arguments)
{
    int f = _i % FUNCTIONS;
    const struct format *format = &formats[_i / FUNCTIONS];
    struct random_stream stream = random_stream(33, (uint64_t)_i);
    for (int k = 0; k < 60000; k++) {
        double x = random_argument(format, &stream);
        if ((f == LOG && x < 0) || (f == LOG1P && x < -1))
            x = -x;
        check(f, format, x);
    }
}
END_TEST

/* All there is, in a format of 16 bits or fewer. */
START_TEST(every_value_of_a_small_format)
{
    const struct format *format = &formats[_i];
    int64_t end = format_ordinal(format, INFINITY);
    if (end > INT64_C(1) << 16)
        return;
    for (int f = 0; f < FUNCTIONS; f++)
        for (int64_t ordinal = -end; ordinal <= end; ordinal++)
            check(f, format, format_from_ordinal(format, ordinal));
}
END_TEST

/* Arguments of binary64 whose function is within 2^−log2_gap (relatively) of a
 * midpoint.  The irregular ones are from the tables of Lefèvre & Muller, Worst
 * cases for correct rounding of the elementary functions in double precision
 * (2001), and Lefèvre's later ones; the round ones follow from the series:
 * exp 2^−53 = 1 + 2^−53 + 2^−107 + …, log1p x = x − x²/2 + …  Those within
 * 2^−107 are the fallback's; 2^−142 needs its second round. */
static const struct {
    int function;
    double x;
    int log2_gap;
    bool decided;
} hard_cases[] = {
    {EXP, 0x1.9e9cbbfd6080bp-31, 110, false},
    {EXP, -0x1.4bd46601ae1efp-31, 109, false},
    {EXP, -0x1.02393d5976769p1, 106, true},
    {EXP, -0x1p-54, 108, false},
    {EXP, 0x1p-53, 107, false},
    {EXP, -0x1.8p-53, 105, true},
    {EXP, 0x1.8p-52, 103, true},
    {LOG, 0x1.9476e304cd7c7p-384, 113, false},
    {LOG, 0x1.613955dc802f8p-35, 113, false},
    {LOG1P, 0x1.200000000001bp-46, 142, false},
    {LOG1P, 0x1.042ba9de75289p77, 109, false},
    {LOG1P, 0x1.039d33161ce58p77, 105, true},
    {LOG1P, 0x1.8p-50, 100, true},
    {LOG1P, 0x1.08p-42, 85, true},
};

/* −⌈log2 |v/m − 1|⌉ for v = f(x) and the nearest midpoint m of binary64. */
static int log2_gap(mpfr_function *f, double argument)
{
    MPFR_DECL_INIT(x, 53);
    MPFR_DECL_INIT(value, 400);
    MPFR_DECL_INIT(midpoint, 54);
    mpfr_set_d(x, argument, MPFR_RNDN);
    f(value, x, MPFR_RNDN);
    mpfr_set(midpoint, value, MPFR_RNDN);
    ck_assert_int_eq(mpfr_min_prec(midpoint), 54);
    mpfr_div(value, value, midpoint, MPFR_RNDN);
    mpfr_sub_ui(value, value, 1, MPFR_RNDN);
    return -(int)mpfr_get_exp(value);
}

START_TEST(hard_cases_are_hard_and_right)
{
    const struct format *binary64 = &formats[FORMAT_binary64];
    int f = hard_cases[_i].function;
    double x = hard_cases[_i].x, result;
    ck_assert_int_eq(log2_gap(functions[f].exact, x), hard_cases[_i].log2_gap);
    bool decided = kernel_round(binary64, functions[f].kernel(x), &result);
    ck_assert(decided == hard_cases[_i].decided);
    check(f, binary64, x);
}
END_TEST

/* The fallback alone, on arguments that do not need it. */
START_TEST(fallback_agrees_with_kernel)
{
    struct random_stream stream = random_stream(34, 0);
    for (int k = 0; k < 20000; k++) {
        const struct format *format = &formats[k % PLAIN_FORMATS];
        int f = k / PLAIN_FORMATS % FUNCTIONS;
        double x = fabs(random_argument(format, &stream));
        if (isinf(x) || x < 0x1p-53 || ((f == EXP || f == EXP2 || f == EXPM1) && x > 1000) ||
            x == floor(x))
            continue;
        double result;
        ck_assert(kernel_round(format, functions[f].kernel(x), &result));
        ck_assert(same(result, round_by_mpfr(format, functions[f].exact, x)));
        ck_assert(same(result, functions[f].rounded(format, x)));
    }
}
END_TEST

struct call {
    int function;
    const struct format *format;
    double x;
};

static double call(const struct call *call)
{
    return functions[call->function].rounded(call->format, call->x);
}

/* The same bits from every thread, whatever its rounding mode. */
START_TEST(threads_and_rounding_modes_do_not_matter)
{
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    static struct call calls[4000];
    static double results[ROWS(calls)];
    struct random_stream stream = random_stream(35, 0);
    for (int k = 0; k < ROWS(calls); k++) {
        int hard = k / 10 % ROWS(hard_cases); /* the fallback too, of binary64 */
        calls[k] = (struct call){k % FUNCTIONS, &formats[k % PLAIN_FORMATS],
                                 random_argument(&formats[FORMAT_binary32], &stream)};
        if (k % 10 == 0)
            calls[k] = (struct call){hard_cases[hard].function, &formats[FORMAT_binary64],
                                     hard_cases[hard].x};
        results[k] = call(&calls[k]);
    }
    int differences = 0;
#pragma omp parallel for num_threads(4) reduction(+ : differences)
    for (int mode = 0; mode < ROWS(modes); mode++) {
        fesetround(modes[mode]);
        for (int k = 0; k < ROWS(calls); k++)
            differences += !same(results[k], call(&calls[k]));
        fesetround(FE_TONEAREST);
        mpfr_free_cache();
    }
    ck_assert_int_eq(differences, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("elementary");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, special_values_are_those_of_ieee_754, 0, ROWS(special_values));
    tcase_add_loop_test(cases, landmarks_and_their_neighbours, 0, PLAIN_FORMATS);
    tcase_add_loop_test(cases, powers_of_2_and_their_neighbours, 0, PLAIN_FORMATS);
    tcase_add_loop_test(cases, thresholds_of_exp, 0, PLAIN_FORMATS);
    tcase_add_loop_test(cases, random_arguments, 0, FUNCTIONS * PLAIN_FORMATS);
    tcase_add_loop_test(cases, every_value_of_a_small_format, 0, PLAIN_FORMATS);
    tcase_add_loop_test(cases, hard_cases_are_hard_and_right, 0, ROWS(hard_cases));
    tcase_add_test(cases, fallback_agrees_with_kernel);
    tcase_add_test(cases, threads_and_rounding_modes_do_not_matter);
    Suite *suite = suite_create("elementary");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
