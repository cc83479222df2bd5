/* Cases: a pure function of (experiment, i), what the families promise, and
 * the two texts of a case. */
#include "../suite.h"

#include "sweep/plan.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct format *const binary32 = &formats[FORMAT_binary32];

static struct experiment *load(const char *path)
{
    struct experiment *experiment;
    struct error error;
    ck_assert_msg(experiment_load(path, &experiment, &error) == OK, "%s", error.text);
    return experiment;
}

/* An experiment from its text, by way of a file. */
static struct experiment *load_text(const char *name, const char *text)
{
    char directory[] = "/tmp/xulp-plan-XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    ck_assert(fputs(text, file) >= 0 && fclose(file) == 0);
    struct experiment *experiment = load(path);
    remove(path);
    rmdir(directory);
    return experiment;
}

static bool same_case(const struct input_case *a, const struct input_case *b)
{
    size_t count = a->rows * a->columns;
    return a->rows == b->rows && a->columns == b->columns && a->reduction == b->reduction &&
           memcmp(a->values, b->values, count * sizeof *a->values) == 0 &&
           (a->labels == NULL || memcmp(a->labels, b->labels, count * sizeof *a->labels) == 0) &&
           (a->targets == NULL ||
            memcmp(a->targets, b->targets, a->rows * sizeof *a->targets) == 0);
}

/* Every number of the case is a value of the format. */
static void assert_stored(const struct input_case *input, const struct format *format)
{
    for (size_t k = 0; k < input->rows * input->columns; k++) {
        double x = input->values[k];
        ck_assert(isnan(x) || format_round_double(format, x) == x);
        if (input->labels != NULL)
            ck_assert(format_round_double(format, input->labels[k]) == input->labels[k]);
    }
}

/* Samples of every experiment of the repository: made twice, the second time
 * backwards and into another store, they are the same cases in the same bins,
 * and the bins of a sweep are in the order of its axis. */
START_TEST(a_case_needs_no_case_before_it)
{
    glob_t found;
    ck_assert_int_eq(glob("experiments/*.yaml", 0, NULL, &found), 0);
    for (size_t e = 0; e < found.gl_pathc; e++) {
        struct experiment *experiment = load(found.gl_pathv[e]);
        struct plan plan;
        struct error error;
        ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
        struct case_store a = {0}, b = {0};
        for (uint64_t k = 0; k < 200; k++) {
            uint64_t i = k * (plan.cases - 1) / 199;
            struct place place, again;
            ck_assert_int_eq(plan_case(&plan, plan.cases - 1 - i, &b, &place, &error), OK);
            ck_assert_int_eq(plan_case(&plan, i, &a, &place, &error), OK);
            ck_assert_int_eq(plan_case(&plan, i, &b, &again, &error), OK);
            ck_assert(same_case(&a.input, &b.input));
            ck_assert_uint_eq(place.bin, again.bin);
            ck_assert_uint_lt(place.bin, place.segment->bins);
            assert_stored(&a.input, place.segment->format);
        }
        case_store_clear(&a);
        case_store_clear(&b);
        plan_clear(&plan);
        experiment_free(experiment);
    }
    ck_assert_uint_ge(found.gl_pathc, 9);
    globfree(&found);
}
END_TEST

START_TEST(bins_follow_the_axis)
{
    struct experiment *experiment = load("experiments/gap.yaml");
    struct plan plan;
    struct error error;
    struct case_store store = {0};
    struct place place;
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    const struct segment *segment = &plan.segments[0]; /* ahead-2, binary32: 8 bins a binade */
    ck_assert_uint_eq(segment->bins, 41 * 8);
    for (uint64_t i = 0; i < segment->cases; i += 7) {
        ck_assert_int_eq(plan_case(&plan, segment->first_case + i, &store, &place, &error), OK);
        int exponent = ilogb(place.axis_value);
        uint32_t eighth = (uint32_t)(8 * (ldexp(place.axis_value, -exponent) - 1));
        ck_assert_uint_eq(place.bin, (uint32_t)(exponent + 30) * 8 + eighth);
        ck_assert_double_eq(store.values[0], place.axis_value);
        ck_assert_double_eq(store.values[1], 0);
    }
    /* The first two cases of a binade are its least and its greatest value. */
    uint64_t points = segment->sweep->axis.points;
    ck_assert_int_eq(plan_case(&plan, points * 30, &store, &place, &error), OK);
    ck_assert_double_eq(place.axis_value, 1);
    ck_assert_int_eq(plan_case(&plan, points * 30 + 1, &store, &place, &error), OK);
    ck_assert_double_eq(place.axis_value, 0x1.fffffep0);
    case_store_clear(&store);
    plan_clear(&plan);
    experiment_free(experiment);
}
END_TEST

