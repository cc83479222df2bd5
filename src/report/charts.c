/* The charts of a report: one gnuplot process a chart, several at a time.
 *
 * A script is told three strings, results, out and plots.  gnuplot writes to
 * the temporary beside the target, which is renamed once it has succeeded;
 * -d keeps it from the user's own settings. */
#include "report/charts.h"

#include "core/file.h"
#include "report/process.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHARTS = 64, LONGEST_NAME = 60 };

struct charts {
    char name[MOST_CHARTS][LONGEST_NAME + 1];
    size_t count;
};

static bool has_chart(const struct charts *charts, const char *name)
{
    for (size_t i = 0; i < charts->count; i++)
        if (strcmp(charts->name[i], name) == 0)
            return true;
    return false;
}

/* Finds every charts/NAME.svg, NAME of a-z, 0-9 and -. */
static int find_charts(const char *markdown, struct charts *charts, struct error *error)
{
    static const char before[] = "charts/", after[] = ".svg";
    charts->count = 0;
    for (const char *at = strstr(markdown, before); at != NULL; at = strstr(at, before)) {
        at += strlen(before);
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-");
        char name[LONGEST_NAME + 1];
        if (length == 0 || length > LONGEST_NAME || strncmp(at + length, after, strlen(after)) != 0)
            continue;
        memcpy(name, at, length);
        name[length] = '\0';
        if (has_chart(charts, name))
            continue;
        if (charts->count == MOST_CHARTS)
            return error_set(error, BAD_INPUT, "the report names more than %d charts", MOST_CHARTS);
        strcpy(charts->name[charts->count++], name);
    }
    return OK;
}

/* text in gnuplot's single quotes, where a quote is doubled; to be freed. */
static char *quoted(const char *text)
{
    char *result = malloc(2 * strlen(text) + 3), *to = result;
    if (result == NULL)
        return NULL;
    *to++ = '\'';
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            *to++ = '\'';
        *to++ = *text;
    }
    *to++ = '\'';
    *to = '\0';
    return result;
}

/* "results='…'; out='…'; plots='…'", to be freed. */
static char *settings(const char *results, const char *out, const char *plots)
{
    char *quoted_results = quoted(results), *quoted_out = quoted(out),
         *quoted_plots = quoted(plots);
    char *text = NULL;
    if (quoted_results == NULL || quoted_out == NULL || quoted_plots == NULL ||
        asprintf(&text, "results=%s; out=%s; plots=%s", quoted_results, quoted_out, quoted_plots) <
            0)
        text = NULL;
    free(quoted_results);
    free(quoted_out);
    free(quoted_plots);
    return text;
}

/* Runs the script.  gnuplot does not tell of a full disk: what it wrote must
 * be there to its end. */
static int run_gnuplot(const char *script, const char *settings_text, const char *out,
                       struct error *error)
{
    static const char end[] = "</svg>";
    const char *const argv[] = {"gnuplot", "-d", "-e", settings_text, script, NULL};
    int code = process_run(argv, "gnuplot-nox", error);
    char *text = NULL;
    if (code == OK)
        code = read_file(out, &text, error);
    const char *last_tag = text == NULL ? NULL : strrchr(text, '<');
    if (code == OK && (last_tag == NULL || strncmp(last_tag, end, strlen(end)) != 0))
        code =
            error_set(error, MACHINE_FAILED, "%s: gnuplot did not write all of the chart", script);
    free(text);
    return code;
}

static int draw(const char *name, const char *results, const char *plots, const char *directory,
                struct error *error)
{
    char *file, *script;
    if (asprintf(&file, "%s.svg", name) < 0)
        return error_no_memory(error);
    if (asprintf(&script, "%s/%s.gp", plots, name) < 0) {
        free(file);
        return error_no_memory(error);
    }
    struct output output;
    int code = output_open(&output, directory, file, error);
    free(file);
    if (code == OK) {
        char *text = settings(results, output.temporary, plots);
        code = text == NULL ? error_no_memory(error)
                            : run_gnuplot(script, text, output.temporary, error);
        free(text);
        if (code == OK)
            code = output_commit(&output, error);
        output_abandon(&output);
    }
    free(script);
    return code;
}

int charts_draw(const char *markdown, const char *results, const char *plots, const char *directory,
                struct error *error)
{
    struct charts charts;
    int code = find_charts(markdown, &charts, error);
    if (code != OK)
        return code;
    size_t first_failed = charts.count;
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < charts.count; i++) {
        struct error own;
        int status = draw(charts.name[i], results, plots, directory, &own);
#pragma omp critical
        if (status != OK && i < first_failed) { /* the same error whatever the order */
            first_failed = i;
            code = status;
            *error = own;
        }
    }
    return code;
}
