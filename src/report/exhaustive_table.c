/* The tables of exhaustive runs: exhaustive.tsv, exhaustive.binades.tsv,
 * exhaustive.histogram.tsv and exhaustive.json. */
#include "report/exhaustive_table.h"

#include "core/version.h"
#include "report/exhaustive_row.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

/* What is said of a domain that was covered: every value of it has a certified
 * result, since a run with a value that has none does not end. */
static const char *verified(const struct exhaustive_unit *unit)
{
    return unit->binades.all ? "proved" : "part";
}

/* --- TSV ----------------------------------------------------------------------------------- */

static const char unit_header[] = "problem\tformulation\tformat\tmath\tlabel\ttarget\tverified";

static void print_unit(FILE *out, const struct exhaustive_unit *unit)
{
    bool pairs = exhaustive_columns(unit) == 2;
    fprintf(out, "%s\t%s\t%s\t%s\t", problems[exhaustive_problem(unit)].name,
            formulations[unit->formulation].name, unit->format->name, maths[unit->math].name);
    if (pairs)
        fprintf(out, "\t%zu\t%s", unit->target, verified(unit));
    else
        fprintf(out, "%d\t\t%s", (int)unit->label, verified(unit));
}

static void print_header(FILE *out, bool binades)
{
    fprintf(out, "%s%s\tcases", unit_header, binades ? "\tsign\tbinade" : "");
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%s", class_names[class]);
    fputs("\tmedian_ulp\tp99_ulp\tmax_ulp\tmax_ulp_class\tmax_ulp_rel\tmax_ulp_abs\tmax_ulp_kappa\t"
          "max_ulp_case\tmax_ulp_input\tmax_normal_ulp\tmax_normal_case\tmax_normal_input\t"
          "max_subnormal_ulp\tmax_subnormal_case\tmax_subnormal_input\tfailure_case\t"
          "failure_input\tby_mpfr\tmpfr_share\n",
          out);
}

/* "\t" and a number in six digits. */
static void print_number(FILE *out, double x)
{
    if (isnan(x))
        fputs("\tnan", out);
    else
        fprintf(out, "\t%.6g", x);
}

/* Number and input of a case, with its error before them where that is asked for. */
static void print_case(FILE *out, const struct named_case *named, bool error)
{
    if (named->number == NO_CASE) {
        fputs(error ? "\t\t\t" : "\t\t", out);
        return;
    }
    if (error)
        print_number(out, named->measurement.ulp_error);
    fprintf(out, "\t%llu\t%s", (unsigned long long)named->number, named->input);
}

static void print_worst(FILE *out, const struct named_case *worst)
{
    if (worst->number == NO_CASE) {
        fputs("\t\t\t\t\t\t\t", out);
        return;
    }
    print_number(out, worst->measurement.ulp_error);
    fprintf(out, "\t%s", class_names[worst->measurement.class]);
    print_number(out, worst->measurement.rel_error);
    print_number(out, worst->measurement.abs_error);
    print_number(out, worst->kappa);
    print_case(out, worst, false);
}

static void print_row(FILE *out, const struct exhaustive_row *row)
{
    fprintf(out, "\t%llu", (unsigned long long)tally_cases(&row->all));
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%llu", (unsigned long long)row->all.classes[class]);
    if (row->worst.number == NO_CASE) {
        fputs("\t\t", out);
    } else {
        print_number(out, tally_percentile(&row->all, 500));
        print_number(out, tally_percentile(&row->all, 990));
    }
    print_worst(out, &row->worst);
    print_case(out, &row->worst_by_size[RESULT_normal], true);
    print_case(out, &row->worst_by_size[RESULT_subnormal], true);
    print_case(out, &row->failure, false);
    fprintf(out, "\t%llu\t%.6g\n", (unsigned long long)row->by_mpfr, exhaustive_row_share(row));
}

