/* Invariants: known formulations keep or break them, each for a stated reason; results
 * that are wrong by one number are noticed. */
#include "invariant_bench.h"

/* --- what is known ------------------------------------------------------------------ */

enum { HOLDS = 0, UNCHECKED = -1, SOME = -2 };

static const struct {
    const char *formulation;
    enum problem_id problem;
    enum format_id format;
    uint64_t number;
    enum invariant_id id;
    double by, value, other;
    struct case_text text;
} known[] = {
#define KNOWN(formulation, problem, format, number, invariant, by, value, other, ...)           \
    {formulation, PROBLEM_##problem, FORMAT_##format, number, INVARIANT_##invariant, by, value, \
     other,       {__VA_ARGS__}},
#include "known_invariants.def"
#undef KNOWN
};

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(what_is_known_is_found)
{
    struct bench bench = {0};
    const struct format *format = &formats[known[_i].format];
    make_case(&bench, known[_i].problem, format, known[_i].text);
    compute(&bench, known[_i].formulation, format, GRADIENT_WAYS, known[_i].number);
    struct verdict verdict = check(&bench, known[_i].id);
    ck_assert_int_eq(verdict.checked, known[_i].by != UNCHECKED);
    if (verdict.checked) {
        if (known[_i].by == SOME)
            ck_assert(verdict.by >= 1 && isfinite(verdict.by));
        else
            ck_assert_double_eq(verdict.by, known[_i].by);
        ck_assert_msg(same_number(verdict.value, known[_i].value) &&
                          same_number(verdict.other, known[_i].other),
                      "%a and %a", verdict.value, verdict.other);
    }
    bench_clear(&bench);
}
END_TEST

/* --- what is proven to hold --------------------------------------------------------- */

static const struct {
    const char *formulation;
    enum problem_id problem;
    enum invariant_id id;
} kept[] = {
    /* Only differences of logits: RN((x_j + s) − (x_k + s)) = RN(x_j − x_k). */
    {"fused-log-softmax", PROBLEM_softmax_ce, INVARIANT_shift},
    {"fused-log-softmax+neumaier", PROBLEM_softmax_ce, INVARIANT_shift},
    {"shifted-softmax", PROBLEM_softmax_ce, INVARIANT_shift},
    {"log1p-lse", PROBLEM_softmax_ce, INVARIANT_shift},
    {"softmax-framework", PROBLEM_softmax, INVARIANT_shift},
    {"softmax-shifted", PROBLEM_softmax, INVARIANT_shift},
    /* The proven bounds. */
    {"softmax-framework", PROBLEM_softmax, INVARIANT_sum_one},
    {"softmax-exp-minus-lse", PROBLEM_softmax, INVARIANT_sum_one},
};

START_TEST(what_is_proven_holds)
{
    static const struct format *const of[] = {BINARY16, BFLOAT16, BINARY32, BINARY64};
    struct bench bench = {0};
    uint64_t checked = 0;
    for (uint64_t i = 0; i < 1200; i++) {
        random_row(&bench, kept[_i].problem, of[i % 4], i);
        compute(&bench, kept[_i].formulation, of[i % 4], GRADIENT_WAYS, i / 4);
        struct verdict verdict = check(&bench, kept[_i].id);
        checked += verdict.checked;
        ck_assert_msg(!verdict.checked || verdict.by == 0, "row %llu: %a and %a",
                      (unsigned long long)i, verdict.value, verdict.other);
    }
    ck_assert_uint_ge(checked, 600);
    bench_clear(&bench);
}
END_TEST

/* prob-bce with a hard label is a chain of roundings of monotone functions, 1 − p and
 * log: every probability of bfloat16 keeps the order.  Of the mirror image it
 * computes the same logarithm. */
START_TEST(monotone_functions_stay_so)
{
    struct bench bench = {0};
    uint64_t ordered = 0, mirrored = 0;
    int64_t one = format_ordinal(BFLOAT16, 1);
    make_case(&bench, PROBLEM_bce_prob, BFLOAT16, (struct case_text){.values = "0", .labels = "0"});
    for (int64_t i = 0; i < 2 * one; i += 3) {
        bench.store.values[0] = format_from_ordinal(BFLOAT16, i / 2);
        bench.store.labels[0] = (double)(i % 2);
        compute(&bench, "prob-bce", BFLOAT16, GRADIENT_WAYS, 0);
        struct verdict verdict = check(&bench, INVARIANT_monotone);
        ordered += verdict.checked;
        ck_assert(verdict.by == 0);
        verdict = check(&bench, INVARIANT_symmetry);
        mirrored += verdict.checked;
        ck_assert(verdict.by == 0);
    }
    ck_assert_uint_ge(ordered, (uint64_t)(2 * one / 3 - 2)); /* p = 0, y = 0 is NaN */
    ck_assert_uint_ge(mirrored, 128 * 2 / 3);                /* [1/2, 1] has 129 */
    bench_clear(&bench);
}
END_TEST

