/* The gallery, from NAME.cases.tsv: rows of one case stand together there. */
#include "report/block_gallery.h"

#include "measure/assert_close.h"
#include "report/prose.h"

#include <math.h>
#include <string.h>

/* The rows of one case. */
struct shown_case {
    const struct case_row *rows;
    size_t count;
};

static bool same_case(const struct case_row *a, const struct case_row *b)
{
    return strcmp(a->key.field[KEY_EXPERIMENT], b->key.field[KEY_EXPERIMENT]) == 0 &&
           a->number == b->number;
}

static bool is_of(const struct case_row *row, struct word experiment)
{
    return word_names(experiment, row->key.field[KEY_EXPERIMENT]);
}

/* The next case of the experiment from row *at on; false where there is none. */
static bool next_case(const struct results *results, struct word experiment, size_t *at,
                      struct shown_case *shown)
{
    while (*at < results->case_row_count && !is_of(&results->case_rows[*at], experiment))
        ++*at;
    *shown = (struct shown_case){.rows = &results->case_rows[*at]};
    while (*at < results->case_row_count && same_case(shown->rows, &results->case_rows[*at])) {
        shown->count++;
        ++*at;
    }
    return shown->count > 0;
}

/* --- parts of a line ------------------------------------------------------------ */

/* Text for a cell of a Markdown table, where a bar would end the cell; what
 * Markdown gives a meaning is plain. */
static void print_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("|*_`<#~\\[", *text) != NULL)
            fputc('\\', out);
        fputc(*text, out);
    }
}

/* What is measured: nothing for a loss. */
static void print_quantity(FILE *out, const struct case_row *row)
{
    if (*row->component != '\0')
        fprintf(out, ", gradient[%s]", row->component);
}

static bool is_near(const char *class)
{
    enum result_class id = class_find(class);
    return id == CLASS_correct || id == CLASS_faithful || id == CLASS_close;
}

static void print_class(FILE *out, const char *class)
{
    fprintf(out, is_near(class) ? "%s" : "**%s**", class);
}

/* The way of a gradient, after the name of a formulation. */
static const char *way(const struct case_row *row)
{
    if (strcmp(row->quantity, "grad-chain") == 0)
        return " (chain rule)";
    return strcmp(row->quantity, "grad-closed") == 0 ? " (closed form)" : "";
}

static bool is_model(const struct case_row *row)
{
    return strcmp(row->models, "yes") == 0;
}

static bool passes(const struct case_row *row)
{
    return strcmp(row->assert_close, "passes") == 0;
}

static bool same_result(const struct case_row *a, const struct case_row *b)
{
    return strcmp(a->got, b->got) == 0 && strcmp(a->class, b->class) == 0;
}

/* --- all cases ------------------------------------------------------------------ */

/* Would the comparison have noticed?  That is a question only where what the
 * formulation gives is wrong. */
static const char *noticed(const struct case_row *row)
{
    if (strcmp(row->exact, "nan") == 0)
        return "NaN is never close";
    if (is_near(row->class))
        return "nothing to notice";
    return passes(row) ? "**no**" : "yes";
}

/* One line of a cell: the models that give a result, and what it is; or
 * whether it would have been noticed. */
static void print_model(FILE *out, const struct shown_case *shown, size_t first, bool verdict)
{
    const struct case_row *row = &shown->rows[first];
    if (verdict) {
        fputs(noticed(row), out);
        return;
    }
    for (size_t i = first; i < shown->count; i++)
        if (is_model(&shown->rows[i]) && same_result(row, &shown->rows[i]))
            fprintf(out, "%s`%s`%s", i == first ? "" : ", ",
                    shown->rows[i].key.field[KEY_FORMULATION], way(&shown->rows[i]));
    fprintf(out, ": %s, ", prose_table_number(row->got));
    print_class(out, row->class);
}

/* A cell with a line for each result of the formulations that compute as was
 * computed there. */