static void print_binade(FILE *out, const struct span *span)
{
    static const char *const names[] = {[SPAN_zero] = "zero",
                                        [SPAN_subnormal] = "subnormal",
                                        [SPAN_infinity] = "infinity",
                                        [SPAN_nan] = "nan"};
    fprintf(out, "\t%s\t", span->kind == SPAN_nan ? "" : span->negative ? "-" : "+");
    if (span->kind == SPAN_normal)
        fprintf(out, "%d", span->exponent);
    else
        fputs(names[span->kind], out);
}

static void print_histogram(FILE *out, const struct exhaustive_unit *unit, const struct tally *all)
{
    for (size_t bucket = 0; bucket < BUCKET_COUNT; bucket++) {
        if (all->histogram[bucket] == 0)
            continue;
        print_unit(out, unit);
        print_number(out, tally_bucket_edge(bucket));
        print_number(out, tally_bucket_edge(bucket + 1));
        fprintf(out, "\t%llu\n", (unsigned long long)all->histogram[bucket]);
    }
}

/* --- JSON and text --------------------------------------------------------------------------- */

static json_t *number_or_null(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *case_object(const struct named_case *named)
{
    if (named->number == NO_CASE)
        return json_null();
    return json_pack("{s:s, s:o, s:s, s:I}", "class", class_names[named->measurement.class], "ulp",
                     number_or_null(named->measurement.ulp_error), "input", named->input, "case",
                     (json_int_t)named->number);
}

static int add_object(struct exhaustive_tables *tables, const struct exhaustive_unit *unit,
                      const struct exhaustive_row *row, struct error *error)
{
    json_t *classes = json_object();
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        json_object_set_new(classes, class_names[class],
                            json_integer((json_int_t)row->all.classes[class]));
    bool pairs = exhaustive_columns(unit) == 2;
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:b, s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:I, s:f}", "problem",
        problems[exhaustive_problem(unit)].name, "formulation",
        formulations[unit->formulation].name, "format", unit->format->name, "math",
        maths[unit->math].name, pairs ? "target" : "label",
        pairs ? (json_int_t)unit->target : (json_int_t)unit->label, "proved", unit->binades.all,
        "verified", verified(unit), "cases", (json_int_t)tally_cases(&row->all), "classes", classes,
        "max", case_object(&row->worst), "max_normal",
        case_object(&row->worst_by_size[RESULT_normal]), "max_subnormal",
        case_object(&row->worst_by_size[RESULT_subnormal]), "failure", case_object(&row->failure),
        "by_mpfr", (json_int_t)row->by_mpfr, "mpfr_share", exhaustive_row_share(row));
    return json_array_append_new(tables->units, object) == 0 ? OK : error_no_memory(error);
}

static int write_json(struct exhaustive_tables *tables, struct error *error)
{
    json_t *summary = json_pack("{s:s, s:s, s:O}", "program", "xulp", "version", XULP_VERSION,
                                "units", tables->units);
    if (summary == NULL)
        return error_no_memory(error);
    struct output output;
    int code = output_open(&output, tables->directory, "exhaustive.json", error);
    if (code == OK) {
        if (json_dumpf(summary, output.stream, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) == 0)
            fputc('\n', output.stream);
        code = output_commit(&output, error);
    }
    json_decref(summary);
    return code;
}

/* "logits-bce binary32 label 1: proved on 4278190083 inputs: at most 1.2 ulp, …" */
static void print_summary(FILE *out, const struct exhaustive_unit *unit,
                          const struct exhaustive_row *row)
{
    bool pairs = exhaustive_columns(unit) == 2;
    fprintf(out, "%s %s %s %d: %s %llu inputs", formulations[unit->formulation].name,
            unit->format->name, pairs ? "target" : "label",
            pairs ? (int)unit->target : (int)unit->label,
            unit->binades.all ? "proved on all" : "holds on a part of",
            (unsigned long long)tally_cases(&row->all));
    if (row->worst.number != NO_CASE) {
        fprintf(out, ": at most %.6g ulp (%s), xulp eval %s --formulation %s",
                row->worst.measurement.ulp_error, class_names[row->worst.measurement.class],
                row->worst.input, formulations[unit->formulation].name);
        if (unit->math != MATH_canonical)
            fprintf(out, " --math %s", maths[unit->math].name);
    }
    for (size_t class = 0; class < CLASS_COUNT; class ++) {
        enum result_class id = (enum result_class) class;
        if ((class_is_failure(id) || id == CLASS_false_zero || id == CLASS_wrong_sign) &&
            row->all.classes[class] > 0)
            fprintf(out, "; %llu %s", (unsigned long long)row->all.classes[class],
                    class_names[class]);
    }
    fprintf(out, "; %.3g %% by MPFR\n", 100 * exhaustive_row_share(row));
}

