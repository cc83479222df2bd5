/* xulp hunt: the worst inputs that a search finds. */
#include "cli/cli.h"
#include "cli/progress.h"

#include "report/corpus.h"
#include "report/hunt_table.h"
#include "sweep/hunt.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- arguments ---------------------------------------------------------------------- */

#define GREATEST_BUDGET 1000000000ULL

struct hunt_arguments {
    const char *problems, *formulations, *formats; /* lists; NULL: the default */
    const char *finds;
    const char *out, *corpus;
    bool soft_labels;
    unsigned long long threads, columns, seed, budget;
    enum math_id math;
    struct error *error;
};

static const struct argp_option options[] = {
    {"problem", 'p', "NAME,...", 0, "only formulations of these problems", 0},
    {"formulation", 'F', "NAME,...|all", 0,
     "only these; NAME+SUMMATION adds its sums another way; all (the default): that add left to "
     "right",
     0},
    {"format", 'f', "FORMAT,...", 0, "default: binary64,binary32,binary16,bfloat16", 0},
    {"find", 'k', "KIND,...", 0,
     "only these: greatest-error, false-zero, wrong-sign, spurious-inf, spurious-nan, missed-inf",
     0},
    {"columns", 'c', "N", 0, "logits of a row, elements of a batch: 2 to 256 (default: 3)", 0},
    {"soft-labels", 'l', NULL, 0, "between 0 and 1 for formulas of labels 0 and 1 too", 0},
    {"seed", 's', "SEED", 0, "of everything that is random (default: 1)", 0},
    {"budget", 'b', "CASES", 0, "for each formulation in each format (default: 1000000)", 0},
    {"math", 'm', "MATH", 0, "of xulp list maths (default: canonical)", 0},
    {"out", 'o', "DIRECTORY", 0, "write hunt.tsv there instead of a table to standard output", 0},
    {"corpus", 'C', "DIRECTORY", 0,
     "add the finds to its files hunt-PROBLEM.yaml, where they are new or better", 0},
    {"threads", 't', "N", 0, "threads (default: OMP_NUM_THREADS, or all cores)", 0},
    {0},
};

static error_t parse_numbers(int key, const char *argument, struct hunt_arguments *arguments)
{
    switch (key) {
    case 'c':
        if (cli_count("--columns", argument, HUNT_MOST_COLUMNS, &arguments->columns,
                      arguments->error) != OK)
            return BAD_INPUT;
        if (arguments->columns < 2)
            return error_set(arguments->error, BAD_INPUT, "--columns: at least 2");
        return 0;
    case 's':
        return cli_count("--seed", argument, UINT64_MAX, &arguments->seed, arguments->error);
    case 'b':
        if (cli_count("--budget", argument, GREATEST_BUDGET, &arguments->budget,
                      arguments->error) != OK)
            return BAD_INPUT;
        if (arguments->budget == 0)
            return error_set(arguments->error, BAD_INPUT, "--budget: at least 1");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct hunt_arguments *arguments = state->input;
    switch (key) {
    case 'p':
        arguments->problems = argument;
        return 0;
    case 'F':
        arguments->formulations = argument;
        return 0;
    case 'f':
        arguments->formats = argument;
        return 0;
    case 'm':
        return cli_math("--math", argument, &arguments->math, arguments->error);
    case 'k':
        arguments->finds = argument;
        return 0;
    case 'l':
        arguments->soft_labels = true;
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case 'C':
        arguments->corpus = argument;
        return 0;
    case 't':
        return cli_threads(argument, &arguments->threads, arguments->error);
    case ARGP_KEY_ARG:
        return error_set(arguments->error, BAD_INPUT, "hunt takes options only, not '%s'",
                         argument);
    default:
        return parse_numbers(key, argument, arguments);
    }
}

/* --- what to hunt -------------------------------------------------------------------- */

/* What a request points to. */
struct lists {
    bool problem[PROBLEM_COUNT];
    const struct format *formats[FORMAT_COUNT];
    size_t format_count;
    size_t *formulations; /* formulation_total of them */
    size_t formulation_count;
    enum math_id math;
    bool find[HUNT_KINDS];
};

static int add_find(const char *name, struct lists *lists, struct error *error)
{
    struct error_names names = {0};
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        error_names_add(&names, hunt_kind_names[k]);
        if (strcmp(name, hunt_kind_names[k]) == 0) {
            lists->find[k] = true;
            return OK;
        }
    }
    return error_set(error, BAD_INPUT, "--find: unknown kind '%s' (%s)", name, names.text);
}

