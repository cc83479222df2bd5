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
    ck_assert_msg(index < formulation_total, "there is no formulation %s", name);
    ck_assert_int_eq(formulations[index].problem, input->problem);
    ck_assert_int_eq(formulation_loss(index, format, math, input, &workspace, &loss, &error), OK);
    workspace_clear(&workspace);
    return loss;
}

/* Whether values[k] is away from 1, where StableMax as written divides by 0
 * backward, and differs from the others of its row: code that compares values
 * (LogExpFunctions) takes no derivative from equal ones. */
static bool is_smooth_there(const double *values, size_t k)
{
    for (size_t j = k - k % 4; j < k; j++)
        if (values[j] == values[k])
            return false;
    return fabs(values[k] - 1) > 0.0625;
}

/* Moderate inputs: logits in ±3, probabilities in [1/16, 15/16], 3 rows of 4
 * columns where the problem has several, with positive weights where the
 * formulation takes them. */
static void make_moderate(size_t f, const struct format *format, struct random_stream *stream,
                          struct case_store *store)
{
    enum problem_id problem = formulations[f].problem;
    bool logits = problem_has_rows(problem) || problem == PROBLEM_bce_logit;
    struct error error;
    size_t rows = problem == PROBLEM_softmax ? 1 : 3;
    ck_assert_int_eq(case_store_shape(store, problem, rows, 4, &error), OK);
    store->input.reduction = random_below(stream, 2) == 0 ? REDUCTION_SUM : REDUCTION_MEAN;
    for (size_t k = 0; k < input_case_values(&store->input); k++) {
        do {
            double unit = random_unit(stream);
            double x = logits ? 6 * unit - 3 : 0.0625 + 0.875 * unit;
            store->values[k] = format_round_double(format, x);
        } while (logits && !is_smooth_there(store->values, k));
        store->labels[k] = (double)(random_bits(stream) & 1);
    }
    for (size_t i = 0; i < rows; i++)
        store->targets[i] = random_below(stream, 4);
    if (formulation_applies(f, format, MATH_canonical, &store->input))
        return;
    for (size_t j = 0; j < 4; j++)
        store->weights[j] = format_round_double(format, 0.5 + random_unit(stream));
    store->input.weights = store->weights;
    ck_assert(formulation_applies(f, format, MATH_canonical, &store->input));
}

/* Away from all extremes every formulation is right to 64u, with every
 * summation: losses are above 2^−7 there, and absolute errors below
 * (n + 2 + 2·6)u + … ≤ 40u by the bounds of the headers; a mean or a sum of
 * losses below 6 has 12 terms. */
static void check_loss(size_t f, const struct format *format, enum math_id math,
                       const struct input_case *input)
{
    struct workspace workspace = {0};
    struct measurement measurement;
    struct enclosure enclosure;
    struct error error;
    double loss;
    enclosure_init(&enclosure);
    ck_assert_int_eq(oracle_certify(input, quantity_loss(0), format, &enclosure, &error), OK);
    ck_assert_int_eq(formulation_loss(f, format, math, input, &workspace, &loss, &error), OK);
    while (!measure(&enclosure, format, loss, &measurement))
        ck_assert_int_eq(oracle_refine(input, quantity_loss(0), &enclosure, &error), OK);
    ck_assert_msg(measurement.abs_error <= ldexp(64, -format->precision) * fmax(1, loss),
                  "%s in %s: %a, %g ulp", formulations[f].name, format->name, loss,
                  measurement.ulp_error);
    enclosure_clear(&enclosure);
    workspace_clear(&workspace);
}

/* Gradients there are below 4 and their largest component above 2^−5, so that
 * 64u of it stands for 2u of a loss. */
