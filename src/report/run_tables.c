/* The tables of a run.
 *
 * What a tally cannot hold, the text of its worst case, its condition number
 * and the cost of a formulation, is made here by building that one case again
 * from its number. */
#include "report/run_tables.h"

#include "core/file.h"
#include "core/number.h"
#include "oracle/oracle.h"
#include "report/case_text.h"
#include "report/invariant_tables.h"
#include "theory/bounds.h"

#include <math.h>
#include <stdlib.h>

/* A cell's columns that need cases made again. */
struct detail {
    double kappa;
    struct bound bound; /* in ulp */
    char *worst_input, *failure_input;
    struct cost cost;
};

/* What it takes to make cases again. */
struct remaker {
    const struct plan *plan;
    struct case_store store;
    struct workspace workspace;
    struct enclosure enclosure;
    uint64_t kappa_case; /* kappa, row and exact value are of this one */
    double kappa;
    struct theory_row row;
    double exact;
    int ulp_exponent;
};

static int remake_kappa(struct remaker *remaker, uint64_t i, double *kappa, struct error *error)
{
    if (i != remaker->kappa_case && i != NO_CASE) {
        struct place place;
        int code = plan_case(remaker->plan, i, &remaker->store, &place, error);
        if (code == OK)
            code = oracle_certify(&remaker->store.input, quantity_loss(0), place.segment->format,
                                  &remaker->enclosure, error);
        if (code != OK)
            return code;
        remaker->kappa = oracle_condition(&remaker->store.input, &remaker->enclosure);
        remaker->row = theory_row(&remaker->store.input);
        remaker->exact = mpfr_get_d(remaker->enclosure.lo, MPFR_RNDN);
        remaker->ulp_exponent = oracle_ulp_exponent(&remaker->enclosure, place.segment->format);
        remaker->kappa_case = i;
    }
    *kappa = i == NO_CASE ? NAN : remaker->kappa;
    return OK;
}

/* The bounds of the case that kappa is of. */
static struct bound remake_bound(const struct remaker *remaker, size_t formulation,
                                 const struct format *format)
{
    struct bound bound = theory_bound(formulation, format, &remaker->row, remaker->exact);
    bound.proven = ldexp(bound.proven, -remaker->ulp_exponent);
    bound.printed = ldexp(bound.printed, -remaker->ulp_exponent);
    return bound;
}

/* Counts what case i costs: a formulation's operations depend on the shape of
 * its input, which the cases of a bin share as a rule, hardly on its values. */
static int remake_cost(struct remaker *remaker, const struct segment *segment, uint64_t i,
                       size_t formulation, struct cost *cost, struct error *error)
{
    struct place place;
    int code = plan_case(remaker->plan, i, &remaker->store, &place, error);
    if (code != OK)
        return code;
    return formulation_cost(formulation, segment->format, &remaker->store.input,
                            &remaker->workspace, cost, error);
}

static int remake_bin(struct remaker *remaker, const struct run_result *result,
                      const struct segment *segment, size_t bin, struct detail *details,
                      struct error *error)
{
    const struct experiment *experiment = remaker->plan->experiment;
    size_t quantities = experiment->quantities_count;
    size_t count = experiment->formulations_count * quantities;
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++) {
        size_t f = i / quantities, q = i % quantities;
        const struct tally *tally = run_tally(result, bin, f, q);
        struct detail *detail = &details[bin * count + i];
        bool loss = experiment->quantities[q] == MEASURED_loss;
        if (tally_cases(tally) == 0)
            continue;
        uint64_t any = tally->worst_case != NO_CASE ? tally->worst_case : tally->failure_case;
        code = remake_kappa(remaker, loss ? tally->worst_case : NO_CASE, &detail->kappa, error);
        if (code == OK && loss && tally->worst_case != NO_CASE)
            detail->bound = remake_bound(remaker, experiment->formulations[f], segment->format);
        if (code == OK)
            code = case_text_made(remaker->plan, tally->worst_case, &remaker->store,
                                  &detail->worst_input, error);
        if (code == OK)
            code = case_text_made(remaker->plan, tally->failure_case, &remaker->store,
                                  &detail->failure_input, error);
        if (code == OK)
            code = remake_cost(remaker, segment, any, experiment->formulations[f], &detail->cost,
                               error);
    }
    return code;
}

static const struct segment *segment_of_bin(const struct plan *plan, size_t bin)
{
    const struct segment *segment = plan->segments;
    while (bin >= segment->first_bin + segment->bins)
        segment++;
    return segment;
}

static int remake_details(const struct run_result *result, struct detail *details,
                          struct error *error)
{
    int code = OK;
#pragma omp parallel
    {
        struct remaker remaker = {.plan = result->plan, .kappa_case = NO_CASE};
        struct error own;
        int status = OK;
        enclosure_init(&remaker.enclosure);
#pragma omp for schedule(dynamic)
        for (size_t bin = 0; bin < result->plan->bins; bin++)
            if (status == OK)
                status = remake_bin(&remaker, result, segment_of_bin(result->plan, bin), bin,
                                    details, &own);
        if (status != OK) {
#pragma omp critical
            {
                code = status;
                *error = own;
            }
        }
        case_store_clear(&remaker.store);
        workspace_clear(&remaker.workspace);
        enclosure_clear(&remaker.enclosure);
        oracle_thread_done();
    }
    return code;
}

