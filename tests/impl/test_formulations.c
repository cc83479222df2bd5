/* The formulations: that each computes its problem where nothing is extreme,
 * that each breaks where its header says, to the bit, and what each costs. */
#include "../suite.h"

#include "core/random.h"
#include "impl/impl.h"
#include "measure/measure.h"
#include "sweep/case_store.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double loss_of(const char *name, const struct format *format, enum math_id math,
                      const struct input_case *input)
{
    struct workspace workspace = {0};
    struct error error;
    double loss;
    size_t index = formulation_find(name);
    ck_assert_msg(index < formulation_count, "there is no formulation %s", name);
    ck_assert_int_eq(formulations[index].problem, input->problem);
    ck_assert_int_eq(formulation_loss(index, format, math, input, &workspace, &loss, &error), OK);
    workspace_clear(&workspace);
    return loss;
}

/* Moderate inputs: logits in ±3, probabilities in [1/16, 15/16], 3 rows of 4
 * columns where there are rows. */
static void make_moderate(enum problem_id problem, const struct format *format,
                          struct random_stream *stream, struct case_store *store)
{
    bool logits = problem == PROBLEM_softmax_ce || problem == PROBLEM_bce_logit;
    bool batch = problem == PROBLEM_softmax_ce || problem == PROBLEM_bce_prob_batch;
    struct error error;
    ck_assert_int_eq(case_store_shape(store, problem, batch ? 3 : 1, batch ? 4 : 1, &error), OK);
    store->input.reduction = (enum reduction)random_below(stream, REDUCTION_COUNT);
    for (size_t k = 0; k < store->input.rows * store->input.columns; k++) {
        double unit = random_unit(stream);
        double x = logits ? 6 * unit - 3 : 0.0625 + 0.875 * unit;
        store->values[k] = format_round_double(format, x);
        store->labels[k] = format_round_double(format, random_unit(stream));
    }
    for (size_t i = 0; i < store->input.rows; i++)
        store->targets[i] = random_below(stream, store->input.columns);
}

/* Away from all extremes every formulation is right to 64 ulp, with either
 * math: losses are above 2^−7 there, and absolute errors below
 * (n + 2 + 2·6)u + … ≤ 40u by the bounds of the headers. */
START_TEST(each_computes_its_problem)
{
    const struct format *format = &formats[_i % FORMAT_COUNT];
    enum math_id math = _i / FORMAT_COUNT == 0 ? MATH_canonical : MATH_libm;
    struct case_store store = {0};
    struct enclosure enclosure;
    struct error error;
    enclosure_init(&enclosure);
    for (size_t f = 0; f < formulation_count; f++) {
        if (strcmp(formulations[f].name, "raw-trace-bce") == 0)
            continue; /* computes something else, which is what it shows */
        struct random_stream stream = random_stream(17, f);
        for (int k = 0; k < 300; k++) {
            struct measurement measurement;
            make_moderate(formulations[f].problem, format, &stream, &store);
            ck_assert_int_eq(
                oracle_certify(&store.input, QUANTITY_LOSS, format, &enclosure, &error), OK);
            double loss = loss_of(formulations[f].name, format, math, &store.input);
            ck_assert(measure(&enclosure, format, loss, &measurement));
            ck_assert_msg(measurement.abs_error <= ldexp(64, -format->precision) * fmax(1, loss),
                          "%s in %s: %g ulp", formulations[f].name, format->name,
                          measurement.ulp_error);
        }
    }
    enclosure_clear(&enclosure);
    case_store_clear(&store);
}
END_TEST

/* Where they break, and the values that real code gave there (facts: source
 * in the comment).  Every number is exact in its format. */
