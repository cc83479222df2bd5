/* xulp eval: one input through every formulation of its problem. */
#include "cli/cli.h"

#include "cli/eval_blame.h"
#include "cli/eval_rows.h"
#include "sweep/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    KEY_SOFT_TARGETS,
    KEY_WEIGHTS,
    KEY_LABEL_SMOOTHING,
    KEY_IGNORE_INDEX,
    KEY_POS_WEIGHT,
    KEY_BLAME,
};

static const struct argp_option options[] = {
    {0, 0, 0, 0,
     "Inputs. A list is a,b,c; a*3 repeats a; @FILE and @- read it from a file or "
     "standard input. Numbers are decimal or hex floats, inf, nan:",
     1},
    {"logits", KEY_LOGITS, "LIST", 0,
     "softmax-ce, stablemax-ce, log-sum-exp, softmax: the logits, rows one after the other", 1},
    {"target", KEY_TARGET, "T,...", 0,
     "the target of each row, counted from 0; softmax: the component", 1},
    {"targets", KEY_TARGET, NULL, OPTION_ALIAS, NULL, 1},
    {"logit", KEY_LOGIT, "LIST", 0, "bce-logit: the logit, or several", 1},
    {"prob", KEY_PROB, "LIST", 0, "bce-prob: the probability, or several", 1},
    {"probs", KEY_PROBS, "LIST", 0, "bce-prob-batch: the probabilities, row by row", 1},
    {"label", KEY_LABEL, "LIST", 0, "bce problems: the labels, in [0, 1]", 1},
    {"labels", KEY_LABEL, NULL, OPTION_ALIAS, NULL, 1},
    {"columns", KEY_COLUMNS, "C", 0, "numbers a row (default: bce problems 1, others all)", 1},
    {"reduction", KEY_REDUCTION, "none|sum|mean", 0, "how the losses of rows become one (sum)", 1},
    {"soft-targets", KEY_SOFT_TARGETS, "LIST", 0,
     "softmax-ce: a weight of each class in each row, in the place of --target", 1},
    {"weights", KEY_WEIGHTS, "LIST", 0, "softmax-ce: the weight of each class", 1},
    {"label-smoothing", KEY_LABEL_SMOOTHING, "E", 0, "softmax-ce: from 0 to 1", 1},
    {"ignore-index", KEY_IGNORE_INDEX, "T", 0,
     "softmax-ce: the target of rows that do not count (-100)", 1},
    {"pos-weight", KEY_POS_WEIGHT, "LIST", 0,
     "bce-logit: the weight of label 1, for each column or for all", 1},
    {"experiment", KEY_EXPERIMENT, "FILE", 0, "the input is a case of this experiment", 1},
    {"case", KEY_CASE, "N", 0, "the number of the case of --experiment", 1},
    {0, 0, 0, 0, "Choices:", 2},
    {"format", 'f', "FORMAT", 0,
     "only this format (may be repeated; default: binary32 and binary64; all: every format)", 2},
    {"formulation", 'F', "NAME", 0,
     "only this formulation (may be repeated); NAME+pairwise, +cascade, +neumaier change the order "
     "of its sums",
     2},
    {"gradient", 'g', 0, 0,
     "the gradient too: by the chain rule through the formulation as written, and by the closed "
     "form that its authors ship",
     2},
    {"blame", KEY_BLAME, 0, 0,
     "in the place of the table: how much of each loss's error every rounding makes alone, the "
     "others left out",
     2},
    {"math", 'm', "MATH", 0, "canonical (default) or another of xulp list maths", 2},
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
    bool *chosen_formulation; /* formulation_total of them */
    bool any_formulation;
    struct case_options options; /* owned */
    bool gradient, blame;
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
    return error_set(arguments->error, BAD_INPUT,
                     "--reduction: unknown reduction '%s' (none, sum, mean)", name);
}

