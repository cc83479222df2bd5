/* NAME.blame.tsv: of chosen cells of a run, how much of the error of its worst
 * case each rounding makes.
 *
 * The rows of one formulation in one segment are made by one thread, into a
 * text of their own; the texts are written in the order of the plan. */
#include "report/blame_tables.h"

#include "core/file.h"
#include "core/number.h"
#include "oracle/oracle.h"
#include "sweep/attribute.h"

#include <math.h>
#include <stdlib.h>

enum {
    BINS = 12, /* of a sweep that does not say how many */
    FEWEST_BINS = 1,
    /* Of rounded operations in one evaluation: what has more is left out … */
    MOST_OPERATIONS = 20000,
    /* … and in one evaluation each of the chosen bins: their number is cut to
     * that.  An operation costs some 5 µs at 128 bits, 100 µs at 2000. */
    ALL_OPERATIONS = 2400,
};

/* One formulation in one segment. */
struct subject {
    const struct run_result *result;
    const struct segment *segment;
    size_t position; /* of the formulation in the experiment */
    size_t quantity; /* the loss's position in the experiment */
};

struct blamer {
    struct case_store store;
    struct workspace workspace;
    struct enclosure enclosure;
    FILE *out;
};

/* Why a bin was chosen: flags. */
enum choice { CHOICE_none, CHOICE_spread = 1, CHOICE_worst = 2, CHOICE_failure = 4 };

static const char *const choice_names[] = {
    "",        "spread",         "worst",         "spread+worst",
    "failure", "spread+failure", "worst+failure", "spread+worst+failure",
};

static const struct tally *tally_of(const struct subject *subject, size_t bin)
{
    return run_tally(subject->result, subject->segment->first_bin + bin, subject->position,
                     subject->quantity);
}

static size_t formulation_of(const struct subject *subject)
{
    return subject->result->plan->experiment->formulations[subject->position];
}

/* --- which bins ------------------------------------------------------------- */

/* Of the bins with a result, the middle one of each of `wanted` equal parts. */
static void choose_spread(const struct subject *subject, size_t wanted, unsigned *choices)
{
    size_t there = 0, seen = 0, next = 0;
    for (size_t bin = 0; bin < subject->segment->bins; bin++)
        there += tally_cases(tally_of(subject, bin)) > 0;
    if (wanted > there)
        wanted = there;
    for (size_t bin = 0; bin < subject->segment->bins && next < wanted; bin++) {
        if (tally_cases(tally_of(subject, bin)) == 0)
            continue;
        size_t due = (2 * next + 1) * there / (2 * wanted);
        if (seen++ == due) {
            choices[bin] = CHOICE_spread;
            next++;
        }
    }
}

/* The bin with the greatest error, and the first with a failure. */
static void choose_extremes(const struct subject *subject, unsigned *choices)
{
    size_t worst = subject->segment->bins, failure = worst;
    double worst_error = -1;
    for (size_t bin = 0; bin < subject->segment->bins; bin++) {
        const struct tally *tally = tally_of(subject, bin);
        if (tally->worst_case != NO_CASE && tally->worst.ulp_error > worst_error) {
            worst_error = tally->worst.ulp_error;
            worst = bin;
        }
        if (tally->failure_case != NO_CASE && failure == subject->segment->bins)
            failure = bin;
    }
    if (worst < subject->segment->bins)
        choices[worst] |= CHOICE_worst;
    if (failure < subject->segment->bins)
        choices[failure] |= CHOICE_failure;
}

/* The worst case of the bin; a failure where there is no other, or where the
 * bin was chosen for nothing else. */
static uint64_t case_of(const struct tally *tally, unsigned choice)
{
    bool failure = choice == CHOICE_failure || tally->worst_case == NO_CASE;
    return failure ? tally->failure_case : tally->worst_case;
}

/* Makes a case in the blamer's store, and counts what it costs. */
static int make_case(const struct subject *subject, uint64_t case_number, struct blamer *blamer,
                     struct place *place, uint64_t *operations, struct error *error)
{
    struct cost cost;
    int code = plan_case(subject->result->plan, case_number, &blamer->store, place, error);
    if (code == OK)
        code = formulation_cost(formulation_of(subject), subject->segment->format,
                                &blamer->store.input, &blamer->workspace, &cost, error);
    if (code == OK)
        *operations = cost.operations;
    return code;
}

