/* The binary formulations: where each breaks, to the bit; that each keeps the
 * error bound of its header against the oracle, the loss and the gradient; and
 * that leaving out no rounding gives the same bits. */
#include "../suite.h"
#include "binary_rows.h"

#include "core/number.h"
#include "core/random.h"
#include "measure/measure.h"

#include <math.h>
#include <string.h>

/* A case read from text, one column; one row for a batch's N. */
struct text_case {
    struct number_list values, labels, weights;
    struct input_case input;
};

static void read_list(const struct format *format, const char *text, struct number_list *list)
{
    struct error error;
    *list = (struct number_list){0};
    if (text != NULL)
        ck_assert_int_eq(number_list_parse(format, "numbers", text, list, &error), OK);
}

static void read_case(struct text_case *text, size_t index, const struct format *format,
                      const char *values, const char *labels, const char *weight)
{
    read_list(format, values, &text->values);
    read_list(format, labels, &text->labels);
    read_list(format, weight, &text->weights);
    ck_assert_uint_eq(text->values.count, text->labels.count);
    text->input = (struct input_case){.problem = formulations[index].problem,
                                      .reduction = REDUCTION_SUM,
                                      .rows = text->values.count,
                                      .columns = 1,
                                      .values = text->values.values,
                                      .labels = text->labels.values,
                                      .weights = text->weights.values};
}

static void clear_case(struct text_case *text)
{
    number_list_clear(&text->values);
    number_list_clear(&text->labels);
    number_list_clear(&text->weights);
}

static size_t find(const char *name)
{
    size_t index = formulation_find(name);
    ck_assert_msg(index < formulation_count, "there is no formulation %s", name);
    return index;
}

static void assert_expected(const char *name, const char *what, double got, const char *expected)
{
    if (strcmp(expected, "positive") == 0) {
        ck_assert_msg(got > 0 && isfinite(got), "%s of %s gives %a", name, what, got);
        return;
    }
    double number;
    ck_assert(number_parse(&formats[FORMAT_binary64], expected, &number));
    ck_assert_msg(got == number || (isnan(got) && isnan(number)), "%s of %s gives %a, not %s", name,
                  what, got, expected);
}

static void check_loss(const struct weighted_row *row)
{
    const struct format *format = &formats[row->format];
    struct workspace workspace = {0};
    struct text_case text;
    struct error error;
    double loss;
    size_t index = find(row->name);
    read_case(&text, index, format, row->values, row->labels, row->weight);
    text.input.reduction = row->reduction;
    ck_assert(formulation_applies(index, format, MATH_canonical, &text.input));
    ck_assert_int_eq(
        formulation_loss(index, format, MATH_canonical, &text.input, &workspace, &loss, &error),
        OK);
    assert_expected(row->name, row->values, loss, row->expected);
    workspace_clear(&workspace);
    clear_case(&text);
}

START_TEST(losses_break_where_they_say)
{
    const struct loss_row *row = &loss_rows[_i];
    check_loss(&(struct weighted_row){row->name, row->format, row->values, row->labels, NULL,
                                      REDUCTION_SUM, row->expected});
}
END_TEST

START_TEST(weighted_losses_break_where_they_say)
{
    check_loss(&weighted_rows[_i]);
}
END_TEST

START_TEST(gradients_break_where_they_say)
{
    const struct gradient_row *row = &gradient_rows[_i];
    const struct format *format = &formats[row->format];
    struct workspace workspace = {0};
    struct text_case text;
    struct number_list expected;
    struct error error;
    double gradient[8];
    size_t index = find(row->name);
    read_case(&text, index, format, row->values, row->labels, row->weight);
    read_list(&formats[FORMAT_binary64], row->expected, &expected);
    ck_assert_uint_eq(expected.count, text.values.count);
    text.input.reduction = row->reduction;
    ck_assert(formulation_has_gradient(index, row->way));
    ck_assert_int_eq(
        formulation_gradient(index, format, row->way, &text.input, &workspace, gradient, &error),
        OK);
    for (size_t i = 0; i < expected.count; i++)
        ck_assert_msg(gradient[i] == expected.values[i] ||
                          (isnan(gradient[i]) && isnan(expected.values[i])),
                      "%s by %s of %s gives %a, not %s", row->name, gradient_way_names[row->way],
                      row->values, gradient[i], row->expected);
    number_list_clear(&expected);
    workspace_clear(&workspace);
    clear_case(&text);
}
END_TEST

/* --- bounds ------------------------------------------------------------------- */

enum labels { LABELS_0, LABELS_1, LABELS_hard, LABELS_any };
enum of { OF_loss, OF_closed };
enum { ALL = 1 << B16 | 1 << BF16 | 1 << B32 | 1 << B64, NOT_B16 = ALL - (1 << B16) };

