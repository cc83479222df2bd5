/* Softmax, its cross-entropy, log-sum-exp and StableMax: that each formulation
 * computes its problem and its gradient where nothing is extreme, in every
 * format and order of summation; that each breaks where its header says, to the
 * bit; that options are taken in the frameworks' order of operations; that the six algorithms of
 * Blanchard, Higham & Higham (IMA J. Numer. Anal. 41, 2021) stay within the bounds of that paper;
 * and what each costs. */
#include "../suite.h"
#include "softmax_rows.h"

#include "core/number.h"
#include "core/random.h"
#include "impl/impl.h"
#include "oracle/oracle.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 1024 };

/* A case of one row, and what evaluates it. */
struct one_row {
    struct number_list values, labels;
    size_t target;
    struct input_case input;
    struct workspace workspace;
};

static void one_row_shape(struct one_row *row, enum problem_id problem)
{
    row->input = (struct input_case){
        .problem = problem,
        .reduction = REDUCTION_SUM,
        .rows = 1,
        .columns = row->values.count,
        .values = row->values.values,
        .labels = row->labels.values,
        .targets =
            row->labels.values == NULL && problem != PROBLEM_log_sum_exp ? &row->target : NULL,
    };
}

static void one_row_clear(struct one_row *row)
{
    number_list_clear(&row->values);
    number_list_clear(&row->labels);
    workspace_clear(&row->workspace);
}

