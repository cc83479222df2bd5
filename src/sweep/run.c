/* The engine.  Threads take chunks of case numbers; each keeps tallies of its
 * own, merged at the end.  Since tallies hold only sums of integers, maxima
 * and lowest case numbers, neither the number of threads nor their order
 * shows in the result. */
#include "sweep/run.h"

#include "oracle/oracle.h"

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
    return plan->bins * plan->experiment->formulations_count;
}

static size_t range_count(const struct plan *plan)
{
    return plan->segment_count * plan->experiment->formulations_count * CLASS_COUNT;
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
}

/* What one thread works with. */
struct worker {
    struct run_result result;
    struct case_store store;
    struct workspace workspace;
    struct enclosure enclosure;
    double *losses; /* of the case at hand, by formulation */
    double worst;
    struct error error;
};

static int worker_init(struct worker *worker, const struct plan *plan)
{
    *worker = (struct worker){0};
    enclosure_init(&worker->enclosure);
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
    enclosure_clear(&worker->enclosure);
    free(worker->losses);
    oracle_thread_done();
}

/* Measures one loss, refining the enclosure until its class is decided. */
static int measure_loss(struct worker *worker, const struct format *format, double loss,
                        struct measurement *measurement)
{
    while (!measure(&worker->enclosure, format, loss, measurement)) {
        int code =
            oracle_refine(&worker->store.input, QUANTITY_LOSS, &worker->enclosure, &worker->error);
        if (code != OK)
            return code;
    }
    return OK;
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

static int run_case(struct worker *worker, enum math_id math, uint64_t i)
{
    const struct plan *plan = worker->result.plan;
    const struct experiment *experiment = plan->experiment;
    struct place place;
    int code = plan_case(plan, i, &worker->store, &place, &worker->error);
    if (code != OK)
        return code;
    const struct segment *segment = place.segment;
    size_t s = (size_t)(segment - plan->segments), bin = segment->first_bin + place.bin;
    code = oracle_certify(&worker->store.input, QUANTITY_LOSS, segment->format, &worker->enclosure,
                          &worker->error);
    int64_t ordinal = format_ordinal(segment->format, place.axis_value);
    range_add(&worker->result.axis_ranges[bin], ordinal);
    for (size_t f = 0; f < experiment->formulations_count && code == OK; f++) {
        struct measurement measurement;
        code = formulation_loss(experiment->formulations[f], segment->format, math,
                                &worker->store.input, &worker->workspace, &worker->losses[f],
                                &worker->error);
        if (code == OK)
            code = measure_loss(worker, segment->format, worker->losses[f], &measurement);
        if (code != OK)
            break;
        tally_add(run_tally(&worker->result, bin, f), &measurement, i);
        range_add(run_range(&worker->result, s, f, measurement.class), ordinal);
        if (!class_is_failure(measurement.class) && measurement.ulp_error > worker->worst)
            worker->worst = measurement.ulp_error;
    }
    if (worker->enclosure.kind == EXACT_TRANSCENDENTAL &&
        worker->enclosure.precision > worker->result.widest_precision)
        worker->result.widest_precision = worker->enclosure.precision;
    if (code == OK)
        compare_pairs(worker, s, i);
    return code;
}

/* The worst error of all threads so far is kept in the progress itself. */
static void report_progress(struct run_progress *progress, uint64_t done, uint64_t total,
                            double worst)
{
#pragma omp critical(progress)
    {
        if (worst > progress->worst)
            progress->worst = worst;
        progress->report(progress->context, done, total, progress->worst);
    }
}

int run_experiment(const struct plan *plan, enum math_id math, struct run_progress *progress,
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
