/* xulp eval: one input through every formulation of its problem. */
#include "cli/cli.h"

#include "cli/eval_output.h"
#include "oracle/oracle.h"
#include "sweep/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_DIGITS = 25 };

enum option_key {
    KEY_LOGITS = 256,
    KEY_LOGIT,
    KEY_PROB,
    KEY_PROBS,
    KEY_TARGET,
    KEY_LABEL,
    KEY_COLUMNS,
    KEY_REDUCTION,
    KEY_TSV,
    KEY_JSON,
    KEY_EXPERIMENT,
    KEY_CASE,
};

static const struct argp_option options[] = {
    {0, 0, 0, 0,
     "Inputs. A list is a,b,c; a*3 repeats a; @FILE and @- read it from a file or "
     "standard input. Numbers are decimal or hex floats, inf, nan:",
     1},
    {"logits", KEY_LOGITS, "LIST", 0, "softmax-ce: the logits, rows one after the other", 1},
    {"target", KEY_TARGET, "T,...", 0, "softmax-ce: the target of each row, counted from 0", 1},
    {"targets", KEY_TARGET, NULL, OPTION_ALIAS, NULL, 1},
    {"logit", KEY_LOGIT, "X", 0, "bce-logit: the logit", 1},
    {"prob", KEY_PROB, "P", 0, "bce-prob: the probability", 1},
    {"probs", KEY_PROBS, "LIST", 0, "bce-prob-batch: the probabilities, row by row", 1},
    {"label", KEY_LABEL, "Y", 0, "bce-logit, bce-prob: the label, in [0, 1]", 1},
    {"labels", KEY_LABEL, NULL, OPTION_ALIAS, NULL, 1},
    {"columns", KEY_COLUMNS, "C", 0, "numbers a row (default: softmax-ce all, bce-prob-batch 1)",
     1},
    {"reduction", KEY_REDUCTION, "sum|mean", 0, "how the losses of rows become one (sum)", 1},
    {"experiment", KEY_EXPERIMENT, "FILE", 0, "the input is a case of this experiment", 1},
    {"case", KEY_CASE, "N", 0, "the number of the case of --experiment", 1},
    {0, 0, 0, 0, "Choices:", 2},
    {"format", 'f', "FORMAT", 0, "only this format (may be repeated; default: all)", 2},
    {"formulation", 'F', "NAME", 0, "only this formulation (may be repeated)", 2},
    {"math", 'm', "MATH", 0, "canonical (default) or libm", 2},
    {"tsv", KEY_TSV, 0, 0, "print a table for programs", 2},
    {"json", KEY_JSON, 0, 0, "print JSON; numbers are strings, as JSON has no nan or inf", 2},
    {0},
};

struct eval_arguments {
    const struct problem *problem;
    const char *values_option;
    char *values, *labels, *targets; /* owned */
    const char *columns, *experiment, *case_number;
    enum reduction reduction;
    bool chosen_format[FORMAT_COUNT];
    bool any_format;
    bool *chosen_formulation; /* formulation_count of them */
    bool any_formulation;
    enum math_id math;
    enum eval_style style;
    struct error *error;
};

static int choose_values(struct eval_arguments *arguments, const char *option, const char *text)
{
    if (arguments->values != NULL)
        return error_set(arguments->error, BAD_INPUT, "%s: the input was given already by %s",
                         option, arguments->values_option);
    arguments->values_option = option;
    return cli_text(text, &arguments->values, arguments->error);
}

static int choose_list(struct eval_arguments *arguments, const char *option, const char *text,
                       char **list)
{
    if (*list != NULL)
        return error_set(arguments->error, BAD_INPUT, "%s was given twice", option);
    return cli_text(text, list, arguments->error);
}

static int choose_reduction(struct eval_arguments *arguments, const char *name)
{
    for (size_t i = 0; i < REDUCTION_COUNT; i++)
        if (strcmp(name, reduction_names[i]) == 0) {
            arguments->reduction = (enum reduction)i;
            return OK;
        }
    return error_set(arguments->error, BAD_INPUT, "--reduction: unknown reduction '%s' (sum, mean)",
                     name);
}

static int choose_formulation(struct eval_arguments *arguments, const char *name)
{
    size_t index = formulation_find(name);
    if (index == formulation_count)
        return error_set(arguments->error, BAD_INPUT,
                         "--formulation: unknown formulation '%s' (see xulp list formulations)",
                         name);
    arguments->chosen_formulation[index] = arguments->any_formulation = true;
    return OK;
}

static int choose_style(struct eval_arguments *arguments, enum eval_style style)
{
    if (arguments->style != EVAL_TEXT && arguments->style != style)
        return error_set(arguments->error, BAD_INPUT, "--tsv and --json exclude each other");
    arguments->style = style;
    return OK;
}