/* The case that a formulation's row of a table describes. */
static size_t parse(const char *name, const struct format *format, const char *values,
                    size_t target, const char *labels, struct one_row *row)
{
    struct error error;
    size_t index = formulation_find(name);
    ck_assert_msg(index < formulation_total, "there is no formulation %s", name);
    *row = (struct one_row){.target = target};
    ck_assert_int_eq(number_list_parse(format, "values", values, &row->values, &error), OK);
    if (labels != NULL)
        ck_assert_int_eq(number_list_parse(format, "labels", labels, &row->labels, &error), OK);
    one_row_shape(row, formulations[index].problem);
    return index;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(losses_are_these)
{
    const struct format *format = &formats[loss_rows[_i].format];
    struct one_row row;
    struct error error;
    double loss;
    size_t index = parse(loss_rows[_i].name, format, loss_rows[_i].values, loss_rows[_i].target,
                         loss_rows[_i].labels, &row);
    ck_assert(formulation_applies(index, format, MATH_canonical, &row.input));
    ck_assert_int_eq(
        formulation_loss(index, format, MATH_canonical, &row.input, &row.workspace, &loss, &error),
        OK);
    ck_assert_msg(same(loss, format_round_double(format, loss_rows[_i].loss)),
                  "%s of %s in %s gives %a, not %a", loss_rows[_i].name, loss_rows[_i].values,
                  format->name, loss, loss_rows[_i].loss);
    one_row_clear(&row);
}
END_TEST

START_TEST(gradients_are_these)
{
    const struct format *format = &formats[gradient_rows[_i].format];
    enum gradient_way way = gradient_rows[_i].way;
    struct one_row row;
    struct error error;
    double gradient[MOST];
    size_t index = parse(gradient_rows[_i].name, format, gradient_rows[_i].values,
                         gradient_rows[_i].target, gradient_rows[_i].labels, &row);
    ck_assert(formulation_has_gradient(index, way));
    ck_assert_int_eq(
        formulation_gradient(index, format, way, &row.input, &row.workspace, gradient, &error), OK);
    const double expected[] = {gradient_rows[_i].first, gradient_rows[_i].second};
    for (size_t j = 0; j < 2; j++)
        ck_assert_msg(same(gradient[j], format_round_double(format, expected[j])),
                      "%s (%s) of %s in %s: component %zu is %a, not %a", gradient_rows[_i].name,
                      gradient_way_names[way], gradient_rows[_i].values, format->name, j,
                      gradient[j], expected[j]);
    one_row_clear(&row);
}
END_TEST

START_TEST(options_are_taken_in_this_order)
{
    const struct format *format = &formats[option_rows[_i].format];
    struct number_list weights = {0};
    struct one_row row;
    struct error error;
    double loss, gradient[MOST];
    size_t index = parse(option_rows[_i].name, format, option_rows[_i].values,
                         option_rows[_i].target, option_rows[_i].labels, &row);
    ck_assert_int_eq(
        number_list_parse(format, "weights", option_rows[_i].weights, &weights, &error), OK);
    ck_assert_uint_eq(weights.count, row.values.count);
    row.input.weights = weights.values;
    row.input.label_smoothing = option_rows[_i].label_smoothing;
    ck_assert(formulation_applies(index, format, MATH_canonical, &row.input));
    ck_assert_int_eq(
        formulation_loss(index, format, MATH_canonical, &row.input, &row.workspace, &loss, &error),
        OK);
    ck_assert_double_eq(loss, option_rows[_i].loss);
    ck_assert_int_eq(formulation_gradient(index, format, GRADIENT_closed, &row.input,
                                          &row.workspace, gradient, &error),
                     OK);
    ck_assert_double_eq(gradient[0], option_rows[_i].gradient);
    number_list_clear(&weights);
    one_row_clear(&row);
}
END_TEST

/* --- where nothing is extreme ---------------------------------------------------- */

enum { CLASSES = 6 };

/* Logits in ±3, away from 1, where stablemax-ce has no derivative. */
static void make_moderate(enum problem_id problem, const struct format *format,
                          struct random_stream *stream, double *values, struct one_row *row)
{
    for (size_t k = 0; k < CLASSES; k++) {
        do
            values[k] = format_round_double(format, 6 * random_unit(stream) - 3);
        while (fabs(values[k] - 1) < 0x1p-6);
    }
    row->values = (struct number_list){.values = values, .count = CLASSES};
    row->target = random_below(stream, CLASSES);
    one_row_shape(row, problem);
}

/* 2^−p of what rounds coarsest. */
static double unit_roundoff(const struct format *format)
{
    return ldexp(1, -format->precision);
}

static double exact_value(const struct one_row *row, struct quantity quantity,
                          const struct format *format, struct enclosure *enclosure)
{
    struct error error;
    ck_assert_int_eq(oracle_certify(&row->input, quantity, format, enclosure, &error), OK);
    return oracle_rounded(enclosure, &formats[FORMAT_binary64]);
}

static bool is_of_this_file(enum problem_id problem)
{
    return problem == PROBLEM_softmax_ce || problem == PROBLEM_stablemax_ce ||
           problem == PROBLEM_log_sum_exp || problem == PROBLEM_softmax;
}

/* n + 2 + 3·6 for the sums and shifted exponentials (3 for base 2), 2·6 for x − m,
 * and for logaddexp (n − 1)(max|l| + 1.3) ≤ 31: all below 48 units of
 * max(1, loss). */
static const double LOSS_UNITS = 48;
/* Two and three roundings for each of the forward pass: the chain rule and the
 * closed forms, of derivatives that are at most 1. */
static const double GRADIENT_UNITS = 96;

static void hold_gradients(size_t index, const struct format *format, struct one_row *row,
                           struct enclosure *enclosure)
{
    double gradient[2 * CLASSES];
    struct error error;
    for (int way = 0; way < GRADIENT_WAYS; way++) {
        if (!formulation_has_gradient(index, (enum gradient_way)way))
            continue;
        ck_assert_int_eq(formulation_gradient(index, format, (enum gradient_way)way, &row->input,
                                              &row->workspace, gradient, &error),
                         OK);
        for (size_t j = 0; j < input_case_values(&row->input); j++) {
            double exact = exact_value(row, quantity_gradient(j), format, enclosure);
            ck_assert_msg(fabs(gradient[j] - exact) <= GRADIENT_UNITS * unit_roundoff(format),
                          "%s (%s) in %s: %g, not %g", formulations[index].name,
                          gradient_way_names[way], format->name, gradient[j], exact);
        }
    }
}

START_TEST(each_computes_its_problem)
{
    const struct format *format = &formats[_i % FORMAT_COUNT];
    enum math_id math = _i / FORMAT_COUNT == 0 ? MATH_canonical : MATH_libm;
    struct enclosure enclosure;
    struct error error;
    double values[CLASSES], loss;
    enclosure_init(&enclosure);
    for (size_t f = 0; f < formulation_total; f++) {
        struct one_row row = {0};
        struct random_stream stream = random_stream(17, f);
        if (!is_of_this_file(formulations[f].problem))
            continue;
        for (int k = 0; k < 12; k++) {
            make_moderate(formulations[f].problem, format, &stream, values, &row);
            double exact = exact_value(&row, quantity_loss(0), format, &enclosure);
            ck_assert_int_eq(
                formulation_loss(f, format, math, &row.input, &row.workspace, &loss, &error), OK);
            ck_assert_msg(fabs(loss - exact) <=
                              LOSS_UNITS * unit_roundoff(format) * fmax(1, fabs(exact)),
                          "%s in %s: %g, not %g", formulations[f].name, format->name, loss, exact);
            if (math == MATH_canonical && k < 3)
                hold_gradients(f, format, &row, &enclosure);
        }
        workspace_clear(&row.workspace);
    }
    enclosure_clear(&enclosure);
}
END_TEST

/* A batch of three rows with the options of a loss: hard targets with weights,
 * smoothing, one ignored, averaged; and weighted soft targets. */
START_TEST(options_are_taken)
{
    static const double x[] = {0.5, -1.25, 2, 0, -0.75, 1.5, 0.25, -2, 3, -1, 0.125, 1.75};
    static const double q[] = {0, 0.25, 0.5, 0.25, 1, 0, 0, 0, 0.5, 0.125, 0.125, 0.25};
    static const double w[] = {0.5, 2, 1, 0.25};
    static const size_t targets[] = {1, TARGET_IGNORED, 3};
    const struct format *format = &formats[FORMAT_binary32];
    struct one_row row = {.input = {.problem = PROBLEM_softmax_ce,
                                    .reduction = REDUCTION_MEAN,
                                    .rows = 3,
                                    .columns = 4,
                                    .values = x,
                                    .labels = _i == 0 ? NULL : q,
                                    .targets = _i == 0 ? targets : NULL,
                                    .weights = w,
                                    .label_smoothing = _i == 0 ? 0.125 : 0}};
    struct enclosure enclosure;
    struct error error;
    double loss;
    enclosure_init(&enclosure);
    double exact = exact_value(&row, quantity_loss(0), format, &enclosure);
    for (size_t f = 0; f < formulation_count; f++) {
        if (!formulation_applies(f, format, MATH_canonical, &row.input))
            continue;
        ck_assert_int_eq(
            formulation_loss(f, format, MATH_canonical, &row.input, &row.workspace, &loss, &error),
            OK);
        ck_assert_msg(fabs(loss - exact) <= LOSS_UNITS * unit_roundoff(format) * fmax(1, exact),
                      "%s: %g, not %g", formulations[f].name, loss, exact);
        hold_gradients(f, format, &row, &enclosure);
    }
    workspace_clear(&row.workspace);
    enclosure_clear(&enclosure);
}
END_TEST

/* --- the bounds of Blanchard, Higham & Higham 2021 -------------------------------- */

struct row_facts {
    double lse, least, greatest, farthest; /* L, x_min, x_max, max|x_j − L| */
};

enum { PAPER_CLASSES = 10 }; /* n of the paper's tests */

static double bound_lse_basic(const struct row_facts *row)
{
    return 1 + (PAPER_CLASSES + 1) / fabs(row->lse);
}

static double bound_softmax_basic(const struct row_facts *row)
{
    (void)row;
    return PAPER_CLASSES + 3;
}

static double bound_softmax_basic_exp_minus_lse(const struct row_facts *row)
{
    return fabs(row->lse) + row->farthest + PAPER_CLASSES + 2;
}

static double bound_lse_shifted(const struct row_facts *row)
{
    return fabs(row->lse + PAPER_CLASSES - row->least) / fabs(row->lse);
}

static double bound_softmax_shifted(const struct row_facts *row)
{
    return PAPER_CLASSES + 2 + 2 * (row->greatest - row->least);
}

static double bound_softmax_exp_minus_lse(const struct row_facts *row)
{
    return 1 + row->farthest + fabs(row->lse + PAPER_CLASSES - row->least);
}

/* Theorems 3.2, 3.3, 3.4, 4.2, 4.3, 4.4: the relative error in units of u; and
 * the variants of two that differ in where the 1 of the maximum is added. */
static const struct {
    const char *name;
    double (*bound)(const struct row_facts *row);
    bool shifted;
} algorithms[] = {
    {"lse-basic", bound_lse_basic, false},
    {"softmax-basic", bound_softmax_basic, false},
    {"softmax-basic-exp-minus-lse", bound_softmax_basic_exp_minus_lse, false},
    {"lse-log1p", bound_lse_shifted, true},
    {"softmax-shifted", bound_softmax_shifted, true},
    {"softmax-exp-minus-lse", bound_softmax_exp_minus_lse, true},
    {"lse-shifted", bound_lse_shifted, true},
    {"softmax-framework", bound_softmax_shifted, true},
};

static struct row_facts facts_of(const double *x, const struct format *format,
                                 struct enclosure *enclosure)
{
    struct one_row row = {.values = {.values = (double *)(uintptr_t)x, .count = PAPER_CLASSES}};
    one_row_shape(&row, PROBLEM_log_sum_exp);
    struct row_facts facts = {.lse = exact_value(&row, quantity_loss(0), format, enclosure),
                              .least = x[0],
                              .greatest = x[0]};
    for (size_t k = 0; k < PAPER_CLASSES; k++) {
        facts.least = fmin(facts.least, x[k]);
        facts.greatest = fmax(facts.greatest, x[k]);
        facts.farthest = fmax(facts.farthest, fabs(x[k] - facts.lse));
    }
    return facts;
}

/* The theorems assume that nothing overflows or underflows: the exponential of
 * the component and the result are normal numbers, the sum is finite. */
static bool theorem_applies(size_t a, const struct row_facts *facts, double component, double exact,
                            const struct format *format)
{
    double exponent = algorithms[a].shifted ? component - facts->greatest : component;
    double greatest = algorithms[a].shifted ? 0 : facts->lse + log1p(0x1p-3);
    return exp(exponent) >= 2 * format_least_normal(format) &&
           fabs(exact) >= 2 * format_least_normal(format) && exp(greatest) < format_largest(format);
}

/* Random rows with logits in [−19, 20], as those of the paper's figures. */
START_TEST(the_papers_bounds_hold)
{
    static const enum format_id narrow[] = {FORMAT_binary16, FORMAT_bfloat16};
    const struct format *format = &formats[narrow[_i]];
    struct random_stream stream = random_stream(2021, (uint64_t)_i);
    struct enclosure enclosure;
    struct error error;
    double x[PAPER_CLASSES], got;
    int held[ROWS(algorithms)] = {0};
    enclosure_init(&enclosure);
    for (int k = 0; k < 400; k++) {
        for (size_t j = 0; j < PAPER_CLASSES; j++)
            x[j] = format_round_double(format, 39 * random_unit(&stream) - 19);
        struct row_facts facts = facts_of(x, format, &enclosure);
        for (size_t a = 0; a < ROWS(algorithms); a++) {
            size_t index = formulation_find(algorithms[a].name);
            struct one_row row = {.values = {.values = x, .count = PAPER_CLASSES},
                                  .target = random_below(&stream, PAPER_CLASSES)};
            one_row_shape(&row, formulations[index].problem);
            bool lse = formulations[index].problem == PROBLEM_log_sum_exp;
            double exact = exact_value(&row, quantity_loss(0), format, &enclosure);
            double component = lse ? facts.greatest : x[row.target];
            if (!theorem_applies(a, &facts, component, exact, format))
                continue;
            ck_assert_int_eq(formulation_loss(index, format, MATH_canonical, &row.input,
                                              &row.workspace, &got, &error),
                             OK);
            double units = fabs(got - exact) / fabs(exact) / unit_roundoff(format);
            ck_assert_msg(units <= algorithms[a].bound(&facts), "%s in %s: %g u, bound %g u",
                          algorithms[a].name, format->name, units, algorithms[a].bound(&facts));
            held[a]++;
            workspace_clear(&row.workspace);
        }
    }
    for (size_t a = 0; a < ROWS(algorithms); a++)
        ck_assert_msg(held[a] >= 10, "%s in %s: %d rows", algorithms[a].name, format->name,
                      held[a]);
    enclosure_clear(&enclosure);
}
END_TEST

/* --- costs ----------------------------------------------------------------------- */

START_TEST(costs_are_counted)
{
    double values[CLASSES] = {0.25, 0.5, 0.75, -1, -2, -3};
    struct one_row row = {.values = {.values = values, .count = CLASSES}, .target = 3};
    struct cost cost;
    struct error error;
    size_t index = formulation_find(cost_rows[_i].name);
    ck_assert_uint_lt(index, formulation_count);
    one_row_shape(&row, formulations[index].problem);
    ck_assert_int_eq(formulation_cost(index, &formats[FORMAT_binary32], &row.input, &row.workspace,
                                      &cost, &error),
                     OK);
    ck_assert_uint_eq(cost.operations, cost_rows[_i].operations);
    ck_assert_uint_eq(cost.bytes, 4 * cost_rows[_i].reals);
    workspace_clear(&row.workspace);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("softmax");
    suite_add_rows(suite, "losses", NULL, NULL, losses_are_these, ROWS(loss_rows));
    suite_add_rows(suite, "gradients", NULL, NULL, gradients_are_these, ROWS(gradient_rows));
    suite_add_rows(suite, "moderate", NULL, NULL, each_computes_its_problem, 2 * FORMAT_COUNT);
    suite_add_rows(suite, "options", NULL, NULL, options_are_taken, 2);
    suite_add_rows(suite, "order", NULL, NULL, options_are_taken_in_this_order, ROWS(option_rows));
    suite_add_rows(suite, "bounds", NULL, NULL, the_papers_bounds_hold, 2);
    suite_add_rows(suite, "costs", NULL, NULL, costs_are_counted, ROWS(cost_rows));
    return suite_run(suite);
}