START_TEST(families_do_what_they_say)
{
    struct experiment *experiment = load("experiments/masks.yaml");
    struct plan plan;
    struct error error;
    struct case_store store = {0};
    struct place place;
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    for (uint64_t i = 0; i < plan.segments[0].cases; i++) {
        ck_assert_int_eq(plan_case(&plan, i, &store, &place, &error), OK);
        size_t masked = 0;
        for (size_t k = 0; k < 8; k++)
            masked += store.values[k] == -INFINITY;
        ck_assert_uint_eq(masked, (size_t)place.axis_value);
        ck_assert(isfinite(store.values[store.targets[0]]));
    }
    plan_clear(&plan);
    experiment_free(experiment);

    experiment = load("experiments/batches.yaml");
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    for (size_t s = 0; s < plan.segment_count; s++) {
        const struct segment *segment = &plan.segments[s];
        if (segment->sweep->family != FAMILY_batch)
            continue;
        ck_assert_int_eq(
            plan_case(&plan, segment->first_case + segment->cases / 2, &store, &place, &error), OK);
        size_t count = store.input.rows * store.input.columns, saturated = 0;
        ck_assert_uint_eq(store.input.columns, segment->sweep->columns);
        ck_assert_uint_eq(store.input.rows, (size_t)place.axis_value);
        for (size_t k = 0; k < count; k++) {
            ck_assert(store.values[k] > 0 && store.values[k] <= 1);
            saturated += store.values[k] == 1;
        }
        ck_assert_uint_eq(saturated, segment->sweep->saturated);
    }
    case_store_clear(&store);
    plan_clear(&plan);
    experiment_free(experiment);
}
END_TEST

static const char options_file[] = "title: Options\n"
                                   "problem: softmax-ce\n"
                                   "formats: [binary16]\n"
                                   "sweeps:\n"
                                   "  - name: hard\n"
                                   "    family: rows\n"
                                   "    classes: 3\n"
                                   "    target: random\n"
                                   "    ignored: 2\n"
                                   "    weights: 0.5, 1, 2\n"
                                   "    label-smoothing: 0.1\n"
                                   "    reduction: mean\n"
                                   "    axis: {spacing: values, values: [5], points: 100}\n"
                                   "  - name: soft\n"
                                   "    family: gap\n"
                                   "    classes: 3\n"
                                   "    soft: true\n"
                                   "    axis: {spacing: every, from: 1, to: 2, bins: 8}\n";

/* Two random rows of five do not count; soft targets add up to 1 within 3u; and
 * `every` walks all 2^10 + 1 values of binary16 from 1 to 2. */
