/* The walks of a request.  Every formulation and format is searched by itself,
 * so that its rows do not depend on what else is asked for; what the oracle says
 * of an input is remembered for all that share it.  Walks are shared out among threads; each fills
 * rows of its own, so neither the number of threads nor their order shows in the result. */
#include "sweep/onset.h"

#include "oracle/oracle.h"
#include "sweep/onset_memo.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_WALKED = 1 << 16, /* values of a walk that is looked at whole */
    LONGEST_INPUT = 400,
};

/* One formulation in one format on one family. */
struct lane {
    const struct onset_family *family;
    const struct format *format;
    size_t formulation;
    struct onset_row *rows; /* ONSET_CONDITION_COUNT of them */
};

static enum problem_id lane_problem(const struct lane *lane)
{
    return formulations[lane->formulation].problem;
}

/* Lanes that share their inputs. */
struct walk {
    const struct lane *lanes;
    size_t lane_count;
};

/* What one thread works with. */
struct worker {
    const struct lane *lane;  /* at hand */
    struct onset_memo exacts; /* struct onset_exact: of the walk at hand */
    struct case_store store;
    struct workspace workspace;
    struct enclosure enclosure;
};

/* --- one input ----------------------------------------------------------------- */

static int make_case(struct worker *worker, uint64_t index, struct error *error)
{
    const struct lane *lane = worker->lane;
    return onset_family_case(lane->family, lane_problem(lane), lane->format, index, &worker->store,
                             error);
}

/* Of the case that was made. */
static int certify(struct worker *worker, struct error *error)
{
    return oracle_certify(&worker->store.input, quantity_loss(0), worker->lane->format,
                          &worker->enclosure, error);
}

static int refine(struct worker *worker, struct error *error)
{
    return oracle_refine(&worker->store.input, quantity_loss(0), &worker->enclosure, error);
}

static int compute(struct worker *worker, double *got, struct error *error)
{
    return formulation_loss(worker->lane->formulation, worker->lane->format, MATH_canonical,
                            &worker->store.input, &worker->workspace, got, error);
}

/* The exact value of the case that was made, value number `index`. */
static int find_exact(struct worker *worker, uint64_t index, struct onset_exact *exact,
                      struct error *error)
{
    const struct onset_exact *known = onset_memo_find(&worker->exacts, index);
    if (known != NULL) {
        *exact = *known;
        return OK;
    }
    int code = oracle_settle_loss(&worker->store.input, 0, worker->lane->format, &worker->enclosure,
                                  error);
    if (code != OK)
        return code;
    *exact = onset_exact(&worker->enclosure, worker->lane->format);
    return onset_memo_add(&worker->exacts, index, exact, error);
}

/* The conditions at value number `index`: onset_probe.look. */
static int look(void *context, uint64_t index, struct onset_sight *sight, struct error *error)
{
    struct worker *worker = context;
    struct onset_exact exact;
    double got;
    int code = make_case(worker, index, error);
    if (code == OK)
        code = find_exact(worker, index, &exact, error);
    if (code == OK)
        code = compute(worker, &got, error);
    if (code != OK)
        return code;
    sight->ulp_exponent = exact.ulp_exponent;
    sight->sign = exact.sign;
    if (onset_conditions_of(&exact, NULL, got, &sight->holding))
        return OK;
    code = certify(worker, error);
    while (code == OK && !onset_conditions_of(&exact, &worker->enclosure, got, &sight->holding))
        code = refine(worker, error);
    return code;
}

/* --- what stands at a first input -------------------------------------------------- */

static int describe_point(struct worker *worker, uint64_t index, struct onset_point *point,
                          struct error *error)
{
    const struct lane *lane = worker->lane;
    int code = make_case(worker, index, error);
    if (code == OK)
        code = certify(worker, error);
    if (code == OK)
        code = compute(worker, &point->got, error);
    while (code == OK &&
           !measure(&worker->enclosure, lane->format, point->got, &point->measurement))
        code = refine(worker, error);
    point->v = onset_walk_value(lane->family, lane->format, index);
    return code;
}