/* Exact fractions p_j − 1_t, correctly rounded, add up to 0 within half their ulps; two
 * last places more, or another sign, do not. */
START_TEST(correctly_rounded_gradients_add_up)
{
    static const struct format *const of[] = {BINARY16, BFLOAT16, BINARY32, BINARY64};
    struct bench bench = {0};
    for (uint64_t i = 0; i < 400; i++) {
        const struct format *format = of[i % 4];
        random_row(&bench, PROBLEM_softmax_ce, format, i);
        compute(&bench, "log1p-lse", format, GRADIENT_closed, i);
        size_t n = bench.store.input.columns, greatest = 0;
        for (size_t j = 0; j < n; j++) {
            bench.results[j] = oracle_rounded(&bench.exact.items[j], format);
            greatest = fabs(bench.results[j]) > fabs(bench.results[greatest]) ? j : greatest;
        }
        struct verdict verdict = check(&bench, INVARIANT_sum_zero);
        ck_assert(verdict.checked && verdict.by == 0);
        double right = bench.results[greatest];
        int64_t ordinal = format_ordinal(format, right);
        int64_t off = 2 * (int64_t)n * (ordinal < 0 ? -1 : 1); /* n ulp ≥ twice the bound */
        bench.results[greatest] = format_from_ordinal(format, ordinal + off);
        verdict = check(&bench, INVARIANT_sum_zero);
        ck_assert(right == 0 || (verdict.checked && verdict.by > 1));
        bench.results[greatest] = -right;
        verdict = check(&bench, INVARIANT_sum_zero);
        ck_assert(right == 0 || (verdict.checked && verdict.by > 1));
    }
    bench_clear(&bench);
}
END_TEST

/* One ulp of ½ is 2^−24 in binary32: p_t − 1 and p of the other, each off by less, add
 * up to 2^−24 where half their ulps are 2^−25. */
START_TEST(a_gradient_that_does_not_add_up_is_found)
{
    struct bench bench = {0};
    struct case_text text = {.values = "0x1.fffffep-4,0", .targets = "0"};
    make_case(&bench, PROBLEM_softmax_ce, BINARY32, text);
    compute(&bench, "fused-log-softmax", BINARY32, GRADIENT_closed, 0);
    struct verdict verdict = check(&bench, INVARIANT_sum_zero);
    ck_assert_double_eq(verdict.by, 2);
    ck_assert_double_eq(verdict.value, 0x1p-24);
    ck_assert_double_eq(verdict.other, 0x1p-25);
    bench_clear(&bench);
}
END_TEST

/* 1 + t − (1 − 2^−53), t = 2^−54(1 + 2^−52), is 2^−53 + 2^−54 + 2^−106; half the ulps are
 * 2^−53, 2^−107 and 2^−54.  One number less of t is within them. */
START_TEST(sums_are_exact)
{
    struct bench bench = {0};
    make_case(&bench, PROBLEM_softmax_ce, BINARY64,
              (struct case_text){.values = "1,2,3", .targets = "0"});
    compute(&bench, "log1p-lse", BINARY64, GRADIENT_closed, 0);
    bench.results[0] = 1;
    bench.results[1] = 0x1.0000000000001p-54;
    bench.results[2] = -0x1.fffffffffffffp-1;
    struct verdict verdict = check(&bench, INVARIANT_sum_zero);
    ck_assert(verdict.by > 1 && verdict.by < 1 + 0x1p-50);
    bench.results[1] = 0x1p-54;
    ck_assert_double_eq(check(&bench, INVARIANT_sum_zero).by, 0);
    bench.results[1] = INFINITY; /* no sum */
    ck_assert(!check(&bench, INVARIANT_sum_zero).checked);
    make_case(&bench, PROBLEM_softmax_ce, BINARY64, /* no gradient */
              (struct case_text){.values = "inf,inf", .targets = "0"});
    compute(&bench, "log1p-lse", BINARY64, GRADIENT_closed, 0);
    bench.results[0] = bench.results[1] = 1;
    ck_assert(!check(&bench, INVARIANT_sum_zero).checked);
    bench_clear(&bench);
}
END_TEST

