/* The oracle against values that were derived by hand or by other tools, its
 * special inputs, and its termination next to ties: oracle_rows.h. */
#include "../suite.h"

#include "oracle_rows.h"

#include <stdlib.h>
#include <string.h>

static struct enclosure enclosure;
static struct error error;

static void start(void)
{
    enclosure_init(&enclosure);
}

static void done(void)
{
    enclosure_clear(&enclosure);
    oracle_thread_done();
}

/* digits as an interval, ±1 in its last place. */
static void stated(const char *digits, mpfr_ptr low, mpfr_ptr high)
{
    const char *point = strchr(digits, '.'), *exponent = strchr(digits, 'e');
    const char *end = exponent == NULL ? digits + strlen(digits) : exponent;
    long place = (exponent == NULL ? 0 : atol(exponent + 1)) - (end - point - 1);
    mpfr_t last;
    mpfr_init2(last, 128);
    mpfr_set_si(last, place, MPFR_RNDN);
    mpfr_exp10(last, last, MPFR_RNDU);
    mpfr_strtofr(low, digits, NULL, 10, MPFR_RNDD);
    mpfr_strtofr(high, digits, NULL, 10, MPFR_RNDU);
    mpfr_sub(low, low, last, MPFR_RNDD);
    mpfr_add(high, high, last, MPFR_RNDU);
    mpfr_clear(last);
}

static void check_digits(const struct input_case *input, const char *digits)
{
    mpfr_t low, high;
    mpfr_inits2(512, low, high, (mpfr_ptr)0);
    stated(digits, low, high);
    ck_assert_int_eq(
        oracle_certify(input, QUANTITY_LOSS, &formats[FORMAT_binary64], &enclosure, &error), OK);
    ck_assert_int_eq(enclosure.kind, EXACT_TRANSCENDENTAL);
    ck_assert_msg(mpfr_less_p(enclosure.lo, high) && mpfr_less_p(low, enclosure.hi), "%s: apart",
                  digits);
    while (enclosure.precision < 320) /* 10^−75 relatively */
        ck_assert_int_eq(oracle_refine(input, QUANTITY_LOSS, &enclosure, &error), OK);
    ck_assert(mpfr_less_p(enclosure.lo, enclosure.hi));
    ck_assert_msg(mpfr_lessequal_p(low, enclosure.lo) && mpfr_lessequal_p(enclosure.hi, high),
                  "%s: other digits", digits);
    mpfr_clears(low, high, (mpfr_ptr)0);
}

START_TEST(derived_digits)
{
    check_digits(&digits_rows[_i].input, digits_rows[_i].digits);
}
END_TEST

/* n equal logits: log n, wherever they are. */
START_TEST(equal_logits)
{
    static const struct {
        size_t n;
        const char *log_n;
    } rows[] = {
        {2, "0.6931471805599453094172321214581765680755"}, /* pytorch#11752, mlx#4169 */
        {3, "1.098612288668109691395245236922525704647"},  /* optax#1792, pytorch#38839 */
        {10, "2.302585092994045684017991454684364207601"},
        {512, "6.238324625039507784755089093123589112680"}, /* executorch#20090: 9 log 2 */
        {1000, "6.907755278982137052053974364053092622803"},
    };
    static const double levels[] = {0, 1, 1e4, 1e6, 1e8, -1e7, 1e300, -LARGEST, 0x1p-1074};
    double x[1000];
    size_t target = rows[_i].n / 2;
    for (size_t level = 0; level < sizeof levels / sizeof *levels; level++) {
        for (size_t k = 0; k < rows[_i].n; k++)
            x[k] = levels[level] == 0 && k % 2 ? -0.0 : levels[level];
        struct input_case input = {PROBLEM_softmax_ce, SUM, 1, rows[_i].n, x, NULL, &target};
        check_digits(&input, rows[_i].log_n);
    }
}
END_TEST

static double of_kind(enum exact_kind kind)
{
    return kind == EXACT_ZERO ? 0 : kind == EXACT_INFINITE ? INFINITY : NAN;
}

