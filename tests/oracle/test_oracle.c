/* The oracle against values that were derived by hand or by other tools, its
 * special inputs, and its termination next to ties: oracle_rows.h. */
#include "../suite.h"

#include "option_rows.h"
#include "oracle_rows.h"
#include "tie_rows.h"

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

static void check_digits(const struct input_case *input, struct quantity quantity,
                         const char *digits)
{
    mpfr_t low, high;
    mpfr_inits2(512, low, high, (mpfr_ptr)0);
    stated(digits, low, high);
    ck_assert_int_eq(oracle_certify(input, quantity, &formats[FORMAT_binary64], &enclosure, &error),
                     OK);
    ck_assert_int_eq(enclosure.kind, EXACT_TRANSCENDENTAL);
    ck_assert_msg(mpfr_less_p(enclosure.lo, high) && mpfr_less_p(low, enclosure.hi), "%s: apart",
                  digits);
    while (enclosure.precision < 320) /* 10^−75 relatively */
        ck_assert_int_eq(oracle_refine(input, quantity, &enclosure, &error), OK);
    ck_assert(mpfr_less_p(enclosure.lo, enclosure.hi));
    ck_assert_msg(mpfr_lessequal_p(low, enclosure.lo) && mpfr_lessequal_p(enclosure.hi, high),
                  "%s: other digits", digits);
    mpfr_clears(low, high, (mpfr_ptr)0);
}

START_TEST(derived_digits)
{
    check_digits(&digits_rows[_i].input, quantity_loss(0), digits_rows[_i].digits);
}
END_TEST

START_TEST(derived_digits_of_options_and_gradients)
{
    const struct value_row *row = &transcendental_rows[_i];
    check_digits(&row->input, row->quantity, row->value);
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
        struct input_case input = {.problem = PROBLEM_softmax_ce,
                                   .reduction = SUM,
                                   .rows = 1,
                                   .columns = rows[_i].n,
                                   .values = x,
                                   .targets = &target};
        check_digits(&input, quantity_loss(0), rows[_i].log_n);
    }
}
END_TEST

static double of_kind(enum exact_kind kind)
{
    return kind == EXACT_RATIONAL ? 0 : kind == EXACT_INFINITE ? INFINITY : NAN;
}

START_TEST(special_inputs)
{
    const struct special_row *row = &special_rows[_i];
    oracle_enclose(&row->input, quantity_loss(0), 24, &enclosure);
    ck_assert_int_eq(enclosure.kind, row->kind);
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(
            oracle_certify(&row->input, quantity_loss(0), &formats[f], &enclosure, &error), OK);
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
        if (row->kind == EXACT_RATIONAL)
            ck_assert_int_eq(mpq_sgn(enclosure.rational), 0);
        ck_assert_int_eq(oracle_ulp_exponent(&enclosure, &formats[f]),
                         formats[f].emin - formats[f].precision + 1);
    }
}
END_TEST

static void check_near_tie(const struct input_case *input, struct quantity quantity,
                           enum format_id format, double expected)
{
    ck_assert_int_eq(oracle_certify(input, quantity, &formats[format], &enclosure, &error), OK);
    ck_assert_int_eq(enclosure.kind, EXACT_TRANSCENDENTAL);
    double rounded = oracle_rounded(&enclosure, &formats[format]);
    ck_assert_msg(rounded == expected && signbit(rounded) == signbit(expected), "%s: %a, not %a",
                  formats[format].name, rounded, expected);
    ck_assert_int_le(enclosure.precision, ORACLE_PRECISION_CAP / 16);
}

START_TEST(near_ties_end)
{
    const struct near_tie_row *row = &near_tie_rows[_i];
    if (!isnan(row->rounded32))
        check_near_tie(&row->input, quantity_loss(0), FORMAT_binary32, row->rounded32);
    if (!isnan(row->rounded64))
        check_near_tie(&row->input, quantity_loss(0), FORMAT_binary64, row->rounded64);
}
END_TEST

