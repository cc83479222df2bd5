/* Onsets: thresholds that MPFR gives independently, and searches against walks
 * and planted conditions.
 *
 * From gap g = p·ln 2 on, e^−g ≤ 2^−p and 1 + e^−g rounds to 1 (a tie goes to
 * the even 1); e^v rounds to infinity from v = ln((2 − 2^−p)·2^emax) on, half
 * an ulp above the largest number (IEEE 754-2019, 4.3.1). */
#include "sweep/onset.h"

#include "../suite.h"

#include <math.h>
#include <omp.h>
#include <string.h>

enum { BITS = 300 };

static const struct onset_family *family_of(const char *name)
{
    for (size_t i = 0; i < onset_family_count; i++)
        if (strcmp(onset_families[i].name, name) == 0)
            return &onset_families[i];
    ck_abort_msg("no family %s", name);
}

/* The rows of one family, format and formulation, at their conditions. */
static struct onset_result find(const char *family, const char *format, const char *formulation,
                                bool search)
{
    const struct onset_family *const families[] = {family_of(family)};
    const struct format *const wanted[] = {format_find(format)};
    const size_t index[] = {formulation_find(formulation)};
    const struct onset_request request = {.families = families,
                                          .family_count = 1,
                                          .formats = wanted,
                                          .format_count = 1,
                                          .formulations = index,
                                          .formulation_count = 1,
                                          .search = search};
    struct onset_result result;
    struct error error;
    ck_assert_int_eq(onset_find(&request, NULL, &result, &error), OK);
    ck_assert_uint_eq(result.count, ONSET_CONDITION_COUNT);
    return result;
}

/* --- thresholds ------------------------------------------------------------------- */

/* The least value of the format that is ≥ log(significand·2^exponent). */
static double first_at_or_above_log(const struct format *format, uint64_t significand,
                                    long exponent)
{
    MPFR_DECL_INIT(logarithm, BITS);
    mpfr_set_ui_2exp(logarithm, significand, exponent, MPFR_RNDN);
    mpfr_log(logarithm, logarithm, MPFR_RNDN);
    int64_t ordinal = format_ordinal(format, format_round(format, logarithm)) - 1;
    while (mpfr_cmp_d(logarithm, format_from_ordinal(format, ordinal)) > 0)
        ordinal++;
    return format_from_ordinal(format, ordinal);
}

enum threshold { EXP_OVERFLOWS, SUM_ROUNDS_TO_ONE };

static const struct known {
    const char *family, *format, *formulation;
    enum onset_condition condition;
    enum threshold threshold;
    double decimal; /* as the literature gives it: Blanchard, Higham & Higham 2021 */
} known[] = {
    {"gap-ahead", "binary32", "naive-softmax", ONSET_nan, EXP_OVERFLOWS, 88.72283},
    {"gap-ahead", "binary64", "naive-softmax", ONSET_nan, EXP_OVERFLOWS, 709.78271},
    {"gap-ahead", "binary16", "naive-softmax", ONSET_nan, EXP_OVERFLOWS, 11.08989},
    {"gap-ahead", "bfloat16", "naive-softmax", ONSET_nan, EXP_OVERFLOWS, 88.72088},
    {"gap-ahead", "binary64", "fused-log-softmax", ONSET_false_zero, SUM_ROUNDS_TO_ONE, 36.7368},
    {"gap-ahead", "binary32", "fused-log-softmax", ONSET_false_zero, SUM_ROUNDS_TO_ONE, 16.6355},
    {"gap-ahead", "binary16", "fused-log-softmax", ONSET_false_zero, SUM_ROUNDS_TO_ONE, 7.6246},
    {"gap-ahead", "bfloat16", "fused-log-softmax", ONSET_false_zero, SUM_ROUNDS_TO_ONE, 5.5452},
    {"logit-up-label-0", "binary64", "sigmoid-bce", ONSET_inf, SUM_ROUNDS_TO_ONE, 36.7368},
    {"logit-up-label-0", "binary32", "sigmoid-bce", ONSET_inf, SUM_ROUNDS_TO_ONE, 16.6355},
};

static double threshold_of(const struct known *row, const struct format *format)
{
    int p = format->precision;
    if (row->threshold == SUM_ROUNDS_TO_ONE)
        return first_at_or_above_log(format, 1, p);
    return first_at_or_above_log(format, (UINT64_C(2) << p) - 1, format->emax - p);
}

