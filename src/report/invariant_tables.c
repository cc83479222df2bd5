/* What a run found of the invariants.
 *
 * A count holds the numbers of the cases that break an invariant first and most.  Their
 * inputs, their partners' and the results are had by making these cases again. */
#include "report/invariant_tables.h"

#include "core/file.h"
#include "core/number.h"
#include "oracle/oracle.h"
#include "report/case_text.h"
#include "sweep/invariants.h"

#include <stdlib.h>

void invariant_columns_name(FILE *out)
{
    for (size_t id = 0; id < INVARIANT_COUNT; id++)
        fprintf(out, "\t%s_checked\t%s_broken", invariants[id].name, invariants[id].name);
}

void invariant_columns_print(FILE *out, const struct tally *tally)
{
    for (size_t id = 0; id < INVARIANT_COUNT; id++) {
        const struct invariant_count *count = &tally->invariants[id];
        if (count->checked == 0)
            fputs("\t\t", out);
        else
            fprintf(out, "\t%llu\t%llu", (unsigned long long)count->checked,
                    (unsigned long long)count->broken);
    }
}

/* --- rows ------------------------------------------------------------------------- */

/* A break: a case, its partner, and what was given for them. */
struct find {
    char *input, *partner; /* NULL: there is none */
    struct verdict verdict;
};

/* Of an invariant, for a formulation's quantity on a segment. */
struct row {
    const struct segment *segment;
    size_t f, q;
    enum invariant_id id;
    struct invariant_count count;
    struct find first, worst;
};

/* False where nothing was checked. */
static bool row_make(const struct run_result *result, const struct segment *segment, size_t f,
                     size_t q, enum invariant_id id, struct row *row)
{
    *row = (struct row){.segment = segment, .f = f, .q = q, .id = id};
    invariant_count_init(&row->count);
    for (size_t b = 0; b < segment->bins; b++)
        invariant_count_merge(&row->count,
                              &run_tally(result, segment->first_bin + b, f, q)->invariants[id]);
    return row->count.checked > 0;
}

/* All rows there are, in the table's order. */
static int rows_make(const struct run_result *result, struct row **rows, size_t *count,
                     struct error *error)
{
    const struct plan *plan = result->plan;
    size_t formulation_rows = plan->experiment->quantities_count * INVARIANT_COUNT;
    size_t most = plan->segment_count * plan->experiment->formulations_count * formulation_rows;
    *count = 0;
    *rows = calloc(most, sizeof **rows);
    if (*rows == NULL)
        return error_no_memory(error);
    for (size_t s = 0; s < plan->segment_count; s++)
        for (size_t f = 0; f < plan->experiment->formulations_count; f++)
            for (size_t k = 0; k < formulation_rows; k++)
                *count += row_make(result, &plan->segments[s], f, k / INVARIANT_COUNT,
                                   (enum invariant_id)(k % INVARIANT_COUNT), &(*rows)[*count]);
    return OK;
}

static void rows_clear(struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(rows[i].first.input);
        free(rows[i].first.partner);
        free(rows[i].worst.input);
        free(rows[i].worst.partner);
    }
    free(rows);
}

/* --- finds ------------------------------------------------------------------------ */

/* What it takes to make cases again. */
struct remaker {
    const struct plan *plan;
    enum math_id math;
    struct case_store store;
    struct workspace workspace;
    struct exact_values exact;
    struct invariant_case invariants;
};

static int compute(struct remaker *remaker, const struct row *row, size_t formulation,
                   double *results, struct error *error)
{
    const struct input_case *input = &remaker->store.input;
    enum measured measured = remaker->plan->experiment->quantities[row->q];
    if (measured == MEASURED_loss)
        return formulation_loss(formulation, row->segment->format, remaker->math, input,
                                &remaker->workspace, results, error);
    return formulation_gradient(formulation, row->segment->format,
                                measured == MEASURED_chain ? GRADIENT_chain : GRADIENT_closed,
                                input, &remaker->workspace, results, error);
}

/* A single loss, or row, that was found to break an invariant is defined. */
static int certify(struct remaker *remaker, const struct row *row, struct computed *computed,
                   struct error *error)
{
    const struct input_case *input = &remaker->store.input;
    bool single =
        computed->quantity == QUANTITY_LOSS ? input_case_losses(input) == 1 : input->rows == 1;
    if (single)
        return OK;
    computed->exact = &remaker->exact;
    return exact_certify(&remaker->exact, computed->quantity, input, row->segment->format, error);
}

static int judge(struct remaker *remaker, const struct row *row, const double *results,
                 struct find *find, struct error *error)
{
    struct computed computed = {.formulation = remaker->plan->experiment->formulations[row->f],
                                .math = remaker->math,
                                .quantity = invariants[row->id].quantity,
                                .results = results,
                                .workspace = &remaker->workspace};
    int code = certify(remaker, row, &computed, error);
    if (code == OK)
        code = invariant_check(&remaker->invariants, row->id, &computed, &find->verdict, error);
    if (code != OK || find->verdict.partner == PARTNER_COUNT)
        return code;
    const struct partner *partner = &remaker->invariants.partners[find->verdict.partner].partner;
    find->partner = case_arguments(&partner->store.input, row->segment->format, LONGEST_ARGUMENTS);
    return find->partner == NULL ? error_no_memory(error) : OK;
}