/* "\t" and a number in six digits, nothing for a number that is not there. */
static void print_number(FILE *out, double x, bool there)
{
    if (!there)
        fputc('\t', out);
    else if (isnan(x))
        fputs("\tnan", out);
    else
        fprintf(out, "\t%.6g", x);
}

static void print_place(FILE *out, const struct plan *plan, const struct segment *segment)
{
    fprintf(out, "%s\t%s\t%s", plan->experiment->name, segment->sweep->name, segment->format->name);
}

static void print_input(FILE *out, uint64_t i, const char *text)
{
    if (i == NO_CASE)
        fputs("\t\t", out);
    else
        fprintf(out, "\t%llu\t%s", (unsigned long long)i, text);
}

static void print_cell(FILE *out, const struct run_result *result, const struct segment *segment,
                       size_t bin, size_t f, size_t q, const struct detail *detail)
{
    const struct plan *plan = result->plan;
    const struct tally *tally = run_tally(result, bin, f, q);
    bool loss = plan->experiment->quantities[q] == MEASURED_loss;
    const struct class_range *axis = run_axis_range(result, bin);
    bool measured = tally->worst_case != NO_CASE;
    print_place(out, plan, segment);
    fprintf(out, "\t%s\t%s\t%zu", formulations[plan->experiment->formulations[f]].name,
            measured_names[plan->experiment->quantities[q]], bin - segment->first_bin);
    print_number(out, format_from_ordinal(segment->format, axis->least), true);
    print_number(out, format_from_ordinal(segment->format, axis->greatest), true);
    fprintf(out, "\t%llu", (unsigned long long)tally_cases(tally));
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%llu", (unsigned long long)tally->classes[class]);
    print_number(out, tally_percentile(tally, 500), measured);
    print_number(out, tally_percentile(tally, 990), measured);
    print_number(out, tally->worst.ulp_error, measured);
    print_number(out, tally->worst.rel_error, measured);
    print_number(out, tally->worst.abs_error, measured);
    print_number(out, detail->kappa, measured && loss);
    print_input(out, tally->worst_case, detail->worst_input);
    print_input(out, tally->failure_case, detail->failure_input);
    if (measured && !loss)
        fprintf(out, "\t%zu", tally->worst_index);
    else
        fputc('\t', out);
    print_number(out, tally->norm_error, tally->norm_case != NO_CASE && !loss);
    if (tally->norm_case != NO_CASE && !loss)
        fprintf(out, "\t%llu", (unsigned long long)tally->norm_case);
    else
        fputc('\t', out);
    fprintf(out, "\t%llu\t%llu\t%zu", (unsigned long long)tally->assert_close_passes,
            (unsigned long long)detail->cost.operations, detail->cost.bytes);
    print_number(out, detail->bound.proven, measured && loss && !isnan(detail->bound.proven));
    print_number(out, detail->bound.printed, measured && loss && !isnan(detail->bound.printed));
    fprintf(out, "\t%llu\t%llu", (unsigned long long)tally->beyond_proven,
            (unsigned long long)tally->beyond_printed);
    invariant_columns_print(out, tally);
    fputc('\n', out);
}

static void print_cells(FILE *out, const struct run_result *result, const struct detail *details)
{
    const struct plan *plan = result->plan;
    fputs("experiment\tsweep\tformat\tformulation\tquantity\tbin\taxis_from\taxis_to\tcases", out);
    for (size_t class = 0; class < CLASS_COUNT; class ++)
        fprintf(out, "\t%s", class_names[class]);
    fputs("\tmedian_ulp\tp99_ulp\tmax_ulp\tmax_ulp_rel\tmax_ulp_abs\tmax_ulp_kappa\tmax_ulp_case\t"
          "max_ulp_input\tfailure_case\tfailure_input\tmax_ulp_component\tnorm_error\tnorm_case\t"
          "assert_close_passes\toperations\tbytes\tbound_ulp\tprinted_bound_ulp\tbeyond_bound\t"
          "beyond_printed_bound",
          out);
    invariant_columns_name(out);
    fputc('\n', out);
    size_t quantities = plan->experiment->quantities_count;
    size_t count = plan->experiment->formulations_count * quantities;
    for (size_t s = 0; s < plan->segment_count; s++) {
        const struct segment *segment = &plan->segments[s];
        for (size_t i = 0; i < count; i++)
            for (size_t b = 0; b < segment->bins; b++) {
                size_t bin = segment->first_bin + b, f = i / quantities, q = i % quantities;
                if (tally_cases(run_tally(result, bin, f, q)) > 0)
                    print_cell(out, result, segment, bin, f, q, &details[bin * count + i]);
            }
    }
}