/* --- what is wrong is noticed ------------------------------------------------------- */

/* A result that is one number off breaks every equality that holds, by 1; of a sum to 1
 * by a multiple of its bound. */
START_TEST(one_number_off_is_noticed)
{
    static const struct {
        const char *formulation;
        enum problem_id problem;
        struct case_text text;
        enum invariant_id id;
    } rows[] = {
        {"fused-log-softmax",
         PROBLEM_softmax_ce,
         {.values = "1,2,3", .targets = "0"},
         INVARIANT_shift},
        {"log1p-lse", PROBLEM_softmax_ce, {.values = "1,2", .targets = "0"}, INVARIANT_permutation},
        {"logaddexp-bce", PROBLEM_bce_logit, {.values = "3", .labels = "1"}, INVARIANT_symmetry},
        {"prob-bce", PROBLEM_bce_prob, {.values = "0.75", .labels = "0"}, INVARIANT_symmetry},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench = {0};
        make_case(&bench, rows[i].problem, BINARY32, rows[i].text);
        compute(&bench, rows[i].formulation, BINARY32, GRADIENT_WAYS, 1);
        ck_assert_double_eq(check(&bench, rows[i].id).by, 0);
        int64_t ordinal = format_ordinal(BINARY32, bench.results[0]);
        bench.results[0] = format_from_ordinal(BINARY32, ordinal + 1);
        ck_assert_double_eq(check(&bench, rows[i].id).by, 1);
        bench.results[0] = NAN;
        ck_assert_double_eq(check(&bench, rows[i].id).by, INFINITY);
        bench_clear(&bench);
    }
    struct bench bench = {0};
    make_case(&bench, PROBLEM_softmax, BINARY32,
              (struct case_text){.values = "1,2,3", .targets = "1"});
    compute(&bench, "softmax-framework", BINARY32, GRADIENT_WAYS, 0);
    ck_assert_double_eq(check(&bench, INVARIANT_sum_one).by, 0);
    bench.results[0] += 0x1p-10;
    struct verdict verdict = check(&bench, INVARIANT_sum_one);
    ck_assert(verdict.by > 1 && fabs(verdict.value - 1 - 0x1p-10) < 0x1p-20);
    bench.results[0] = NAN;
    ck_assert_double_eq(check(&bench, INVARIANT_sum_one).by, INFINITY);
    bench_clear(&bench);
}
END_TEST

/* Which way a loss may go.  The result of the case itself is put above and below that of
 * its partner: one of the two is a break. */