static int describe_exact(struct worker *worker, struct onset_row *row, struct error *error)
{
    const struct enclosure *enclosure = &worker->enclosure;
    if (enclosure->kind == EXACT_UNDEFINED || enclosure->kind == EXACT_INFINITE) {
        strcpy(row->exact, enclosure->kind == EXACT_UNDEFINED ? "nan"
                           : mpfr_signbit(enclosure->lo) != 0 ? "-inf"
                                                              : "inf");
        return OK;
    }
    return oracle_decimal(&worker->store.input, quantity_loss(0), ONSET_DIGITS, &worker->enclosure,
                          row->exact, error);
}

static int describe(struct worker *worker, struct onset_row *row, struct error *error)
{
    uint64_t first = row->found.first;
    int code = OK;
    if (first == ONSET_NOWHERE)
        return OK;
    if (first > 0)
        code = describe_point(worker, first - 1, &row->before, error);
    if (code == OK)
        code = describe_point(worker, first, &row->first, error);
    if (code == OK)
        code = describe_exact(worker, row, error);
    if (code != OK)
        return code;
    row->input = case_arguments(&worker->store.input, row->format, LONGEST_INPUT);
    return row->input == NULL ? error_no_memory(error) : OK;
}

/* --- one walk ------------------------------------------------------------------------ */

/* Where a search begins, or nowhere where all of the walk is looked at. */
struct start {
    uint64_t *grid;
    size_t count;
};

static int run_lane(struct worker *worker, const struct lane *lane, const struct start *start,
                    struct error *error)
{
    const struct onset_probe probe = {
        .count = onset_walk_count(lane->family, lane->format), .look = look, .context = worker};
    struct onset_found found[ONSET_CONDITION_COUNT];
    worker->lane = lane;
    int code = start->grid == NULL ? onset_walk_all(&probe, found, error)
                                   : onset_search(&probe, start->grid, start->count, found, error);
    for (size_t c = 0; c < ONSET_CONDITION_COUNT && code == OK; c++) {
        lane->rows[c].found = found[c];
        lane->rows[c].exhaustive = start->grid == NULL;
        code = describe(worker, &lane->rows[c], error);
    }
    return code;
}

static int run_walk(struct worker *worker, const struct walk *walk, bool search,
                    struct error *error)
{
    const struct lane *lane = walk->lanes;
    struct start start = {0};
    int code = onset_memo_make(&worker->exacts, sizeof(struct onset_exact), error);
    if (code != OK)
        return code;
    if (search || onset_walk_count(lane->family, lane->format) > MOST_WALKED) {
        start.grid = onset_grid(lane->family, lane->format, &start.count);
        if (start.grid == NULL)
            code = error_no_memory(error);
    }
    for (size_t i = 0; i < walk->lane_count && code == OK; i++)
        code = run_lane(worker, &lane[i], &start, error);
    free(start.grid);
    onset_memo_clear(&worker->exacts);
    return code;
}

/* --- all of them ---------------------------------------------------------------------- */

struct job {
    struct lane *lanes;
    size_t lane_count;
    struct walk *walks;
    size_t walk_count;
};

/* Walks take the longest time in the widest format, and are begun in the order
 * of lanes: widest first.  Lanes that share their inputs stand together. */
static int compare_lanes(const void *a, const void *b)
{
    const struct lane *x = a, *y = b;
    int order = y->format->precision - x->format->precision;
    if (order == 0)
        order = y->format->emax - x->format->emax;
    if (order == 0)
        order = (int)(x->family - y->family);
    if (order == 0)
        order = (int)lane_problem(x) - (int)lane_problem(y);
    if (order == 0)
        order = (x->rows > y->rows) - (x->rows < y->rows);
    return order;
}

static bool same_inputs(const struct lane *x, const struct lane *y)
{
    return x->format->precision == y->format->precision && x->format->emax == y->format->emax &&
           x->family == y->family && lane_problem(x) == lane_problem(y);
}

/* Whether there is such a lane. */
static bool lane_exists(const struct lane *lane, struct case_store *store, struct error *error)
{
    return onset_family_is_of(lane->family, lane_problem(lane)) &&
           onset_family_case(lane->family, lane_problem(lane), lane->format, 0, store, error) ==
               OK &&
           formulation_applies(lane->formulation, lane->format, MATH_canonical, &store->input);
}

