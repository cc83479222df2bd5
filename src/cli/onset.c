/* xulp onset: the first inputs at which formulations break. */
#include "cli/cli.h"

#include "report/onset_table.h"
#include "sweep/onset.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- progress: one line on a terminal -------------------------------------------- */

struct progress_line {
    double started, shown;
};

static void show_progress(void *context, size_t done, size_t total)
{
    struct progress_line *line = context;
    double time = cli_seconds();
    if (time - line->started < 2 || time - line->shown < 0.2)
        return;
    fprintf(stderr, "\ronset: %zu of %zu walks, %.0f s\033[K", done, total, time - line->started);
    line->shown = time;
}

/* --- arguments ---------------------------------------------------------------------- */

struct onset_arguments {
    const char *families, *formats, *formulations; /* lists; NULL: the default */
    const char *out;
    unsigned long long threads;
    struct error *error;
};

static const struct argp_option options[] = {
    {"family", 'a', "NAME,...", 0, "only these families of inputs (docs/onset.md)", 0},
    {"format", 'f', "FORMAT,...", 0, "default: binary64,binary32,binary16,bfloat16", 0},
    {"formulation", 'F', "NAME,...", 0, "only these; NAME+SUMMATION adds its sums another way", 0},
    {"out", 'o', "DIRECTORY", 0, "write onset.tsv there instead of a table to standard output", 0},
    {"threads", 't', "N", 0, "threads (default: OMP_NUM_THREADS, or all cores)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct onset_arguments *arguments = state->input;
    switch (key) {
    case 'a':
        arguments->families = argument;
        return 0;
    case 'f':
        arguments->formats = argument;
        return 0;
    case 'F':
        arguments->formulations = argument;
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case 't':
        return cli_threads(argument, &arguments->threads, arguments->error);
    case ARGP_KEY_ARG:
        return error_set(arguments->error, BAD_INPUT, "onset takes options only, not '%s'",
                         argument);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- from lists of names to a request ----------------------------------------------- */

/* What a request points to. */
struct lists {
    const struct onset_family **families;
    const struct format **formats;
    size_t *formulations;
};

static int add_family(const char *name, const struct lists *lists, size_t at, struct error *error)
{
    struct error_names names = {0};
    for (size_t i = 0; i < onset_family_count; i++) {
        error_names_add(&names, onset_families[i].name);
        if (strcmp(name, onset_families[i].name) == 0) {
            lists->families[at] = &onset_families[i];
            return OK;
        }
    }
    return error_set(error, BAD_INPUT, "--family: unknown family '%s' (%s)", name, names.text);
}

static int add_format(const char *name, const struct lists *lists, size_t at, struct error *error)
{
    return cli_format("--format", name, &lists->formats[at], error);
}

static int add_formulation(const char *name, const struct lists *lists, size_t at,
                           struct error *error)
{
    lists->formulations[at] = formulation_find(name);
    if (lists->formulations[at] == formulation_total)
        return error_set(error, BAD_INPUT,
                         "--formulation: unknown formulation '%s' (see xulp list formulations)",
                         name);
    return OK;
}

enum { MOST_LISTED = 400, LONGEST_NAME = 80 };

/* Cuts a list at commas and adds each name. */
static int add_all(const char *option, const char *list, const struct lists *lists, size_t *count,
                   int (*add)(const char *, const struct lists *, size_t, struct error *),
                   struct error *error)
{
    int code = OK;
    *count = 0;
    for (const char *at = list; code == OK; at++) {
        char name[LONGEST_NAME + 1];
        size_t length = strcspn(at, ",");
        if (*count == MOST_LISTED)
            return error_set(error, BAD_INPUT, "%s: more than %d names", option, MOST_LISTED);
        snprintf(name, sizeof name, "%.*s", (int)(length < LONGEST_NAME ? length : LONGEST_NAME),
                 at);
        code = add(name, lists, *count, error);
        *count += code == OK;
        at += length;
        if (*at == '\0')
            break;
    }
    return code;
}

static void default_families(const struct lists *lists, struct onset_request *request)
{
    for (; request->family_count < onset_family_count; request->family_count++)
        lists->families[request->family_count] = &onset_families[request->family_count];
}

static void default_formulations(const struct lists *lists, struct onset_request *request)
{
    for (; request->formulation_count < formulation_count; request->formulation_count++)
        lists->formulations[request->formulation_count] = request->formulation_count;
}

static int make_request(const struct onset_arguments *arguments, const struct lists *lists,
                        struct onset_request *request, struct error *error)
{
    const char *formats_list =
        arguments->formats != NULL ? arguments->formats : "binary64,binary32,binary16,bfloat16";
    int code = add_all("--format", formats_list, lists, &request->format_count, add_format, error);
    if (arguments->families == NULL)
        default_families(lists, request);
    else if (code == OK)
        code = add_all("--family", arguments->families, lists, &request->family_count, add_family,
                       error);
    if (arguments->formulations == NULL)
        default_formulations(lists, request);
    else if (code == OK)
        code = add_all("--formulation", arguments->formulations, lists, &request->formulation_count,
                       add_formulation, error);
    request->families = lists->families;
    request->formats = lists->formats;
    request->formulations = lists->formulations;
    return code;
}

/* --- the command --------------------------------------------------------------------- */

static int find_and_write(const struct onset_request *request, const char *out, struct error *error)
{
    double started = cli_seconds();
    struct progress_line line = {started, started};
    struct onset_progress progress = {show_progress, &line};
    bool terminal = isatty(STDERR_FILENO);
    struct onset_result result;
    int code = onset_find(request, terminal ? &progress : NULL, &result, error);
    if (terminal)
        fputs("\r\033[K", stderr);
    if (code != OK)
        return code;
    if (result.count == 0)
        code = error_set(error, BAD_INPUT,
                         "onset: none of the formulations computes the problem of these families");
    else if (out != NULL)
        code = onset_table_write(&result, out, error);
    else
        onset_table_print(stdout, &result);
    onset_result_clear(&result);
    return code;
}

int command_onset(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .doc = "For each formulation, format and one-parameter family of inputs, the first input "
               "at which the loss is NaN, infinite, a false zero, of the wrong sign, off by more "
               "than 1 % or by more than 16 ulp (docs/onset.md).",
    };
    struct onset_arguments arguments = {.error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (arguments.threads > 0)
        omp_set_num_threads((int)arguments.threads);
    size_t room = MOST_LISTED + formulation_count + onset_family_count;
    struct lists lists = {
        .families = calloc(room, sizeof *lists.families),
        .formats = calloc(room, sizeof *lists.formats),
        .formulations = calloc(room, sizeof *lists.formulations),
    };
    struct onset_request request = {0};
    if (lists.families == NULL || lists.formats == NULL || lists.formulations == NULL)
        code = error_no_memory(error);
    if (code == OK)
        code = make_request(&arguments, &lists, &request, error);
    if (code == OK)
        code = find_and_write(&request, arguments.out, error);
    free(lists.families);
    free(lists.formats);
    free(lists.formulations);
    return code;
}