static const struct {
    const char *name;
    enum format_id format;
    const char *values, *labels, *targets;
    double loss;
} rows[] = {
    /* e^89 overflows binary32 (ln largest = 88.72): ∞/∞ */
    {"naive-softmax", FORMAT_binary32, "89,0", NULL, "0", NAN},
    {"naive-softmax", FORMAT_binary32, "88,0", NULL, "0", 0},
    {"naive-softmax", FORMAT_binary64, "710,0", NULL, "0", NAN},
    /* all exponentials underflow: 0/0 */
    {"naive-softmax", FORMAT_binary32, "-104,-104", NULL, "0", NAN},
    /* e^−104 is below half the least subnormal of binary32: −log 0 */
    {"shifted-softmax", FORMAT_binary32, "0,104", NULL, "0", INFINITY},
    {"fused-log-softmax", FORMAT_binary32, "0,104", NULL, "0", 104},
    /* 1 + e^−17 rounds to 1 in binary32, 1 + e^−37 in binary64 */
    {"fused-log-softmax", FORMAT_binary32, "17,0", NULL, "0", 0},
    {"log-softmax-nll", FORMAT_binary32, "17,0", NULL, "0", 0},
    {"fused-log-softmax", FORMAT_binary64, "37,0", NULL, "0", 0},
    {"log1p-lse", FORMAT_binary64, "40,0", NULL, "0", 4.248354255291589e-18}, /* scipy#18295 */
    /* pytorch#11752 and mlx#4169: ln 2 rounded at the size of the logits */
    {"lse-minus-target", FORMAT_binary32, "1e8,1e8", NULL, "0", 0},
    {"lse-minus-target", FORMAT_binary32, "1e6,1e6", NULL, "0", 0.6875},
    {"lse-minus-target", FORMAT_binary32, "1e4,1e4", NULL, "0", 0.693359375},
    {"fused-log-softmax", FORMAT_binary32, "1e8,1e8", NULL, "0", 0x1.62e43p-1},
    /* 0·log 0: NaN where the limit is 0 */
    {"prob-bce", FORMAT_binary32, "0", "0", NULL, NAN},
    {"prob-bce", FORMAT_binary32, "1", "1", NULL, NAN},
    {"prob-bce", FORMAT_binary32, "1", "0", NULL, INFINITY},
    {"prob-bce", FORMAT_binary32, "0x1p-26", "0", NULL, 0}, /* 1 − p rounds to 1 */
    {"elementwise-bce", FORMAT_binary32, "0.5,1", "1,1", NULL, NAN},
    {"trace-bce", FORMAT_binary32, "0.5,1", "1,1", NULL, NAN},
    {"trace-bce", FORMAT_binary64, "0.5,0.5", "1,0", NULL, 0x1.62e42fefa39efp+0}, /* 2 ln 2 */
    /* σ(17) rounds to 1 in binary32: 0·log(0) */
    {"sigmoid-bce", FORMAT_binary32, "17", "1", NULL, NAN},
    {"sigmoid-bce", FORMAT_binary32, "17", "0", NULL, INFINITY},
    {"sigmoid-trace-bce", FORMAT_binary32, "17", "1", NULL, NAN},
    {"sigmoid-bce", FORMAT_binary32, "-89", "1", NULL, INFINITY}, /* e^89 overflows: p = 0 */
    {"logits-bce-old", FORMAT_binary32, "17", "1", NULL, 0},
    {"logits-bce", FORMAT_binary64, "-40", "0", NULL, 4.248354255291589e-18}, /* pytorch#195529 */
    {"logits-bce-logsigmoid", FORMAT_binary64, "-40", "0", NULL, 0},          /* the same report */
    {"logits-bce", FORMAT_binary32, "-inf", "0", NULL, NAN},                  /* pytorch#49844 */
    {"raw-trace-bce", FORMAT_binary32, "2", "1", NULL, NAN},
    {"raw-trace-bce", FORMAT_binary32, "0.5", "1", NULL, 0x1.62e43p-1},
};