/* --- the tables as a whole ----------------------------------------------------------------------
 */

int exhaustive_tables_begin(struct exhaustive_tables *tables, const char *directory,
                            struct error *error)
{
    *tables = (struct exhaustive_tables){.directory = directory, .units = json_array()};
    tables->summary_stream = open_memstream(&tables->summary, &tables->summary_size);
    int code = OK;
    if (tables->units == NULL || tables->summary_stream == NULL)
        code = error_no_memory(error);
    if (code == OK)
        code = output_open(&tables->totals, directory, "exhaustive.tsv", error);
    if (code == OK)
        code = output_open(&tables->binades, directory, "exhaustive.binades.tsv", error);
    if (code == OK)
        code = output_open(&tables->histogram, directory, "exhaustive.histogram.tsv", error);
    if (code != OK) {
        exhaustive_tables_abandon(tables);
        return code;
    }
    print_header(tables->totals.stream, false);
    print_header(tables->binades.stream, true);
    fprintf(tables->histogram.stream, "%s\tulp_from\tulp_to\tresults\n", unit_header);
    return OK;
}

static int add_binades(struct exhaustive_tables *tables, const struct exhaustive_result *result,
                       struct error *error)
{
    FILE *out = tables->binades.stream;
    int code = OK;
    for (size_t s = 0; s < result->domain.span_count && code == OK; s++) {
        struct exhaustive_row row;
        code = exhaustive_row_make(&result->unit, &result->parts[s], &row, error);
        if (code == OK) {
            print_unit(out, &result->unit);
            print_binade(out, &result->domain.spans[s]);
            print_row(out, &row);
        }
        exhaustive_row_clear(&row);
    }
    return code;
}

int exhaustive_tables_add(struct exhaustive_tables *tables, const struct exhaustive_result *result,
                          struct error *error)
{
    struct exhaustive_part whole;
    struct exhaustive_row row;
    exhaustive_part_init(&whole);
    for (size_t s = 0; s < result->domain.span_count; s++)
        exhaustive_part_merge(&whole, &result->parts[s]);
    int code = exhaustive_row_make(&result->unit, &whole, &row, error);
    if (code == OK) {
        print_unit(tables->totals.stream, &result->unit);
        print_row(tables->totals.stream, &row);
        print_histogram(tables->histogram.stream, &result->unit, &row.all);
        print_summary(tables->summary_stream, &result->unit, &row);
        code = add_object(tables, &result->unit, &row, error);
    }
    exhaustive_row_clear(&row);
    return code == OK ? add_binades(tables, result, error) : code;
}

int exhaustive_tables_end(struct exhaustive_tables *tables, struct error *error)
{
    int code = output_commit(&tables->binades, error);
    if (code == OK)
        code = output_commit(&tables->histogram, error);
    if (code == OK)
        code = output_commit(&tables->totals, error);
    if (code == OK)
        code = write_json(tables, error);
    if (code == OK && fflush(tables->summary_stream) != 0)
        code = error_no_memory(error);
    if (code == OK)
        fputs(tables->summary, stdout);
    exhaustive_tables_abandon(tables);
    return code;
}

void exhaustive_tables_abandon(struct exhaustive_tables *tables)
{
    output_abandon(&tables->totals);
    output_abandon(&tables->binades);
    output_abandon(&tables->histogram);
    json_decref(tables->units);
    if (tables->summary_stream != NULL)
        fclose(tables->summary_stream);
    free(tables->summary);
    *tables = (struct exhaustive_tables){0};
}
