/* xulp eval: one input through every formulation of its problem. */
#include "cli/cli.h"

#include "cli/eval_blame.h"
#include "cli/eval_output.h"
#include "oracle/oracle.h"
#include "sweep/plan.h"

#include <math.h>
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

/* Everything that is owned by the evaluation in one format. */
struct evaluation {
    struct eval_table table;
    struct eval_row *rows;
    size_t count, capacity;
    char (*exact)[EXACT_DIGITS + 32]; /* the losses', then the gradient's */
};

/* What is being evaluated. */
struct subject {
    const struct eval_arguments *arguments;
    const struct format *format;
    const struct input_case *input;
    struct enclosure *enclosures; /* losses, then the gradient */
    size_t losses, gradient;      /* how many */
    double *kappas;               /* of the losses */
    double *results;
    struct workspace workspace;
};

static struct quantity quantity_of(const struct subject *subject, size_t i)
{
    return i < subject->losses ? quantity_loss(i) : quantity_gradient(i - subject->losses);
}

/* Certifies everything and prints its digits. */
static int evaluate_exact(struct subject *subject, struct evaluation *evaluation,
                          struct error *error)
{
    size_t count = subject->losses + subject->gradient;
    int code = OK;
    for (size_t i = 0; i < subject->losses && code == OK; i++) {
        code = oracle_certify(subject->input, quantity_loss(i), subject->format,
                              &subject->enclosures[i], error);
        subject->kappas[i] = code == OK && subject->losses == 1
                                 ? oracle_condition(subject->input, &subject->enclosures[i])
                                 : NAN;
    }
    if (code == OK && subject->gradient > 0)
        code = oracle_certify_gradient(subject->input, subject->format,
                                       subject->enclosures + subject->losses, error);
    for (size_t i = 0; i < count && code == OK; i++)
        code = oracle_decimal(subject->input, quantity_of(subject, i), EXACT_DIGITS,
                              &subject->enclosures[i], evaluation->exact[i], error);
    return code;
}

/* The rows of one quantity of one formulation, from the subject's results. */
static int add_rows(struct subject *subject, struct evaluation *evaluation, size_t index,
                    const char *quantity, bool gradient, struct error *error)
{
    size_t first = gradient ? subject->losses : 0;
    size_t count = gradient ? subject->gradient : subject->losses;
    for (size_t i = 0; i < count; i++) {
        struct eval_row *row = &evaluation->rows[evaluation->count++];
        *row = (struct eval_row){
            .formulation = formulations[index].name,
            .order = evaluation->count,
            .is_gradient = gradient,
            .exact = evaluation->exact[first + i],
            .kappa = gradient ? NAN : subject->kappas[i],
            .got = subject->results[i],
        };
        if (gradient || count > 1)
            snprintf(row->quantity, sizeof row->quantity, "%s[%zu]", quantity, i);
        else
            snprintf(row->quantity, sizeof row->quantity, "%s", quantity);
        while (!measure(&subject->enclosures[first + i], subject->format, row->got,
                        &row->measurement)) {
            int code = oracle_refine(subject->input, quantity_of(subject, first + i),
                                     &subject->enclosures[first + i], error);
            if (code != OK)
                return code;
        }
    }
    return OK;
}

static int evaluate_formulation(struct subject *subject, struct evaluation *evaluation,
                                size_t index, struct error *error)
{
    int code = formulation_loss(index, subject->format, subject->arguments->math, subject->input,
                                &subject->workspace, subject->results, error);
    if (code == OK)
        code = add_rows(subject, evaluation, index, measured_names[MEASURED_loss], false, error);
    for (int way = 0; way < GRADIENT_WAYS && subject->gradient > 0 && code == OK; way++) {
        if (!formulation_has_gradient(index, (enum gradient_way)way))
            continue;
        code = formulation_gradient(index, subject->format, (enum gradient_way)way, subject->input,
                                    &subject->workspace, subject->results, error);
        if (code == OK)
            code =
                add_rows(subject, evaluation, index,
                         measured_names[way == GRADIENT_chain ? MEASURED_chain : MEASURED_closed],
                         true, error);
    }
    return code;
}

static bool is_chosen(const struct subject *subject, size_t index)
{
    const struct eval_arguments *arguments = subject->arguments;
    bool chosen = arguments->any_formulation ? arguments->chosen_formulation[index]
                                             : index < formulation_count;
    return chosen && formulation_applies(index, subject->format, arguments->math, subject->input);
}

