/* platform.tsv. */
#include "report/platform_table.h"

#include "core/file.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_ARGUMENTS = 400 };

/* Case i of the plan, written out, or by its number where that would be long. */
static int case_text(const struct platform_run *run, uint64_t i, char **text, struct error *error)
{
    struct case_store store = {0};
    struct place place;
    int code = plan_case(&run->plan, i, &store, &place, error);
    if (code == OK) {
        *text = case_arguments(&store.input, place.segment->format, LONGEST_ARGUMENTS);
        if (*text == NULL)
            code = error_no_memory(error);
    }
    case_store_clear(&store);
    if (code != OK || **text != '\0')
        return code;
    free(*text);
    if (asprintf(text, "--experiment %s --case %" PRIu64, run->path, i) >= 0)
        return OK;
    *text = NULL;
    return error_no_memory(error);
}

int platform_input(const struct platform_run *run, uint64_t i, size_t formulation,
                   enum math_id math, char **text, struct error *error)
{
    char *input = NULL;
    *text = NULL;
    int code = OK;
    if (i == NO_CASE)
        *text = strdup("");
    else if ((code = case_text(run, i, &input, error)) == OK &&
             asprintf(text, "%s --formulation %s --math %s", input, formulations[formulation].name,
                      maths[math].name) < 0)
        *text = NULL;
    free(input);
    return code == OK && *text == NULL ? error_no_memory(error) : code;
}

static void print_header(FILE *out)
{
    fputs("experiment\tproblem\tformulation\tformat\tmath\tcases\tdiffer_libm\tsigns_libm\t"
          "ordinals_libm\tdiffer_canonical\tsigns_canonical\tordinals_canonical\tnan_vanished\t"
          "nan_appeared",
          out);
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%s", class_names[class]);
    fputs("\tmax_ulp\tmax_ulp_input\tdiffer_input\tfarthest_input\tvanished_input\t"
          "appeared_input\n",
          out);
}

static void print_difference(FILE *out, const struct difference *difference)
{
    fprintf(out, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, difference->cases, difference->signs,
            difference->ordinals);
}

static int print_cell(FILE *out, const struct platform_run *run, size_t format, size_t f,
                      enum math_id math, struct error *error)
{
    const struct experiment *experiment = run->experiment;
    const struct platform_cell *cell = platform_cell(run, format, f, math);
    const uint64_t inputs[] = {cell->tally.worst_case, cell->from_libm.first_case,
                               cell->from_libm.far_case, cell->vanished.first_case,
                               cell->appeared.first_case};
    size_t index = experiment->formulations[f];
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%" PRIu64, experiment->name,
            problems[formulations[index].problem].name, formulations[index].name,
            experiment->formats[format]->name, maths[math].name, tally_cases(&cell->tally));
    print_difference(out, &cell->from_libm);
    print_difference(out, &cell->from_canonical);
    fprintf(out, "\t%" PRIu64 "\t%" PRIu64, cell->vanished.cases, cell->appeared.cases);
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%" PRIu64, cell->tally.classes[class]);
    if (cell->tally.worst_case == NO_CASE)
        fputc('\t', out);
    else
        fprintf(out, "\t%.6g", cell->tally.worst.ulp_error);
    int code = OK;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs && code == OK; i++) {
        char *text;
        code = platform_input(run, inputs[i], index, math, &text, error);
        if (code == OK)
            fprintf(out, "\t%s", text);
        free(text);
    }
    fputc('\n', out);
    return code;
}

static int print_run(FILE *out, const struct platform_run *run, struct error *error)
{
    const struct experiment *experiment = run->experiment;
    int code = OK;
    for (size_t f = 0; f < experiment->formulations_count; f++)
        for (size_t format = 0; format < experiment->formats_count; format++)
            for (size_t math = 0; math < MATH_COUNT && code == OK; math++)
                if (tally_cases(&platform_cell(run, format, f, (enum math_id)math)->tally) > 0)
                    code = print_cell(out, run, format, f, (enum math_id)math, error);
    return code;
}

int platform_table_write(const struct platform_run *runs, size_t count, const char *directory,
                         struct error *error)
{
    struct output output;
    int code = output_open(&output, directory, "platform.tsv", error);
    if (code != OK)
        return code;
    print_header(output.stream);
    for (size_t i = 0; i < count && code == OK; i++)
        code = print_run(output.stream, &runs[i], error);
    if (code == OK)
        return output_commit(&output, error);
    output_abandon(&output);
    return code;
}