/* The lanes of the request, in its order. */
static void make_lanes(const struct onset_request *request, struct job *job, struct error *error)
{
    struct case_store store = {0};
    for (size_t a = 0; a < request->family_count; a++)
        for (size_t b = 0; b < request->format_count; b++)
            for (size_t c = 0; c < request->formulation_count; c++) {
                struct lane lane = {.family = request->families[a],
                                    .format = request->formats[b],
                                    .formulation = request->formulations[c]};
                if (lane_exists(&lane, &store, error))
                    job->lanes[job->lane_count++] = lane;
            }
    case_store_clear(&store);
}

static int make_rows(struct job *job, struct onset_result *result, struct error *error)
{
    result->count = job->lane_count * ONSET_CONDITION_COUNT;
    result->rows = calloc(result->count + 1, sizeof *result->rows);
    if (result->rows == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < result->count; i++) {
        struct lane *lane = &job->lanes[i / ONSET_CONDITION_COUNT];
        if (i % ONSET_CONDITION_COUNT == 0)
            lane->rows = &result->rows[i];
        result->rows[i] = (struct onset_row){
            .family = lane->family,
            .format = lane->format,
            .formulation = lane->formulation,
            .condition = (enum onset_condition)(i % ONSET_CONDITION_COUNT),
        };
    }
    return OK;
}

static void make_walks(struct job *job)
{
    if (job->lane_count > 0)
        qsort(job->lanes, job->lane_count, sizeof *job->lanes, compare_lanes);
    for (size_t i = 0; i < job->lane_count; i++) {
        struct walk *walk = job->walk_count == 0 ? NULL : &job->walks[job->walk_count - 1];
        if (walk != NULL && same_inputs(walk->lanes, &job->lanes[i]))
            walk->lane_count++;
        else
            job->walks[job->walk_count++] = (struct walk){&job->lanes[i], 1};
    }
}

static int make_job(const struct onset_request *request, struct job *job,
                    struct onset_result *result, struct error *error)
{
    size_t most = request->family_count * request->format_count * request->formulation_count;
    job->lanes = calloc(most + 1, sizeof *job->lanes);
    job->walks = calloc(most + 1, sizeof *job->walks);
    if (job->lanes == NULL || job->walks == NULL)
        return error_no_memory(error);
    make_lanes(request, job, error);
    int code = make_rows(job, result, error);
    if (code == OK)
        make_walks(job);
    return code;
}

/* Runs the walks; the error of the first that fails is the one that is kept. */
static int run_walks(const struct job *job, bool search, const struct onset_progress *progress,
                     struct error *error)
{
    atomic_bool failed = false;
    size_t done = 0;
    int code = OK;
#pragma omp parallel
    {
        struct worker worker = {0};
        enclosure_init(&worker.enclosure);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < job->walk_count; i++) {
            struct error own;
            int status = failed ? OK : run_walk(&worker, &job->walks[i], search, &own);
#pragma omp critical(onset)
            {
                if (status != OK && !failed) {
                    failed = true;
                    code = status;
                    *error = own;
                }
                done++;
                if (progress != NULL)
                    progress->report(progress->context, done, job->walk_count);
            }
        }
        enclosure_clear(&worker.enclosure);
        case_store_clear(&worker.store);
        workspace_clear(&worker.workspace);
        oracle_thread_done();
    }
    return code;
}

int onset_find(const struct onset_request *request, const struct onset_progress *progress,
               struct onset_result *result, struct error *error)
{
    struct job job = {0};
    *result = (struct onset_result){0};
    int code = make_job(request, &job, result, error);
    if (code == OK)
        code = run_walks(&job, request->search, progress, error);
    free(job.lanes);
    free(job.walks);
    if (code != OK)
        onset_result_clear(result);
    return code;
}

void onset_result_clear(struct onset_result *result)
{
    for (size_t i = 0; i < result->count && result->rows != NULL; i++)
        free(result->rows[i].input);
    free(result->rows);
    *result = (struct onset_result){0};
}
