/* What the subcommands share. */
#include "cli/cli.h"

#include "core/file.h"
#include "core/format.h"
#include "core/problem.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int cli_format(const char *option, const char *name, const struct format **format,
               struct error *error)
{
    *format = format_find(name);
    if (*format == NULL)
        return error_set(error, BAD_INPUT, "%s: unknown format '%s' (%s)", option, name,
                         format_names());
    return OK;
}

int cli_problem(const char *name, const struct problem **problem, struct error *error)
{
    *problem = problem_find(name);
    if (*problem == NULL)
        return error_set(error, BAD_INPUT, "unknown problem '%s' (%s)", name, problem_names());
    return OK;
}

int cli_math(const char *option, const char *name, enum math_id *math, struct error *error)
{
    struct error_names names = {0};
    for (size_t i = 0; i < MATH_COUNT; i++) {
        error_names_add(&names, maths[i].name);
        if (strcmp(name, maths[i].name) == 0) {
            *math = (enum math_id)i;
            return OK;
        }
    }
    return error_set(error, BAD_INPUT, "%s: unknown math '%s' (%s)", option, name, names.text);
}

int cli_math_has_format(enum math_id math, const struct format *format, struct error *error)
{
    if (!math_has_format(math, format))
        return error_set(error, BAD_INPUT,
                         "--math: %s is compiled for binary32 and binary64 alone, not for %s",
                         maths[math].name, format->name);
    return OK;
}

int cli_count(const char *option, const char *text, unsigned long long greatest,
              unsigned long long *count, struct error *error)
{
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)text[0]) || *end != '\0' || errno != 0 || *count > greatest)
        return error_set(error, BAD_INPUT, "%s: '%s' is not a whole number from 0 to %llu", option,
                         text, greatest);
    return OK;
}

int cli_each(const char *option, const char *list,
             int (*visit)(void *context, const char *name, struct error *error), void *context,
             struct error *error)
{
    char *names = strdup(list), *rest = names, *name;
    int code = names == NULL ? error_no_memory(error) : OK;
    while (code == OK && (name = strsep(&rest, ",")) != NULL)
        code = *name != '\0'
                   ? visit(context, name, error)
                   : error_set(error, BAD_INPUT, "%s: a name is empty in '%.80s'", option, list);
    free(names);
    return code;
}

int cli_threads(const char *text, unsigned long long *threads, struct error *error)
{
    if (strcmp(text, "0") == 0)
        return error_set(error, BAD_INPUT, "--threads: at least 1");
    return cli_count("--threads", text, 1024, threads, error);
}

double cli_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int cli_text(const char *argument, char **text, struct error *error)
{
    *text = NULL;
    if (argument == NULL)
        return OK;
    if (argument[0] == '@')
        return read_file(argument + 1, text, error);
    *text = strdup(argument);
    return *text == NULL ? error_no_memory(error) : OK;
}

int cli_parse(const struct argp *argp, int argc, char **argv, void *input,
              const struct error *error)
{
    argp_err_exit_status = BAD_INPUT;
    int failed = argp_parse(argp, argc, argv, 0, NULL, input);
    return failed ? error->code : OK;
}

int cli_share_directory(char **directory, struct error *error)
{
    static const char *const beside[] = {"/../share/xulp", "/..", "/../.."};
    char program[4096];
    *directory = NULL;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return error_set(error, MACHINE_FAILED, "/proc/self/exe: cannot be read: %s",
                         strerror(errno));
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char *experiments;
        struct stat status;
        if (asprintf(directory, "%s%s", program, beside[i]) < 0) {
            *directory = NULL;
            return error_no_memory(error);
        }
        if (asprintf(&experiments, "%s/experiments", *directory) < 0) {
            free(*directory);
            *directory = NULL;
            return error_no_memory(error);
        }
        bool there = stat(experiments, &status) == 0;
        free(experiments);
        if (there)
            return OK;
        free(*directory);
        *directory = NULL;
    }
    return error_set(error, BAD_INPUT,
                     "neither %s/../share/xulp nor %s/.. holds experiments, plots and report",
                     program, program);
}