/* How many bins the operations of the formulation leave.  What grows along the
 * axis has most of them in the last bin. */
static int affordable(const struct subject *subject, struct blamer *blamer, size_t *bins,
                      struct error *error)
{
    uint32_t asked = subject->segment->sweep->blame;
    uint64_t operations = 0;
    struct place place;
    size_t last = subject->segment->bins;
    *bins = asked > 0 ? asked : BINS;
    while (last > 0 && tally_cases(tally_of(subject, last - 1)) == 0)
        last--;
    if (last == 0)
        return OK;
    int code = make_case(subject, case_of(tally_of(subject, last - 1), CHOICE_none), blamer, &place,
                         &operations, error);
    if (operations > 0 && *bins * operations > ALL_OPERATIONS)
        *bins =
            ALL_OPERATIONS / operations > FEWEST_BINS ? ALL_OPERATIONS / operations : FEWEST_BINS;
    return code;
}

/* --- rows ------------------------------------------------------------------- */

/* "\t" and a number in six digits, nothing for what is no number. */
static void print_number(FILE *out, double x)
{
    if (isnan(x))
        fputc('\t', out);
    else
        fprintf(out, "\t%.6g", x);
}

struct row {
    const struct subject *subject;
    const struct attribution *attribution;
    size_t bin;
    unsigned choice;
    uint64_t case_number;
    double axis_value, magnitude; /* Σ of the parts' magnitudes */
};

static void print_row(FILE *out, const struct row *row, const struct rounding *site, double ulp,
                      const char *class)
{
    const struct segment *segment = row->subject->segment;
    const struct attribution *attribution = row->attribution;
    char text[200];
    rounding_formula(site, text, sizeof text);
    fprintf(out, "%s\t%s\t%s\t%s\t%zu", row->subject->result->plan->experiment->name,
            segment->sweep->name, segment->format->name,
            formulations[formulation_of(row->subject)].name, row->bin);
    print_number(out, row->axis_value);
    fprintf(out, "\t%llu\t%s\t%s", (unsigned long long)row->case_number, choice_names[row->choice],
            class_names[attribution->class]);
    fprintf(out, "\t%s\t%s\t%s", site->kind, text, site->file);
    if (site->line > 0)
        fprintf(out, ":%d", site->line);
    print_number(out, ulp);
    print_number(out, fabs(ulp) / row->magnitude); /* 0/0 where no rounding did anything */
    fprintf(out, "\t%s", class);
    print_number(out, class_is_failure(attribution->class) ? NAN : attribution->total);
    print_number(out, attribution->sum);
    print_number(out, attribution->remainder);
    fputc('\n', out);
}

static const char header[] =
    "experiment\tsweep\tformat\tformulation\tbin\taxis\tcase\tchosen\tclass\tkind\toperation\t"
    "place\town_ulp\tshare\town_class\ttotal_ulp\tsum_ulp\tremainder_ulp\n";

static void print_attribution(FILE *out, struct row *row)
{
    static const struct rounding formula = {"formula", "what is computed without roundings", "", 0,
                                            0};
    const struct attribution *attribution = row->attribution;
    row->magnitude = fabs(attribution->formula);
    for (size_t i = 0; i < attribution->count; i++)
        row->magnitude += fabs(attribution->parts[i].ulp);
    if (attribution->formula != 0)
        print_row(out, row, &formula, attribution->formula, "");
    for (size_t i = 0; i < attribution->count; i++) {
        const struct part *part = &attribution->parts[i];
        print_row(out, row, part->site, part->ulp, class_names[part->class]);
    }
}