/* Case i, which breaks the row's invariant. */
static int find_make(struct remaker *remaker, const struct row *row, uint64_t i, struct find *find,
                     struct error *error)
{
    if (i == NO_CASE)
        return OK;
    int code = case_text_made(remaker->plan, i, &remaker->store, &find->input, error);
    if (code != OK)
        return code;
    double *results = calloc(input_case_values(&remaker->store.input), sizeof *results);
    if (results == NULL)
        return error_no_memory(error);
    invariant_case_begin(&remaker->invariants, &remaker->store.input, row->segment->format, i);
    code = compute(remaker, row, remaker->plan->experiment->formulations[row->f], results, error);
    if (code == OK)
        code = judge(remaker, row, results, find, error);
    free(results);
    return code;
}

static int finds_make(const struct plan *plan, enum math_id math, struct row *rows, size_t count,
                      struct error *error)
{
    int code = OK;
#pragma omp parallel
    {
        struct remaker remaker = {.plan = plan, .math = math};
        struct error own;
        int status = OK;
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < count; i++) {
            struct row *row = &rows[i];
            if (status == OK)
                status = find_make(&remaker, row, row->count.first_case, &row->first, &own);
            if (status == OK)
                status = find_make(&remaker, row, row->count.worst_case, &row->worst, &own);
        }
        if (status != OK) {
#pragma omp critical
            {
                code = status;
                *error = own;
            }
        }
        case_store_clear(&remaker.store);
        workspace_clear(&remaker.workspace);
        exact_clear(&remaker.exact);
        invariant_case_clear(&remaker.invariants);
        oracle_thread_done();
    }
    return code;
}

/* --- output ----------------------------------------------------------------------- */

/* A result in the digits of its format; a sum, which is none, in those of binary64. */
static void print_value(FILE *out, const struct row *row, double x)
{
    bool is_sum = row->id == INVARIANT_sum_one || row->id == INVARIANT_sum_zero;
    char text[NUMBER_TEXT];
    number_decimal(is_sum ? &formats[FORMAT_binary64] : row->segment->format, x, text);
    fprintf(out, "\t%s", text);
}

/* Five columns. */
static void print_find(FILE *out, const struct row *row, uint64_t case_number,
                       const struct find *find)
{
    if (case_number == NO_CASE) {
        fputs("\t\t\t\t\t", out);
        return;
    }
    fprintf(out, "\t%llu\t%s", (unsigned long long)case_number, find->input);
    print_value(out, row, find->verdict.value);
    fprintf(out, "\t%s", find->partner == NULL ? "" : find->partner);
    if (row->id == INVARIANT_non_negative)
        fputc('\t', out);
    else
        print_value(out, row, find->verdict.other);
}

static void print_rows(FILE *out, const struct plan *plan, const struct row *rows, size_t count)
{
    fputs("experiment\tsweep\tformat\tformulation\tquantity\tinvariant\tchecked\tbroken\t"
          "first_case\tfirst_input\tfirst_value\tfirst_partner\tfirst_partner_value\tworst_by\t"
          "worst_case\tworst_input\tworst_value\tworst_partner\tworst_partner_value\n",
          out);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%llu\t%llu", plan->experiment->name,
                row->segment->sweep->name, row->segment->format->name,
                formulations[plan->experiment->formulations[row->f]].name,
                measured_names[plan->experiment->quantities[row->q]], invariants[row->id].name,
                (unsigned long long)row->count.checked, (unsigned long long)row->count.broken);
        print_find(out, row, row->count.first_case, &row->first);
        if (row->count.broken > 0)
            fprintf(out, "\t%.6g", row->count.worst);
        else
            fputc('\t', out);
        print_find(out, row, row->count.worst_case, &row->worst);
        fputc('\n', out);
    }
}

static int write_table(const struct plan *plan, const struct row *rows, size_t count,
                       const char *directory, const char *name, struct error *error)
{
    struct output output;
    int code = output_open(&output, directory, name, error);
    if (code != OK)
        return code;
    print_rows(output.stream, plan, rows, count);
    return output_commit(&output, error);
}

int invariant_tables_write(const struct run_result *result, enum math_id math,
                           const char *directory, struct error *error)
{
    struct row *rows;
    size_t count;
    char *name;
    int code = rows_make(result, &rows, &count, error);
    if (code != OK)
        return code;
    if (asprintf(&name, "%s.invariants.tsv", result->plan->experiment->name) < 0) {
        rows_clear(rows, count);
        return error_no_memory(error);
    }
    code = finds_make(result->plan, math, rows, count, error);
    if (code == OK && count == 0) /* that of another run must not stand there */
        code = remove_file(directory, name, error);
    else if (code == OK)
        code = write_table(result->plan, rows, count, directory, name, error);
    free(name);
    rows_clear(rows, count);
    return code;
}