START_TEST(finds_what_mpfr_gives)
{
    const struct known *row = &known[_i];
    const struct format *format = format_find(row->format);
    double expected = threshold_of(row, format);
    double spacing = expected - format_from_ordinal(format, format_ordinal(format, expected) - 1);
    ck_assert_double_le(fabs(expected - row->decimal), spacing + 1e-4);

    struct onset_result result = find(row->family, row->format, row->formulation, false);
    const struct onset_row *found = &result.rows[row->condition];
    ck_assert_uint_ne(found->found.first, ONSET_NOWHERE);
    ck_assert_double_eq(found->first.v, expected);
    ck_assert_double_eq(found->before.v, expected - spacing);
    ck_assert_int_ne(found->before.measurement.class, found->first.measurement.class);
    ck_assert_uint_ge(found->found.holds, ONSET_HOLDS);
    if (!found->exhaustive)
        ck_assert_uint_ge(found->found.clean, ONSET_NEIGHBOURS);
    onset_result_clear(&result);
}
END_TEST

/* log1p-lse has no onset on the gap ahead: proven where every gap is walked. */
START_TEST(finds_nothing_where_nothing_breaks)
{
    struct onset_result result = find("gap-ahead", "binary16", "log1p-lse", false);
    for (size_t c = 0; c < ONSET_CONDITION_COUNT; c++) {
        ck_assert(result.rows[c].exhaustive);
        ck_assert_uint_eq(result.rows[c].found.first, ONSET_NOWHERE);
        ck_assert_uint_eq(result.rows[c].found.looked, 0x7c00); /* 0 … 65504 */
    }
    onset_result_clear(&result);
}
END_TEST

/* --- the search against the walk ------------------------------------------------------ */

static const struct comparison {
    const char *family, *format, *formulation;
} comparisons[] = {
    {"gap-ahead", "binary16", "naive-softmax"},
    {"gap-ahead", "bfloat16", "lse-minus-target"},
    {"gap-behind", "binary16", "shifted-softmax"},
    {"magnitude-wrong", "binary16", "naive-softmax"},
    {"magnitude-negative", "binary16", "naive-softmax"},
    {"shift-up", "binary16", "fused-log-softmax"},
    {"shift-down", "bfloat16", "naive-softmax"},
    {"logit-up-label-0", "binary16", "sigmoid-bce"},
    {"logit-down-label-1", "binary16/binary32", "sigmoid-bce"},
    {"p-to-0-label-0", "binary16", "prob-bce"},
    {"p-to-1-label-1", "bfloat16", "prob-bce"},
};

START_TEST(search_agrees_with_the_walk)
{
    const struct comparison *row = &comparisons[_i];
    struct onset_result walked = find(row->family, row->format, row->formulation, false);
    struct onset_result searched = find(row->family, row->format, row->formulation, true);
    for (size_t c = 0; c < ONSET_CONDITION_COUNT; c++) {
        ck_assert(walked.rows[c].exhaustive && !searched.rows[c].exhaustive);
        ck_assert_uint_eq(walked.rows[c].found.first, searched.rows[c].found.first);
        ck_assert_uint_eq(walked.rows[c].found.holds, searched.rows[c].found.holds);
    }
    onset_result_clear(&walked);
    onset_result_clear(&searched);
}
END_TEST

/* A row is the same whatever else is asked for, on any number of threads. */
START_TEST(rows_stand_alone)
{
    const struct onset_family *const families[] = {family_of("gap-ahead"), family_of("gap-behind")};
    const struct format *const wanted[] = {&formats[FORMAT_bfloat16], &formats[FORMAT_binary32],
                                           &formats[FORMAT_bfloat16_binary32]};
    const size_t indices[] = {formulation_find("naive-softmax"), formulation_find("log1p-lse"),
                              formulation_find("lse-minus-target")};
    const struct onset_request request = {.families = families,
                                          .family_count = 2,
                                          .formats = wanted,
                                          .format_count = 3,
                                          .formulations = indices,
                                          .formulation_count = 3};
    struct onset_result result;
    struct error error;
    omp_set_num_threads(_i + 1);
    ck_assert_int_eq(onset_find(&request, NULL, &result, &error), OK);
    struct onset_result alone = find("gap-ahead", "binary32", "lse-minus-target", false);
    const struct onset_row *rows = &result.rows[5 * ONSET_CONDITION_COUNT];
    for (size_t c = 0; c < ONSET_CONDITION_COUNT; c++) {
        ck_assert_ptr_eq(rows[c].family, alone.rows[c].family);
        ck_assert_ptr_eq(rows[c].format, alone.rows[c].format);
        ck_assert_uint_eq(rows[c].formulation, alone.rows[c].formulation);
        ck_assert_mem_eq(&rows[c].found, &alone.rows[c].found, sizeof rows[c].found);
        ck_assert_str_eq(rows[c].exact, alone.rows[c].exact);
    }
    onset_result_clear(&alone);
    onset_result_clear(&result);
}
END_TEST

/* --- planted conditions ------------------------------------------------------------------ */

#define PLANTED_COUNT (UINT64_C(1) << 40)
#define PLANTED_EDGE  (UINT64_C(700) << 30)

