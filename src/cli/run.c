/* xulp run: experiments in, tables out. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/run_output.h"

#include "core/file.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

struct run_arguments {
    char **paths;
    size_t count;
    const char *out;
    enum math_id math;
    unsigned long long threads;
    struct shard shard;
    struct error *error;
};

enum { KEY_SHARD = 256 };

static const struct argp_option options[] = {
    {"out", 'o', "DIRECTORY", 0, "where the tables go; made if need be (default: results)", 0},
    {"math", 'm', "MATH", 0,
     "canonical (correctly rounded elementary functions, the default) or another of xulp list "
     "maths: "
     "this machine's",
     0},
    {"shard", KEY_SHARD, "i/n", 0,
     "only the i-th of n parts of the work, and no tables: xulp merge makes them", 0},
    {"threads", 't', "N", 0, "threads (default: OMP_NUM_THREADS, or all cores)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct run_arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->out = argument;
        return 0;
    case 'm':
        return cli_math("--math", argument, &arguments->math, arguments->error);
    case 't':
        return cli_threads(argument, &arguments->threads, arguments->error);
    case KEY_SHARD:
        return shard_parse("--shard", argument, &arguments->shard, arguments->error);
    case ARGP_KEY_ARGS:
        arguments->paths = state->argv + state->next;
        arguments->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        return error_set(arguments->error, BAD_INPUT, "run: an experiment file is missing");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* An experiment and its numbered cases. */
struct loaded {
    struct experiment *experiment;
    struct plan plan;
};

static void unload(struct loaded *loaded, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        plan_clear(&loaded[i].plan);
        experiment_free(loaded[i].experiment);
    }
    free(loaded);
}

/* Everything is read and checked before anything runs. */
static int load_all(const struct run_arguments *arguments, struct loaded *loaded,
                    struct error *error)
{
    for (size_t i = 0; i < arguments->count; i++) {
        int code = experiment_load(arguments->paths[i], &loaded[i].experiment, error);
        if (code == OK)
            code = plan_make(loaded[i].experiment, &loaded[i].plan, error);
        for (size_t f = 0; code == OK && f < loaded[i].experiment->formats_count; f++)
            code = cli_math_has_format(arguments->math, loaded[i].experiment->formats[f], error);
        if (code != OK)
            return code;
        for (size_t j = 0; j < i; j++)
            if (strcmp(loaded[i].experiment->name, loaded[j].experiment->name) == 0)
                return error_set(error, BAD_INPUT, "%s: an experiment named '%s' was given already",
                                 arguments->paths[i], loaded[i].experiment->name);
    }
    return OK;
}

static bool is_whole(const struct run_arguments *arguments)
{
    return arguments->shard.count == 1;
}

/* Runs experiment i; a whole run writes its tables. */
static int run_one(const struct run_arguments *arguments, const struct plan *plan, size_t i,
                   struct manifest_entry *entry, struct error *error)
{
    struct progress_line line;
    const struct run_job job = {arguments->math, i + 1, arguments->count};
    const struct chunk_store store = {
        .directory = arguments->out,
        .shard = arguments->shard,
        .progress = progress_line_begin(&line, plan->experiment->name, "cases"),
    };
    struct run_result result;
    int code = run_experiment(plan, &job, &store, &result, error);
    progress_line_end(&line);
    if (code != OK)
        return code;
    if (is_whole(arguments))
        code = run_output_write(&result, arguments->math, arguments->out, entry, error);
    run_result_clear(&result);
    return code;
}

/* A run whose manifest stands is done: what it kept to go on with goes. */
static int remove_chunks(const struct run_arguments *arguments, const struct loaded *loaded,
                         struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < arguments->count && code == OK; i++) {
        const struct run_job job = {arguments->math, i + 1, arguments->count};
        char *text = run_job_text(&loaded[i].plan, &job);
        code = text == NULL ? error_no_memory(error) : chunks_remove(text, arguments->out, error);
        free(text);
    }
    return code;
}

static int run_each(const struct run_arguments *arguments, const struct loaded *loaded,
                    struct error *error)
{
    struct manifest_entry *entries = calloc(arguments->count, sizeof *entries);
    int code = entries == NULL ? error_no_memory(error) : OK;
    if (code == OK && is_whole(arguments)) /* no run is whole until its manifest stands */
        code = remove_file(arguments->out, "manifest.json", error);
    for (size_t i = 0; i < arguments->count && code == OK; i++)
        code = run_one(arguments, &loaded[i].plan, i, &entries[i], error);
    if (code == OK && is_whole(arguments))
        code = manifest_write(entries, arguments->count, arguments->math, arguments->out, error);
    if (code == OK && is_whole(arguments))
        code = remove_chunks(arguments, loaded, error);
    free(entries);
    return code;
}

static int run_all(const struct run_arguments *arguments, const struct loaded *loaded,
                   struct error *error)
{
    int lock, code = make_directory(arguments->out, error);
    if (code == OK)
        code = chunks_lock(arguments->out, is_whole(arguments), &lock, error);
    if (code != OK)
        return code;
    code = run_each(arguments, loaded, error);
    if (is_whole(arguments))
        chunks_tidy(arguments->out, lock);
    else
        chunks_unlock(lock);
    return code;
}

int command_run(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "EXPERIMENT.yaml...",
        .doc =
            "Run every case of the experiments through every formulation and the oracle, and "
            "write three to six tables an experiment and a manifest (docs/tables.md).  Stopped or "
            "killed, it goes on where it was when it is run again.",
    };
    struct run_arguments arguments = {
        .out = "results", .math = MATH_canonical, .shard = {1, 1}, .error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (arguments.threads > 0)
        omp_set_num_threads((int)arguments.threads);
    struct loaded *loaded = calloc(arguments.count, sizeof *loaded);
    if (loaded == NULL)
        return error_no_memory(error);
    code = load_all(&arguments, loaded, error);
    if (code == OK)
        code = run_all(&arguments, loaded, error);
    unload(loaded, arguments.count);
    return code;
}
