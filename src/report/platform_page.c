/* platform.md: the machine, then what its maths change, from the widest view
 * to the single case. */
#include "report/platform_page.h"

#include "report/page.h"
#include "report/platform_table.h"

#include <gnu/libc-version.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the machine --------------------------------------------------------------------- */

/* "model name : NAME" of /proc/cpuinfo, to be freed; the name is missing on
 * some architectures. */
static char *processor_name(void)
{
    char *line = NULL, *name = NULL;
    size_t capacity = 0;
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && name == NULL && getline(&line, &capacity, file) > 0)
        if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL) {
            const char *value = strchr(line, ':') + 1;
            value += strspn(value, " ");
            name = strndup(value, strcspn(value, "\n"));
        }
    if (file != NULL)
        fclose(file);
    free(line);
    return name != NULL ? name : strdup("not named by /proc/cpuinfo");
}

static void print_machine(FILE *out, const char *processor)
{
    char blas[IMPL_BLAS_TEXT];
    impl_blas(blas);
    fprintf(out, "## The machine\n\n");
    fprintf(out, "| | |\n|---|---|\n| processor | %s |\n", processor);
    fprintf(out, "| C library, libm | glibc %s |\n| BLAS | %s |\n\n", gnu_get_libc_version(), blas);
    fprintf(out, "| math | what it is | compiled by |\n|---|---|---|\n");
    for (size_t math = 0; math < MATH_COUNT; math++)
        fprintf(out, "| `%s` | %s | `%s` |\n", maths[math].name, maths[math].how,
                maths[math].compiled);
    fputc('\n', out);
}

/* --- one line a math -------------------------------------------------------------------- */

static void print_summaries(FILE *out, const struct platform_run *runs, size_t count)
{
    fprintf(out, "## One line a math\n\n"
                 "*Other bits than libm* counts results, all NaN being one value. "
                 "*Sign of 0* counts those of them that only have the other zero. "
                 "*Apart* is the greatest distance from libm's result, in values of the format "
                 "that lie between. "
                 "*Vanished*: libm's result is NaN and this one is not; *appeared*: the reverse. "
                 "*Wrong* counts failures, false zeros, wrong signs and errors above 16 ulp.\n\n");
    fprintf(out, "| math | results | other bits than libm | sign of 0 | apart | other bits than "
                 "canonical | NaN vanished | NaN appeared | wrong |\n"
                 "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t math = 0; math < MATH_COUNT; math++) {
        struct platform_summary s = platform_summarize(runs, count, (enum math_id)math);
        fprintf(out,
                "| `%s` | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %.3g | %" PRIu64 " | %" PRIu64
                " | %" PRIu64 " | %" PRIu64 " |\n",
                maths[math].name, s.results, s.from_libm.cases, s.from_libm.signs,
                (double)s.from_libm.ordinals, s.from_canonical.cases, s.vanished, s.appeared,
                s.grave);
    }
    fputc('\n', out);
}

/* --- tables of formulations × maths ------------------------------------------------------- */

/* A table with a column for each math; a row is printed where a math has
 * another field than libm. */
struct matrix {
    const char *heading, *text;
    void (*field)(const struct platform_cell *cell, char *text, size_t bytes);
};

static void field_of_bits(const struct platform_cell *cell, char *text, size_t bytes)
{
    const struct difference *difference = &cell->from_libm;
    if (difference->cases == 0)
        snprintf(text, bytes, " ");
    else if (difference->cases == difference->signs)
        snprintf(text, bytes, "%" PRIu64 " (±0)", difference->cases);
    else if (difference->ordinals == 0) /* NaN on one side */
        snprintf(text, bytes, "%" PRIu64 " (NaN)", difference->cases);
    else
        snprintf(text, bytes, "%" PRIu64 " (%.3g)", difference->cases,
                 (double)difference->ordinals);
}

static void field_of_grave(const struct platform_cell *cell, char *text, size_t bytes)
{
    snprintf(text, bytes, "%" PRIu64, platform_grave(&cell->tally));
}

enum { FIELD_TEXT = 64 };

static void print_row(FILE *out, const struct matrix *matrix, const struct platform_run *run,
                      size_t format, size_t f)
{
    const struct experiment *experiment = run->experiment;
    char fields[MATH_COUNT][FIELD_TEXT];
    bool any = false;
    uint64_t results = tally_cases(&platform_cell(run, format, f, MATH_libm)->tally);
    for (size_t math = 0; math < MATH_COUNT; math++)
        matrix->field(platform_cell(run, format, f, (enum math_id)math), fields[math], FIELD_TEXT);
    for (size_t math = 0; math < MATH_COUNT; math++)
        any = any || strcmp(fields[math], fields[MATH_libm]) != 0;
    if (!any || results == 0)
        return;
    fprintf(out, "| %s | `%s` | %s | %" PRIu64, experiment->name,
            formulations[experiment->formulations[f]].name, experiment->formats[format]->name,
            results);
    for (size_t math = 0; math < MATH_COUNT; math++)
        fprintf(out, " | %s", fields[math]);
    fputs(" |\n", out);
}

