/* The engine.  Threads take chunks of case numbers; each chunk has tallies of its
 * own, which are stored and merged (chunks.c).  Since tallies hold only sums of integers,
 * maxima and lowest case numbers, neither the number of threads nor their order
 * shows in the result. */
#include "sweep/run.h"

#include "oracle/oracle.h"
#include "sweep/invariants.h"
#include "sweep/job_text.h"
#include "theory/bounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chunks have 64 cases or more, and there are at most 1024 of them. */
enum { LEAST_CHUNK = 64, MOST_CHUNKS = 1024 };

static void range_add(struct class_range *range, int64_t ordinal)
{
    if (ordinal < range->least)
        range->least = ordinal;
    if (ordinal > range->greatest)
        range->greatest = ordinal;
}

/* A run at work. */
struct run {
    enum math_id math;
    uint64_t chunk_cases;
    struct run_result *result;
};

/* What one thread works with. */
struct worker {
    const struct run *run;
    struct run_result result; /* of the chunk at hand */
    struct case_store store;
    struct workspace workspace;
    struct exact_values exact[2]; /* by enum quantity_kind: losses, gradient */
    double *results;              /* of one formulation: losses, or a gradient */
    size_t results_capacity;
    double *losses;        /* of the case at hand, by formulation: the first of each */
    struct theory_row row; /* of the case at hand, once row_known */
    bool row_known;
    struct invariant_case invariants; /* of the case at hand */
    struct error error;
};

static void *worker_begin(void *context, struct error *error)
{
    struct worker *worker = calloc(1, sizeof *worker);
    const struct run *run = context;
    if (worker != NULL)
        worker->losses =
            calloc(run->result->plan->experiment->formulations_count, sizeof *worker->losses);
    if (worker == NULL || worker->losses == NULL) {
        free(worker);
        error_no_memory(error);
        return NULL;
    }
    worker->run = run;
    return worker;
}

static void worker_end(void *thread)
{
    struct worker *worker = thread;
    case_store_clear(&worker->store);
    workspace_clear(&worker->workspace);
    invariant_case_clear(&worker->invariants);
    exact_clear(&worker->exact[QUANTITY_LOSS]);
    exact_clear(&worker->exact[QUANTITY_GRADIENT]);
    free(worker->results);
    free(worker->losses);
    free(worker);
    oracle_thread_done();
}

/* Room for so many results. */
static int reserve_results(struct worker *worker, size_t count)
{
    if (count <= worker->results_capacity)
        return OK;
    free(worker->results);
    worker->results = calloc(count, sizeof *worker->results);
    worker->results_capacity = worker->results == NULL ? 0 : count;
    return worker->results == NULL ? error_no_memory(&worker->error) : OK;
}

static bool wants_gradient(const struct experiment *experiment)
{
    for (uint32_t q = 0; q < experiment->quantities_count; q++)
        if (experiment->quantities[q] != MEASURED_loss)
            return true;
    return false;
}

/* The exact values of all that the experiment measures of the case. */
static int certify(struct worker *worker, const struct format *format)
{
    const struct input_case *input = &worker->store.input;
    int code = reserve_results(worker, input_case_values(input)); /* losses are not more */
    if (code == OK)
        code = exact_certify(&worker->exact[QUANTITY_LOSS], QUANTITY_LOSS, input, format,
                             &worker->error);
    bool loss_only = input->problem == PROBLEM_softmax; /* its value is a probability */
    if (code != OK || loss_only || !wants_gradient(worker->result.plan->experiment))
        return code;
    return exact_certify(&worker->exact[QUANTITY_GRADIENT], QUANTITY_GRADIENT, input, format,
                         &worker->error);
}

static enum quantity_kind kind_of(enum measured measured)
{
    return measured == MEASURED_loss ? QUANTITY_LOSS : QUANTITY_GRADIENT;
}

/* Computes one quantity of the case by formulations[index] into the results. */
static int compute(struct worker *worker, size_t index, enum measured measured,
                   const struct format *format, enum math_id math)
{
    const struct input_case *input = &worker->store.input;
    if (measured == MEASURED_loss)
        return formulation_loss(index, format, math, input, &worker->workspace, worker->results,
                                &worker->error);
    enum gradient_way way = measured == MEASURED_chain ? GRADIENT_chain : GRADIENT_closed;
    return formulation_gradient(index, format, way, input, &worker->workspace, worker->results,
                                &worker->error);
}

