/* xulp platform: every math that this machine's compilers and libraries give,
 * side by side. */
#include "cli/cli.h"

#include "core/file.h"
#include "report/platform_page.h"
#include "report/platform_table.h"
#include "sweep/platform.h"

#include <glob.h>
#include <inttypes.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

struct platform_arguments {
    char **paths;
    size_t count;
    const char *out;
    unsigned long long threads;
    struct error *error;
};

static const struct argp_option options[] = {
    {"out", 'o', "DIRECTORY", 0,
     "where platform.tsv, .md and .html go; made if need be (default: platform)", 0},
    {"threads", 't', "N", 0, "threads (default: OMP_NUM_THREADS, or all cores)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct platform_arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->out = argument;
        return 0;
    case 't':
        return cli_threads(argument, &arguments->threads, arguments->error);
    case ARGP_KEY_ARGS:
        arguments->paths = state->argv + state->next;
        arguments->count = (size_t)(state->argc - state->next);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- what is printed --------------------------------------------------------------- */

/* "; WHAT: xulp eval …", nothing for nowhere. */
static int print_place(const char *what, const struct platform_place *place, enum math_id math,
                       struct error *error)
{
    if (place->run == NULL)
        return OK;
    char *text;
    int code =
        platform_input(place->run, place->case_number, place->formulation, math, &text, error);
    if (code == OK)
        printf("; %s: xulp eval %s", what, text);
    free(text);
    return code;
}

/* One line a math, with its worst case. */
static int print_summary(const struct platform_run *runs, size_t count, enum math_id math,
                         struct error *error)
{
    struct platform_summary summary = platform_summarize(runs, count, math);
    printf("%s: %" PRIu64 " of %" PRIu64 " results have other bits than libm's (by at most %" PRIu64
           " values), %" PRIu64 " other than canonical; %" PRIu64 " NaN vanished, %" PRIu64
           " appeared; %" PRIu64 " wrong by more than 16 ulp",
           maths[math].name, summary.from_libm.cases, summary.results, summary.from_libm.ordinals,
           summary.from_canonical.cases, summary.vanished, summary.appeared, summary.grave);
    const struct platform_place *place =
        summary.first_vanished.run != NULL ? &summary.first_vanished : &summary.farthest;
    const char *what = summary.first_vanished.run != NULL ? "NaN vanished" : "farthest from libm";
    int code = print_place(what, place, math, error);
    putchar('\n');
    return code;
}

/* --- what is run --------------------------------------------------------------------- */

static int run_all(const struct platform_arguments *arguments, char *const *paths, size_t count,
                   struct platform_run *runs, const char *share, struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++) /* all are read before one runs */
        code = platform_load(&runs[i], paths[i], error);
    if (code == OK)
        code = make_directory(arguments->out, error);
    for (size_t i = 0; i < count && code == OK; i++)
        code = platform_measure(&runs[i], error);
    if (code == OK)
        code = platform_table_write(runs, count, arguments->out, error);
    if (code == OK)
        code = platform_page_write(runs, count, arguments->out, share, error);
    for (size_t math = 0; math < MATH_COUNT && code == OK; math++)
        code = print_summary(runs, count, (enum math_id)math, error);
    return code;
}

static int run_paths(const struct platform_arguments *arguments, char *const *paths, size_t count,
                     const char *share, struct error *error)
{
    struct platform_run *runs = calloc(count, sizeof *runs);
    if (runs == NULL)
        return error_no_memory(error);
    int code = run_all(arguments, paths, count, runs, share, error);
    for (size_t i = 0; i < count; i++)
        platform_clear(&runs[i]);
    free(runs);
    return code;
}

/* The experiments of experiments/platform/. */
static int run_usual(const struct platform_arguments *arguments, const char *share,
                     struct error *error)
{
    char *pattern;
    glob_t found;
    if (asprintf(&pattern, "%s/experiments/platform/*.yaml", share) < 0)
        return error_no_memory(error);
    int code;
    switch (glob(pattern, 0, NULL, &found)) {
    case 0:
        code = run_paths(arguments, found.gl_pathv, found.gl_pathc, share, error);
        globfree(&found);
        break;
    case GLOB_NOMATCH:
        code = error_set(error, BAD_INPUT, "%s: there are none", pattern);
        break;
    default:
        code = error_set(error, MACHINE_FAILED, "%s: cannot be read", pattern);
    }
    free(pattern);
    return code;
}

int command_platform(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "[EXPERIMENT.yaml...]",
        .doc = "Run every case of the experiments (default: experiments/platform/) through every "
               "formulation in every math of `xulp list maths`, in binary32 and binary64, and "
               "write what differs (docs/platform.md).  The result is this machine's.",
    };
    struct platform_arguments arguments = {.out = "platform", .error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (arguments.threads > 0)
        omp_set_num_threads((int)arguments.threads);
    char *share;
    code = cli_share_directory(&share, error);
    if (code == OK && arguments.count > 0)
        code = run_paths(&arguments, arguments.paths, arguments.count, share, error);
    else if (code == OK)
        code = run_usual(&arguments, share, error);
    free(share);
    return code;
}
