/* Exhaustive runs: a domain is every value once, and what is said of it is what the
 * case-by-case path and the engine of experiments say. */
#include "../suite.h"

#include "oracle/oracle.h"
#include "sweep/exhaustive.h"
#include "sweep/run.h"

#include <math.h>
#include <string.h>

/* --- the domain ------------------------------------------------------------------------ */

/* A value of a 16-bit or 32-bit format from its bits, by its definition (IEEE 754-2019,
 * 3.4): sign, biased exponent, trailing significand. */
static double decoded(const struct format *format, uint32_t bits)
{
    int digits = format->precision - 1, bias = format->emax;
    uint32_t significand = bits & ((UINT32_C(1) << digits) - 1);
    int exponent_bits = (int)format_bytes(format) * 8 - 1 - digits;
    int exponent = (int)(bits >> digits & ((UINT32_C(1) << exponent_bits) - 1));
    double sign = bits >> (digits + exponent_bits) != 0 ? -1 : 1;
    if (exponent == (1 << exponent_bits) - 1)
        return significand == 0 ? sign * INFINITY : NAN;
    if (exponent == 0)
        return sign * ldexp(significand, 1 - bias - digits);
    return sign * ldexp(1 + ldexp(significand, -digits), exponent - bias);
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* How often each encoding of a 16-bit format is in the domain. */
static void count_encodings(const struct domain *domain, uint8_t *counts)
{
    static double values[1 << 16];
    for (uint64_t chunk = 0; chunk < domain->chunks; chunk++) {
        struct domain_chunk at = domain_chunk(domain, chunk);
        const struct span *span = &domain->spans[at.span];
        ck_assert_uint_ge(at.first, span->first);
        ck_assert_uint_le(at.first + at.count, span->first + span->count);
        span_values(domain, span, at.first, at.count, values);
        for (uint32_t i = 0; i < at.count; i++) {
            double value = decoded(domain->format, at.first + i);
            counts[at.first + i]++;
            bool right = same(values[i], value) &&
                         same(value_of_encoding(domain->format, at.first + i), value) &&
                         (signbit(value) != 0) == span->negative;
            if (span->kind == SPAN_normal)
                right &= ilogb(value) == span->exponent;
            if (!right)
                ck_abort_msg("%s: %#x", domain->format->name, at.first + i);
        }
    }
}

START_TEST(a_domain_is_every_value_once)
{
    static const struct {
        enum problem_id problem;
        enum format_id format;
    } domains[] = {
        {PROBLEM_bce_logit, FORMAT_binary16},  {PROBLEM_bce_logit, FORMAT_bfloat16},
        {PROBLEM_bce_prob, FORMAT_binary16},   {PROBLEM_bce_prob, FORMAT_bfloat16},
        {PROBLEM_softmax_ce, FORMAT_binary16}, {PROBLEM_softmax_ce, FORMAT_bfloat16},
    };
    const struct format *format = &formats[domains[_i].format];
    enum problem_id problem = domains[_i].problem;
    struct domain domain;
    struct error error;
    uint8_t counts[1 << 16] = {0};
    ck_assert_int_eq(domain_make(problem, format, (struct binades){.all = true}, &domain, &error),
                     OK);
    count_encodings(&domain, counts);
    unsigned nans = 0;
    for (uint32_t bits = 0; bits < 1 << 16; bits++) {
        double value = decoded(format, bits);
        bool inside = problem == PROBLEM_bce_prob ? value >= 0 && value <= 1 : !isnan(value);
        if (isnan(value))
            nans += counts[bits];
        else if (counts[bits] != inside)
            ck_abort_msg("%s: %#x is there %d times", format->name, bits, counts[bits]);
    }
    ck_assert_uint_eq(nans, problem != PROBLEM_bce_prob);
    if (domain.columns == 2) { /* the list of second values, by runs of encodings */
        uint64_t listed = 0;
        for (size_t r = 0; r < domain.run_count; r++)
            for (uint32_t i = 0; i < domain.runs[r].count; i++, listed++)
                ck_assert(same(domain.list[domain.runs[r].offset + i],
                               decoded(format, domain.runs[r].first + i)));
        ck_assert_uint_eq(listed, domain.values);
        ck_assert_uint_eq(domain.cases, domain.values * domain.values);
    }
    domain_clear(&domain);
}
END_TEST

/* 2·(2^31 − 2^23 + 1) − 1: every pattern that is no NaN, both infinities and both zeros
 * among them, and one NaN. */
START_TEST(binary32_is_whole)
{
    struct domain domain;
    struct error error;
    const struct format *format = &formats[FORMAT_binary32];
    ck_assert_int_eq(
        domain_make(PROBLEM_bce_logit, format, (struct binades){.all = true}, &domain, &error), OK);
    ck_assert_uint_eq(domain.cases, UINT64_C(2) * 0x7f800001 + 1);
    uint64_t next = 0;
    for (size_t s = 0; s < domain.span_count; s++) {
        const struct span *span = &domain.spans[s];
        if (span->kind != SPAN_nan && span->first != UINT32_C(1) << 31)
            ck_assert_uint_eq(span->first, next);
        next = (uint64_t)span->first + span->count;
        double ends[2];
        span_values(&domain, span, span->first, 1, &ends[0]);
        span_values(&domain, span, span->first + span->count - 1, 1, &ends[1]);
        for (size_t i = 0; i < 2; i++) {
            uint32_t bits = span->first + (i == 0 ? 0 : span->count - 1);
            float value;
            memcpy(&value, &bits, sizeof value);
            ck_assert(same(ends[i], value));
        }
    }
    ck_assert_uint_eq(next, UINT64_C(0xff800001));
    domain_clear(&domain);
    /* [0, 1]: +0, the patterns up to that of 1, and −0 */
    ck_assert_int_eq(
        domain_make(PROBLEM_bce_prob, format, (struct binades){.all = true}, &domain, &error), OK);
    ck_assert_uint_eq(domain.cases, 0x3f800000 + 2);
    domain_clear(&domain);
}
END_TEST

/* --- the results ------------------------------------------------------------------------- */

/* What is known of all spans; whatever their size. */
static struct tally total(const struct exhaustive_result *result)
{
    struct tally all;
    tally_init(&all);
    for (size_t s = 0; s < result->domain.span_count; s++)
        for (size_t size = 0; size < RESULT_SIZES; size++)
            tally_merge(&all, &result->parts[s].results[size]);
    return all;
}

static void run_unit(const struct exhaustive_unit *unit, struct exhaustive_result *result)
{
    const struct chunk_store nowhere = {.shard = {1, 1}};
    struct error error;
    ck_assert_int_eq(exhaustive_check(unit, &error), OK);
    ck_assert_int_eq(exhaustive_result_make(unit, result, &error), OK);
    ck_assert_int_eq(exhaustive_run(&nowhere, result, &error), OK);
}

/* Errors that a fast path knows to 2^−10 ulp, and that the oracle knows better, are
 * the same to 2^−9; classes are the same. */
static void assert_same(const struct tally *a, const struct tally *b)
{
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        ck_assert_uint_eq(a->classes[class], b->classes[class]);
    ck_assert_uint_eq(a->failure_case, b->failure_case);
    ck_assert_double_le(fabs(a->worst.ulp_error - b->worst.ulp_error), 0x1p-9);
    ck_assert_uint_eq(a->worst_case == NO_CASE, b->worst_case == NO_CASE);
}

/* One case by the oracle, without blocks. */
static void add_case(const struct exhaustive_unit *unit, uint64_t number, struct tally *tally,
                     struct workspace *workspace, struct enclosure *enclosure)
{
    double values[2], got;
    struct error error;
    struct vector_measurement measurement = {.norm_error = NAN};
    exhaustive_case(unit, number, values);
    const struct input_case input = exhaustive_input(unit, values);
    ck_assert_int_eq(formulation_loss(unit->formulation, unit->format, unit->math, &input,
                                      workspace, &got, &error),
                     OK);
    ck_assert_int_eq(oracle_certify(&input, quantity_loss(0), unit->format, enclosure, &error), OK);
    while (!measure(enclosure, unit->format, got, &measurement.worst))
        ck_assert_int_eq(oracle_refine(&input, quantity_loss(0), enclosure, &error), OK);
    tally_add(tally, &measurement, number);
}

/* Whether encoding is in the unit's domain, by the definition of its binades. */
static bool has(const struct exhaustive_unit *unit, uint32_t encoding)
{
    double value = decoded(unit->format, encoding);
    if (unit->binades.all)
        return exhaustive_problem(unit) == PROBLEM_bce_prob ? value >= 0 && value <= 1
               : isnan(value)
                   ? encoding == (unit->format == &formats[FORMAT_bfloat16] ? 0x7fc0 : 0x7e00)
                   : true;
    return isfinite(value) && value != 0 && ilogb(value) >= unit->binades.least &&
           ilogb(value) <= unit->binades.greatest &&
           fabs(value) >= format_least_normal(unit->format);
}

static const struct {
    const char *formulation;
    enum format_id format;
    struct binades binades;
    int constant;
    uint64_t cases;
} units[] = {
    {"logits-bce", FORMAT_bfloat16, {.all = true}, 1, 2 * 0x7f81 + 1},
    {"sigmoid-bce", FORMAT_binary16_binary32, {.least = -2, .greatest = 3}, 0, 2 * 6 * 1024},
    {"prob-bce", FORMAT_binary16, {.all = true}, 0, 15 * 1024 + 2},
    {"fused-log-softmax", FORMAT_bfloat16, {.least = 2, .greatest = 2}, 1, 256 * 256},
};

static struct exhaustive_unit unit_of(int row)
{
    struct exhaustive_unit unit = {
        .formulation = formulation_find(units[row].formulation),
        .format = &formats[units[row].format],
        .binades = units[row].binades,
    };
    if (exhaustive_columns(&unit) == 2)
        unit.target = (size_t)units[row].constant;
    else
        unit.label = units[row].constant;
    return unit;
}

START_TEST(blocks_say_what_the_oracle_says_case_by_case)
{
    const struct exhaustive_unit unit = unit_of(_i);
    struct exhaustive_result result;
    struct workspace workspace = {0};
    struct enclosure enclosure;
    struct tally direct;
    run_unit(&unit, &result);
    enclosure_init(&enclosure);
    tally_init(&direct);
    for (uint32_t first = 0; first < 1 << 16; first++) {
        if (!has(&unit, first))
            continue;
        if (exhaustive_columns(&unit) == 1)
            add_case(&unit, first, &direct, &workspace, &enclosure);
        for (uint32_t second = 0; second < 1 << 16 && exhaustive_columns(&unit) == 2; second++)
            if (has(&unit, second))
                add_case(&unit, (uint64_t)first << 16 | second, &direct, &workspace, &enclosure);
    }
    const struct tally all = total(&result);
    ck_assert_uint_eq(tally_cases(&direct), units[_i].cases);
    assert_same(&all, &direct);
    tally_init(&direct); /* the worst case has that error, and the first failure is one */
    add_case(&unit, all.worst_case, &direct, &workspace, &enclosure);
    ck_assert_uint_eq(direct.classes[all.worst.class], 1);
    ck_assert_double_le(fabs(all.worst.ulp_error - direct.worst.ulp_error), 0x1p-9);
    if (all.failure_case != NO_CASE)
        add_case(&unit, all.failure_case, &direct, &workspace, &enclosure);
    ck_assert_uint_eq(direct.failure_case, all.failure_case);
    enclosure_clear(&enclosure);
    workspace_clear(&workspace);
    exhaustive_result_clear(&result);
}
END_TEST

/* The same values as an experiment sweeps them, one by one from 2^−8 to 2^8. */
START_TEST(experiments_say_the_same)
{
    static const char text[] =
        "title: t\nproblem: bce-logit\nformats: [bfloat16]\nformulations: [logits-bce-logsigmoid]\n"
        "sweeps:\n"
        "  - {name: a, family: logit, label: 0, axis: {spacing: every, from: 0x1p-8, to: 255, "
        "bins: "
        "3}}\n"
        "  - {name: b, family: logit, label: 0, axis: {spacing: every, from: 0x1p-8, to: 255, "
        "bins: "
        "3, negative: true}}\n";
    const struct exhaustive_unit unit = {
        .formulation = formulation_find("logits-bce-logsigmoid"),
        .format = &formats[FORMAT_bfloat16],
        .binades = {.least = -8, .greatest = 7},
    };
    struct exhaustive_result result;
    struct experiment *experiment;
    struct plan plan;
    struct run_result run;
    const struct run_job job = {MATH_canonical, 1, 1};
    struct error error;
    ck_assert_msg(experiment_parse("t.yaml", text, &experiment, &error) == OK, "%s", error.text);
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    ck_assert_int_eq(run_experiment(&plan, &job, NULL, &run, &error), OK);
    struct tally swept;
    tally_init(&swept);
    for (size_t bin = 0; bin < plan.bins; bin++)
        tally_merge(&swept, run_tally(&run, bin, 0, 0));
    run_unit(&unit, &result);
    struct tally all = total(&result);
    ck_assert_uint_eq(tally_cases(&all), 2 * 16 * 128);
    ck_assert_uint_gt(all.classes[CLASS_false_zero], 0);
    all.failure_case = swept.failure_case; /* numbered otherwise */
    assert_same(&all, &swept);
    exhaustive_result_clear(&result);
    run_result_clear(&run);
    plan_clear(&plan);
    experiment_free(experiment);
}
END_TEST

/* Results by their size, counted one by one; around x = 126·ln 2 = 87.3, where e^−x
 * becomes subnormal. */
START_TEST(maxima_are_kept_by_size)
{
    struct exhaustive_unit unit = unit_of(0);
    struct exhaustive_result result;
    struct workspace workspace = {0};
    struct error error;
    double values[2], got;
    unit.binades = (struct binades){.least = 4, .greatest = 7};
    run_unit(&unit, &result);
    for (size_t s = 0; s < result.domain.span_count; s++) {
        const struct exhaustive_part *part = &result.parts[s];
        const struct span *span = &result.domain.spans[s];
        uint64_t small = 0;
        for (uint32_t i = 0; i < span->count; i++) {
            exhaustive_case(&unit, span->first + i, values);
            const struct input_case input = exhaustive_input(&unit, values);
            ck_assert_int_eq(formulation_loss(unit.formulation, unit.format, unit.math, &input,
                                              &workspace, &got, &error),
                             OK);
            small += fabs(got) < 0x1p-126;
        }
        ck_assert_uint_eq(tally_cases(&part->results[RESULT_subnormal]), small);
        ck_assert_uint_eq(tally_cases(&part->results[RESULT_normal]), span->count - small);
        for (size_t size = 0; size < RESULT_SIZES; size++) {
            uint64_t number = part->results[size].worst_case;
            ck_assert(number == NO_CASE ||
                      (number >= span->first && number < (uint64_t)span->first + span->count));
        }
    }
    workspace_clear(&workspace);
    exhaustive_result_clear(&result);
}
END_TEST

/* --- units ------------------------------------------------------------------------------------ */

START_TEST(a_job_gives_its_unit_back)
{
    struct error error;
    for (size_t f = 0; f < formulation_total; f += f < formulation_count ? 1 : 9)
        for (size_t format = 0; format < FORMAT_COUNT; format++) {
            struct exhaustive_result result;
            struct exhaustive_unit unit = {.formulation = f, .format = &formats[format]}, back;
            unit.binades = (struct binades){f % 2 == 0, -3, 0};
            if (exhaustive_columns(&unit) == 2)
                unit.target = f % 3 == 0;
            else
                unit.label = f % 3 == 0;
            if (f % 7 == 0)
                unit.math = MATH_libm;
            if (exhaustive_check(&unit, &error) != OK)
                continue;
            ck_assert_int_eq(exhaustive_result_make(&unit, &result, &error), OK);
            ck_assert(exhaustive_parse(result.job, &back));
            if (unit.binades.all)
                back.binades = unit.binades;
            struct exhaustive_unit pair[2] = {unit, back};
            ck_assert_uint_eq(exhaustive_sort(pair, 2), 1); /* the same */
            ck_assert_ptr_nonnull(strstr(result.job, "sources "));
            exhaustive_result_clear(&result);
        }
    struct exhaustive_unit unit;
    ck_assert(!exhaustive_parse("run gap, 1 of 2\nmath canonical\n", &unit));
    ck_assert(!exhaustive_parse("", &unit));
}
END_TEST

START_TEST(what_is_too_much_is_refused)
{
    static const struct {
        const char *formulation;
        enum format_id format;
        const char *says;
    } rows[] = {
        {"logits-bce", FORMAT_binary64, "xulp hunt"},
        {"fused-log-softmax", FORMAT_binary32, "2^64"},
        {"fused-log-softmax", FORMAT_binary64, "2^128"},
        {"lse-basic", FORMAT_binary16, "not log-sum-exp"},
    };
    struct error error;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct exhaustive_unit unit = {.formulation = formulation_find(rows[i].formulation),
                                             .format = &formats[rows[i].format],
                                             .binades.all = true};
        ck_assert_int_eq(exhaustive_check(&unit, &error), BAD_INPUT);
        ck_assert_msg(strstr(error.text, rows[i].says) != NULL, "%s", error.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exhaustive");
    TCase *cases = tcase_create("exhaustive");
    tcase_add_loop_test(cases, a_domain_is_every_value_once, 0, 6);
    tcase_add_test(cases, binary32_is_whole);
    tcase_add_loop_test(cases, blocks_say_what_the_oracle_says_case_by_case, 0, ROWS(units));
    tcase_add_test(cases, experiments_say_the_same);
    tcase_add_test(cases, maxima_are_kept_by_size);
    tcase_add_test(cases, a_job_gives_its_unit_back);
    tcase_add_test(cases, what_is_too_much_is_refused);
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
