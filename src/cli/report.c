/* xulp report: from the tables of a run to Markdown, charts and HTML. */
#include "cli/cli.h"

#include "report/report.h"

#include <stdlib.h>

struct report_arguments {
    const char *results, *out, *share;
};

static const struct argp_option options[] = {
    {"results", 'r', "DIRECTORY", 0, "where xulp run put the tables (default: results)", 0},
    {"out", 'o', "DIRECTORY", 0, "where the report goes; made if need be (default: report-out)", 0},
    {"share", 's', "DIRECTORY", 0, "holds report/ and plots/ (default: this program's own)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct report_arguments *arguments = state->input;
    switch (key) {
    case 'r':
        arguments->results = argument;
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case 's':
        arguments->share = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_report(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .options = options,
        .parser = parse_option,
        .doc = "Make report.md, report.html and charts/ from the tables of a run.",
    };
    struct report_arguments arguments = {.results = "results", .out = "report-out"};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    char *share = NULL;
    if (arguments.share == NULL)
        code = cli_share_directory(&share, error);
    if (code == OK)
        code = report_write(arguments.results, arguments.out,
                            share != NULL ? share : arguments.share, error);
    free(share);
    return code;
}
