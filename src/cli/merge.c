/* xulp merge: the shards of an exhaustive run in, its tables out. */
#include "cli/cli.h"

#include "core/file.h"
#include "report/exhaustive_table.h"
#include "sweep/chunks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct merge_arguments {
    char **directories;
    size_t count;
    const char *out;
    struct error *error;
};

static const struct argp_option options[] = {
    {"out", 'o', "DIRECTORY", 0, "where the tables go; made if need be (default: results)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct merge_arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->out = argument;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->directories = state->argv + state->next;
        arguments->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        return error_set(arguments->error, BAD_INPUT,
                         "merge: say in which directories the shards wrote");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- which jobs there are ------------------------------------------------------------------ */

struct jobs {
    struct exhaustive_unit *units;
    size_t count, here; /* here: of the directory that is visited */
};

static const char *program_line(const char *job)
{
    const char *line = strstr(job, "\nxulp ");
    return line == NULL ? "" : line + 1;
}

/* The job that this program would make of the same unit must be the same text. */
static int check_job(const struct exhaustive_unit *unit, const char *directory, const char *job,
                     struct error *error)
{
    struct exhaustive_result result;
    int code = exhaustive_check(unit, error);
    if (code != OK)
        return code;
    code = exhaustive_result_make(unit, &result, error);
    if (code == OK && strcmp(job, result.job) != 0) {
        const char *theirs = program_line(job), *ours = program_line(result.job);
        code = error_set(error, BAD_INPUT,
                         "%s: a log of %.*s was written by another program or platform (%.*s; this "
                         "is %.*s)",
                         directory, (int)strcspn(job, "\n"), job, (int)strcspn(theirs, "\n"),
                         theirs, (int)strcspn(ours, "\n"), ours);
    }
    exhaustive_result_clear(&result);
    return code;
}

static int add_job(void *context, const char *directory, const char *job, struct error *error)
{
    struct jobs *jobs = context;
    struct exhaustive_unit unit;
    if (!exhaustive_parse(job, &unit))
        return OK;
    int code = check_job(&unit, directory, job, error);
    if (code != OK)
        return code;
    struct exhaustive_unit *more = realloc(jobs->units, (jobs->count + 1) * sizeof *jobs->units);
    if (more == NULL)
        return error_no_memory(error);
    jobs->units = more;
    jobs->units[jobs->count++] = unit;
    jobs->here++;
    return OK;
}

static int find_jobs(const struct merge_arguments *arguments, struct jobs *jobs,
                     struct error *error)
{
    const struct job_visitor visitor = {add_job, jobs};
    int code = OK;
    for (size_t i = 0; i < arguments->count && code == OK; i++) {
        jobs->here = 0;
        code = chunks_jobs(arguments->directories[i], &visitor, error);
        if (code == OK && jobs->here == 0)
            code = error_set(error, BAD_INPUT, "%s: holds no chunks of xulp exhaustive",
                             arguments->directories[i]);
    }
    jobs->count = exhaustive_sort(jobs->units, jobs->count);
    return code;
}

/* --- merging --------------------------------------------------------------------------------- */

static int merge_unit(const struct merge_arguments *arguments, const struct exhaustive_unit *unit,
                      struct exhaustive_tables *tables, struct error *error)
{
    struct exhaustive_result result;
    int code = exhaustive_result_make(unit, &result, error);
    if (code == OK)
        code = exhaustive_collect(arguments->directories, arguments->count, &result, error);
    if (code == OK)
        code = exhaustive_tables_add(tables, &result, error);
    exhaustive_result_clear(&result);
    return code;
}

static int merge_all(const struct merge_arguments *arguments, const struct jobs *jobs,
                     struct error *error)
{
    struct exhaustive_tables tables;
    int lock = -1, code = make_directory(arguments->out, error);
    if (code == OK)
        code = chunks_lock(arguments->out, true, &lock, error);
    if (code != OK)
        return code;
    code = exhaustive_tables_begin(&tables, arguments->out, error);
    for (size_t i = 0; i < jobs->count && code == OK; i++)
        code = merge_unit(arguments, &jobs->units[i], &tables, error);
    if (code == OK)
        code = exhaustive_tables_end(&tables, error);
    else
        exhaustive_tables_abandon(&tables);
    chunks_tidy(arguments->out, lock);
    return code;
}

int command_merge(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "DIRECTORY...",
        .doc = "Make the tables of exhaustive runs from what their shards left in these "
               "directories: the same bytes as one process writes (docs/exhaustive.md).",
    };
    struct merge_arguments arguments = {.out = "results", .error = error};
    struct jobs jobs = {0};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code == OK)
        code = find_jobs(&arguments, &jobs, error);
    if (code == OK)
        code = merge_all(&arguments, &jobs, error);
    free(jobs.units);
    return code;
}