static void print_models(FILE *out, const struct shown_case *shown, bool verdict)
{
    bool any = false;
    for (size_t i = 0; i < shown->count; i++) {
        if (!is_model(&shown->rows[i]))
            continue;
        size_t first = 0;
        while (!is_model(&shown->rows[first]) || !same_result(&shown->rows[first], &shown->rows[i]))
            first++;
        if (first < i)
            continue;
        fputs(any ? "<br>" : " ", out);
        print_model(out, shown, i, verdict);
        any = true;
    }
    fputs(any ? " |" : " – |", out);
}

static void print_overview(FILE *out, const struct shown_case *shown)
{
    const struct case_row *row = shown->rows;
    fputs("| ", out);
    print_text(out, row->source);
    fputs(" | ", out);
    print_text(out, row->name);
    print_quantity(out, row);
    fprintf(out, " | %s | ", row->key.field[KEY_FORMAT]);
    print_text(out, *row->observed == '\0' ? "–" : row->observed);
    fprintf(out, " | %s |", prose_table_number(row->exact));
    print_models(out, shown, false);
    print_models(out, shown, true);
    fputc('\n', out);
}

/* --- one case ------------------------------------------------------------------- */

/* A row for a result, with every formulation that gives it. */
static void print_result(FILE *out, const struct shown_case *shown, size_t first)
{
    const struct case_row *row = &shown->rows[first];
    char error[PROSE_TEXT] = "–";
    if (!class_is_failure(class_find(row->class)) && isfinite(row->ulp_error))
        prose_number(row->ulp_error, PROSE_ULP_DIGITS, error);
    fprintf(out, "| %s | ", prose_table_number(row->got));
    print_class(out, row->class);
    fprintf(out, " | %s | %s |", error, row->assert_close);
    for (size_t i = first; i < shown->count; i++)
        if (same_result(row, &shown->rows[i]))
            fprintf(out, "%s`%s`%s", i == first ? " " : ", ",
                    shown->rows[i].key.field[KEY_FORMULATION], way(&shown->rows[i]));
    fputs(" |\n", out);
}

/* The note of a sweep stands at the first of its cases. */
static void print_case(FILE *out, const struct shown_case *shown, bool first)
{
    const struct case_row *row = shown->rows;
    fputs("\n### ", out);
    print_text(out, row->source);
    fputs(": ", out);
    print_text(out, row->name);
    print_quantity(out, row);
    fprintf(out, ", %s\n\n`xulp eval %s%s`", row->key.field[KEY_FORMAT], row->input,
            *row->component != '\0' ? " --gradient" : "");
    fprintf(out, "; exact value, in 20 digits: %s", prose_table_number(row->exact));
    if (*row->observed != '\0') {
        fputs("; observed there: ", out);
        print_text(out, row->observed);
    }
    fputs(".\n", out);
    if (first && *row->note != '\0') {
        print_text(out, row->note);
        fputc('\n', out);
    }
    fputs(
        "\n| result | class | error in ulp | assert\\_close | given by |\n|--:|---|--:|---|---|\n",
        out);
    for (size_t i = 0; i < shown->count; i++) {
        size_t like = 0;
        while (!same_result(&shown->rows[like], &shown->rows[i]))
            like++;
        if (like == i)
            print_result(out, shown, i);
    }
}

int block_gallery(FILE *out, struct query *query, const struct word *words)
{
    const struct results *results = query->results;
    struct shown_case shown;
    size_t at = 0, cases = 0;
    fputs("| report | input | format | observed there | exact value, 20 digits | computed as "
          "there, here | would "
          "assert\\_close have noticed? |\n|---|---|---|---|--:|---|---|\n",
          out);
    while (next_case(results, words[0], &at, &shown)) {
        print_overview(out, &shown);
        cases++;
    }
    if (cases == 0)
        return query_error(query, words[0], "no case of '%.*s' has a source", (int)words[0].length,
                           words[0].start);
    at = 0;
    for (const char *sweep = ""; next_case(results, words[0], &at, &shown);) {
        print_case(out, &shown, strcmp(sweep, shown.rows->key.field[KEY_SWEEP]) != 0);
        sweep = shown.rows->key.field[KEY_SWEEP];
    }
    return OK;
}
