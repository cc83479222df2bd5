/* Cases and their texts. */
#include "sweep/case_store.h"

#include "core/number.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const case_values_options[PROBLEM_COUNT] = {
    [PROBLEM_softmax_ce] = "--logits",
    [PROBLEM_bce_prob] = "--prob",
    [PROBLEM_bce_prob_batch] = "--probs",
    [PROBLEM_bce_logit] = "--logit",
};

int case_store_shape(struct case_store *store, enum problem_id problem, size_t rows, size_t columns,
                     struct error *error)
{
    size_t count = rows * columns;
    if (count > store->capacity) {
        case_store_clear(store);
        store->values = calloc(count, sizeof *store->values);
        store->labels = calloc(count, sizeof *store->labels);
        store->targets = calloc(count, sizeof *store->targets);
        if (store->values == NULL || store->labels == NULL || store->targets == NULL) {
            case_store_clear(store);
            return error_no_memory(error);
        }
        store->capacity = count;
    }
    bool classes = problem == PROBLEM_softmax_ce;
    store->input = (struct input_case){
        .problem = problem,
        .reduction = REDUCTION_SUM,
        .rows = rows,
        .columns = columns,
        .values = store->values,
        .labels = classes ? NULL : store->labels,
        .targets = classes ? store->targets : NULL,
    };
    return OK;
}

void case_store_clear(struct case_store *store)
{
    free(store->values);
    free(store->labels);
    free(store->targets);
    *store = (struct case_store){0};
}

/* How many rows and columns the values make, or what is wrong with them. */
static int shape_of(enum problem_id problem, const struct case_text *text, size_t count,
                    size_t *rows, size_t *columns, struct error *error)
{
    bool single = problem == PROBLEM_bce_prob || problem == PROBLEM_bce_logit;
    if (single && (count != 1 || text->columns > 1))
        return error_set(error, BAD_INPUT, "%s: %s takes one number, not %zu", text->values_name,
                         problems[problem].name, count);
    *columns = text->columns != 0 ? text->columns : problem == PROBLEM_softmax_ce ? count : 1;
    if (count % *columns != 0)
        return error_set(error, BAD_INPUT, "%s: %zu numbers do not make rows of %zu columns",
                         text->values_name, count, *columns);
    *rows = count / *columns;
    return OK;
}

static int parse_labels(struct case_store *store, const struct format *format,
                        const struct case_text *text, struct error *error)
{
    if (text->labels == NULL)
        return error_set(error, BAD_INPUT, "%s is missing", text->labels_name);
    size_t count = store->input.rows * store->input.columns;
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

/* One target: a whole number below the number of classes. */
static int parse_target(const char *at, char **end, const struct case_text *text, size_t classes,
                        size_t *target, struct error *error)
{
    errno = 0;
    unsigned long long parsed = isdigit((unsigned char)*at) ? strtoull(at, end, 10) : 0;
    size_t length = strcspn(at, ",");
    if (!isdigit((unsigned char)*at) || errno != 0 || *end != at + length)
        return error_set(error, BAD_INPUT, "%s: '%.*s' is not a class number (0, 1, …)",
                         text->targets_name, (int)(length < 80 ? length : 80), at);
    if (parsed >= classes)
        return error_set(error, BAD_INPUT,
                         "%s: target %llu is out of range: the row has %zu classes, 0 to %zu",
                         text->targets_name, parsed, classes, classes - 1);
    *target = parsed;
    return OK;
}

static int parse_targets(struct case_store *store, const struct case_text *text,
                         struct error *error)
{
    if (text->targets == NULL)
        return error_set(error, BAD_INPUT, "%s is missing", text->targets_name);
    const char *at = text->targets;
    size_t rows = store->input.rows, count = 0;
    for (;;) {
        size_t target = 0;
        char *end = NULL;
        int code = parse_target(at, &end, text, store->input.columns, &target, error);
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

int case_store_parse(struct case_store *store, enum problem_id problem, const struct format *format,
                     const struct case_text *text, struct error *error)
{
    struct number_list values = {0};
    size_t rows = 0, columns = 0;
    int code = number_list_parse(format, text->values_name, text->values, &values, error);
    if (code == OK)
        code = shape_of(problem, text, values.count, &rows, &columns, error);
    bool classes = problem == PROBLEM_softmax_ce;
    if (code == OK && (classes ? text->labels : text->targets) != NULL)
        code = error_set(error, BAD_INPUT, "%s: %s takes none",
                         classes ? text->labels_name : text->targets_name, problems[problem].name);
    if (code == OK)
        code = case_store_shape(store, problem, rows, columns, error);
    if (code == OK) {
        memcpy(store->values, values.values, values.count * sizeof *values.values);
        store->input.reduction = text->reduction;
        code =
            classes ? parse_targets(store, text, error) : parse_labels(store, format, text, error);
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

static void print_arguments(FILE *out, const struct input_case *input, const struct format *format)
{
    size_t count = input->rows * input->columns;
    fputs(problems[input->problem].name, out);
    print_list(out, case_values_options[input->problem], input->values, count);
    if (input->targets != NULL) {
        fputs(" --target ", out);
        for (size_t i = 0; i < input->rows; i++)
            fprintf(out, "%s%zu", i == 0 ? "" : ",", input->targets[i]);
        if (input->rows > 1)
            fprintf(out, " --columns %zu", input->columns);
    } else {
        bool batch = input->problem == PROBLEM_bce_prob_batch;
        print_list(out, batch ? "--labels" : "--label", input->labels, count);
        if (batch)
            fprintf(out, " --columns %zu", input->columns);
    }
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
