/* Cases and their texts. */
#include "sweep/case_store.h"

#include "core/number.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct case_parts case_parts[PROBLEM_COUNT] = {
    [PROBLEM_softmax_ce] = {"--logits", .targets = true},
    [PROBLEM_stablemax_ce] = {"--logits", .targets = true},
    [PROBLEM_log_sum_exp] = {"--logits"},
    [PROBLEM_softmax] = {"--logits", .targets = true},
    [PROBLEM_bce_prob] = {"--prob", .labels = true},
    [PROBLEM_bce_prob_batch] = {"--probs", .labels = true},
    [PROBLEM_bce_logit] = {"--logit", .labels = true},
};

int case_store_shape(struct case_store *store, enum problem_id problem, size_t rows, size_t columns,
                     struct error *error)
{
    size_t count = rows * columns;
    if (count > store->capacity) {
        case_store_clear(store);
        store->values = calloc(count, sizeof *store->values);
        store->labels = calloc(count, sizeof *store->labels);
        store->weights = calloc(count, sizeof *store->weights);
        store->targets = calloc(count, sizeof *store->targets);
        if (store->values == NULL || store->labels == NULL || store->weights == NULL ||
            store->targets == NULL) {
            case_store_clear(store);
            return error_no_memory(error);
        }
        store->capacity = count;
    }
    store->input = (struct input_case){
        .problem = problem,
        .reduction = REDUCTION_SUM,
        .rows = rows,
        .columns = columns,
        .values = store->values,
        .labels = case_parts[problem].labels ? store->labels : NULL,
        .targets = case_parts[problem].targets ? store->targets : NULL,
    };
    return OK;
}

void case_store_clear(struct case_store *store)
{
    free(store->values);
    free(store->labels);
    free(store->weights);
    free(store->targets);
    *store = (struct case_store){0};
}

/* How many rows and columns the values make, or what is wrong with them. */
static int shape_of(enum problem_id problem, const struct case_text *text, size_t count,
                    size_t *rows, size_t *columns, struct error *error)
{
    *columns = text->columns != 0 ? text->columns : problem_has_rows(problem) ? count : 1;
    if (count % *columns != 0)
        return error_set(error, BAD_INPUT, "%s: %zu numbers do not make rows of %zu columns",
                         text->values_name, count, *columns);
    *rows = count / *columns;
    if (problem == PROBLEM_softmax && *rows != 1)
        return error_set(error, BAD_INPUT, "%s: softmax takes one row, not %zu", text->values_name,
                         *rows);
    return OK;
}

/* Reads a list of exactly `count` numbers, or of one number for all of them. */
static int parse_numbers(const struct format *format, const char *name, const char *text,
                         size_t count, bool one_for_all, double *numbers, struct error *error)
{
    struct number_list list = {0};
    int code = number_list_parse(format, name, text, &list, error);
    bool repeat = one_for_all && list.count == 1;
    if (code == OK && list.count != count && !repeat)
        code = error_set(error, BAD_INPUT, "%s: %zu numbers where %zu are needed", name, list.count,
                         count);
    for (size_t i = 0; i < count && code == OK; i++)
        numbers[i] = list.values[repeat ? 0 : i];
    number_list_clear(&list);
    return code;
}

static int parse_labels(struct case_store *store, const struct format *format,
                        const struct case_text *text, struct error *error)
{
    if (text->labels == NULL)
        return error_set(error, BAD_INPUT, "%s is missing", text->labels_name);
    size_t count = input_case_values(&store->input);
    struct number_list list = {0};
    int code = number_list_parse(format, text->labels_name, text->labels, &list, error);
    if (code == OK && list.count != count)
        code = error_set(error, BAD_INPUT, "%s: %zu labels for %zu values", text->labels_name,
                         list.count, count);
    if (code == OK)
        memcpy(store->labels, list.values, count * sizeof *list.values);
    number_list_clear(&list);
    return code;
}

enum { DEFAULT_IGNORE_INDEX = -100 }; /* PyTorch's */

/* One target: a whole number below the number of classes, or the one of rows
 * that do not count. */
static int parse_target(const char *at, char **end, const struct case_text *text, size_t classes,
                        long long ignored, size_t *target, struct error *error)
{
    errno = 0;
    bool number = isdigit((unsigned char)at[at[0] == '-']);
    long long parsed = number ? strtoll(at, end, 10) : 0;
    size_t length = strcspn(at, ",");
    bool whole = number && errno == 0 && *end == at + length;
    if (whole && parsed == ignored) {
        *target = TARGET_IGNORED;
        return OK;
    }
    if (!whole || parsed < 0)
        return error_set(error, BAD_INPUT, "%s: '%.*s' is not a class number (0, 1, …)",
                         text->targets_name, (int)(length < 80 ? length : 80), at);
    if ((unsigned long long)parsed >= classes)
        return error_set(error, BAD_INPUT,
                         "%s: target %lld is out of range: the row has %zu classes, 0 to %zu",
                         text->targets_name, parsed, classes, classes - 1);
    *target = (size_t)parsed;
    return OK;
}

