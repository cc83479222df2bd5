/* The engine.  Threads take chunks of case numbers; each keeps tallies of its
 * own, merged at the end.  Since tallies hold only sums of integers, maxima
 * and lowest case numbers, neither the number of threads nor their order
 * shows in the result. */
#include "sweep/run.h"

#include "oracle/oracle.h"
#include "sweep/invariants.h"
#include "theory/bounds.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 };

static void range_add(struct class_range *range, int64_t ordinal)
{
    if (ordinal < range->least)
        range->least = ordinal;
    if (ordinal > range->greatest)
        range->greatest = ordinal;
}

static void range_merge(struct class_range *into, const struct class_range *from)
{
    if (from->least < into->least)
        into->least = from->least;
    if (from->greatest > into->greatest)
        into->greatest = from->greatest;
}

static size_t tally_count(const struct plan *plan)
{
    const struct experiment *experiment = plan->experiment;
    return plan->bins * experiment->formulations_count * experiment->quantities_count;
}

static size_t range_count(const struct plan *plan)
{
    const struct experiment *experiment = plan->experiment;
    return plan->segment_count * experiment->formulations_count * experiment->quantities_count *
           CLASS_COUNT;
}

static size_t agreement_count(const struct plan *plan)
{
    return plan->segment_count * plan->experiment->pairs_count;
}

static int run_result_init(struct run_result *result, const struct plan *plan, struct error *error)
{
    static const struct class_range nowhere = {INT64_MAX, INT64_MIN};
    *result = (struct run_result){.plan = plan};
    result->tallies = calloc(tally_count(plan), sizeof *result->tallies);
    result->axis_ranges = calloc(plan->bins, sizeof *result->axis_ranges);
    result->ranges = calloc(range_count(plan), sizeof *result->ranges);
    result->agreements = calloc(agreement_count(plan) + 1, sizeof *result->agreements);
    if (result->tallies == NULL || result->axis_ranges == NULL || result->ranges == NULL ||
        result->agreements == NULL) {
        run_result_clear(result);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < tally_count(plan); i++)
        tally_init(&result->tallies[i]);
    for (size_t i = 0; i < plan->bins; i++)
        result->axis_ranges[i] = nowhere;
    for (size_t i = 0; i < range_count(plan); i++)
        result->ranges[i] = nowhere;
    for (size_t i = 0; i < agreement_count(plan); i++)
        result->agreements[i].difference_case = NO_CASE;
    return OK;
}

void run_result_clear(struct run_result *result)
{
    free(result->tallies);
    free(result->axis_ranges);
    free(result->ranges);
    free(result->agreements);
    *result = (struct run_result){0};
}

uint64_t run_result_measurements(const struct run_result *result)
{
    uint64_t measurements = 0;
    for (size_t i = 0; i < tally_count(result->plan); i++)
        measurements += tally_cases(&result->tallies[i]);
    return measurements;
}

static void run_result_merge(struct run_result *into, const struct run_result *from)
{
    const struct plan *plan = into->plan;
    for (size_t i = 0; i < tally_count(plan); i++)
        tally_merge(&into->tallies[i], &from->tallies[i]);
    for (size_t i = 0; i < plan->bins; i++)
        range_merge(&into->axis_ranges[i], &from->axis_ranges[i]);
    for (size_t i = 0; i < range_count(plan); i++)
        range_merge(&into->ranges[i], &from->ranges[i]);
    for (size_t i = 0; i < agreement_count(plan); i++) {
        struct agreement *a = &into->agreements[i];
        const struct agreement *b = &from->agreements[i];
        a->cases += b->cases;
        a->identical += b->identical;
        if (b->difference_case < a->difference_case)
            a->difference_case = b->difference_case;
    }
    if (from->widest_precision > into->widest_precision)
        into->widest_precision = from->widest_precision;
    into->settled.quick += from->settled.quick;
    into->settled.mpfr += from->settled.mpfr;
    into->settled.kind += from->settled.kind;
}

/* What one thread works with. */
struct worker {
    struct run_result result;
    struct case_store store;
    struct workspace workspace;
    struct exact_values exact[2]; /* by enum quantity_kind: losses, gradient */
    double *results;              /* of one formulation: losses, or a gradient */
    size_t results_capacity;
    double *losses;        /* of the case at hand, by formulation: the first of each */
    struct theory_row row; /* of the case at hand, once row_known */
    bool row_known;
    struct invariant_case invariants; /* of the case at hand */
    double worst;
    struct error error;
};

static int worker_init(struct worker *worker, const struct plan *plan)
{
    *worker = (struct worker){0};
    worker->losses = calloc(plan->experiment->formulations_count, sizeof *worker->losses);
    if (worker->losses == NULL)
        return error_no_memory(&worker->error);
    return run_result_init(&worker->result, plan, &worker->error);
}

static void worker_clear(struct worker *worker)
{
    run_result_clear(&worker->result);
    case_store_clear(&worker->store);
    workspace_clear(&worker->workspace);
    invariant_case_clear(&worker->invariants);
    exact_clear(&worker->exact[QUANTITY_LOSS]);
    exact_clear(&worker->exact[QUANTITY_GRADIENT]);
    free(worker->results);
    free(worker->losses);
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
    if (!class_is_failure(worst->class) && worst->ulp_error > worker->worst)
        worker->worst = worst->ulp_error;
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
    range_add(&worker->result.axis_ranges[to.bin], to.ordinal);
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

/* The worst error of all threads so far is kept in the progress itself. */
static void report_progress(struct progress *progress, uint64_t done, uint64_t total, double worst)
{
#pragma omp critical(progress)
    {
        if (worst > progress->worst)
            progress->worst = worst;
        progress->report(progress->context, done, 0, total, progress->worst);
    }
}

int run_experiment(const struct plan *plan, enum math_id math, struct progress *progress,
                   struct run_result *result, struct error *error)
{
    int code = run_result_init(result, plan, error);
    if (code != OK)
        return code;
    uint64_t chunks = (plan->cases + CHUNK - 1) / CHUNK;
    atomic_uint_fast64_t done = 0;
    atomic_bool failed = false;

#pragma omp parallel
    {
        struct worker worker;
        int status = worker_init(&worker, plan);
        if (status != OK)
            failed = true;
#pragma omp for schedule(dynamic)
        for (uint64_t chunk = 0; chunk < chunks; chunk++) {
            uint64_t last = (chunk + 1) * CHUNK < plan->cases ? (chunk + 1) * CHUNK : plan->cases;
            for (uint64_t i = chunk * CHUNK; i < last && !failed; i++) {
                status = run_case(&worker, math, i);
                if (status != OK)
                    failed = true;
                done++;
            }
            if (progress != NULL)
                report_progress(progress, done, plan->cases, worker.worst);
        }
#pragma omp critical
        {
            if (status != OK) {
                code = status;
                *error = worker.error;
            } else if (!failed) {
                run_result_merge(result, &worker.result);
            }
        }
        worker_clear(&worker);
    }
    if (code != OK)
        run_result_clear(result);
    return code;
}
