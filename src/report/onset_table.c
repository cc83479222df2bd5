/* The table of onsets.  Inputs are exact; errors have the digits of the other
 * tables, and a failure has none. */
#include "report/onset_table.h"

#include "core/file.h"
#include "core/number.h"

#include <inttypes.h>
#include <math.h>

/* What stands behind a row's first input. */
static const char *verified(const struct onset_row *row)
{
    if (row->exhaustive)
        return "exhaustive";
    return row->found.first == ONSET_NOWHERE ? "sampled" : "neighbours";
}

static const char *problem_name(const struct onset_row *row)
{
    return problems[formulations[row->formulation].problem].name;
}

/* An error in ulp; nothing for NaN and infinities. */
static void ulp_text(const struct measurement *measurement, char text[NUMBER_TEXT])
{
    text[0] = '\0';
    if (isfinite(measurement->ulp_error))
        snprintf(text, NUMBER_TEXT, "%.6g", measurement->ulp_error);
}

/* --- for programs -------------------------------------------------------------- */

static const char header[] =
    "family\tproblem\tformat\tformulation\tcondition\tverified\tfirst\tfirst_decimal\tgot\texact\t"
    "class\tulp\tbefore\tbefore_got\tbefore_class\tbefore_ulp\tclean\tholds\tlooked\tinput\n";

/* The columns of an input that is there. */
static void write_point(FILE *out, const struct onset_row *row)
{
    char v[NUMBER_TEXT], decimal[NUMBER_TEXT], got[NUMBER_TEXT], ulp[NUMBER_TEXT];
    number_hex(row->first.v, v);
    number_decimal(row->format, row->first.v, decimal);
    number_hex(row->first.got, got);
    ulp_text(&row->first.measurement, ulp);
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t", v, decimal, got, row->exact,
            class_names[row->first.measurement.class], ulp);
    if (row->found.first == 0) {
        fputs("\t\t\t\t", out);
        return;
    }
    number_hex(row->before.v, v);
    number_hex(row->before.got, got);
    ulp_text(&row->before.measurement, ulp);
    fprintf(out, "%s\t%s\t%s\t%s\t", v, got, class_names[row->before.measurement.class], ulp);
}

static void write_row(FILE *out, const struct onset_row *row)
{
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t", row->family->name, problem_name(row),
            row->format->name, formulations[row->formulation].name,
            onset_conditions[row->condition].name, verified(row));
    if (row->found.first == ONSET_NOWHERE) {
        fprintf(out, "\t\t\t\t\t\t\t\t\t\t\t\t%" PRIu64 "\t\n", row->found.looked);
        return;
    }
    write_point(out, row);
    fprintf(out, "%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\n", row->found.clean, row->found.holds,
            row->found.looked, row->input);
}

int onset_table_write(const struct onset_result *result, const char *directory, struct error *error)
{
    struct output output;
    int code = make_directory(directory, error);
    if (code == OK)
        code = output_open(&output, directory, ONSET_TABLE, error);
    if (code != OK)
        return code;
    fputs(header, output.stream);
    for (size_t i = 0; i < result->count; i++)
        write_row(output.stream, &result->rows[i]);
    return output_commit(&output, error);
}

/* --- for people ------------------------------------------------------------------ */

static void print_row(FILE *out, const struct onset_row *row)
{
    char v[NUMBER_TEXT], decimal[NUMBER_TEXT], got[NUMBER_TEXT], before[NUMBER_TEXT] = "",
                                                                 ulp[NUMBER_TEXT];
    number_hex(row->first.v, v);
    number_decimal(row->format, row->first.v, decimal);
    number_decimal(row->format, row->first.got, got);
    ulp_text(&row->first.measurement, ulp);
    if (row->found.first > 0)
        number_decimal(row->format, row->before.got, before);
    fprintf(out, "%-18s  %-17s  %-24s  %-14s  %-22s  %-22s  %-22s  %-22s  %-23s  %-9s  %s\n",
            row->family->name, row->format->name, formulations[row->formulation].name,
            onset_conditions[row->condition].name, v, decimal, before, got, row->exact, ulp,
            verified(row));
}

void onset_table_print(FILE *out, const struct onset_result *result)
{
    fprintf(out, "%-18s  %-17s  %-24s  %-14s  %-22s  %-22s  %-22s  %-22s  %-23s  %-9s  %s\n",
            "family", "format", "formulation", "condition", "first v", "decimal", "got before",
            "got", "exact", "ulp", "verified");
    for (size_t i = 0; i < result->count; i++)
        if (result->rows[i].found.first != ONSET_NOWHERE)
            print_row(out, &result->rows[i]);
}
