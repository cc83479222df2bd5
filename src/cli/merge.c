/* xulp merge: the shards of runs in, their tables out. */
#include "cli/merge.h"
#include "cli/cli.h"

#include "core/file.h"
#include "sweep/chunks.h"

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

/* The line of a job's text that names the program. */
static const char *program_line(const char *job)
{
    const char *line = strstr(job, "\nxulp ");
    return line == NULL ? "" : line + 1;
}

int merge_other_program(const char *directory, const char *theirs, const char *ours,
                        struct error *error)
{
    const char *their_program = program_line(theirs), *program = program_line(ours);
    return error_set(error, BAD_INPUT,
                     "%s: a log of %.*s was written by another program or platform (%.*s; this is "
                     "%.*s)",
                     directory, (int)strcspn(theirs, "\n"), theirs,
                     (int)strcspn(their_program, "\n"), their_program, (int)strcspn(program, "\n"),
                     program);
}

/* What the logs of all directories are of. */
struct jobs {
    struct merge_units units;
    struct merge_runs runs;
    size_t here; /* in the directory that is visited */
};

static int add_job(void *context, const char *directory, const char *job, struct error *error)
{
    struct jobs *jobs = context;
    bool taken;
    int code = merge_units_add(&jobs->units, directory, job, &taken, error);
    if (code == OK && !taken)
        code = merge_runs_add(&jobs->runs, directory, job, &taken, error);
    jobs->here += taken;
    return code;
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
            code = error_set(error, BAD_INPUT, "%s: holds no chunks of a run",
                             arguments->directories[i]);
    }
    return code;
}

static int write_tables(const struct merge_arguments *arguments, struct jobs *jobs,
                        struct error *error)
{
    char **directories = arguments->directories;
    int lock, code = make_directory(arguments->out, error);
    if (code == OK)
        code = chunks_lock(arguments->out, true, &lock, error);
    if (code != OK)
        return code;
    code = merge_units_write(&jobs->units, directories, arguments->count, arguments->out, error);
    if (code == OK)
        code = merge_runs_write(&jobs->runs, directories, arguments->count, arguments->out, error);
    chunks_tidy(arguments->out, lock);
    return code;
}

int command_merge(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "DIRECTORY...",
        .doc = "Make the tables of xulp run and xulp exhaustive from what their shards left in "
               "these directories: the same bytes as one process writes (docs/exhaustive.md).",
    };
    struct merge_arguments arguments = {.out = "results", .error = error};
    struct jobs jobs = {0};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code == OK)
        code = find_jobs(&arguments, &jobs, error);
    if (code == OK)
        code = write_tables(&arguments, &jobs, error);
    merge_units_clear(&jobs.units);
    merge_runs_clear(&jobs.runs);
    return code;
}