/* The relative error is at most (constant + slope·|x|)·u for every x with a
 * normal e^{−|x|}, every p in [2^−90, 1 − u]. */
static const struct bound {
    const char *name;
    enum of of;
    enum labels labels;
    int formats;
    double constant, slope;
} bounds[] = {
    {"log1p-bce", OF_loss, LABELS_any, ALL, 4, 0},
    {"xlogy-bce", OF_loss, LABELS_any, ALL, 4, 0},
    {"clamped-bce", OF_loss, LABELS_any, ALL, 4, 0},
    {"prob-bce", OF_loss, LABELS_1, ALL, 1, 0},
    {"prob-bce", OF_closed, LABELS_hard, ALL, 6, 0},
    {"logits-bce", OF_loss, LABELS_hard, ALL, 3, 0},
    {"logits-bce-logsigmoid", OF_loss, LABELS_1, ALL, 3, 0},
    {"logaddexp-bce", OF_loss, LABELS_any, ALL, 6, 0},
    {"logaddexp-bce", OF_closed, LABELS_hard, ALL, 4, 3},
    {"signed-softplus-bce", OF_loss, LABELS_hard, ALL, 3, 0},
    {"signed-softplus-bce", OF_closed, LABELS_hard, ALL, 5, 0},
    {"log1pexp-bce", OF_loss, LABELS_0, NOT_B16, 3, 0},
    {"sklearn-bce", OF_loss, LABELS_0, NOT_B16, 8, 0},
    {"sklearn-bce", OF_closed, LABELS_hard, NOT_B16, 5, 0},
    {"logexpfunctions-bce", OF_loss, LABELS_any, ALL, 6, 0},
    {"logexpfunctions-bce", OF_loss, LABELS_hard, ALL, 4, 0},
    {"logexpfunctions-bce", OF_closed, LABELS_hard, ALL, 5, 0},
    {"stan-bce", OF_loss, LABELS_hard, 1 << BF16 | 1 << B32, 3, 0},
    {"torch-softplus-bce", OF_loss, LABELS_any, 1 << BF16 | 1 << B32, 6, 0},
    {"torch-softplus-bce", OF_closed, LABELS_hard, 1 << BF16 | 1 << B32, 5, 0},
    {"tf-softplus-bce", OF_loss, LABELS_hard, ALL, 9, 0},
    {"tf-softplus-bce", OF_closed, LABELS_hard, ALL, 5, 0},
    {"log1mexp-bce", OF_loss, LABELS_0, 1 << BF16 | 1 << B32, 6, 4},
    {"log1mexp-bce", OF_loss, LABELS_1, ALL, 4, 0},
    {"log1mexp-scipy-bce", OF_loss, LABELS_1, ALL, 4, 0},
    {"logits-bce-pos-weight", OF_loss, LABELS_1, ALL, 5, 0},
    {"weighted-logits-bce", OF_loss, LABELS_1, ALL, 6, 0},
};

/* Logits up to ln of the least normal number in size, spread over nine binades
 * below it; probabilities spread over their binades, from both ends. */
static double random_value(enum problem_id problem, const struct format *format,
                           struct random_stream *stream)
{
    double unit = random_unit(stream);
    bool is_low = random_below(stream, 2) == 0;
    if (problem == PROBLEM_bce_logit) {
        double x = floor(-format->emin * 0.693) * exp2(-9 * unit);
        return format_round_double(format, is_low ? -x : x);
    }
    int binades = format->emin > -90 ? -format->emin : 90;
    double p = ldexp(1 + unit, -1 - (int)random_below(stream, (uint64_t)binades));
    double value = format_round_double(format, is_low ? p : 1 - p);
    return value < 1 ? value : 0.5;
}

static double random_label(enum labels labels, const struct format *format,
                           struct random_stream *stream)
{
    double hard = labels == LABELS_hard ? (double)random_below(stream, 2) : labels == LABELS_1;
    return labels == LABELS_any ? format_round_double(format, random_unit(stream)) : hard;
}

static void check_bound(const struct bound *bound, const struct format *format,
                        struct random_stream *stream, struct enclosure *exact)
{
    size_t index = find(bound->name);
    enum problem_id problem = formulations[index].problem;
    struct workspace workspace = {0};
    struct error error;
    for (int k = 0; k < 300; k++) {
        double x = random_value(problem, format, stream), got;
        double y = random_label(bound->labels, format, stream), w = 1 + ldexp(1, k % 4);
        struct input_case input = {.problem = problem,
                                   .reduction = REDUCTION_SUM,
                                   .rows = 1,
                                   .columns = 1,
                                   .values = &x,
                                   .labels = &y};
        if (!formulation_applies(index, format, MATH_canonical, &input))
            input.weights = &w;
        struct quantity quantity = bound->of == OF_loss ? quantity_loss(0) : quantity_gradient(0);
        int code = bound->of == OF_loss ? formulation_loss(index, format, MATH_canonical, &input,
                                                           &workspace, &got, &error)
                                        : formulation_gradient(index, format, GRADIENT_closed,
                                                               &input, &workspace, &got, &error);
        ck_assert_int_eq(code, OK);
        ck_assert_int_eq(oracle_certify(&input, quantity, format, exact, &error), OK);
        struct measurement measurement;
        ck_assert(measure(exact, format, got, &measurement));
        double most = (bound->constant + bound->slope * fabs(x)) * ldexp(1, -format->precision);
        ck_assert_msg(measurement.rel_error <= most, "%s in %s at x = %a, y = %g: %g u",
                      bound->name, format->name, x, y,
                      ldexp(measurement.rel_error, format->precision));
    }
    workspace_clear(&workspace);
}