static int add_problem(const char *name, struct lists *lists, struct error *error)
{
    const struct problem *problem;
    int code = cli_problem(name, &problem, error);
    if (code == OK)
        lists->problem[problem_id_of(problem)] = true;
    return code;
}

static int add_format(const char *name, struct lists *lists, struct error *error)
{
    const struct format *format;
    int code = cli_format("--format", name, &format, error);
    if (code == OK)
        code = cli_math_has_format(lists->math, format, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < lists->format_count; i++)
        if (lists->formats[i] == format)
            return error_set(error, BAD_INPUT, "--format: %s stands twice", format->name);
    lists->formats[lists->format_count++] = format;
    return OK;
}

static int add_formulation(const char *name, struct lists *lists, struct error *error)
{
    size_t index = formulation_find(name);
    if (index == formulation_total)
        return error_set(error, BAD_INPUT,
                         "--formulation: unknown formulation '%s' (see xulp list formulations)",
                         name);
    for (size_t i = 0; i < lists->formulation_count; i++)
        if (lists->formulations[i] == index)
            return error_set(error, BAD_INPUT, "--formulation: %s stands twice", name);
    lists->formulations[lists->formulation_count++] = index;
    return OK;
}

enum { LONGEST_NAME = 80 };

/* Cuts a list at commas and adds each name. */
static int add_all(const char *list, struct lists *lists,
                   int (*add)(const char *, struct lists *, struct error *), struct error *error)
{
    int code = OK;
    for (const char *at = list; code == OK; at++) {
        char name[LONGEST_NAME + 1];
        size_t length = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < LONGEST_NAME ? length : LONGEST_NAME),
                 at);
        code = add(name, lists, error);
        at += length;
        if (*at == '\0')
            break;
    }
    return code;
}

/* Keeps the formulations of the problems that are named, if any are. */
static int choose_problems(const char *names, struct lists *lists, struct error *error)
{
    size_t kept = 0;
    if (names == NULL)
        return OK;
    int code = add_all(names, lists, add_problem, error);
    for (size_t i = 0; i < lists->formulation_count && code == OK; i++)
        if (lists->problem[formulations[lists->formulations[i]].problem])
            lists->formulations[kept++] = lists->formulations[i];
    lists->formulation_count = kept;
    if (code == OK && kept == 0)
        return error_set(error, BAD_INPUT, "none of the formulations computes %s", names);
    return code;
}

static int make_lists(const struct hunt_arguments *arguments, struct lists *lists,
                      struct error *error)
{
    bool all = arguments->formulations == NULL || strcmp(arguments->formulations, "all") == 0;
    const char *format_list = arguments->formats;
    lists->math = arguments->math;
    if (format_list == NULL)
        format_list = arguments->math == MATH_canonical ? "binary64,binary32,binary16,bfloat16"
                                                        : "binary64,binary32";
    int code = add_all(format_list, lists, add_format, error);
    for (size_t k = 0; arguments->finds == NULL && k < HUNT_KINDS; k++)
        lists->find[k] = true;
    if (code == OK && arguments->finds != NULL)
        code = add_all(arguments->finds, lists, add_find, error);
    for (size_t i = 0; all && i < formulation_count; i++)
        lists->formulations[lists->formulation_count++] = i;
    if (code == OK && !all)
        code = add_all(arguments->formulations, lists, add_formulation, error);
    return code == OK ? choose_problems(arguments->problems, lists, error) : code;
}

/* --- the command --------------------------------------------------------------------- */

/* What a corpus holds is replayed with canonical functions, and by the labels
 * that formulas are meant for. */
