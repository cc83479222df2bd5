/* What an onset is made of: conditions against their definition in MPFR at 300
 * bits, the cases of each family, and the walks. */
#include "sweep/onset_condition.h"
#include "sweep/onset_family.h"

#include "../suite.h"

#include <math.h>
#include <string.h>

enum { BITS = 300 };

/* --- conditions against their definition --------------------------------------------------- */

/* The loss of equal logits (0, 0) is ln 2; of (0, g), target 0, log(1 + e^g). */
static const struct defined {
    const char *format;
    double gap;
} defined[] = {
    {"binary64", 0}, {"binary32", 0},   {"binary16", 0},    {"bfloat16", 0},
    {"binary64", 9}, {"binary64", -30}, {"binary32", -101}, {"binary16", -12},
};

static uint8_t by_definition(mpfr_srcptr v, int ulp_exponent, double got)
{
    MPFR_DECL_INIT(error, BITS);
    MPFR_DECL_INIT(bound, BITS);
    uint8_t holding = 0;
    mpfr_sub_d(error, v, got, MPFR_RNDN);
    mpfr_abs(error, error, MPFR_RNDN);
    mpfr_div_ui(bound, v, 100, MPFR_RNDN);
    if (mpfr_cmp(error, bound) > 0 && mpfr_cmp_ui_2exp(error, 1, ulp_exponent) > 0)
        holding |= 1 << ONSET_over_percent;
    if (mpfr_cmp_ui_2exp(error, 16, ulp_exponent) > 0)
        holding |= 1 << ONSET_over_16_ulp;
    return holding;
}

static uint8_t measured(struct enclosure *enclosure, const struct format *format, double got)
{
    const struct onset_exact exact = onset_exact(enclosure, format);
    uint8_t holding, settled;
    bool cheap = onset_conditions_of(&exact, NULL, got, &holding);
    ck_assert(onset_conditions_of(&exact, enclosure, got, &settled));
    if (cheap)
        ck_assert_uint_eq(holding, settled);
    return settled & (1 << ONSET_over_percent | 1 << ONSET_over_16_ulp);
}

START_TEST(bounds_are_as_defined)
{
    const struct format *format = format_find(defined[_i].format);
    const double logits[] = {0, defined[_i].gap};
    const size_t target = 0;
    const struct input_case input = {.problem = PROBLEM_softmax_ce,
                                     .rows = 1,
                                     .columns = 2,
                                     .values = logits,
                                     .targets = &target};
    struct enclosure enclosure;
    struct error error;
    MPFR_DECL_INIT(v, BITS);
    mpfr_set_d(v, defined[_i].gap, MPFR_RNDN);
    mpfr_exp(v, v, MPFR_RNDN);
    mpfr_log1p(v, v, MPFR_RNDN);
    enclosure_init(&enclosure);
    ck_assert_int_eq(oracle_certify(&input, quantity_loss(0), format, &enclosure, &error), OK);
    int q = oracle_ulp_exponent(&enclosure, format);
    double rounded = format_round(format, v);
    const double centres[] = {rounded,        rounded * 0.99,         rounded * 1.01,
                              rounded / 0.99, rounded - ldexp(16, q), rounded + ldexp(16, q)};
    for (size_t i = 0; i < sizeof centres / sizeof *centres; i++) {
        int64_t centre = format_ordinal(format, format_round_double(format, centres[i]));
        for (int64_t k = -3; k <= 3; k++) {
            double got = format_from_ordinal(format, centre + k);
            if (got > 0)
                ck_assert_uint_eq(measured(&enclosure, format, got), by_definition(v, q, got));
        }
    }
    enclosure_clear(&enclosure);
}
END_TEST

/* Exact values next to a machine number m, from above: results whose distance to
 * m is the bound itself are within it above m and not below.
 *   −log(1 − p) = p + p²/2 + …  at p = 2^−145, 16 of the least subnormals: one ulp
 *   log(1 + e^x) = x + e^−x − … at x = 2^20: 16 ulp, told by no precision but by
 *   the side on which e^−x lies */
static const struct beside {
    enum problem_id problem;
    double m, bound;
    enum onset_condition condition;
} besides[] = {
    {PROBLEM_bce_prob, 0x1p-145, 0x1p-149, ONSET_over_percent},
    {PROBLEM_bce_logit, 0x1p+20, 0x1p+1, ONSET_over_16_ulp},
};

START_TEST(bounds_are_told_from_less)
{
    const struct format *format = &formats[FORMAT_binary32];
    const struct beside *row = &besides[_i];
    const double label = 0;
    const struct input_case input = {
        .problem = row->problem, .rows = 1, .columns = 1, .values = &row->m, .labels = &label};
    struct enclosure enclosure;
    struct error error;
    uint8_t holding;
    enclosure_init(&enclosure);
    ck_assert_int_eq(oracle_certify(&input, quantity_loss(0), format, &enclosure, &error), OK);
    const struct onset_exact exact = onset_exact(&enclosure, format);
    for (int k = -1; k <= 1; k += 2) {
        double got = row->m + k * row->bound;
        ck_assert(!onset_conditions_of(&exact, NULL, got, &holding));
        ck_assert(onset_conditions_of(&exact, &enclosure, got, &holding));
        ck_assert_uint_eq(holding & (ONSET_NEAR - 1), k < 0 ? 1U << row->condition : 0U);
    }
    enclosure_clear(&enclosure);
}
END_TEST

