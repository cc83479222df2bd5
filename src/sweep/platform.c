/* The maths of the platform side by side.
 *
 * A case is certified once.  Each formulation then runs in every math; a result
 * that another math gave already has that one's measurement.  Cells hold counts,
 * maxima and lowest case numbers, so that threads merge in any order. */
#include "sweep/platform.h"

#include "oracle/oracle.h"
#include "sweep/exact.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 };

int platform_load(struct platform_run *run, const char *path, struct error *error)
{
    *run = (struct platform_run){.path = path};
    int code = experiment_load(path, &run->experiment, error);
    return code == OK ? plan_make(run->experiment, &run->plan, error) : code;
}

void platform_clear(struct platform_run *run)
{
    plan_clear(&run->plan);
    if (run->experiment != NULL)
        experiment_free(run->experiment);
    free(run->cells);
    *run = (struct platform_run){0};
}

/* --- cells ---------------------------------------------------------------------- */

static const struct difference no_difference = {.first_case = NO_CASE, .far_case = NO_CASE};

static size_t cell_count(const struct experiment *experiment)
{
    return (size_t)experiment->formats_count * experiment->formulations_count * MATH_COUNT;
}

static struct platform_cell *cells_make(const struct experiment *experiment)
{
    size_t count = cell_count(experiment);
    struct platform_cell *cells = calloc(count, sizeof *cells);
    for (size_t i = 0; i < count && cells != NULL; i++) {
        tally_init(&cells[i].tally);
        cells[i].from_canonical = cells[i].from_libm = no_difference;
        cells[i].vanished.first_case = cells[i].appeared.first_case = NO_CASE;
    }
    return cells;
}

static uint64_t lower(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void nan_change_merge(struct nan_change *into, const struct nan_change *from)
{
    into->cases += from->cases;
    into->first_case = lower(into->first_case, from->first_case);
}

static void difference_merge(struct difference *into, const struct difference *from)
{
    into->cases += from->cases;
    into->signs += from->signs;
    into->first_case = lower(into->first_case, from->first_case);
    if (from->ordinals == into->ordinals) {
        into->far_case = lower(into->far_case, from->far_case);
    } else if (from->ordinals > into->ordinals) {
        into->ordinals = from->ordinals;
        into->far_case = from->far_case;
    }
}

static void cell_merge(struct platform_cell *into, const struct platform_cell *from)
{
    tally_merge(&into->tally, &from->tally);
    difference_merge(&into->from_canonical, &from->from_canonical);
    difference_merge(&into->from_libm, &from->from_libm);
    nan_change_merge(&into->vanished, &from->vanished);
    nan_change_merge(&into->appeared, &from->appeared);
}

/* --- comparing results ------------------------------------------------------------ */

static bool identical(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static bool all_identical(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!identical(a[i], b[i]))
            return false;
    return true;
}

/* Values of the format between two that are not NaN, and the farther one. */
static uint64_t distance(const struct format *format, double a, double b)
{
    uint64_t first = (uint64_t)format_ordinal(format, a);
    uint64_t second = (uint64_t)format_ordinal(format, b);
    return a > b ? first - second : second - first; /* up to 2^64 − 2^53: unsigned */
}

/* The case's part in the difference of results a and b, count losses each. */
static struct difference difference_of(const struct format *format, const double *a,
                                       const double *b, size_t count, uint64_t case_number)
{
    struct difference difference = no_difference;
    if (all_identical(a, b, count))
        return difference;
    difference.cases = difference.signs = 1;
    difference.first_case = case_number;
    for (size_t i = 0; i < count; i++) {
        bool number = !isnan(a[i]) && !isnan(b[i]);
        if (!number && !identical(a[i], b[i]))
            difference.signs = 0;
        if (!number || a[i] == b[i])
            continue;
        uint64_t ordinals = distance(format, a[i], b[i]);
        difference.signs = 0;
        difference.far_case = case_number;
        if (ordinals > difference.ordinals)
            difference.ordinals = ordinals;
    }
    return difference;
}

/* Whether a component is NaN in a and not in b. */
static bool loses_nan(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isnan(a[i]) && !isnan(b[i]))
            return true;
    return false;
}

/* --- one thread -------------------------------------------------------------------- */

/* What one thread works with. */
struct worker {
    struct platform_run *run;
    struct platform_cell *cells;
    struct case_store store;
    struct workspace workspace;
    struct exact_values exact; /* of the case's losses */
    double *results;           /* [math][loss] of one formulation */
    size_t capacity;           /* losses that there is room for */
    struct vector_measurement measured[MATH_COUNT];
    struct error error;
};

static void worker_clear(struct worker *worker)
{
    exact_clear(&worker->exact);
    free(worker->results);
    free(worker->cells);
    case_store_clear(&worker->store);
    workspace_clear(&worker->workspace);
    oracle_thread_done();
}

static double *results_of(const struct worker *worker, size_t math)
{
    return worker->results + math * worker->exact.count;
}

