/* What xulp eval prints: text for people, TSV, JSON. */
#include "cli/eval_output.h"

#include "core/number.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_INPUT_SHOWN = 400 };

/* A number as every output writes it: six digits, nan without a sign. */
static void print_error(double x, char text[NUMBER_TEXT])
{
    if (isnan(x))
        snprintf(text, NUMBER_TEXT, "nan");
    else
        snprintf(text, NUMBER_TEXT, "%.6g", x);
}

/* The columns of one row after the formulation's and the format's name. */
struct row_text {
    char got[NUMBER_TEXT], got_hex[NUMBER_TEXT];
    char ulp[NUMBER_TEXT], rel[NUMBER_TEXT], abs[NUMBER_TEXT], kappa[NUMBER_TEXT];
};

static void make_text(const struct format *format, const struct eval_row *row,
                      struct row_text *text)
{
    number_decimal(format, row->got, text->got);
    number_hex(row->got, text->got_hex);
    print_error(row->measurement.ulp_error, text->ulp);
    print_error(row->measurement.rel_error, text->rel);
    print_error(row->measurement.abs_error, text->abs);
    print_error(row->kappa, text->kappa);
}

/* Rows of one exact value stand together, under it. */
static void print_text(const struct eval_table *table)
{
    bool cut = strlen(table->input) > LONGEST_INPUT_SHOWN;
    printf("input  %.*s%s\n", LONGEST_INPUT_SHOWN, table->input, cut ? "… (whole in --tsv)" : "");
    const char *exact = NULL;
    for (size_t i = 0; i < table->count; i++) {
        const struct eval_row *row = &table->rows[i];
        struct row_text text;
        make_text(table->format, row, &text);
        if (row->exact != exact && row->is_gradient)
            printf("\nexact  %s   (%s)\n\n", row->exact, strchr(row->quantity, '['));
        else if (row->exact != exact)
            printf(isnan(row->kappa) ? "%sexact  %s\n\n" : "%sexact  %s   (κ = %s)\n\n",
                   i == 0 ? "" : "\n", row->exact, text.kappa);
        if (row->exact != exact)
            printf("%-28s %-16s %-24s %-26s %12s %12s  %s\n", "formulation", "quantity", "got",
                   "got, hex", "ulp error", "rel error", "class");
        exact = row->exact;
        printf("%-28s %-16s %-24s %-26s %12s %12s  %s\n", row->formulation, row->quantity, text.got,
               text.got_hex, text.ulp, text.rel, class_names[row->measurement.class]);
    }
}

static void print_tsv(const struct eval_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct eval_row *row = &table->rows[i];
        struct row_text text;
        make_text(table->format, row, &text);
        printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", row->formulation,
               table->format->name, row->quantity, text.got, text.got_hex, row->exact, text.ulp,
               text.rel, text.abs, class_names[row->measurement.class], text.kappa, table->input);
    }
}

/* JSON has no NaN and no infinity: numbers travel as the strings that the TSV
 * shows, all of them, so that a reader needs one rule. */
static json_t *row_object(const struct eval_table *table, const struct eval_row *row)
{
    struct row_text text;
    make_text(table->format, row, &text);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "formulation",
                     row->formulation, "format", table->format->name, "quantity", row->quantity,
                     "got", text.got, "got_hex", text.got_hex, "exact", row->exact, "ulp_error",
                     text.ulp, "rel_error", text.rel, "abs_error", text.abs, "class",
                     class_names[row->measurement.class], "kappa", text.kappa, "input",
                     table->input);
}

static int print_json(enum problem_id problem, const struct eval_table *tables, size_t count,
                      struct error *error)
{
    json_t *rows = json_array();
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            json_array_append_new(rows, row_object(&tables[t], &tables[t].rows[i]));
    json_t *root = json_pack("{s:s, s:o}", "problem", problems[problem].name, "results", rows);
    if (root == NULL)
        return error_no_memory(error);
    if (json_dumpf(root, stdout, JSON_INDENT(2)) == 0)
        putchar('\n');
    json_decref(root);
    return OK;
}

int eval_print(enum eval_style style, enum problem_id problem, const struct eval_table *tables,
               size_t count, struct error *error)
{
    if (style == EVAL_JSON)
        return print_json(problem, tables, count, error);
    if (style == EVAL_TSV)
        puts("formulation\tformat\tquantity\tgot\tgot_hex\texact\tulp_error\trel_error\tabs_error\t"
             "class\tkappa\tinput");
    for (size_t t = 0; t < count; t++) {
        if (style == EVAL_TSV) {
            print_tsv(&tables[t]);
        } else {
            if (t > 0)
                putchar('\n');
            print_text(&tables[t]);
        }
    }
    return OK;
}