static int choose_formulation(struct eval_arguments *arguments, const char *name)
{
    size_t index = formulation_find(name);
    if (index == formulation_total)
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
    if (strcmp(name, "all") == 0) {
        for (size_t i = 0; i < FORMAT_COUNT; i++)
            arguments->chosen_format[i] = arguments->any_format = true;
        return OK;
    }
    int code = cli_format("--format", name, &format, arguments->error);
    if (code == OK)
        arguments->chosen_format[format_id_of(format)] = arguments->any_format = true;
    return code;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct eval_arguments *arguments = state->input;
    struct case_options *options_of = &arguments->options;
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
    case KEY_SOFT_TARGETS:
        return choose_list(arguments, "--soft-targets", argument, &options_of->soft_targets);
    case KEY_WEIGHTS:
        return choose_list(arguments, "--weights", argument, &options_of->weights);
    case KEY_LABEL_SMOOTHING:
        return choose_list(arguments, "--label-smoothing", argument, &options_of->label_smoothing);
    case KEY_IGNORE_INDEX:
        return choose_list(arguments, "--ignore-index", argument, &options_of->ignore_index);
    case KEY_POS_WEIGHT:
        return choose_list(arguments, "--pos-weight", argument, &options_of->pos_weight);
    case KEY_COLUMNS:
        arguments->columns = argument;
        return 0;
    case 'g':
        arguments->gradient = true;
        return 0;
    case KEY_BLAME:
        arguments->blame = true;
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
    const struct problem *problem = arguments->problem;
    const struct case_parts *parts = &case_parts[problem_id_of(problem)];
    if (arguments->values == NULL)
        return error_set(error, BAD_INPUT, "%s: %s is missing", problem->name,
                         parts->values_option);
    if (strcmp(arguments->values_option, parts->values_option) != 0)
        return error_set(error, BAD_INPUT, "%s takes %s, not %s", problem->name,
                         parts->values_option, arguments->values_option);
    if (parts->targets && arguments->labels != NULL)
        return error_set(error, BAD_INPUT, "%s takes --target, not --label", problem->name);
    if (parts->labels && arguments->targets != NULL)
        return error_set(error, BAD_INPUT, "%s takes --label, not --target", problem->name);
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
        .options_name = "--",
        .options = arguments->options,
        .columns = columns,
        .reduction = arguments->reduction,
    };
    return case_store_parse(store, problem_id_of(arguments->problem), format, &text, error);
}

/* One input in one format: into *evaluation, or with --blame printed at once. */
static int evaluate(const struct eval_arguments *arguments, const struct format *format,
                    const struct input_case *input, struct evaluation *evaluation,
                    struct error *error)
{
    const struct eval_request request = {
        .chosen_formulation = arguments->any_formulation ? arguments->chosen_formulation : NULL,
        .math = arguments->math,
        .gradient = arguments->gradient,
    };
    return arguments->blame ? eval_blame(arguments->style, &request, format, input, error)
                            : eval_evaluate(&request, format, input, evaluation, error);
}

static int eval_options(const struct eval_arguments *arguments, struct error *error)
{
    struct evaluation evaluations[FORMAT_COUNT] = {0};
    struct eval_table tables[FORMAT_COUNT];
    struct case_store store = {0};
    size_t count = 0;
    int code = check_options(arguments, error);
    for (size_t f = 0; f < FORMAT_COUNT && code == OK; f++) {
        if (arguments->any_format ? !arguments->chosen_format[f] : !formats[f].usual)
            continue;
        code = cli_math_has_format(arguments->math, &formats[f], error);
        if (code == OK)
            code = read_input(arguments, &formats[f], &store, error);
        if (code == OK)
            code = evaluate(arguments, &formats[f], &store.input, &evaluations[count], error);
        tables[count] = evaluations[count].table;
        count++;
    }
    if (code == OK && !arguments->blame)
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
        code = cli_math_has_format(arguments->math, place.segment->format, error);
    if (code == OK)
        code = evaluate(arguments, place.segment->format, &store.input, &evaluation, error);
    if (code == OK && !arguments->blame)
        code = eval_print(arguments->style, store.input.problem, &evaluation.table, 1, error);
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
        .doc = "Evaluate one input with every formulation of PROBLEM (xulp list problems) and show "
               "the error of each against the exact value of "
               "the input as the format stores it.",
    };
    struct eval_arguments arguments = {.math = MATH_canonical, .error = error};
    arguments.chosen_formulation = calloc(formulation_total, sizeof *arguments.chosen_formulation);
    if (arguments.chosen_formulation == NULL)
        return error_no_memory(error);
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code == OK && arguments.blame && arguments.gradient)
        code = error_set(error, BAD_INPUT, "--blame is of the loss: it takes no --gradient");
    if (code == OK && arguments.blame)
        code = eval_blame_begin(arguments.style, arguments.math, arguments.reduction, error);
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
    free(arguments.options.soft_targets);
    free(arguments.options.weights);
    free(arguments.options.label_smoothing);
    free(arguments.options.ignore_index);
    free(arguments.options.pos_weight);
    return code;
}