START_TEST(options_stand_in_the_cases)
{
    struct plan plan;
    struct place place;
    struct case_store store = {0};
    struct error error;
    struct experiment *experiment = load_text("options.yaml", options_file);
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    size_t ignored_first = 0;
    for (uint64_t i = 0; i < 100; i++) {
        size_t ignored = 0;
        ck_assert_int_eq(plan_case(&plan, i, &store, &place, &error), OK);
        for (size_t row = 0; row < 5; row++)
            ignored += store.input.targets[row] == TARGET_IGNORED;
        ignored_first += store.input.targets[0] == TARGET_IGNORED;
        ck_assert_uint_eq(ignored, 2);
        ck_assert_uint_eq(input_case_count(&store.input), 3);
        ck_assert_double_eq(store.input.weights[2], 2);
        ck_assert_double_eq(store.input.label_smoothing, 0.1);
        ck_assert_int_eq(store.input.reduction, REDUCTION_MEAN);
    }
    ck_assert_uint_gt(ignored_first, 20); /* 40 are expected, σ = 4.9 */
    ck_assert_uint_lt(ignored_first, 60);
    ck_assert_uint_eq(plan.cases, 100 + 1025);
    for (uint64_t i = 0; i < 1025; i++) {
        ck_assert_int_eq(plan_case(&plan, 100 + i, &store, &place, &error), OK);
        ck_assert_double_eq(place.axis_value, 1 + ldexp((double)i, -10));
        ck_assert_uint_eq(place.bin, i * 8 / 1025);
        ck_assert_ptr_null(store.input.targets);
        double sum = store.input.labels[0] + store.input.labels[1] + store.input.labels[2];
        ck_assert_double_le(fabs(sum - 1), 3 * 0x1p-11);
    }
    case_store_clear(&store);
    plan_clear(&plan);
    experiment_free(experiment);
}
END_TEST

static const struct {
    enum problem_id problem;
    struct case_text text;
    const char *arguments;
} texts[] = {
    {PROBLEM_softmax_ce,
     {.values = "20,0", .targets = "0"},
     "softmax-ce --logits 0x1.4p+4,0x0p+0 --target 0 --format binary32"},
    {PROBLEM_softmax_ce,
     {.values = "-0,1*3,0.1,-inf", .targets = "2,0", .columns = 3, .reduction = REDUCTION_MEAN},
     "softmax-ce --logits -0x0p+0,0x1p+0*3,0x1.99999ap-4,-inf --target 2,0 --columns 3 "
     "--reduction mean --format binary32"},
    {PROBLEM_bce_logit,
     {.values = "17", .labels = "1"},
     "bce-logit --logit 0x1.1p+4 --label 0x1p+0 --format binary32"},
    {PROBLEM_bce_prob_batch,
     {.values = "0.5,1", .labels = "1*2"},
     "bce-prob-batch --probs 0x1p-1,0x1p+0 --labels 0x1p+0*2 --columns 1 --format binary32"},
    {PROBLEM_softmax_ce,
     {.values = "1,2,3,4",
      .targets = "1,7",
      .columns = 2,
      .options = {.weights = "0.5,2", .label_smoothing = "0.125", .ignore_index = "7"}},
     "softmax-ce --logits 0x1p+0,0x1p+1,0x1.8p+1,0x1p+2 --target 1,-100 --columns 2 --weights "
     "0x1p-1,0x1p+1 --label-smoothing 0x1p-3 --format binary32"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .options.soft_targets = "0.5*2"},
     "softmax-ce --logits 0x1p+0,0x1p+1 --soft-targets 0x1p-1*2 --format binary32"},
    {PROBLEM_bce_logit,
     {.values = "1,2", .labels = "0,1", .reduction = REDUCTION_NONE, .options.pos_weight = "3"},
     "bce-logit --logit 0x1p+0,0x1p+1 --labels 0x0p+0,0x1p+0 --columns 1 --pos-weight 0x1.8p+1 "
     "--reduction none --format binary32"},
    {PROBLEM_log_sum_exp,
     {.values = "1,2,3,4", .columns = 2},
     "log-sum-exp --logits 0x1p+0,0x1p+1,0x1.8p+1,0x1p+2 --columns 2 --format binary32"},
};

START_TEST(a_case_prints_as_its_arguments)
{
    struct case_store store = {0};
    struct error error;
    struct case_text text = texts[_i].text;
    text.options_name = "--";
    ck_assert_int_eq(case_store_parse(&store, texts[_i].problem, binary32, &text, &error), OK);
    char *arguments = case_arguments(&store.input, binary32, 1000);
    ck_assert_str_eq(arguments, texts[_i].arguments);
    free(arguments);
    arguments = case_arguments(&store.input, binary32, 20);
    ck_assert_str_eq(arguments, "");
    free(arguments);
    case_store_clear(&store);
}
END_TEST