static int parse_ignore_index(const struct case_text *text, long long *ignored, struct error *error)
{
    const char *index = text->options.ignore_index;
    *ignored = DEFAULT_IGNORE_INDEX;
    if (index == NULL)
        return OK;
    char *end;
    errno = 0;
    *ignored = strtoll(index, &end, 10);
    if (end == index || *end != '\0' || errno != 0)
        return error_set(error, BAD_INPUT, "%signore-index: '%.80s' is not a whole number",
                         text->options_name, index);
    return OK;
}

static int parse_targets(struct case_store *store, const struct case_text *text,
                         struct error *error)
{
    if (text->targets == NULL)
        return error_set(error, BAD_INPUT, "%s is missing", text->targets_name);
    const char *at = text->targets;
    size_t rows = store->input.rows, count = 0;
    long long ignored;
    int code = parse_ignore_index(text, &ignored, error);
    if (code == OK && store->input.problem != PROBLEM_softmax_ce)
        ignored = -1; /* which no target is taken for: refused as negative */
    for (;;) {
        size_t target = 0;
        char *end = NULL;
        if (code == OK)
            code = parse_target(at, &end, text, store->input.columns, ignored, &target, error);
        if (code != OK)
            return code;
        if (count < rows)
            store->targets[count] = target;
        count++;
        if (*end == '\0')
            break;
        at = end + 1;
    }
    if (count != rows)
        return error_set(error, BAD_INPUT, "%s: %zu targets for %zu rows", text->targets_name,
                         count, rows);
    return OK;
}

/* Options of softmax-ce. */
static int parse_class_options(struct case_store *store, const struct format *format,
                               const struct case_text *text, struct error *error)
{
    const struct case_options *options = &text->options;
    char name[200];
    int code = OK;
    if (options->soft_targets != NULL) {
        snprintf(name, sizeof name, "%ssoft-targets", text->options_name);
        code = parse_numbers(format, name, options->soft_targets, input_case_values(&store->input),
                             false, store->labels, error);
        store->input.labels = store->labels;
        store->input.targets = NULL;
    }
    if (code == OK && options->weights != NULL) {
        snprintf(name, sizeof name, "%sweights", text->options_name);
        code = parse_numbers(format, name, options->weights, store->input.columns, false,
                             store->weights, error);
        store->input.weights = store->weights;
    }
    if (code == OK && options->label_smoothing != NULL) {
        snprintf(name, sizeof name, "%slabel-smoothing", text->options_name);
        code = parse_numbers(&formats[FORMAT_binary64], name, options->label_smoothing, 1, false,
                             &store->input.label_smoothing, error);
        if (code == OK && !(store->input.label_smoothing >= 0 && store->input.label_smoothing <= 1))
            code = error_set(error, BAD_INPUT, "%s: '%.80s' is not a number from 0 to 1", name,
                             options->label_smoothing);
    }
    return code;
}

static int parse_pos_weight(struct case_store *store, const struct format *format,
                            const struct case_text *text, struct error *error)
{
    char name[200];
    if (text->options.pos_weight == NULL)
        return OK;
    snprintf(name, sizeof name, "%spos-weight", text->options_name);
    store->input.weights = store->weights;
    return parse_numbers(format, name, text->options.pos_weight, store->input.columns, true,
                         store->weights, error);
}

/* Options that the problem does not have. */
static int check_options(enum problem_id problem, const struct case_text *text, struct error *error)
{
    const struct case_options *options = &text->options;
    const struct {
        const char *name, *text;
        enum problem_id problem;
    } owners[] = {
        {"soft-targets", options->soft_targets, PROBLEM_softmax_ce},
        {"weights", options->weights, PROBLEM_softmax_ce},
        {"label-smoothing", options->label_smoothing, PROBLEM_softmax_ce},
        {"ignore-index", options->ignore_index, PROBLEM_softmax_ce},
        {"pos-weight", options->pos_weight, PROBLEM_bce_logit},
    };
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (owners[i].text != NULL && owners[i].problem != problem)
            return error_set(error, BAD_INPUT, "%s%s: %s takes none; %s does", text->options_name,
                             owners[i].name, problems[problem].name,
                             problems[owners[i].problem].name);
    if (options->soft_targets != NULL && options->ignore_index != NULL)
        return error_set(error, BAD_INPUT, "%signore-index: soft targets name no class to ignore",
                         text->options_name);
    if (options->soft_targets != NULL && text->targets != NULL)
        return error_set(error, BAD_INPUT, "%s and %ssoft-targets exclude each other",
                         text->targets_name, text->options_name);
    return OK;
}