START_TEST(signs_zeros_and_failures)
{
    const struct onset_exact one = {1, 1, -23, -43, EXACT_TRANSCENDENTAL, +1};
    const uint8_t both = 1 << ONSET_over_percent | 1 << ONSET_over_16_ulp;
    const struct {
        double got;
        uint8_t expected;
    } rows[] = {
        {1, 0},
        {NAN, 1 << ONSET_nan | both},
        {INFINITY, 1 << ONSET_inf | both},
        {-INFINITY, 1 << ONSET_inf | both},
        {0.0, 1 << ONSET_false_zero | both},
        {-0.0, 1 << ONSET_false_zero | both},
        {-1, 1 << ONSET_wrong_sign | both},
        {1.02, both},
        {1 + ldexp(17, -23), 1 << ONSET_over_16_ulp},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t holding;
        ck_assert(onset_conditions_of(&one, NULL, rows[i].got, &holding));
        ck_assert_uint_eq(holding & (ONSET_NEAR - 1), rows[i].expected);
    }
}
END_TEST

/* --- cases, walks and grids
 * ------------------------------------------------------------------------ */

/* The case at v = 3, at p = 3/8 and at p = 3/4: its values, and its target or label. */
static const struct expected_case {
    const char *family;
    double v, values[3], target_or_label;
} expected_cases[] = {
    {"gap-ahead", 3, {3, 0}, 0},
    {"gap-behind", 3, {3, 0}, 1},
    {"magnitude-right", 3, {3, 1.5, -0.75}, 0},
    {"magnitude-wrong", 3, {3, 1.5, -0.75}, 2},
    {"magnitude-negative", 3, {-3, -1.5, -2.25}, 2},
    {"shift-up", 3, {3.5, 1.75, 3.75}, 0},
    {"shift-down", 3, {-2.5, -4.25, -2.25}, 0},
    {"logit-up-label-0", 3, {3}, 0},
    {"logit-up-label-1", 3, {3}, 1},
    {"logit-down-label-0", 3, {-3}, 0},
    {"logit-down-label-1", 3, {-3}, 1},
    {"p-to-0-label-0", 0.375, {0.375}, 0},
    {"p-to-0-label-1", 0.375, {0.375}, 1},
    {"p-to-1-label-0", 0.75, {0.75}, 0},
    {"p-to-1-label-1", 0.75, {0.75}, 1},
};

static const struct onset_family *family_of(const char *name)
{
    for (size_t i = 0; i < onset_family_count; i++)
        if (strcmp(onset_families[i].name, name) == 0)
            return &onset_families[i];
    ck_abort_msg("no family %s", name);
}

START_TEST(cases_are_as_described)
{
    const struct expected_case *row = &expected_cases[_i];
    const struct onset_family *family = family_of(row->family);
    const struct format *format = &formats[FORMAT_bfloat16];
    const enum problem_id problem[] = {[ONSET_ROW] = PROBLEM_softmax_ce,
                                       [ONSET_PROBABILITY] = PROBLEM_bce_prob,
                                       [ONSET_LOGIT] = PROBLEM_bce_logit};
    struct case_store store = {0};
    struct error error;
    uint64_t index = 0;
    while (onset_walk_value(family, format, index) != row->v)
        index++;
    ck_assert_int_eq(
        onset_family_case(family, problem[family->shape], format, index, &store, &error), OK);
    ck_assert_uint_eq(store.input.columns, family->columns);
    for (size_t k = 0; k < family->columns; k++)
        ck_assert_double_eq(store.input.values[k], row->values[k]);
    ck_assert_double_eq(family->shape == ONSET_ROW ? (double)store.input.targets[0]
                                                   : store.input.labels[0],
                        row->target_or_label);
    case_store_clear(&store);
}
END_TEST

START_TEST(walks_end_where_they_should)
{
    const struct onset_family *family = &onset_families[_i];
    for (size_t f = 0; f < FORMAT_COUNT; f++) {
        uint64_t last = onset_walk_count(family, &formats[f]) - 1;
        double from = onset_walk_value(family, &formats[f], 0);
        double to = onset_walk_value(family, &formats[f], last);
        ck_assert_double_eq(from, family->walk == ONSET_UP ? 0 : 0.5);
        ck_assert_double_eq(to, family->walk == ONSET_UP       ? format_largest(&formats[f])
                                : family->walk == ONSET_TO_ONE ? 1
                                                               : 0);
        size_t count;
        uint64_t *grid = onset_grid(family, &formats[f], &count);
        ck_assert_ptr_nonnull(grid);
        ck_assert_uint_eq(grid[0], 0);
        ck_assert_uint_eq(grid[count - 1], last);
        for (size_t i = 1; i < count; i++)
            ck_assert_uint_lt(grid[i - 1], grid[i]);
        free(grid);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("onset conditions and families");
    suite_add_rows(suite, "bounds", NULL, NULL, bounds_are_as_defined, ROWS(defined));
    suite_add_rows(suite, "signs", NULL, NULL, signs_zeros_and_failures, 1);
    suite_add_rows(suite, "the bounds themselves", NULL, NULL, bounds_are_told_from_less,
                   ROWS(besides));
    suite_add_rows(suite, "cases", NULL, NULL, cases_are_as_described, ROWS(expected_cases));
    suite_add_rows(suite, "walks", NULL, NULL, walks_end_where_they_should,
                   (int)onset_family_count);
    return suite_run(suite);
}