static int check_corpus(const struct hunt_arguments *arguments, struct error *error)
{
    if (arguments->corpus != NULL && arguments->math != MATH_canonical)
        return error_set(error, BAD_INPUT, "--corpus: a corpus is of canonical functions, not %s",
                         maths[arguments->math].name);
    if (arguments->corpus != NULL && arguments->soft_labels)
        return error_set(error, BAD_INPUT, "--corpus and --soft-labels exclude each other");
    return OK;
}

/* Merges the finds into the corpus, which was read before the hunt. */
static int update_corpus(struct corpus *corpus, const struct hunt_result *result,
                         const struct hunt_request *request, const struct lists *lists,
                         const char *directory, struct error *error)
{
    struct corpus_change change;
    int code = corpus_add(corpus, result, request, lists->find, &change, error);
    if (code == OK)
        code = corpus_write(corpus, directory, error);
    if (code == OK)
        printf("%s: %zu finds: %zu new, %zu better than before, %zu no longer finds left out\n",
               directory, corpus->count, change.added, change.replaced, change.lost);
    return code;
}

static int run(const struct hunt_request *request, const char *directory,
               struct hunt_result *result, struct error *error)
{
    struct progress_line line;
    struct progress *progress = progress_line_begin(&line, "hunt", "cases");
    int code = hunt(request, directory, progress, result, error);
    progress_line_end(&line);
    return code;
}

static int hunt_and_write(const struct hunt_request *request, const struct lists *lists,
                          const struct hunt_arguments *arguments, struct error *error)
{
    struct hunt_result result = {0};
    struct corpus corpus = {0};
    int code = OK;
    if (arguments->corpus != NULL)
        code = corpus_load(arguments->corpus, &corpus, error);
    if (code == OK)
        code = run(request, arguments->out, &result, error);
    if (code == OK && arguments->out != NULL)
        code = hunt_table_write(&result, request, lists->find, arguments->out, error);
    else if (code == OK && arguments->corpus == NULL)
        code = hunt_table_print(stdout, &result, request, lists->find, error);
    if (code == OK && arguments->corpus != NULL)
        code = update_corpus(&corpus, &result, request, lists, arguments->corpus, error);
    hunt_result_clear(&result);
    corpus_clear(&corpus);
    return code;
}

/* With --out, finished restarts are kept there until the table and the corpus stand. */
static int hunt_in_directory(const struct hunt_request *request, const struct lists *lists,
                             const struct hunt_arguments *arguments, struct error *error)
{
    int lock;
    if (arguments->out == NULL)
        return hunt_and_write(request, lists, arguments, error);
    int code = chunks_lock(arguments->out, true, &lock, error);
    if (code != OK)
        return code;
    code = hunt_and_write(request, lists, arguments, error);
    if (code == OK)
        code = hunt_forget(request, arguments->out, error);
    chunks_tidy(arguments->out, lock);
    return code;
}

int command_hunt(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .doc = "For each formulation and format, the worst inputs that a directed search of finite "
               "inputs finds: the greatest ulp error, and each class of failure; lower bounds, "
               "no maxima (docs/hunt.md).",
    };
    struct hunt_arguments arguments = {
        .columns = 3, .seed = 1, .budget = 1000000, .math = MATH_canonical, .error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (arguments.threads > 0)
        omp_set_num_threads((int)arguments.threads);
    struct lists lists = {.formulations = calloc(formulation_total, sizeof(size_t))};
    if (lists.formulations == NULL)
        return error_no_memory(error);
    code = check_corpus(&arguments, error);
    if (code == OK)
        code = make_lists(&arguments, &lists, error);
    const struct hunt_request request = {
        .formats = lists.formats,
        .format_count = lists.format_count,
        .formulations = lists.formulations,
        .formulation_count = lists.formulation_count,
        .columns = (size_t)arguments.columns,
        .soft_labels = arguments.soft_labels,
        .math = arguments.math,
        .seed = arguments.seed,
        .budget = arguments.budget,
    };
    if (code == OK)
        code = hunt_in_directory(&request, &lists, &arguments, error);
    free(lists.formulations);
    return code;
}