static int choose_format(struct eval_arguments *arguments, const char *name)
{
    const struct format *format;
    int code = cli_format("--format", name, &format, arguments->error);
    if (code == OK)
        arguments->chosen_format[format_id_of(format)] = arguments->any_format = true;
    return code;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct eval_arguments *arguments = state->input;
    switch (key) {
    case KEY_LOGITS:
        return choose_values(arguments, "--logits", argument);
    case KEY_LOGIT:
        return choose_values(arguments, "--logit", argument);
    case KEY_PROB:
        return choose_values(arguments, "--prob", argument);
    case KEY_PROBS:
        return choose_values(arguments, "--probs", argument);
    case KEY_TARGET:
        return choose_list(arguments, "--target", argument, &arguments->targets);
    case KEY_LABEL:
        return choose_list(arguments, "--label", argument, &arguments->labels);
    case KEY_COLUMNS:
        arguments->columns = argument;
        return 0;
    case KEY_REDUCTION:
        return choose_reduction(arguments, argument);
    case KEY_EXPERIMENT:
        arguments->experiment = argument;
        return 0;
    case KEY_CASE:
        arguments->case_number = argument;
        return 0;
    case 'f':
        return choose_format(arguments, argument);
    case 'F':
        return choose_formulation(arguments, argument);
    case 'm':
        return cli_math("--math", argument, &arguments->math, arguments->error);
    case KEY_TSV:
        return choose_style(arguments, EVAL_TSV);
    case KEY_JSON:
        return choose_style(arguments, EVAL_JSON);
    case ARGP_KEY_ARG:
        if (arguments->problem != NULL)
            return error_set(arguments->error, BAD_INPUT,
                             "eval: '%s' is one word too many: the problem is %s already", argument,
                             arguments->problem->name);
        return cli_problem(argument, &arguments->problem, arguments->error);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The options of a problem's inputs; any other is a mistake. */
static int check_options(const struct eval_arguments *arguments, struct error *error)
{
    enum problem_id problem = problem_id_of(arguments->problem);
    const char *wanted = case_values_options[problem];
    if (arguments->values == NULL)
        return error_set(error, BAD_INPUT, "%s: %s is missing", arguments->problem->name, wanted);
    if (strcmp(arguments->values_option, wanted) != 0)
        return error_set(error, BAD_INPUT, "%s takes %s, not %s", arguments->problem->name, wanted,
                         arguments->values_option);
    bool classes = problem == PROBLEM_softmax_ce;
    if (classes ? arguments->labels != NULL : arguments->targets != NULL)
        return error_set(error, BAD_INPUT, "%s takes %s", arguments->problem->name,
                         classes ? "--target, not --label" : "--label, not --target");
    return OK;
}

/* The input as the options write it, in one format. */
static int read_input(const struct eval_arguments *arguments, const struct format *format,
                      struct case_store *store, struct error *error)
{
    unsigned long long columns = 0;
    if (arguments->columns != NULL) {
        int code = cli_count("--columns", arguments->columns, 1 << 24, &columns, error);
        if (code != OK)
            return code;
        if (columns == 0)
            return error_set(error, BAD_INPUT, "--columns: at least 1");
    }
    struct case_text text = {
        .values = arguments->values,
        .values_name = arguments->values_option,
        .labels = arguments->labels,
        .labels_name = "--label",
        .targets = arguments->targets,
        .targets_name = "--target",
        .columns = columns,
        .reduction = arguments->reduction,
    };
    return case_store_parse(store, problem_id_of(arguments->problem), format, &text, error);
}

/* Fills one row a formulation: got, and its error. */
static int eval_rows(const struct eval_arguments *arguments, const struct format *format,
                     const struct input_case *input, struct enclosure *enclosure,
                     struct eval_row *rows, size_t *count, struct error *error)
{
    struct workspace workspace = {0};
    int code = OK;
    *count = 0;
    for (size_t i = 0; i < formulation_count && code == OK; i++) {
        if (formulations[i].problem != input->problem ||
            (arguments->any_formulation && !arguments->chosen_formulation[i]))
            continue;
        struct eval_row *row = &rows[(*count)++];
        row->formulation = formulations[i].name;
        code = formulation_loss(i, format, arguments->math, input, &workspace, &row->got, error);
        while (code == OK && !measure(enclosure, format, row->got, &row->measurement))
            code = oracle_refine(input, QUANTITY_LOSS, enclosure, error);
    }
    workspace_clear(&workspace);
    if (code == OK && *count == 0)
        code = error_set(error, BAD_INPUT,
                         "--formulation: none of those named computes %s (see xulp list "
                         "formulations)",
                         problems[input->problem].name);
    return code;
}

/* Everything that is owned by the evaluation in one format. */
struct evaluation {
    struct eval_table table;
    struct eval_row *rows;
    char exact[EXACT_DIGITS + 32];
};

static int evaluate(const struct eval_arguments *arguments, const struct format *format,
                    const struct input_case *input, struct evaluation *evaluation,
                    struct error *error)
{
    struct enclosure enclosure;
    enclosure_init(&enclosure);
    size_t count = 0;
    evaluation->rows = calloc(formulation_count, sizeof *evaluation->rows);
    evaluation->table.input = case_arguments(input, format, SIZE_MAX);
    int code = evaluation->rows == NULL || evaluation->table.input == NULL
                   ? error_no_memory(error)
                   : oracle_certify(input, QUANTITY_LOSS, format, &enclosure, error);
    if (code == OK) {
        evaluation->table.kappa = oracle_condition(input, &enclosure);
        code = eval_rows(arguments, format, input, &enclosure, evaluation->rows, &count, error);
    }
    if (code == OK)
        code = oracle_decimal(input, QUANTITY_LOSS, EXACT_DIGITS, &enclosure, evaluation->exact,
                              error);
    enclosure_clear(&enclosure);
    oracle_thread_done();
    evaluation->table.format = format;
    evaluation->table.exact = evaluation->exact;
    evaluation->table.rows = evaluation->rows;
    evaluation->table.count = count;
    return code;
}

static void evaluation_clear(struct evaluation *evaluation)
{
    free(evaluation->table.input);
    free(evaluation->rows);
}

static int eval_options(const struct eval_arguments *arguments, struct error *error)
{
    struct evaluation evaluations[FORMAT_COUNT] = {0};
    struct eval_table tables[FORMAT_COUNT];
    struct case_store store = {0};
    size_t count = 0;
    int code = check_options(arguments, error);
    for (size_t f = 0; f < FORMAT_COUNT && code == OK; f++) {
        if (arguments->any_format && !arguments->chosen_format[f])
            continue;
        code = read_input(arguments, &formats[f], &store, error);
        if (code == OK)
            code = evaluate(arguments, &formats[f], &store.input, &evaluations[count], error);
        tables[count] = evaluations[count].table;
        count++;
    }
    if (code == OK)
        code =
            eval_print(arguments->style, problem_id_of(arguments->problem), tables, count, error);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        evaluation_clear(&evaluations[i]);
    case_store_clear(&store);
    return code;
}

static int eval_case(const struct eval_arguments *arguments, struct experiment *experiment,
                     struct error *error)
{
    struct plan plan;
    struct place place;
    struct case_store store = {0};
    struct evaluation evaluation = {0};
    unsigned long long i;
    int code = plan_make(experiment, &plan, error);
    if (code != OK)
        return code;
    code = cli_count("--case", arguments->case_number, plan.cases - 1, &i, error);
    if (code == OK)
        code = plan_case(&plan, i, &store, &place, error);
    if (code == OK)
        code = evaluate(arguments, place.segment->format, &store.input, &evaluation, error);
    if (code == OK)
        code = eval_print(arguments->style, experiment->problem, &evaluation.table, 1, error);
    evaluation_clear(&evaluation);
    case_store_clear(&store);
    plan_clear(&plan);
    return code;
}

static int eval_experiment(const struct eval_arguments *arguments, struct error *error)
{
    if (arguments->experiment == NULL || arguments->case_number == NULL)
        return error_set(error, BAD_INPUT, "--experiment and --case go together");
    if (arguments->problem != NULL || arguments->values != NULL || arguments->labels != NULL ||
        arguments->targets != NULL || arguments->columns != NULL || arguments->any_format)
        return error_set(error, BAD_INPUT,
                         "--experiment and --case name the input and its format: give no other");
    struct experiment *experiment;
    int code = experiment_load(arguments->experiment, &experiment, error);
    if (code != OK)
        return code;
    code = eval_case(arguments, experiment, error);
    experiment_free(experiment);
    return code;
}

int command_eval(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "PROBLEM",
        .doc = "Evaluate one input with every formulation of PROBLEM (softmax-ce, bce-prob, "
               "bce-prob-batch, bce-logit) and show the error of each against the exact value of "
               "the input as the format stores it.",
    };
    struct eval_arguments arguments = {.math = MATH_canonical, .error = error};
    arguments.chosen_formulation = calloc(formulation_count, sizeof *arguments.chosen_formulation);
    if (arguments.chosen_formulation == NULL)
        return error_no_memory(error);
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code == OK && (arguments.experiment != NULL || arguments.case_number != NULL))
        code = eval_experiment(&arguments, error);
    else if (code == OK && arguments.problem == NULL)
        code = error_set(error, BAD_INPUT, "eval: say which problem (%s)", problem_names());
    else if (code == OK)
        code = eval_options(&arguments, error);
    free(arguments.chosen_formulation);
    free(arguments.values);
    free(arguments.labels);
    free(arguments.targets);
    return code;
}