START_TEST(near_ties_of_options_and_gradients_end)
{
    const struct tie_row *row = &tie_rows[_i];
    check_near_tie(&row->input, row->quantity, row->format, row->rounded);
}
END_TEST

/* The value as a fraction, exactly; its ends are its roundings at the working
 * precision, and it is correctly rounded, ties to even. */
static void check_fraction(const char *text)
{
    mpq_t expected;
    mpq_init(expected);
    ck_assert_int_eq(mpq_set_str(expected, text, 10), 0);
    ck_assert_int_eq(enclosure.kind, EXACT_RATIONAL);
    ck_assert_msg(mpq_equal(enclosure.rational, expected), "not %s", text);
    ck_assert_int_le(mpfr_cmp_q(enclosure.lo, expected), 0);
    ck_assert_int_ge(mpfr_cmp_q(enclosure.hi, expected), 0);
    mpfr_nextabove(enclosure.lo);
    ck_assert(mpfr_greaterequal_p(enclosure.lo, enclosure.hi));
    mpq_clear(expected);
}

START_TEST(rational_values_and_limits)
{
    const struct value_row *row = &rational_rows[_i];
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(
            oracle_certify(&row->input, row->quantity, &formats[f], &enclosure, &error), OK);
        double rounded = oracle_rounded(&enclosure, &formats[f]);
        if (strcmp(row->value, "nan") == 0) {
            ck_assert_int_eq(enclosure.kind, EXACT_UNDEFINED);
            ck_assert(isnan(rounded));
        } else if (strstr(row->value, "inf") != NULL) {
            ck_assert_int_eq(enclosure.kind, EXACT_INFINITE);
            ck_assert(rounded == (row->value[0] == '-' ? -INFINITY : INFINITY));
        } else {
            check_fraction(row->value);
        }
    }
}
END_TEST

/* Rational values round to even at a tie, in every format. */
START_TEST(rational_ties)
{
    const struct tie_row *row = &rational_tie_rows[_i];
    const struct format *format = &formats[row->format];
    ck_assert_int_eq(oracle_certify(&row->input, row->quantity, format, &enclosure, &error), OK);
    ck_assert_int_eq(enclosure.kind, EXACT_RATIONAL);
    double rounded = oracle_rounded(&enclosure, format);
    ck_assert_msg(rounded == row->rounded, "%a, not %a", rounded, row->rounded);
}
END_TEST

/* Rows with options, one of them ignored, one of equal logits; and a row whose
 * components, about 2^−62 as differences of 1/2, need more bits than others. */
static const struct input_case gradient_cases[] = {
    CE_WITH(MEAN, 3, 4, INDEX(0, IGNORED, 2), LIST(1, 2, 3, 4), 0.125, 1e8, 1, 2, 2, 0, 0, 0, 0, 5,
            5, 5, 5),
    SOFT(SUM, 2, 2, LIST(0.5, 0.5, 1, 0), NULL, 0, 0x1p-60, 0, 1, 2),
};

/* All components at once are what they are one by one. */
START_TEST(components_share_a_row)
{
    const struct input_case *input = &gradient_cases[_i];
    const struct format *format = &formats[FORMAT_binary64];
    struct enclosure all[12];
    size_t count = input_case_values(input);
    for (size_t i = 0; i < count; i++)
        enclosure_init(&all[i]);
    ck_assert_int_eq(oracle_certify_gradient(input, format, all, &error), OK);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(oracle_certify(input, quantity_gradient(i), format, &enclosure, &error),
                         OK);
        ck_assert_int_eq(all[i].kind, enclosure.kind);
        ck_assert_int_eq(all[i].precision, enclosure.precision);
        ck_assert(mpfr_equal_p(all[i].lo, enclosure.lo) && mpfr_equal_p(all[i].hi, enclosure.hi));
        ck_assert(all[i].quantity.index == i && all[i].quantity.kind == QUANTITY_GRADIENT);
        enclosure_clear(&all[i]);
    }
}
END_TEST

