/* The files of a corpus.  A number stands in decimal where six digits are it,
 * and else as a hex float; one after another that are equal are written once. */
#include "report/corpus.h"

#include "core/file.h"
#include "core/number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_entries(const void *a, const void *b)
{
    const struct corpus_entry *x = a, *y = b;
    int order = compare_sizes(x->formulation, y->formulation);
    if (order == 0)
        order = compare_sizes(format_id_of(x->space.format), format_id_of(y->space.format));
    return order != 0 ? order : compare_sizes(x->kind, y->kind);
}

/* --- parts ---------------------------------------------------------------------------- */

static void number_text(double x, char text[NUMBER_TEXT])
{
    for (int digits = 1; digits <= 6; digits++) {
        snprintf(text, NUMBER_TEXT, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            return;
    }
    number_hex(x, text);
}

static void write_list(FILE *out, const struct format *format, const char *key,
                       const int64_t *ordinals, size_t count)
{
    fprintf(out, ", %s: \"", key);
    for (size_t i = 0; i < count;) {
        char text[NUMBER_TEXT];
        size_t run = 1;
        while (i + run < count && ordinals[i] == ordinals[i + run])
            run++;
        number_text(format_from_ordinal(format, ordinals[i]), text);
        fprintf(out, "%s%s", i == 0 ? "" : ",", text);
        if (run > 1)
            fprintf(out, "*%zu", run);
        i += run;
    }
    fputc('"', out);
}

/* A name of a sweep: what is no letter or digit becomes a hyphen. */
static void write_plain(FILE *out, const char *name)
{
    for (; *name != '\0'; name++)
        fputc(isalnum((unsigned char)*name) ? *name : '-', out);
}

/* What was found, for people: replay measures it. */
static void write_observed(FILE *out, const struct corpus_entry *entry)
{
    const struct hunt_sight *sight = &entry->find.sight;
    if (class_is_failure(sight->class))
        fputs(class_names[sight->class], out);
    else
        fprintf(out, "%.6g ulp, %s", sight->ulp_error, class_names[sight->class]);
}

static void write_entry(FILE *out, const struct corpus_entry *entry)
{
    const struct hunt_space *space = &entry->space;
    const struct hunt_case *point = &entry->find.point;
    const char *name = formulations[entry->formulation].name;
    fputs("  - {name: ", out);
    write_plain(out, name);
    fputc('-', out);
    write_plain(out, space->format->name);
    fprintf(out, "-%s, family: literal, formats: [%s],\n", hunt_kind_names[entry->kind],
            space->format->name);
    fprintf(out, "     source: xulp hunt, note: \"%s\", models: [%s], observed: \"", entry->note,
            name);
    write_observed(out, entry);
    fprintf(out, "\",\n     cases: [{name: %s", hunt_kind_names[entry->kind]);
    write_list(out, space->format, "values", point->values, point->columns);
    if (case_parts[space->problem].targets)
        fprintf(out, ", targets: \"%zu\"", point->target);
    if (case_parts[space->problem].labels)
        write_list(out, space->format, "labels", point->labels, point->columns);
    if (space->problem == PROBLEM_bce_prob_batch)
        fprintf(out, ", columns: %zu", point->columns);
    if (space->weighted)
        write_list(out, space->format, "pos-weight", &point->weight, 1);
    fputs("}]}\n", out);
}

/* --- files ---------------------------------------------------------------------------- */

/* The formats, or the formulations, of the entries of a problem. */
static void write_names(FILE *out, const struct corpus *corpus, enum problem_id problem,
                        bool formats_of)
{
    size_t count = formats_of ? FORMAT_COUNT : formulation_total;
    const char *before = "";
    fputs(formats_of ? "formats: [" : "formulations: [", out);
    for (size_t name = 0; name < count; name++) {
        size_t i = 0;
        while (i < corpus->count &&
               (corpus->entries[i].space.problem != problem ||
                name != (formats_of ? (size_t)format_id_of(corpus->entries[i].space.format)
                                    : corpus->entries[i].formulation)))
            i++;
        if (i == corpus->count)
            continue;
        fprintf(out, "%s%s", before, formats_of ? formats[name].name : formulations[name].name);
        before = ", ";
    }
    fputs("]\n", out);
}

static int write_problem(const struct corpus *corpus, enum problem_id problem,
                         const char *directory, struct error *error)
{
    struct output output;
    char *name;
    if (asprintf(&name, "hunt-%s.yaml", problems[problem].name) < 0)
        return error_no_memory(error);
    int code = output_open(&output, directory, name, error);
    free(name);
    if (code != OK)
        return code;
    fputs("# Finds of `xulp hunt`, written by its option --corpus (docs/hunt.md): lower bounds.\n"
          "# What is said to be observed was measured then; a run measures it again.\n",
          output.stream);
    fprintf(output.stream, "title: Worst inputs found for %s\nproblem: %s\n",
            problems[problem].name, problems[problem].name);
    write_names(output.stream, corpus, problem, true);
    write_names(output.stream, corpus, problem, false);
    fputs("sweeps:\n", output.stream);
    for (size_t i = 0; i < corpus->count; i++)
        if (corpus->entries[i].space.problem == problem)
            write_entry(output.stream, &corpus->entries[i]);
    return output_commit(&output, error);
}

int corpus_write(struct corpus *corpus, const char *directory, struct error *error)
{
    int code = make_directory(directory, error);
    if (corpus->count > 0)
        qsort(corpus->entries, corpus->count, sizeof *corpus->entries, compare_entries);
    for (size_t p = 0; p < PROBLEM_COUNT && code == OK; p++)
        for (size_t i = 0; i < corpus->count; i++)
            if (corpus->entries[i].space.problem == (enum problem_id)p) {
                code = write_problem(corpus, (enum problem_id)p, directory, error);
                break;
            }
    return code;
}