/* A walk on which over-16-ulp holds from the edge on, and before it as planted. */
struct planted {
    const char *what;
    uint64_t first, last; /* it holds there too, at one number of every `every` */
    uint64_t every;
    uint64_t near_from, near_last;    /* there the error is near the bound */
    uint64_t ulp_falls, sign_changes; /* there */
    bool exactly;                     /* `first` must be found, not only something in the band */
};

#define CELL(number) (UINT64_C(number) << 30)

static const struct planted plantings[] = {
    {"an edge alone", PLANTED_EDGE, PLANTED_EDGE, 1, .exactly = true},
    {"one number, hidden among the neighbours", PLANTED_EDGE - 1000, PLANTED_EDGE - 1000, 1,
     .exactly = true},
    {"a band cut off from the edge", PLANTED_EDGE - (3 << 29), PLANTED_EDGE - (1 << 29), 1,
     .exactly = true},
    {"noise in a band next to the edge", PLANTED_EDGE - (40 << 20), PLANTED_EDGE - 9, 1 << 10,
     .exactly = false},
    {"noise before the edge", PLANTED_EDGE - CELL(9), PLANTED_EDGE, 300,
     .near_from = PLANTED_EDGE - CELL(12), .near_last = PLANTED_EDGE},
    {"three numbers where ulp(v) falls", CELL(689) + 12345, CELL(689) + 12347, 1,
     .near_from = CELL(680), .near_last = PLANTED_EDGE, .ulp_falls = CELL(689) + 12340,
     .exactly = true},
    {"the same, far before", CELL(500) + 12345, CELL(500) + 12347, 1, .near_from = CELL(490),
     .near_last = CELL(510), .ulp_falls = CELL(500) + 12340, .exactly = true},
    {"three numbers before a zero", CELL(300) + 12345, CELL(300) + 12347, 1,
     .sign_changes = CELL(300) + 12350, .exactly = true},
    {"from the first number on", 0, PLANTED_EDGE, 1, .exactly = true},
};

static bool planted_at(const struct planted *planted, uint64_t index)
{
    if (index >= PLANTED_EDGE)
        return true;
    return index >= planted->first && index <= planted->last &&
           index * UINT64_C(0x9E3779B97F4A7C15) >> 32 <
               (UINT64_C(1) << 32) / planted->every + (planted->every == 1);
}

static int look_at_planted(void *context, uint64_t index, struct onset_sight *sight,
                           struct error *error)
{
    const struct planted *planted = context;
    (void)error;
    ck_assert_uint_lt(index, PLANTED_COUNT);
    sight->holding = planted_at(planted, index) ? 1 << ONSET_over_16_ulp : 0;
    if (planted->near_from != 0 && index >= planted->near_from && index <= planted->near_last)
        sight->holding |= onset_near(ONSET_over_16_ulp);
    sight->ulp_exponent = planted->ulp_falls != 0 && index >= planted->ulp_falls ? -1 : 0;
    sight->sign = planted->sign_changes != 0 && index >= planted->sign_changes ? -1 : 1;
    return OK;
}

START_TEST(finds_planted_conditions)
{
    struct planted planted = plantings[_i];
    const struct onset_probe probe = {PLANTED_COUNT, look_at_planted, &planted};
    struct onset_found found[ONSET_CONDITION_COUNT];
    struct error error;
    uint64_t grid[1025];
    for (size_t i = 0; i < 1024; i++)
        grid[i] = i << 30;
    grid[1024] = PLANTED_COUNT - 1;
    ck_assert_int_eq(onset_search(&probe, grid, 1025, found, &error), OK);

    const struct onset_found *at = &found[ONSET_over_16_ulp];
    ck_assert_msg(planted_at(&planted, at->first), "%s", planted.what);
    if (planted.exactly)
        ck_assert_msg(at->first == planted.first, "%s: %#lx", planted.what,
                      (unsigned long)at->first);
    ck_assert_uint_le(at->first, planted.last);
    if (at->first >= ONSET_NEIGHBOURS)
        ck_assert_uint_ge(at->clean, ONSET_NEIGHBOURS);
    for (uint64_t k = 1; k <= at->clean; k++)
        ck_assert(!planted_at(&planted, at->first - k));
    for (uint64_t k = 0; k < at->holds; k++)
        ck_assert(planted_at(&planted, at->first + k));
    ck_assert_uint_eq(found[ONSET_nan].first, ONSET_NOWHERE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("onset");
    suite_add_rows(suite, "known thresholds", NULL, NULL, finds_what_mpfr_gives, ROWS(known));
    suite_add_rows(suite, "no onset", NULL, NULL, finds_nothing_where_nothing_breaks, 1);
    suite_add_rows(suite, "search and walk", NULL, NULL, search_agrees_with_the_walk,
                   ROWS(comparisons));
    suite_add_rows(suite, "rows stand alone", NULL, NULL, rows_stand_alone, 2);
    suite_add_rows(suite, "planted", NULL, NULL, finds_planted_conditions, ROWS(plantings));
    return suite_run(suite);
}