static int blame_bin(const struct subject *subject, size_t bin, unsigned choice,
                     struct blamer *blamer, struct error *error)
{
    const struct format *format = subject->segment->format;
    const struct input_case *input = &blamer->store.input;
    struct attribution attribution;
    struct row row = {.subject = subject, .attribution = &attribution, .bin = bin};
    struct place place;
    uint64_t operations = 0;
    bool there = false;
    row.choice = choice;
    row.case_number = case_of(tally_of(subject, bin), choice);
    int code = make_case(subject, row.case_number, blamer, &place, &operations, error);
    if (code != OK || operations > MOST_OPERATIONS || input->reduction == REDUCTION_NONE)
        return code;
    row.axis_value = place.axis_value;
    code = oracle_certify(input, quantity_loss(0), format, &blamer->enclosure, error);
    if (code == OK)
        code = attribute(formulation_of(subject), format, input, &blamer->enclosure,
                         &blamer->workspace, &attribution, &there, error);
    if (code == OK && there)
        print_attribution(blamer->out, &row);
    return code;
}

static int blame_subject(const struct subject *subject, struct blamer *blamer, struct error *error)
{
    unsigned *choices = calloc(subject->segment->bins, sizeof *choices);
    if (choices == NULL)
        return error_no_memory(error);
    size_t wanted;
    int code = affordable(subject, blamer, &wanted, error);
    if (code == OK) {
        choose_spread(subject, wanted, choices);
        choose_extremes(subject, choices);
    }
    for (size_t bin = 0; bin < subject->segment->bins && code == OK; bin++)
        if (choices[bin] != CHOICE_none)
            code = blame_bin(subject, bin, choices[bin], blamer, error);
    free(choices);
    return code;
}

/* The rows of a subject as a text, to be freed. */
static int subject_text(const struct subject *subject, struct blamer *blamer, char **text,
                        struct error *error)
{
    size_t length;
    blamer->out = open_memstream(text, &length);
    if (blamer->out == NULL)
        return error_no_memory(error);
    int code = blame_subject(subject, blamer, error);
    bool whole = !ferror(blamer->out);
    return (fclose(blamer->out) == 0 && whole) || code != OK ? code : error_no_memory(error);
}

/* --- the table ---------------------------------------------------------------- */

/* texts[segment][formulation] */
static int make_texts(const struct run_result *result, size_t quantity, char **texts,
                      struct error *error)
{
    const struct plan *plan = result->plan;
    size_t per_segment = plan->experiment->formulations_count;
    int code = OK;
#pragma omp parallel
    {
        struct blamer blamer = {0};
        struct error own;
        int status = OK;
        enclosure_init(&blamer.enclosure);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < plan->segment_count * per_segment; i++) {
            struct subject subject = {result, &plan->segments[i / per_segment], i % per_segment,
                                      quantity};
            if (status == OK)
                status = subject_text(&subject, &blamer, &texts[i], &own);
        }
        if (status != OK) {
#pragma omp critical
            {
                code = status;
                *error = own;
            }
        }
        case_store_clear(&blamer.store);
        workspace_clear(&blamer.workspace);
        enclosure_clear(&blamer.enclosure);
        oracle_thread_done();
    }
    return code;
}

static int write_texts(const struct run_result *result, char *const *texts, size_t count,
                       const char *directory, struct error *error)
{
    struct output output;
    char *name;
    if (asprintf(&name, "%s.blame.tsv", result->plan->experiment->name) < 0)
        return error_no_memory(error);
    int code = output_open(&output, directory, name, error);
    free(name);
    if (code != OK)
        return code;
    fputs(header, output.stream);
    for (size_t i = 0; i < count; i++)
        fputs(texts[i], output.stream);
    return output_commit(&output, error);
}

int blame_tables_write(const struct run_result *result, const char *directory, struct error *error)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t quantity = 0;
    while (quantity < experiment->quantities_count &&
           experiment->quantities[quantity] != MEASURED_loss)
        quantity++;
    if (quantity == experiment->quantities_count)
        return OK;
    size_t count = result->plan->segment_count * experiment->formulations_count;
    char **texts = calloc(count, sizeof *texts);
    if (texts == NULL)
        return error_no_memory(error);
    int code = make_texts(result, quantity, texts, error);
    if (code == OK)
        code = write_texts(result, texts, count, directory, error);
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
    return code;
}