static const struct {
    enum problem_id problem;
    struct case_text text;
    const char *sentence;
} mistakes[] = {
    {PROBLEM_softmax_ce, {.values = "1,2", .targets = "2"}, "T: target 2 is out of range"},
    {PROBLEM_softmax_ce, {.values = "1,2", .targets = "-1"}, "T: '-1' is not a class number"},
    {PROBLEM_softmax_ce, {.values = "1,2", .targets = "0.5"}, "T: '0.5' is not a class number"},
    {PROBLEM_softmax_ce, {.values = "1,2", .targets = "0,"}, "T: '' is not a class number"},
    {PROBLEM_softmax_ce, {.values = "1,2", .targets = "0,1"}, "T: 2 targets for 1 rows"},
    {PROBLEM_softmax_ce, {.values = "1,2"}, "T is missing"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .labels = "1"},
     "L: softmax-ce takes none"},
    {PROBLEM_bce_prob, {.values = "1", .targets = "0", .labels = "1"}, "T: bce-prob takes none"},
    {PROBLEM_softmax_ce,
     {.values = "1,2,3", .targets = "0", .columns = 2},
     "V: 3 numbers do not make rows of 2 columns"},
    {PROBLEM_softmax_ce, {.values = "1,a", .targets = "0"}, "V: item 2, 'a', is not a number"},
    {PROBLEM_bce_logit, {.values = "1,2", .labels = "1"}, "L: 1 labels for 2 values"},
    {PROBLEM_softmax,
     {.values = "1,2,3,4", .targets = "0", .columns = 2},
     "V: softmax takes one row, not 2"},
    {PROBLEM_bce_logit,
     {.values = "1", .labels = "1", .options.weights = "1"},
     "--weights: bce-logit takes none; softmax-ce does"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .options.pos_weight = "1"},
     "--pos-weight: softmax-ce takes none; bce-logit does"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .options.soft_targets = "1,0"},
     "T and --soft-targets exclude each other"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .options.soft_targets = "1"},
     "--soft-targets: 1 numbers where 2 are needed"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .options.weights = "1,2,3"},
     "--weights: 3 numbers where 2 are needed"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .options.label_smoothing = "1.5"},
     "--label-smoothing: '1.5' is not a number from 0 to 1"},
    {PROBLEM_softmax_ce,
     {.values = "1,2", .targets = "0", .options.ignore_index = "x"},
     "--ignore-index: 'x' is not a whole number"},
    {PROBLEM_stablemax_ce, {.values = "1,2", .targets = "-100"}, "T: '-100' is not a class"},
    {PROBLEM_bce_logit, {.values = "1", .labels = "1,0"}, "L: 2 labels for 1 values"},
    {PROBLEM_bce_prob, {.values = "1"}, "L is missing"},
    {PROBLEM_bce_prob_batch, {.values = "1,1", .labels = "1"}, "L: 1 labels for 2 values"},
};

START_TEST(a_bad_case_is_one_sentence)
{
    struct case_store store = {0};
    struct error error;
    struct case_text text = mistakes[_i].text;
    text.values_name = "V";
    text.labels_name = "L";
    text.targets_name = "T";
    text.options_name = "--";
    ck_assert_int_eq(case_store_parse(&store, mistakes[_i].problem, binary32, &text, &error),
                     BAD_INPUT);
    ck_assert_msg(strncmp(error.text, mistakes[_i].sentence, strlen(mistakes[_i].sentence)) == 0,
                  "it says: %s", error.text);
    case_store_clear(&store);
}
END_TEST

int main(void)
{
    TCase *plans = tcase_create("plan");
    tcase_set_timeout(plans, 60);
    tcase_add_test(plans, a_case_needs_no_case_before_it);
    tcase_add_test(plans, bins_follow_the_axis);
    tcase_add_test(plans, families_do_what_they_say);
    tcase_add_test(plans, options_stand_in_the_cases);
    TCase *stores = tcase_create("texts");
    tcase_add_loop_test(stores, a_case_prints_as_its_arguments, 0, ROWS(texts));
    tcase_add_loop_test(stores, a_bad_case_is_one_sentence, 0, ROWS(mistakes));
    Suite *suite = suite_create("plan");
    suite_add_tcase(suite, plans);
    suite_add_tcase(suite, stores);
    return suite_run(suite);
}
