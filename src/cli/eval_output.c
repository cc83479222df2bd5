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

static void make_text(const struct eval_table *table, const struct eval_row *row,
                      struct row_text *text)
{
    number_decimal(table->format, row->got, text->got);
    number_hex(row->got, text->got_hex);
    print_error(row->measurement.ulp_error, text->ulp);
    print_error(row->measurement.rel_error, text->rel);
    print_error(row->measurement.abs_error, text->abs);
    print_error(table->kappa, text->kappa);
}

static void print_text(const struct eval_table *table)
{
    char kappa[NUMBER_TEXT];
    print_error(table->kappa, kappa);
    bool cut = strlen(table->input) > LONGEST_INPUT_SHOWN;
    printf("input  %.*s%s\nexact  %s   (κ = %s)\n\n", LONGEST_INPUT_SHOWN, table->input,
           cut ? "… (whole in --tsv)" : "", table->exact, kappa);
    printf("%-22s %-24s %-26s %12s %12s  %s\n", "formulation", "got", "got, hex", "ulp error",
           "rel error", "class");
    for (size_t i = 0; i < table->count; i++) {
        struct row_text text;
        make_text(table, &table->rows[i], &text);
        printf("%-22s %-24s %-26s %12s %12s  %s\n", table->rows[i].formulation, text.got,
               text.got_hex, text.ulp, text.rel, class_names[table->rows[i].measurement.class]);
    }
}

static void print_tsv(const struct eval_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        struct row_text text;
        make_text(table, &table->rows[i], &text);
        printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", table->rows[i].formulation,
               table->format->name, quantity_names[QUANTITY_LOSS], text.got, text.got_hex,
               table->exact, text.ulp, text.rel, text.abs,
               class_names[table->rows[i].measurement.class], text.kappa, table->input);
    }
}

/* JSON has no NaN and no infinity: numbers travel as the strings that the TSV
 * shows, all of them, so that a reader needs one rule. */
static json_t *row_object(const struct eval_table *table, const struct eval_row *row)
{
    struct row_text text;
    make_text(table, row, &text);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "formulation",
                     row->formulation, "format", table->format->name, "quantity",
                     quantity_names[QUANTITY_LOSS], "got", text.got, "got_hex", text.got_hex,
                     "exact", table->exact, "ulp_error", text.ulp, "rel_error", text.rel,
                     "abs_error", text.abs, "class", class_names[row->measurement.class], "kappa",
                     text.kappa, "input", table->input);
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