static void check_gradient(size_t f, const struct format *format, enum gradient_way way,
                           const struct input_case *input)
{
    enum { MOST = 12 };
    struct workspace workspace = {0};
    struct vector_measurement measurement;
    struct enclosure enclosures[MOST];
    struct error error;
    double gradient[MOST];
    size_t count = input_case_values(input), open;
    for (size_t i = 0; i < count; i++)
        enclosure_init(&enclosures[i]);
    ck_assert_int_eq(oracle_certify_gradient(input, format, enclosures, &error), OK);
    ck_assert_int_eq(formulation_gradient(f, format, way, input, &workspace, gradient, &error), OK);
    while (!measure_vector(enclosures, format, gradient, count, &measurement, &open))
        ck_assert_int_eq(oracle_refine(input, quantity_gradient(open), &enclosures[open], &error),
                         OK);
    ck_assert_msg(measurement.norm_error <= ldexp(64, -format->precision),
                  "%s in %s, %s: %g of the gradient", formulations[f].name, format->name,
                  gradient_way_names[way], measurement.norm_error);
    for (size_t i = 0; i < count; i++)
        enclosure_clear(&enclosures[i]);
    workspace_clear(&workspace);
}

/* The trace line fed with logits, and the loss with ε added to p: their error
 * is of the formula, not of its rounding. */
static bool computes_something_else(const char *name)
{
    return strcmp(name, "raw-trace-bce") == 0 || strcmp(name, "epsilon-bce") == 0;
}

START_TEST(each_computes_its_problem)
{
    const struct format *format = &formats[_i];
    struct case_store store = {0};
    for (size_t f = 0; f < formulation_total; f++) {
        size_t base = formulation_base(f);
        if (computes_something_else(formulations[base].name))
            continue;
        struct random_stream stream = random_stream(17, f);
        for (int k = 0; k < (f == base ? 60 : 10); k++) {
            make_moderate(f, format, &stream, &store);
            check_loss(f, format, MATH_canonical, &store.input);
            check_loss(f, format, MATH_libm, &store.input);
            /* binary16 flushes below 2^−14, which e^{−6} over a sum over 12 comes near to */
            bool flushed = format->flush && format->emin > -100;
            for (int way = 0; way < GRADIENT_WAYS && !flushed; way++)
                if (formulation_has_gradient(f, (enum gradient_way)way))
                    check_gradient(f, format, (enum gradient_way)way, &store.input);
        }
    }
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
    {"naive-softmax", 6 + 5 + 1 + 1, 0},       /* exps, sums, ÷, log */
    {"shifted-softmax", 6 + 6 + 5 + 1 + 1, 0}, /* and x_k − m */
    {"fused-log-softmax", 6 + 6 + 5 + 1 + 2, 0},
    {"log-softmax-nll", 6 + 6 + 5 + 1 + 2 * 6, 6},
    {"log1p-lse", 5 + 5 + 4 + 1 + 2, 0},
    {"elementwise-bce", 6 * 7 + 5, 0},
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

/* Every formulation is there under its name, with every summation, and is
 * found by it. */
START_TEST(the_registry_is_whole)
{
    static const char *const names[] = {
        "naive-softmax",         "shifted-softmax", "fused-log-softmax", "log-softmax-nll",
        "lse-minus-target",      "log1p-lse",       "prob-bce",          "trace-bce",
        "elementwise-bce",       "sigmoid-bce",     "sigmoid-trace-bce", "logits-bce",
        "logits-bce-logsigmoid", "logits-bce-old",  "raw-trace-bce"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_uint_lt(formulation_find(names[i]), formulation_count);
    for (size_t i = 0; i < formulation_total; i++)
        ck_assert_uint_eq(formulation_find(formulations[i].name), i);
    ck_assert_uint_eq(formulation_total, SUMMATION_COUNT * formulation_count);
    ck_assert_uint_eq(formulation_find("no-such-softmax"), formulation_total);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("formulations");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_registry_is_whole);
    tcase_add_loop_test(cases, each_computes_its_problem, 0, FORMAT_COUNT);
    tcase_add_loop_test(cases, each_breaks_where_it_says, 0, ROWS(rows));
    tcase_add_loop_test(cases, costs_are_counted, 0, ROWS(costs));
    Suite *suite = suite_create("formulations");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