static int parse_parts(struct case_store *store, const struct format *format,
                       const struct case_text *text, struct error *error)
{
    const struct case_parts *parts = &case_parts[store->input.problem];
    int code = OK;
    if (parts->labels)
        code = parse_labels(store, format, text, error);
    else if (parts->targets && text->options.soft_targets == NULL)
        code = parse_targets(store, text, error);
    if (code == OK && store->input.problem == PROBLEM_softmax_ce)
        code = parse_class_options(store, format, text, error);
    if (code == OK && store->input.problem == PROBLEM_bce_logit)
        code = parse_pos_weight(store, format, text, error);
    return code;
}

int case_store_parse(struct case_store *store, enum problem_id problem, const struct format *format,
                     const struct case_text *text, struct error *error)
{
    struct number_list values = {0};
    size_t rows = 0, columns = 0;
    const struct case_parts *parts = &case_parts[problem];
    int code = number_list_parse(format, text->values_name, text->values, &values, error);
    if (code == OK)
        code = shape_of(problem, text, values.count, &rows, &columns, error);
    if (code == OK && !parts->labels && text->labels != NULL)
        code = error_set(error, BAD_INPUT, "%s: %s takes none", text->labels_name,
                         problems[problem].name);
    if (code == OK && !parts->targets && text->targets != NULL)
        code = error_set(error, BAD_INPUT, "%s: %s takes none", text->targets_name,
                         problems[problem].name);
    if (code == OK)
        code = check_options(problem, text, error);
    if (code == OK)
        code = case_store_shape(store, problem, rows, columns, error);
    if (code == OK) {
        memcpy(store->values, values.values, values.count * sizeof *values.values);
        store->input.reduction = text->reduction;
        code = parse_parts(store, format, text, error);
    }
    number_list_clear(&values);
    return code;
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* " --option a,b*3": runs of equal numbers are written once. */
static void print_list(FILE *out, const char *option, const double *values, size_t count)
{
    fprintf(out, " %s ", option);
    for (size_t i = 0; i < count;) {
        char text[NUMBER_TEXT];
        size_t run = 1;
        while (i + run < count && same_bits(values[i], values[i + run]))
            run++;
        number_hex(values[i], text);
        fprintf(out, "%s%s", i == 0 ? "" : ",", text);
        if (run > 1)
            fprintf(out, "*%zu", run);
        i += run;
    }
}

static void print_targets(FILE *out, const struct input_case *input)
{
    fputs(" --target ", out);
    for (size_t i = 0; i < input->rows; i++) {
        fputs(i == 0 ? "" : ",", out);
        if (input->targets[i] == TARGET_IGNORED)
            fprintf(out, "%d", (int)DEFAULT_IGNORE_INDEX);
        else
            fprintf(out, "%zu", input->targets[i]);
    }
}

static void print_arguments(FILE *out, const struct input_case *input, const struct format *format)
{
    const struct case_parts *parts = &case_parts[input->problem];
    size_t count = input_case_values(input);
    fputs(problems[input->problem].name, out);
    print_list(out, parts->values_option, input->values, count);
    if (input->targets != NULL)
        print_targets(out, input);
    if (input->labels != NULL)
        print_list(out,
                   !parts->labels ? "--soft-targets"
                   : count == 1   ? "--label"
                                  : "--labels",
                   input->labels, count);
    bool one_row = problem_has_rows(input->problem) && input->rows == 1;
    bool one_element = count == 1 && input->problem != PROBLEM_bce_prob_batch;
    if (!one_row && !one_element)
        fprintf(out, " --columns %zu", input->columns);
    if (input->weights != NULL)
        print_list(out, parts->labels ? "--pos-weight" : "--weights", input->weights,
                   input->columns);
    if (input->label_smoothing != 0)
        print_list(out, "--label-smoothing", &input->label_smoothing, 1);
    if (input->reduction != REDUCTION_SUM)
        fprintf(out, " --reduction %s", reduction_names[input->reduction]);
    fprintf(out, " --format %s", format->name);
}

char *case_arguments(const struct input_case *input, const struct format *format, size_t longest)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return NULL;
    print_arguments(out, input, format);
    bool failed = ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (failed) {
        free(text);
        return NULL;
    }
    if (size > longest)
        text[0] = '\0';
    return text;
}