START_TEST(each_breaks_where_it_says)
{
    const struct format *format = &formats[rows[_i].format];
    struct case_store store = {0};
    struct error error;
    struct case_text text = {.values = rows[_i].values,
                             .values_name = "values",
                             .labels = rows[_i].labels,
                             .labels_name = "labels",
                             .targets = rows[_i].targets,
                             .targets_name = "targets"};
    enum problem_id problem = formulations[formulation_find(rows[_i].name)].problem;
    ck_assert_int_eq(case_store_parse(&store, problem, format, &text, &error), OK);
    double loss = loss_of(rows[_i].name, format, MATH_canonical, &store.input);
    ck_assert_msg(loss == rows[_i].loss || (isnan(loss) && isnan(rows[_i].loss)),
                  "%s of %s gives %a, not %a", rows[_i].name, rows[_i].values, loss, rows[_i].loss);
    case_store_clear(&store);
}
END_TEST

/* Rounded operations, counted by hand from the formula, at N = 3 rows and
 * C = 2 columns (softmax-ce: one row of 6 classes). */
static const struct {
    const char *name;
    uint64_t operations;
    size_t reals;
} costs[] = {
    {"naive-softmax", 6 + 6 + 1 + 1 + 1, 0},       /* exps, sums, e^{x_t}, ÷, log */
    {"shifted-softmax", 6 + 6 + 6 + 2 + 1 + 1, 0}, /* and x_k − m */
    {"fused-log-softmax", 6 + 6 + 6 + 1 + 2, 0},
    {"log-softmax-nll", 6 + 6 + 6 + 1 + 2 * 6, 6},
    {"log1p-lse", 5 + 5 + 5 + 1 + 2, 0},
    {"elementwise-bce", 6 * 8, 0},
    /* 4NC for logs and weights, 2·N²(2C − 1) for the products, N² to add them,
     * N − 1 for the trace */
    {"trace-bce", 4 * 6 + 2 * 9 * 3 + 9 + 2, 2 * 6 + 2 * 9},
};

START_TEST(costs_are_counted)
{
    struct case_store store = {0};
    struct workspace workspace = {0};
    struct error error;
    struct cost cost;
    size_t index = formulation_find(costs[_i].name);
    bool row = formulations[index].problem == PROBLEM_softmax_ce;
    ck_assert_int_eq(
        case_store_shape(&store, formulations[index].problem, row ? 1 : 3, row ? 6 : 2, &error),
        OK);
    for (size_t k = 0; k < 6; k++)
        store.values[k] = store.labels[k] = 0.25;
    store.targets[0] = 3;
    ck_assert_int_eq(
        formulation_cost(index, &formats[FORMAT_binary32], &store.input, &workspace, &cost, &error),
        OK);
    ck_assert_uint_eq(cost.operations, costs[_i].operations);
    ck_assert_uint_eq(cost.bytes, 4 * costs[_i].reals);
    workspace_clear(&workspace);
    case_store_clear(&store);
}
END_TEST

/* Every formulation of the issue is there under its name, and
 * is found by it. */
START_TEST(the_registry_is_whole)
{
    static const char *const names[] = {
        "naive-softmax",         "shifted-softmax", "fused-log-softmax", "log-softmax-nll",
        "lse-minus-target",      "log1p-lse",       "prob-bce",          "trace-bce",
        "elementwise-bce",       "sigmoid-bce",     "sigmoid-trace-bce", "logits-bce",
        "logits-bce-logsigmoid", "logits-bce-old",  "raw-trace-bce"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_uint_lt(formulation_find(names[i]), formulation_count);
    for (size_t i = 0; i < formulation_count; i++)
        ck_assert_uint_eq(formulation_find(formulations[i].name), i);
    ck_assert_uint_eq(formulation_find("softmax"), formulation_count);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("formulations");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_registry_is_whole);
    tcase_add_loop_test(cases, each_computes_its_problem, 0, 2 * FORMAT_COUNT);
    tcase_add_loop_test(cases, each_breaks_where_it_says, 0, ROWS(rows));
    tcase_add_loop_test(cases, costs_are_counted, 0, ROWS(costs));
    Suite *suite = suite_create("formulations");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