/* The exact losses of the case at hand, and room for results. */
static int certify(struct worker *worker, const struct format *format)
{
    int code =
        exact_certify(&worker->exact, QUANTITY_LOSS, &worker->store.input, format, &worker->error);
    if (code != OK || worker->exact.count <= worker->capacity)
        return code;
    free(worker->results);
    worker->capacity = worker->exact.count;
    worker->results = calloc(worker->capacity * MATH_COUNT, sizeof *worker->results);
    return worker->results == NULL ? error_no_memory(&worker->error) : OK;
}

/* Measures the results of one math, or takes over what another measured. */
static int measure_results(struct worker *worker, size_t math)
{
    for (size_t other = 0; other < math; other++)
        if (all_identical(results_of(worker, other), results_of(worker, math),
                          worker->exact.count)) {
            worker->measured[math] = worker->measured[other];
            return OK;
        }
    return exact_measure(&worker->exact, results_of(worker, math), &worker->measured[math],
                         &worker->error);
}

/* Enters one math's results of the case. */
static void enter(struct worker *worker, struct platform_cell *cell, const struct format *format,
                  size_t math, uint64_t case_number)
{
    const double *mine = results_of(worker, math), *libm = results_of(worker, MATH_libm);
    const double *canonical = results_of(worker, MATH_canonical);
    struct difference from_canonical =
        difference_of(format, canonical, mine, worker->exact.count, case_number);
    struct difference from_libm =
        difference_of(format, libm, mine, worker->exact.count, case_number);
    tally_add(&cell->tally, &worker->measured[math], case_number);
    difference_merge(&cell->from_canonical, &from_canonical);
    difference_merge(&cell->from_libm, &from_libm);
    if (loses_nan(libm, mine, worker->exact.count))
        nan_change_merge(&cell->vanished, &(struct nan_change){1, case_number});
    if (loses_nan(mine, libm, worker->exact.count))
        nan_change_merge(&cell->appeared, &(struct nan_change){1, case_number});
}

static int run_formulation(struct worker *worker, size_t f, const struct segment *segment,
                           uint64_t case_number)
{
    const struct platform_run *run = worker->run;
    size_t index = run->experiment->formulations[f];
    size_t format = (size_t)(segment - run->plan.segments) / run->experiment->sweeps_count;
    struct platform_cell *cells =
        &worker->cells[(format * run->experiment->formulations_count + f) * MATH_COUNT];
    int code = OK;
    for (size_t math = 0; math < MATH_COUNT && code == OK; math++) {
        code = formulation_loss(index, segment->format, (enum math_id)math, &worker->store.input,
                                &worker->workspace, results_of(worker, math), &worker->error);
        if (code == OK)
            code = measure_results(worker, math);
    }
    for (size_t math = 0; math < MATH_COUNT && code == OK; math++)
        enter(worker, &cells[math], segment->format, math, case_number);
    return code;
}

static bool is_of_the_platform(const struct format *format)
{
    for (size_t math = 0; math < MATH_COUNT; math++)
        if (!math_has_format((enum math_id)math, format))
            return false;
    return true;
}

static int run_case(struct worker *worker, uint64_t i)
{
    const struct experiment *experiment = worker->run->experiment;
    struct place place;
    int code = plan_case(&worker->run->plan, i, &worker->store, &place, &worker->error);
    if (code != OK || !is_of_the_platform(place.segment->format))
        return code;
    code = certify(worker, place.segment->format);
    for (size_t f = 0; f < experiment->formulations_count && code == OK; f++)
        if (formulation_applies(experiment->formulations[f], place.segment->format, MATH_libm,
                                &worker->store.input))
            code = run_formulation(worker, f, place.segment, i);
    return code;
}

/* Runs cases [first, last), unless another thread failed. */
static int run_chunk(struct worker *worker, uint64_t first, uint64_t last, atomic_bool *failed)
{
    int code = OK;
    for (uint64_t i = first; i < last && code == OK && !*failed; i++)
        code = run_case(worker, i);
    if (code != OK)
        *failed = true;
    return code;
}

int platform_measure(struct platform_run *run, struct error *error)
{
    uint64_t cases = run->plan.cases, chunks = (cases + CHUNK - 1) / CHUNK;
    atomic_bool failed = false;
    int code = OK;
    run->cells = cells_make(run->experiment);
    if (run->cells == NULL)
        return error_no_memory(error);

#pragma omp parallel
    {
        struct worker worker = {.run = run, .cells = cells_make(run->experiment)};
        int status = worker.cells == NULL ? error_no_memory(&worker.error) : OK;
#pragma omp for schedule(dynamic)
        for (uint64_t chunk = 0; chunk < chunks; chunk++)
            if (status == OK)
                status =
                    run_chunk(&worker, chunk * CHUNK, lower((chunk + 1) * CHUNK, cases), &failed);
#pragma omp critical(platform)
        {
            if (status != OK) {
                code = status;
                *error = worker.error;
            }
            for (size_t i = 0; i < cell_count(run->experiment) && status == OK; i++)
                cell_merge(&run->cells[i], &worker.cells[i]);
        }
        worker_clear(&worker);
    }
    return code;
}
