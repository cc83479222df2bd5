/* xulp exhaustive: every input of a domain in, proved maxima out. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/team.h"
#include "cli/units.h"

#include "core/file.h"
#include "report/exhaustive_table.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

struct exhaustive_arguments {
    struct unit_lists lists;
    const char *out;
    struct shard shard;
    unsigned long long threads;
    struct error *error;
};

enum { KEY_SHARD = 256, KEY_BINADES, KEY_TARGET };

static const struct argp_option options[] = {
    {"formulation", 'F', "NAME,...", 0,
     "these, or all (the default; pos_weight is 1 where one is wanted); NAME+SUMMATION adds its "
     "sums another way",
     0},
    {"format", 'f', "FORMAT,...", 0,
     "default: binary32, of pairs of logits binary16; formats of up to 32 bits, of pairs up to 16",
     0},
    {"label", 'y', "0|1|0,1", 0, "of bce-logit and bce-prob; default: both", 0},
    {"target", KEY_TARGET, "0|1|0,1", 0, "of softmax-ce; default: both", 0},
    {"math", 'm', "MATH", 0, "canonical (the default) or another of xulp list maths", 0},
    {"binades", KEY_BINADES, "LO:HI", 0,
     "only inputs with 2^LO <= |x| < 2^(HI+1): a part, and said to be one", 0},
    {"out", 'o', "DIRECTORY", 0, "where the tables go; made if need be (default: results)", 0},
    {"shard", KEY_SHARD, "i/n", 0,
     "only the i-th of n parts of the work, and no tables: xulp merge makes them", 0},
    {"threads", 't', "N", 0, "threads (default: OMP_NUM_THREADS, or all cores)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct exhaustive_arguments *arguments = state->input;
    struct unit_lists *lists = &arguments->lists;
    switch (key) {
    case 'F':
        lists->formulations = argument;
        return 0;
    case 'f':
        lists->formats = argument;
        return 0;
    case 'y':
        lists->labels = argument;
        return 0;
    case KEY_TARGET:
        lists->targets = argument;
        return 0;
    case 'm':
        return cli_math("--math", argument, &lists->math, arguments->error);
    case KEY_BINADES:
        lists->binades = argument;
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case KEY_SHARD:
        return shard_parse("--shard", argument, &arguments->shard, arguments->error);
    case 't':
        return cli_threads(argument, &arguments->threads, arguments->error);
    case ARGP_KEY_ARG:
        if (lists->problem != NULL)
            return error_set(arguments->error, BAD_INPUT,
                             "exhaustive takes one problem, not '%s' too", argument);
        lists->problem = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- running --------------------------------------------------------------------------- */

static struct chunk_store store_of(const struct exhaustive_arguments *arguments)
{
    struct chunk_store store = {.directory = arguments->out, .shard = arguments->shard};
    if (cli_team != NULL) {
        store.shard = (struct shard){cli_team->rank + 1, cli_team->size};
        store.poll = cli_team->poll;
    }
    return store;
}

/* One unit; tables NULL: it is not this process that writes them. */
static int run_unit(const struct exhaustive_arguments *arguments,
                    const struct exhaustive_unit *unit, struct exhaustive_tables *tables,
                    struct error *error)
{
    struct exhaustive_result result;
    struct chunk_store store = store_of(arguments);
    struct progress_line line;
    char name[120];
    snprintf(name, sizeof name, "%s %s %d", formulations[unit->formulation].name,
             unit->format->name, (int)unit->label + (int)unit->target);
    int code = exhaustive_result_make(unit, &result, error);
    if (team_leads())
        store.progress = progress_line_begin(&line, name, "inputs");
    if (code == OK)
        code = exhaustive_run(&store, &result, error);
    if (team_leads())
        progress_line_end(&line);
    code = team_agree(code);
    if (code == OK && cli_team != NULL)
        code = cli_team->reduce(result.parts, result.domain.span_count, error);
    if (code == OK && tables != NULL)
        code = exhaustive_tables_add(tables, &result, error);
    exhaustive_result_clear(&result);
    return team_agree(code);
}

static int run_units(const struct exhaustive_arguments *arguments,
                     const struct exhaustive_unit *units, size_t count,
                     struct exhaustive_tables *tables, struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++)
        code = run_unit(arguments, &units[i], tables, error);
    return code;
}

/* Holds the lock of the directory while shards compute, or a whole run does and
 * writes the tables. */
static int run_and_write(const struct exhaustive_arguments *arguments,
                         const struct exhaustive_unit *units, size_t count, struct error *error)
{
    struct exhaustive_tables tables;
    bool whole = arguments->shard.count == 1, writes = whole && team_leads();
    int lock = -1, code = make_directory(arguments->out, error);
    if (code == OK && (writes || cli_team == NULL))
        code = chunks_lock(arguments->out, writes, &lock, error);
    if (code == OK && writes)
        code = exhaustive_tables_begin(&tables, arguments->out, error);
    bool begun = code == OK && writes;
    code = team_agree(code);
    if (code == OK)
        code = run_units(arguments, units, count, writes ? &tables : NULL, error);
    if (code == OK && writes)
        code = exhaustive_tables_end(&tables, error);
    else if (begun)
        exhaustive_tables_abandon(&tables);
    chunks_unlock(lock);
    return team_agree(code);
}

int command_exhaustive(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .args_doc = "[bce-logit|bce-prob|softmax-ce]",
        .doc = "Run every input of a problem through formulations, each result held against its "
               "certified exact value, and write the proved maxima, all counts, and the same by "
               "binade (docs/exhaustive.md).  Stopped or killed, it goes on where it was when it "
               "is run again.",
    };
    struct exhaustive_arguments arguments = {
        .lists.math = MATH_canonical, .out = "results", .shard = {1, 1}, .error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (cli_team != NULL && arguments.shard.count > 1)
        return error_set(error, BAD_INPUT, "--shard: under mpirun each rank is a shard already");
    if (arguments.threads > 0)
        omp_set_num_threads((int)arguments.threads);
    struct exhaustive_unit *units = NULL;
    size_t count = 0;
    code = units_make(&arguments.lists, &units, &count, error);
    if (code == OK)
        code = run_and_write(&arguments, units, count, error);
    free(units);
    return code;
}
