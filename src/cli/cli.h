/* The subcommands, and what they share. */
#ifndef XULP_CLI_CLI_H
#define XULP_CLI_CLI_H

#include "core/error.h"
#include "impl/impl.h"

#include <argp.h>

/* Runs the command that argv[1] names; the sentence of an error is the caller's to
 * print. */
int cli_dispatch(int argc, char **argv, struct error *error);

/* Each takes its own argument vector (argv[0] is "xulp COMMAND"). */
int command_eval(int argc, char **argv, struct error *error);
int command_hunt(int argc, char **argv, struct error *error);
int command_exhaustive(int argc, char **argv, struct error *error);
int command_merge(int argc, char **argv, struct error *error);
int command_list(int argc, char **argv, struct error *error);
int command_onset(int argc, char **argv, struct error *error);
int command_run(int argc, char **argv, struct error *error);
int command_platform(int argc, char **argv, struct error *error);
int command_report(int argc, char **argv, struct error *error);

/* Lookups whose failure is a sentence that lists what there is. */
int cli_format(const char *option, const char *name, const struct format **format,
               struct error *error);
int cli_problem(const char *name, const struct problem **problem, struct error *error);
int cli_math(const char *option, const char *name, enum math_id *math, struct error *error);
int cli_math_has_format(enum math_id math, const struct format *format, struct error *error);
int cli_count(const char *option, const char *text, unsigned long long greatest,
              unsigned long long *count, struct error *error);

/* Cuts a list at commas and visits each name, up to the first error. */
int cli_each(const char *option, const char *list,
             int (*visit)(void *context, const char *name, struct error *error), void *context,
             struct error *error);

/* The value of --threads: 1 to 1024. */
int cli_threads(const char *text, unsigned long long *threads, struct error *error);

/* A monotonic clock, in seconds, for progress lines. */
double cli_seconds(void);

/* A list argument's text, to be freed: "@FILE" is read from a file, "@-" from
 * standard input.  NULL stays NULL. */
int cli_text(const char *argument, char **text, struct error *error);

/* Parses with argp; returns OK or the code that the parser left in *error.
 * argp itself exits with 2 on an unknown option. */
int cli_parse(const struct argp *argp, int argc, char **argv, void *input,
              const struct error *error);

/* The directory that holds experiments/, plots/ and report/: PREFIX/share/xulp
 * of PREFIX/bin/xulp, or the repository of build/xulp or build/sanitize/xulp.
 * To be freed; NULL on an error. */
int cli_share_directory(char **directory, struct error *error);

#endif