START_TEST(each_order_has_its_direction)
{
    static const struct {
        const char *formulation;
        enum problem_id problem;
        struct case_text text;
        enum partner_id partner;
        bool rises; /* with the input */
    } rows[] = {
        {"logits-bce", PROBLEM_bce_logit, {.values = "1", .labels = "0"}, PARTNER_raised, true},
        {"logits-bce", PROBLEM_bce_logit, {.values = "1", .labels = "1"}, PARTNER_raised, false},
        {"prob-bce", PROBLEM_bce_prob, {.values = ".25", .labels = "0"}, PARTNER_raised, true},
        {"prob-bce", PROBLEM_bce_prob, {.values = ".25", .labels = "1"}, PARTNER_raised, false},
        {"log1p-lse", PROBLEM_softmax_ce, {.values = "1,2", .targets = "1"}, PARTNER_raised, false},
        {"log1p-lse",
         PROBLEM_softmax_ce,
         {.values = "1,2", .targets = "1"},
         PARTNER_raised_other,
         true},
        {"log-stablemax-ce",
         PROBLEM_stablemax_ce,
         {.values = "1,2", .targets = "1"},
         PARTNER_raised,
         false},
        {"softmax-basic", PROBLEM_softmax, {.values = "1,2", .targets = "1"}, PARTNER_raised, true},
        {"softmax-basic",
         PROBLEM_softmax,
         {.values = "1,2", .targets = "1"},
         PARTNER_raised_other,
         false},
        {"lse-shifted", PROBLEM_log_sum_exp, {.values = "1,2"}, PARTNER_raised_other, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench = {0};
        make_case(&bench, rows[i].problem, BINARY32, rows[i].text);
        compute(&bench, rows[i].formulation, BINARY32, GRADIENT_WAYS, 0);
        double right = bench.results[0];
        bench.results[0] = right + 0x1p-8; /* the partners' results are below */
        struct verdict above = check(&bench, INVARIANT_monotone);
        bench.results[0] = right - 0x1p-8;
        struct verdict below = check(&bench, INVARIANT_monotone);
        const struct verdict *broken = rows[i].rises ? &above : &below;
        ck_assert_msg(broken->by > 1000, "row %zu", i);
        ck_assert_int_eq(broken->partner, rows[i].partner);
        bool one = rows[i].problem == PROBLEM_bce_logit || rows[i].problem == PROBLEM_bce_prob ||
                   rows[i].problem == PROBLEM_log_sum_exp; /* has one partner */
        ck_assert(!one || (rows[i].rises ? below.by : above.by) == 0);
        bench_clear(&bench);
    }
}
END_TEST

/* A row of 64 logits has all its partners; one of 65 one of four, in turn. */
START_TEST(long_rows_take_turns)
{
    static const enum invariant_id ids[] = {INVARIANT_shift, INVARIANT_monotone,
                                            INVARIANT_permutation};
    for (size_t n = 64; n <= 65; n++) {
        struct bench bench = {0};
        size_t checked[3] = {0};
        char values[8];
        snprintf(values, sizeof values, "1*%zu", n);
        make_case(&bench, PROBLEM_softmax_ce, BINARY32,
                  (struct case_text){.values = values, .targets = "3"});
        for (uint64_t number = 0; number < 4; number++) {
            struct invariant_count counts[INVARIANT_COUNT];
            struct error error;
            for (size_t i = 0; i < INVARIANT_COUNT; i++)
                invariant_count_init(&counts[i]);
            compute(&bench, "fused-log-softmax", BINARY32, GRADIENT_WAYS, number);
            ck_assert_int_eq(invariants_count(&bench.invariants, &bench.computed, counts, &error),
                             OK);
            ck_assert_uint_eq(counts[INVARIANT_non_negative].checked, 1);
            ck_assert_uint_eq(counts[INVARIANT_symmetry].checked, 0);
            for (size_t k = 0; k < 3; k++)
                checked[k] += counts[ids[k]].checked;
        }
        ck_assert_uint_eq(checked[0], n == 64 ? 4 : 1);
        ck_assert_uint_eq(checked[1], n == 64 ? 4 : 2); /* target, and another */
        ck_assert_uint_eq(checked[2], n == 64 ? 4 : 1);
        bench_clear(&bench);
    }
}
END_TEST

/* Losses that are not reduced are compared one by one, and the gravest break is told. */
START_TEST(single_losses_are_compared_singly)
{
    struct bench bench = {0};
    make_case(
        &bench, PROBLEM_bce_logit, BINARY32,
        (struct case_text){.values = "1,20,nan,30", .labels = "1*4", .reduction = REDUCTION_NONE});
    compute(&bench, "logits-bce-logsigmoid", BINARY32, GRADIENT_WAYS, 0);
    struct verdict verdict = check(&bench, INVARIANT_symmetry);
    ck_assert(verdict.checked && isfinite(verdict.by)); /* NaN of a NaN is no break */
    ck_assert_double_eq(verdict.value, 0x1.1b4866p-29);
    ck_assert_double_eq(verdict.other, 0);
    bench_clear(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("invariants");
    TCase *cases = tcase_create("invariants");
    tcase_add_loop_test(cases, what_is_known_is_found, 0, ROWS(known));
    tcase_add_loop_test(cases, what_is_proven_holds, 0, ROWS(kept));
    tcase_add_test(cases, monotone_functions_stay_so);
    tcase_add_test(cases, correctly_rounded_gradients_add_up);
    tcase_add_test(cases, a_gradient_that_does_not_add_up_is_found);
    tcase_add_test(cases, sums_are_exact);
    tcase_add_test(cases, one_number_off_is_noticed);
    tcase_add_test(cases, each_order_has_its_direction);
    tcase_add_test(cases, single_losses_are_compared_singly);
    tcase_add_test(cases, long_rows_take_turns);
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
