/* Blocks of cases: bit for bit the losses of formulation_loss(), for every
 * formulation, order of summation, format and math, at ordinary values and at
 * ±0, the least and the greatest numbers, infinities and NaN. */
#include "../suite.h"

#include "core/random.h"
#include "impl/impl.h"

#include <math.h>

enum { COUNT = 24, MOST_COLUMNS = 5 };

struct cases {
    struct case_block block;
    double values[COUNT * MOST_COLUMNS];
};

static bool has_columns(enum problem_id problem)
{
    return problem_has_rows(problem) || problem == PROBLEM_bce_prob_batch;
}

static double special_value(const struct format *format, struct random_stream *stream)
{
    const double list[] = {0,
                           format_least(format),
                           format_least_normal(format),
                           ldexp(1, 1 - format->precision),
                           0.5,
                           1 - ldexp(1, -format->precision),
                           1,
                           20,
                           format_largest(format),
                           INFINITY,
                           NAN};
    double value = list[random_below(stream, ROWS(list))];
    return random_below(stream, 2) ? value : -value;
}

/* A third of the values special, the rest logits in ±20 or probabilities. */
static void make_cases(const struct formulation *formulation, const struct format *format,
                       struct random_stream *stream, struct cases *cases)
{
    static const double labels[] = {0, 1, 0.25};
    enum problem_id problem = formulation->problem;
    bool probabilities = problem == PROBLEM_bce_prob || problem == PROBLEM_bce_prob_batch;
    size_t columns = has_columns(problem) ? 1 + random_below(stream, MOST_COLUMNS) : 1;
    cases->block = (struct case_block){
        .problem = problem,
        .count = COUNT,
        .columns = columns,
        .values = cases->values,
        .label = labels[random_below(stream, ROWS(labels))],
        .target = random_below(stream, columns),
    };
    for (size_t k = 0; k < COUNT * columns; k++) {
        double unit = random_unit(stream), x = probabilities ? unit : 40 * unit - 20;
        bool special = random_below(stream, 3) == 0;
        cases->values[k] = special ? special_value(format, stream) : format_round_double(format, x);
    }
}

/* Case i of the block by itself. */
static double loss_of(size_t f, const struct format *format, enum math_id math,
                      const struct case_block *block, size_t i, struct workspace *workspace)
{
    static const double one = 1;
    double labels[MOST_COLUMNS], loss;
    for (size_t k = 0; k < block->columns; k++)
        labels[k] = block->label;
    bool has_targets = problem_has_rows(block->problem) && block->problem != PROBLEM_log_sum_exp;
    struct input_case input = {
        .problem = block->problem,
        .rows = 1,
        .columns = block->columns,
        .values = block->values + i * block->columns,
        .labels = problem_has_rows(block->problem) ? NULL : labels,
        .targets = has_targets ? &block->target : NULL,
    };
    if (!formulation_applies(f, format, math, &input))
        input.weights = &one;
    ck_assert(formulation_applies(f, format, math, &input));
    struct error error;
    ck_assert_int_eq(formulation_loss(f, format, math, &input, workspace, &loss, &error), OK);
    return loss;
}

/* -ffast-math: "as if numbers were real, finite and without a sign of zero". */
static bool same(enum math_id math, double a, double b)
{
    bool signless = math == MATH_fastmath || math == MATH_clangfast;
    return isnan(a) ? isnan(b) : a == b && (signless || !signbit(a) == !signbit(b));
}

static void check(size_t f, const struct format *format, enum math_id math,
                  const struct cases *cases, struct workspace *workspace)
{
    struct error error;
    double losses[COUNT];
    ck_assert_int_eq(formulation_block(f, format, math, &cases->block, workspace, losses, &error),
                     OK);
    for (size_t i = 0; i < COUNT; i++) {
        double wanted = loss_of(f, format, math, &cases->block, i, workspace);
        ck_assert_msg(same(math, losses[i], wanted),
                      "%s in %s by %s, case %zu from %a on: %a, not %a", formulations[f].name,
                      format->name, maths[math].name, i, cases->values[i * cases->block.columns],
                      losses[i], wanted);
    }
}

START_TEST(blocks_are_the_cases_one_by_one)
{
    const struct format *format = &formats[_i];
    struct workspace workspace = {0};
    struct cases cases;
    for (size_t f = 0; f < formulation_total; f++) {
        struct random_stream stream = random_stream(51, f);
        make_cases(&formulations[f], format, &stream, &cases);
        for (int math = 0; math < MATH_COUNT; math++)
            if (math_has_format((enum math_id)math, format))
                check(f, format, (enum math_id)math, &cases, &workspace);
    }
    workspace_clear(&workspace);
}
END_TEST

/* No cases, no losses. */
START_TEST(a_block_may_be_empty)
{
    struct workspace workspace = {0};
    struct error error;
    for (size_t f = 0; f < formulation_total; f++) {
        struct case_block block = {.problem = formulations[f].problem, .columns = 1};
        ck_assert_int_eq(formulation_block(f, &formats[FORMAT_binary32], MATH_canonical, &block,
                                           &workspace, NULL, &error),
                         OK);
    }
    workspace_clear(&workspace);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("block");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, blocks_are_the_cases_one_by_one, 0, FORMAT_COUNT);
    tcase_add_test(cases, a_block_may_be_empty);
    Suite *suite = suite_create("block");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