static int evaluate_formulations(struct subject *subject, struct evaluation *evaluation,
                                 struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < formulation_total && code == OK; i++)
        if (is_chosen(subject, i))
            code = evaluate_formulation(subject, evaluation, i, error);
    if (code == OK && evaluation->count == 0)
        code = error_set(error, BAD_INPUT,
                         "--formulation: none of those named computes %s with these options (see "
                         "xulp list formulations)",
                         problems[subject->input->problem].name);
    return code;
}

/* Losses first, then a component of the gradient at a time: by exact value,
 * and within that in the order in which they were added. */
static int by_exact_value(const void *a, const void *b)
{
    const struct eval_row *first = a, *second = b;
    if (first->exact != second->exact)
        return first->exact < second->exact ? -1 : 1;
    return first->order < second->order ? -1 : 1;
}

static int evaluation_make(struct subject *subject, struct evaluation *evaluation,
                           struct error *error)
{
    size_t count = subject->losses + subject->gradient;
    size_t chosen = 0;
    for (size_t i = 0; i < formulation_total; i++)
        chosen += is_chosen(subject, i);
    evaluation->rows = calloc(chosen * (subject->losses + GRADIENT_WAYS * subject->gradient) + 1,
                              sizeof *evaluation->rows);
    evaluation->exact = calloc(count, sizeof *evaluation->exact);
    evaluation->table.input = case_arguments(subject->input, subject->format, SIZE_MAX);
    subject->enclosures = calloc(count, sizeof *subject->enclosures);
    subject->kappas = calloc(subject->losses, sizeof *subject->kappas);
    subject->results = calloc(count, sizeof *subject->results);
    if (evaluation->rows == NULL || evaluation->exact == NULL || evaluation->table.input == NULL ||
        subject->enclosures == NULL || subject->kappas == NULL || subject->results == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        enclosure_init(&subject->enclosures[i]);
    int code = evaluate_exact(subject, evaluation, error);
    if (code == OK)
        code = evaluate_formulations(subject, evaluation, error);
    for (size_t i = 0; i < count; i++)
        enclosure_clear(&subject->enclosures[i]);
    return code;
}

/* --blame: prints at once what the table would otherwise be made of. */
static int evaluate_blame(const struct subject *subject, struct error *error)
{
    bool *chosen = calloc(formulation_total, sizeof *chosen);
    if (chosen == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < formulation_total; i++)
        chosen[i] = is_chosen(subject, i);
    int code =
        eval_blame(subject->arguments->style, subject->format, subject->input, chosen, error);
    free(chosen);
    return code;
}

static int evaluate(const struct eval_arguments *arguments, const struct format *format,
                    const struct input_case *input, struct evaluation *evaluation,
                    struct error *error)
{
    struct subject subject = {
        .arguments = arguments,
        .format = format,
        .input = input,
        .losses = input_case_losses(input),
        .gradient =
            arguments->gradient && input->problem != PROBLEM_softmax ? input_case_values(input) : 0,
    };
    int code = arguments->blame ? evaluate_blame(&subject, error)
                                : evaluation_make(&subject, evaluation, error);
    free(subject.enclosures);
    free(subject.kappas);
    free(subject.results);
    workspace_clear(&subject.workspace);
    oracle_thread_done();
    qsort(evaluation->rows, evaluation->count, sizeof *evaluation->rows, by_exact_value);
    evaluation->table.format = format;
    evaluation->table.rows = evaluation->rows;
    evaluation->table.count = evaluation->count;
    return code;
}

static void evaluation_clear(struct evaluation *evaluation)
{
    free((char *)evaluation->table.input);
    free(evaluation->rows);
    free(evaluation->exact);
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
        code = evaluate(arguments, place.segment->format, &store.input, &evaluation, error);
    if (code == OK && !arguments->blame)
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
        .doc = "Evaluate one input with every formulation of PROBLEM (xulp list problems) and show "
               "the error of each against the exact value of "
               "the input as the format stores it.",
    };
    struct eval_arguments arguments = {.math = MATH_canonical, .error = error};
    arguments.chosen_formulation = calloc(formulation_total, sizeof *arguments.chosen_formulation);
    if (arguments.chosen_formulation == NULL)
        return error_no_memory(error);
    int code = cli_parse(&argp, argc, argv, &arguments, error);
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