static void print_class_row(FILE *out, const struct run_result *result, size_t s, size_t f,
                            size_t q, enum result_class class)
{
    const struct plan *plan = result->plan;
    const struct segment *segment = &plan->segments[s];
    uint64_t cases = 0, total = 0;
    for (size_t b = 0; b < segment->bins; b++) {
        const struct tally *tally = run_tally(result, segment->first_bin + b, f, q);
        cases += tally->classes[class];
        total += tally_cases(tally);
    }
    if (cases == 0)
        return;
    const struct class_range *range = run_range(result, s, f, q, class);
    double least = format_from_ordinal(segment->format, range->least);
    double greatest = format_from_ordinal(segment->format, range->greatest);
    char hex[2][NUMBER_TEXT], decimal[2][NUMBER_TEXT];
    number_hex(least, hex[0]);
    number_hex(greatest, hex[1]);
    number_decimal(segment->format, least, decimal[0]);
    number_decimal(segment->format, greatest, decimal[1]);
    print_place(out, plan, segment);
    fprintf(out, "\t%s\t%s\t%s\t%llu\t%s\t%s\t%s\t%s\t%llu\n",
            formulations[plan->experiment->formulations[f]].name,
            measured_names[plan->experiment->quantities[q]], class_names[class],
            (unsigned long long)cases, hex[0], hex[1], decimal[0], decimal[1],
            (unsigned long long)total);
}

static void print_classes(FILE *out, const struct run_result *result)
{
    fputs("experiment\tsweep\tformat\tformulation\tquantity\tclass\tcases\taxis_least\t"
          "axis_greatest\taxis_least_decimal\taxis_greatest_decimal\ttotal\n",
          out);
    for (size_t s = 0; s < result->plan->segment_count; s++)
        for (size_t f = 0; f < result->plan->experiment->formulations_count; f++)
            for (size_t q = 0; q < result->plan->experiment->quantities_count; q++)
                for (size_t class = 0; class < CLASS_COUNT; class ++)
                    print_class_row(out, result, s, f, q, class);
}

static int print_agreements(FILE *out, const struct run_result *result, struct error *error)
{
    const struct plan *plan = result->plan;
    struct case_store store = {0};
    int code = OK;
    fputs("experiment\tsweep\tformat\tfirst\tsecond\tcases\tidentical\tdifference_case\t"
          "difference_input\n",
          out);
    for (size_t s = 0; s < plan->segment_count; s++)
        for (uint32_t p = 0; p < plan->experiment->pairs_count && code == OK; p++) {
            const struct agreement *agreement = run_agreement(result, s, p);
            char *text;
            code = case_text_made(plan, agreement->difference_case, &store, &text, error);
            if (code != OK)
                break;
            print_place(out, plan, &plan->segments[s]);
            fprintf(out, "\t%s\t%s\t%llu\t%llu", plan->experiment->pairs[p].first,
                    plan->experiment->pairs[p].second, (unsigned long long)agreement->cases,
                    (unsigned long long)agreement->identical);
            print_input(out, agreement->difference_case, text);
            fputc('\n', out);
            free(text);
        }
    case_store_clear(&store);
    return code;
}

static int open_table(struct output *output, const struct run_result *result, const char *directory,
                      const char *ending, struct error *error)
{
    char *name;
    if (asprintf(&name, "%s%s", result->plan->experiment->name, ending) < 0)
        return error_no_memory(error);
    int code = output_open(output, directory, name, error);
    free(name);
    return code;
}

static int write_cells(const struct run_result *result, const char *directory, struct error *error)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t count =
        result->plan->bins * experiment->formulations_count * experiment->quantities_count;
    struct detail *details = calloc(count, sizeof *details);
    if (details == NULL)
        return error_no_memory(error);
    struct output output;
    int code = remake_details(result, details, error);
    if (code == OK)
        code = open_table(&output, result, directory, ".tsv", error);
    if (code == OK) {
        print_cells(output.stream, result, details);
        code = output_commit(&output, error);
    }
    for (size_t i = 0; i < count; i++) {
        free(details[i].worst_input);
        free(details[i].failure_input);
    }
    free(details);
    return code;
}

int run_tables_write(const struct run_result *result, const char *directory, struct error *error)
{
    struct output output;
    int code = write_cells(result, directory, error);
    if (code == OK)
        code = open_table(&output, result, directory, ".classes.tsv", error);
    if (code == OK) {
        print_classes(output.stream, result);
        code = output_commit(&output, error);
    }
    if (code != OK || result->plan->experiment->pairs_count == 0)
        return code;
    code = open_table(&output, result, directory, ".identical.tsv", error);
    if (code != OK)
        return code;
    code = print_agreements(output.stream, result, error);
    if (code == OK)
        return output_commit(&output, error);
    output_abandon(&output);
    return code;
}