static void check_condition(const struct input_case *input, struct quantity quantity, double kappa)
{
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(oracle_certify(input, quantity, &formats[f], &enclosure, &error), OK);
        double got = oracle_condition(input, &enclosure);
        ck_assert_msg(isnan(kappa) ? isnan(got) : fabs(got - kappa) <= 1e-9 * kappa,
                      "%.17g, not %.17g", got, kappa);
    }
}

START_TEST(conditions)
{
    check_condition(&condition_rows[_i].input, quantity_loss(0), condition_rows[_i].kappa);
}
END_TEST

START_TEST(conditions_of_options)
{
    const struct option_condition_row *row = &option_condition_rows[_i];
    check_condition(&row->input, row->quantity, row->kappa);
}
END_TEST

static void check_decimal(const struct input_case *input, struct quantity quantity, int digits,
                          const char *expected)
{
    char text[256];
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        ck_assert_int_eq(oracle_certify(input, quantity, &formats[f], &enclosure, &error), OK);
        ck_assert_int_eq(oracle_decimal(input, quantity, digits, &enclosure, text, &error), OK);
        ck_assert_str_eq(text, expected);
        ck_assert_int_le(enclosure.precision, ORACLE_PRECISION_CAP / 4);
    }
}

START_TEST(decimals)
{
    const struct decimal_row *row = &decimal_rows[_i];
    check_decimal(&row->input, quantity_loss(0), row->digits, row->text);
}
END_TEST

START_TEST(decimals_of_options)
{
    const struct option_decimal_row *row = &option_decimal_rows[_i];
    check_decimal(&row->input, row->quantity, row->digits, row->text);
}
END_TEST

/* A refinement past the cap is an error that names the case. */
START_TEST(the_cap_is_an_error)
{
    const struct input_case input = LOGIT(0x1.8p+1, 0);
    oracle_enclose(&input, quantity_loss(0), ORACLE_PRECISION_CAP, &enclosure);
    ck_assert_int_eq(oracle_refine(&input, quantity_loss(0), &enclosure, &error), MACHINE_FAILED);
    ck_assert_ptr_nonnull(strstr(error.text, "bce-logit"));
    ck_assert_ptr_nonnull(strstr(error.text, "0x1.8p+1"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oracle");
    suite_add_rows(suite, "digits", start, done, derived_digits, ROWS(digits_rows));
    suite_add_rows(suite, "options and gradients", start, done,
                   derived_digits_of_options_and_gradients, ROWS(transcendental_rows));
    suite_add_rows(suite, "rational", start, done, rational_values_and_limits, ROWS(rational_rows));
    suite_add_rows(suite, "rational ties", start, done, rational_ties, ROWS(rational_tie_rows));
    suite_add_rows(suite, "near ties of gradients", start, done,
                   near_ties_of_options_and_gradients_end, ROWS(tie_rows));
    suite_add_rows(suite, "components", start, done, components_share_a_row, ROWS(gradient_cases));
    suite_add_rows(suite, "equal logits", start, done, equal_logits, 5);
    suite_add_rows(suite, "special inputs", start, done, special_inputs, ROWS(special_rows));
    suite_add_rows(suite, "near ties", start, done, near_ties_end, ROWS(near_tie_rows));
    suite_add_rows(suite, "condition", start, done, conditions, ROWS(condition_rows));
    suite_add_rows(suite, "decimal", start, done, decimals, ROWS(decimal_rows));
    suite_add_rows(suite, "condition of options", start, done, conditions_of_options,
                   ROWS(option_condition_rows));
    suite_add_rows(suite, "decimal of options", start, done, decimals_of_options,
                   ROWS(option_decimal_rows));
    suite_add_rows(suite, "cap", start, done, the_cap_is_an_error, 1);
    return suite_run(suite);
}