START_TEST(special_inputs)
{
    const struct special_row *row = &special_rows[_i];
    oracle_enclose(&row->input, QUANTITY_LOSS, 24, &enclosure);
    ck_assert_int_eq(enclosure.kind, row->kind);
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(
            oracle_certify(&row->input, QUANTITY_LOSS, &formats[f], &enclosure, &error), OK);
        ck_assert_int_eq(enclosure.kind, row->kind);
        double rounded = oracle_rounded(&enclosure, &formats[f]), expected = of_kind(row->kind);
        if (row->kind == EXACT_TRANSCENDENTAL) {
            ck_assert(rounded > 0 && isfinite(rounded));
            ck_assert(mpfr_less_p(enclosure.lo, enclosure.hi));
            continue;
        }
        for (int end = 0; end < 2; end++) {
            double value = mpfr_get_d(end == 0 ? enclosure.lo : enclosure.hi, MPFR_RNDN);
            ck_assert(isnan(expected) ? isnan(value) : value == expected);
        }
        ck_assert(isnan(expected) ? isnan(rounded) : rounded == expected && !signbit(rounded));
        ck_assert_int_eq(oracle_ulp_exponent(&enclosure, &formats[f]),
                         formats[f].emin - formats[f].precision + 1);
    }
}
END_TEST

START_TEST(near_ties_end)
{
    const struct near_tie_row *row = &near_tie_rows[_i];
    const double expected[FORMAT_COUNT] = {
        [FORMAT_binary32] = row->rounded32, [FORMAT_binary64] = row->rounded64};
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        if (isnan(expected[f]))
            continue;
        ck_assert_int_eq(
            oracle_certify(&row->input, QUANTITY_LOSS, &formats[f], &enclosure, &error), OK);
        ck_assert_int_eq(enclosure.kind, EXACT_TRANSCENDENTAL);
        double rounded = oracle_rounded(&enclosure, &formats[f]);
        ck_assert_msg(rounded == expected[f], "%s: %a, not %a", formats[f].name, rounded,
                      expected[f]);
        ck_assert_int_le(enclosure.precision, ORACLE_PRECISION_CAP / 16);
    }
}
END_TEST

START_TEST(conditions)
{
    const struct condition_row *row = &condition_rows[_i];
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(
            oracle_certify(&row->input, QUANTITY_LOSS, &formats[f], &enclosure, &error), OK);
        double kappa = oracle_condition(&row->input, &enclosure);
        ck_assert_msg(isnan(row->kappa) ? isnan(kappa)
                                        : fabs(kappa - row->kappa) <= 1e-9 * row->kappa,
                      "%.17g, not %.17g", kappa, row->kappa);
    }
}
END_TEST

START_TEST(decimals)
{
    const struct decimal_row *row = &decimal_rows[_i];
    char text[256];
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(
            oracle_certify(&row->input, QUANTITY_LOSS, &formats[f], &enclosure, &error), OK);
        ck_assert_int_eq(
            oracle_decimal(&row->input, QUANTITY_LOSS, row->digits, &enclosure, text, &error), OK);
        ck_assert_str_eq(text, row->text);
    }
}
END_TEST

/* A refinement past the cap is an error that names the case. */
START_TEST(the_cap_is_an_error)
{
    const struct input_case input = LOGIT(0x1.8p+1, 0);
    oracle_enclose(&input, QUANTITY_LOSS, ORACLE_PRECISION_CAP, &enclosure);
    ck_assert_int_eq(oracle_refine(&input, QUANTITY_LOSS, &enclosure, &error), MACHINE_FAILED);
    ck_assert_ptr_nonnull(strstr(error.text, "bce-logit"));
    ck_assert_ptr_nonnull(strstr(error.text, "0x1.8p+1"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oracle");
    suite_add_rows(suite, "digits", start, done, derived_digits, ROWS(digits_rows));
    suite_add_rows(suite, "equal logits", start, done, equal_logits, 5);
    suite_add_rows(suite, "special inputs", start, done, special_inputs, ROWS(special_rows));
    suite_add_rows(suite, "near ties", start, done, near_ties_end, ROWS(near_tie_rows));
    suite_add_rows(suite, "condition", start, done, conditions, ROWS(condition_rows));
    suite_add_rows(suite, "decimal", start, done, decimals, ROWS(decimal_rows));
    suite_add_rows(suite, "cap", start, done, the_cap_is_an_error, 1);
    return suite_run(suite);
}