START_TEST(errors_keep_their_bounds)
{
    struct enclosure exact;
    enclosure_init(&exact);
    for (enum format_id id = 0; id < FORMAT_COUNT; id++) {
        struct random_stream stream = random_stream(23, (uint64_t)id);
        if (id <= B64 && (bounds[_i].formats & 1 << id) != 0)
            check_bound(&bounds[_i], &formats[id], &stream, &exact);
    }
    enclosure_clear(&exact);
}
END_TEST

/* --- the other builds ----------------------------------------------------------- */

static bool is_binary(enum problem_id problem)
{
    return problem == PROBLEM_bce_prob || problem == PROBLEM_bce_prob_batch ||
           problem == PROBLEM_bce_logit;
}

/* With every rounding on, blame's arithmetic takes the same branches to the
 * same bits. */
START_TEST(all_roundings_give_the_loss)
{
    const struct format *format = &formats[_i];
    struct workspace workspace = {0};
    struct error error;
    mpfr_t blamed;
    mpfr_init2(blamed, 192);
    struct random_stream stream = random_stream(29, (uint64_t)_i);
    for (size_t f = 0; f < formulation_count; f++)
        for (int k = 0; k < 20 && is_binary(formulations[f].problem); k++) {
            double x = random_value(formulations[f].problem, format, &stream), loss, w = 3;
            double y = random_label(k % 2 == 0 ? LABELS_hard : LABELS_any, format, &stream);
            struct input_case input = {.problem = formulations[f].problem,
                                       .reduction = REDUCTION_SUM,
                                       .rows = 1,
                                       .columns = 1,
                                       .values = &x,
                                       .labels = &y};
            if (!formulation_applies(f, format, MATH_canonical, &input))
                input.weights = &w;
            struct blame_request request = {.all = true, .precision = 192};
            ck_assert_int_eq(
                formulation_loss(f, format, MATH_canonical, &input, &workspace, &loss, &error), OK);
            ck_assert_int_eq(
                formulation_blamed(f, format, &input, &request, &workspace, blamed, &error), OK);
            double same = mpfr_get_d(blamed, MPFR_RNDN);
            ck_assert_msg(same == loss || (isnan(same) && isnan(loss)), "%s in %s at %a: %a, %a",
                          formulations[f].name, format->name, x, loss, same);
        }
    mpfr_clear(blamed);
    workspace_clear(&workspace);
}
END_TEST

/* A weight is taken by those that have one in their formula and no other. */
START_TEST(weights_are_taken_where_they_are_meant)
{
    double x = 1, y = 1, w = 2;
    struct input_case input = {.problem = PROBLEM_bce_logit,
                               .reduction = REDUCTION_SUM,
                               .rows = 1,
                               .columns = 1,
                               .values = &x,
                               .labels = &y};
    const struct format *format = &formats[FORMAT_binary32];
    for (size_t f = 0; f < formulation_count; f++) {
        bool weighted = strstr(formulations[f].name, "weight") != NULL;
        bool logit = formulations[f].problem == PROBLEM_bce_logit;
        input.weights = NULL;
        ck_assert(formulation_applies(f, format, MATH_canonical, &input) == (logit && !weighted));
        input.weights = &w;
        ck_assert(formulation_applies(f, format, MATH_canonical, &input) == (logit && weighted));
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("binary");
    tcase_add_loop_test(cases, losses_break_where_they_say, 0, ROWS(loss_rows));
    tcase_add_loop_test(cases, weighted_losses_break_where_they_say, 0, ROWS(weighted_rows));
    tcase_add_loop_test(cases, gradients_break_where_they_say, 0, ROWS(gradient_rows));
    tcase_add_loop_test(cases, errors_keep_their_bounds, 0, ROWS(bounds));
    tcase_add_loop_test(cases, all_roundings_give_the_loss, 0, FORMAT_COUNT);
    tcase_add_test(cases, weights_are_taken_where_they_are_meant);
    Suite *suite = suite_create("binary");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