static void print_matrix(FILE *out, const struct matrix *matrix, const struct platform_run *runs,
                         size_t count)
{
    fprintf(out, "## %s\n\n%s\n\n| experiment | formulation | format | results", matrix->heading,
            matrix->text);
    for (size_t math = 0; math < MATH_COUNT; math++)
        fprintf(out, " | `%s`", maths[math].name);
    fputs(" |\n|---|---|---|--:", out);
    for (size_t math = 0; math < MATH_COUNT; math++)
        fputs("|--:", out);
    fputs("|\n", out);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < runs[i].experiment->formulations_count; f++)
            for (size_t format = 0; format < runs[i].experiment->formats_count; format++)
                print_row(out, matrix, &runs[i], format, f);
    fputc('\n', out);
}

/* --- NaN ------------------------------------------------------------------------------------ */

/* One formulation in one math, all formats together. */
static int print_nan_row(FILE *out, const struct platform_run *run, size_t f, enum math_id math,
                         struct error *error)
{
    const struct experiment *experiment = run->experiment;
    struct nan_change vanished = {.first_case = NO_CASE}, appeared = {.first_case = NO_CASE};
    for (size_t format = 0; format < experiment->formats_count; format++) {
        const struct platform_cell *cell = platform_cell(run, format, f, math);
        nan_change_merge(&vanished, &cell->vanished);
        nan_change_merge(&appeared, &cell->appeared);
    }
    if (vanished.cases + appeared.cases == 0)
        return OK;
    char *text;
    uint64_t first = vanished.cases > 0 ? vanished.first_case : appeared.first_case;
    int code = platform_input(run, first, experiment->formulations[f], math, &text, error);
    if (code == OK)
        fprintf(out, "| %s | `%s` | `%s` | %" PRIu64 " | %" PRIu64 " | `xulp eval %s` |\n",
                experiment->name, formulations[experiment->formulations[f]].name, maths[math].name,
                vanished.cases, appeared.cases, text);
    free(text);
    return code;
}

static int print_nans(FILE *out, const struct platform_run *runs, size_t count, struct error *error)
{
    fputs("## NaN that vanish and NaN that appear\n\n"
          "Against the same formulation in `libm`, all formats together. The last column replays "
          "the first case, a vanished one where there is one.\n\n"
          "| experiment | formulation | math | vanished | appeared | first |\n"
          "|---|---|---|--:|--:|---|\n",
          out);
    int code = OK;
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < runs[i].experiment->formulations_count; f++)
            for (size_t math = 0; math < MATH_COUNT && code == OK; math++)
                code = print_nan_row(out, &runs[i], f, (enum math_id)math, error);
    fputc('\n', out);
    return code;
}

/* --- all of it ------------------------------------------------------------------------------- */

static const struct matrix matrices[] = {
    {"Last bits",
     "Results with other bits than `libm`'s, and how far the farthest is from it in values of the "
     "format; *±0*: they differ in the sign of a zero alone; *NaN*: one of the two is NaN. Rows in "
     "which no math differs are "
     "left out.",
     field_of_bits},
    {"Wrong results",
     "Failures, false zeros, wrong signs and errors above 16 ulp. Rows in which all maths have as "
     "many are left out.",
     field_of_grave},
};

static int print_page(FILE *out, const struct platform_run *runs, size_t count, struct error *error)
{
    char *processor = processor_name();
    if (processor == NULL)
        return error_no_memory(error);
    fputs("# The same formulations, compiled otherwise\n\n"
          "Every formulation of the experiments, in binary32 and binary64, in every math that this "
          "machine's compilers and libraries give. Unlike the report, this page is true of one "
          "machine: another processor, compiler or library gives another. All its figures are in "
          "[platform.tsv](platform.tsv).\n\n",
          out);
    print_machine(out, processor);
    free(processor);
    print_summaries(out, runs, count);
    for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++)
        print_matrix(out, &matrices[i], runs, count);
    return print_nans(out, runs, count, error);
}

int platform_page_write(const struct platform_run *runs, size_t count, const char *directory,
                        const char *share, struct error *error)
{
    char *text = NULL, *style = NULL, *template = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        return error_no_memory(error);
    int code = print_page(out, runs, count, error);
    if (fclose(out) != 0 && code == OK)
        code = error_no_memory(error);
    if (asprintf(&style, "%s/report/style.css", share) < 0)
        style = NULL;
    if (asprintf(&template, "%s/report/template.html", share) < 0)
        template = NULL;
    if (code == OK && (style == NULL || template == NULL))
        code = error_no_memory(error);
    if (code == OK) {
        const struct page page = {directory, "platform.md", "platform.html", style, template};
        code = page_write(&page, text, error);
    }
    free(text);
    free(style);
    free(template);
    return code;
}
