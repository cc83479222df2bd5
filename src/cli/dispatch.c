/* The program but for its main: one for a single process (main.c), one for mpirun
 * (src/mpi/main.c). */
#include "cli/cli.h"
#include "cli/team.h"

#include "core/version.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv, struct error *error);
    const char *summary;
} commands[] = {
    {"eval", command_eval, "one input, every formulation side by side"},
    {"list", command_list, "list problems, formulations, formats, families, experiments, …"},
    {"run", command_run, "run experiments and write their tables"},
    {"exhaustive", command_exhaustive, "every input there is: proved maxima"},
    {"merge", command_merge, "make the tables of shards"},
    {"platform", command_platform, "every math of this machine side by side"},
    {"onset", command_onset, "the first inputs at which formulations break"},
    {"hunt", command_hunt, "the worst inputs that a directed search finds"},
    {"report", command_report, "make the report of a run"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_help(void)
{
    printf("Usage: xulp COMMAND [OPTION...]\n"
           "How many units in the last place does a cross-entropy lose, where, and why.\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    printf("\n`xulp COMMAND --help` tells the options.  Exit codes: 0 all well; 1 a precision\n"
           "contract is broken; 2 usage or input is wrong; 3 the machine failed; 128 + n\n"
           "signal n stopped it.\n");
}

static struct error_names command_names(void)
{
    struct error_names names = {0};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        error_names_add(&names, commands[i].name);
    return names;
}

int cli_dispatch(int argc, char **argv, struct error *error)
{
    if (argc < 2)
        return error_set(error, BAD_INPUT, "a command is missing (%s; see xulp --help)",
                         command_names().text);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("xulp %s\n", XULP_VERSION);
        return OK;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i].name) == 0) {
            if (cli_team != NULL && commands[i].run != command_exhaustive)
                return error_set(error, BAD_INPUT,
                                 "%s does not run on several processes; exhaustive does",
                                 commands[i].name);
            char name[32];
            snprintf(name, sizeof name, "xulp %s", commands[i].name);
            argv[1] = name;
            return commands[i].run(argc - 1, argv + 1, error);
        }
    return error_set(error, BAD_INPUT, "unknown command '%.80s' (%s)", argv[1],
                     command_names().text);
}