static bool identical(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void compare_pairs(struct worker *worker, size_t segment, uint64_t case_number)
{
    const struct plan *plan = worker->result.plan;
    for (uint32_t p = 0; p < plan->experiment->pairs_count; p++) {
        struct agreement *agreement = run_agreement(&worker->result, segment, p);
        double first = worker->losses[plan->pairs[p].first];
        double second = worker->losses[plan->pairs[p].second];
        agreement->cases++;
        if (identical(first, second))
            agreement->identical++;
        else if (case_number < agreement->difference_case)
            agreement->difference_case = case_number;
    }
}

/* Where the results of a case go. */
struct destination {
    size_t segment, bin;
    int64_t ordinal; /* of the axis value */
    uint64_t case_number;
};

/* Counts a loss that is beyond its bounds.  A correctly rounded result is as near
 * as any can be, and not asked about: most are, and bounds take time. */
static void count_beyond(struct worker *worker, size_t index, const struct format *format,
                         const struct measurement *measurement, struct tally *tally)
{
    if (measurement->class == CLASS_correct)
        return;
    if (!worker->row_known)
        worker->row = theory_row(&worker->store.input);
    worker->row_known = true;
    double v = oracle_near(&worker->exact[QUANTITY_LOSS].items[0]);
    struct bound bound = theory_bound(index, format, &worker->row, v);
    tally->beyond_proven += theory_beyond(bound.proven, measurement);
    tally->beyond_printed += theory_beyond(bound.printed, measurement);
}

static int run_quantity(struct worker *worker, size_t f, size_t q, enum math_id math,
                        const struct format *format, const struct destination *to)
{
    const struct experiment *experiment = worker->result.plan->experiment;
    enum measured measured = experiment->quantities[q];
    struct exact_values *exact = &worker->exact[kind_of(measured)];
    struct vector_measurement measurement;
    bool passes = false;
    int code = compute(worker, experiment->formulations[f], measured, format, math);
    if (code == OK && measured == MEASURED_loss)
        worker->losses[f] = worker->results[0];
    if (code == OK)
        code = exact_measure(exact, worker->results, &measurement, &worker->error);
    if (code == OK && class_is_wrong(measurement.worst.class))
        code = exact_passes(exact, worker->results, &passes, &worker->error);
    if (code != OK)
        return code;
    const struct measurement *worst = &measurement.worst;
    struct tally *tally = run_tally(&worker->result, to->bin, f, q);
    tally_add(tally, &measurement, to->case_number);
    tally->assert_close_passes += passes;
    if (measured == MEASURED_loss)
        count_beyond(worker, experiment->formulations[f], format, worst, tally);
    range_add(run_range(&worker->result, to->segment, f, q, worst->class), to->ordinal);
    const struct computed computed = {.formulation = experiment->formulations[f],
                                      .math = math,
                                      .quantity = kind_of(measured),
                                      .results = worker->results,
                                      .exact = exact,
                                      .workspace = &worker->workspace};
    return invariants_count(&worker->invariants, &computed, tally->invariants, &worker->error);
}

/* Whether the experiment's formulation f computes this quantity of the case. */
static bool computes(const struct worker *worker, size_t f, size_t q, enum math_id math,
                     const struct format *format)
{
    const struct experiment *experiment = worker->result.plan->experiment;
    size_t index = experiment->formulations[f];
    if (!formulation_applies(index, format, math, &worker->store.input))
        return false;
    if (experiment->quantities[q] == MEASURED_loss)
        return true;
    return formulation_has_gradient(
        index, experiment->quantities[q] == MEASURED_chain ? GRADIENT_chain : GRADIENT_closed);
}

static void keep_precision(struct worker *worker)
{
    for (size_t kind = 0; kind < 2; kind++) {
        exact_count(&worker->exact[kind], &worker->result.settled);
        for (size_t i = 0; i < worker->exact[kind].count; i++) {
            const struct enclosure *enclosure = &worker->exact[kind].items[i];
            if (enclosure->kind == EXACT_TRANSCENDENTAL &&
                enclosure->precision > worker->result.widest_precision)
                worker->result.widest_precision = enclosure->precision;
        }
    }
}

static int run_case(struct worker *worker, enum math_id math, uint64_t i)
{
    const struct plan *plan = worker->result.plan;
    const struct experiment *experiment = plan->experiment;
    struct place place;
    int code = plan_case(plan, i, &worker->store, &place, &worker->error);
    if (code != OK)
        return code;
    const struct segment *segment = place.segment;
    const struct destination to = {
        .segment = (size_t)(segment - plan->segments),
        .bin = segment->first_bin + place.bin,
        .ordinal = format_ordinal(segment->format, place.axis_value),
        .case_number = i,
    };
    range_add(run_axis_range(&worker->result, to.bin), to.ordinal);
    worker->row_known = false;
    invariant_case_begin(&worker->invariants, &worker->store.input, segment->format, i);
    code = certify(worker, segment->format);
    for (size_t f = 0; f < experiment->formulations_count && code == OK; f++)
        for (size_t q = 0; q < experiment->quantities_count && code == OK; q++)
            if (computes(worker, f, q, math, segment->format))
                code = run_quantity(worker, f, q, math, segment->format, &to);
    keep_precision(worker);
    if (code == OK)
        compare_pairs(worker, to.segment, i);
    return code;
}

/* --- chunks ------------------------------------------------------------------------- */

static uint64_t chunk_end(const struct run *run, uint64_t chunk)
{
    uint64_t end = (chunk + 1) * run->chunk_cases, cases = run->result->plan->cases;
    return end < cases ? end : cases;
}

static int run_chunk(void *thread, uint64_t chunk, struct bytes *payload, struct error *error)
{
    struct worker *worker = thread;
    const struct run *run = worker->run;
    const struct plan *plan = run->result->plan;
    uint64_t first = chunk * run->chunk_cases, end = chunk_end(run, chunk);
    int code = run_result_make(&worker->result, plan, plan_window(plan, first, end), error);
    for (uint64_t i = first; i < end && code == OK; i++) {
        code = chunks_stopped(&worker->error);
        if (code == OK)
            code = run_case(worker, run->math, i);
        if (code != OK)
            *error = worker->error;
    }
    if (code == OK)
        run_result_write(&worker->result, payload);
    run_result_clear(&worker->result);
    return code;
}

static int merge_chunk(void *context, uint64_t chunk, struct byte_reader *payload, double *worst,
                       struct error *error)
{
    const struct run *run = context;
    (void)chunk, (void)error;
    run_result_merge(run->result, payload, worst);
    return OK;
}

static uint64_t chunk_cases(const void *context, uint64_t chunk)
{
    const struct run *run = context;
    return chunk_end(run, chunk) - chunk * run->chunk_cases;
}

static uint64_t cases_of_chunks(const struct plan *plan)
{
    uint64_t cases = (plan->cases + MOST_CHUNKS - 1) / MOST_CHUNKS;
    return cases < LEAST_CHUNK ? LEAST_CHUNK : cases;
}

char *run_job_text(const struct plan *plan, const struct run_job *job)
{
    struct bytes text = {0};
    job_text_add(&text, "run %s, %zu of %zu", plan->experiment->name, job->place, job->places);
    job_text_add(&text, "math %s", maths[job->math].name);
    job_text_add(&text, "cases %llu in chunks of %llu", (unsigned long long)plan->cases,
                 (unsigned long long)cases_of_chunks(plan));
    job_text_add_program(&text, job->math);
    bytes_put(&text, "\n", 1); /* to its end, as it stands */
    bytes_put(&text, plan->experiment->text, strlen(plan->experiment->text));
    return job_text_end(&text);
}

/* Makes the result by running, or by collecting from directories. */
static int make_result(const struct plan *plan, const struct run_job *job,
                       const struct chunk_store *store, char *const *directories, size_t count,
                       struct run_result *result, struct error *error)
{
    static const struct chunk_store nowhere = {.shard = {1, 1}};
    struct run run = {job->math, cases_of_chunks(plan), result};
    struct chunk_job chunks = {
        .text = run_job_text(plan, job),
        .count = (plan->cases + run.chunk_cases - 1) / run.chunk_cases,
        .context = &run,
        .thread_begin = worker_begin,
        .thread_end = worker_end,
        .compute = run_chunk,
        .merge = merge_chunk,
        .points = chunk_cases,
    };
    int code = run_result_make(result, plan, plan_whole(plan), error);
    if (code == OK && chunks.text == NULL)
        code = error_no_memory(error);
    if (code == OK && directories != NULL)
        code = chunks_collect(&chunks, directories, count, error);
    else if (code == OK)
        code = chunks_run(&chunks, store == NULL ? &nowhere : store, error);
    free((char *)chunks.text);
    if (code != OK)
        run_result_clear(result);
    return code;
}

int run_experiment(const struct plan *plan, const struct run_job *job,
                   const struct chunk_store *store, struct run_result *result, struct error *error)
{
    return make_result(plan, job, store, NULL, 0, result, error);
}

int run_collect(const struct plan *plan, const struct run_job *job, char *const *directories,
                size_t count, struct run_result *result, struct error *error)
{
    return make_result(plan, job, NULL, directories, count, result, error);
}
