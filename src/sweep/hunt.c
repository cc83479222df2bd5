/* The lanes of a hunt, and their restarts.
 *
 * A restart is a pure function of the seed, the formulation, the format, the
 * number of columns, the math and its own number, and finds merge by a total
 * order: neither threads nor what else is hunted show in a lane's finds.  Each
 * lane's finds are minimised once, when all its restarts are merged. */
#include "sweep/hunt.h"

#include "core/version.h"
#include "oracle/oracle.h"
#include "sweep/hunt_minimise.h"
#include "sweep/sources.h"

#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* --- one case ------------------------------------------------------------------------ */

int hunt_look(void *context, const struct hunt_case *point, struct hunt_sight *sight,
              struct error *error)
{
    struct hunt_look *look = context;
    const struct format *format = look->space->format;
    struct vector_measurement measurement;
    int code = chunks_stopped(error);
    if (code == OK)
        code = hunt_case_store(look->space, point, &look->store, error);
    if (code == OK)
        code = formulation_loss(look->formulation, format, look->math, &look->store.input,
                                &look->workspace, &sight->got, error);
    if (code == OK)
        code = exact_certify(&look->exact, QUANTITY_LOSS, &look->store.input, format, error);
    if (code == OK)
        code = exact_measure(&look->exact, &sight->got, &measurement, error);
    if (code != OK)
        return code;
    sight->class = measurement.worst.class;
    sight->ulp_error = measurement.worst.ulp_error;
    look->rel_error = measurement.worst.rel_error;
    return OK;
}

void hunt_look_clear(struct hunt_look *look)
{
    case_store_clear(&look->store);
    workspace_clear(&look->workspace);
    exact_clear(&look->exact);
}

/* --- lanes --------------------------------------------------------------------------- */

/* The stream of a lane: of the names that it is asked for by (FNV-1a: Fowler,
 * Noll & Vo 1991), so that it does not depend on their order in any table. */
static uint64_t stream_of(const struct hunt_lane *lane, enum math_id math)
{
    char text[256];
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    snprintf(text, sizeof text, "%s %s %zu %s", formulations[lane->formulation].name,
             lane->format->name, lane->space.columns, maths[math].name);
    for (const char *c = text; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t restarts_of(const struct hunt_request *request)
{
    return request->budget / HUNT_RESTART_CASES + (request->budget % HUNT_RESTART_CASES != 0);
}

static uint64_t cases_of(const struct hunt_request *request, uint64_t restart)
{
    uint64_t left = request->budget - restart * HUNT_RESTART_CASES;
    return left < HUNT_RESTART_CASES ? left : HUNT_RESTART_CASES;
}

static int make_lanes(const struct hunt_request *request, struct hunt_result *result,
                      struct error *error)
{
    size_t most = request->formulation_count * request->format_count;
    result->lanes = calloc(most + 1, sizeof *result->lanes);
    if (result->lanes == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < most; i++) {
        struct hunt_lane lane = {
            .formulation = request->formulations[i / request->format_count],
            .format = request->formats[i % request->format_count],
        };
        if (!math_has_format(request->math, lane.format))
            continue;
        lane.space = hunt_space_of(lane.formulation, lane.format, request->columns);
        lane.space.hard_labels &= !request->soft_labels;
        hunt_finds_clear(&lane.finds);
        result->lanes[result->count++] = lane;
    }
    return OK;
}

static struct hunt_look look_of(const struct hunt_lane *lane, enum math_id math)
{
    return (struct hunt_look){
        .formulation = lane->formulation, .math = math, .space = &lane->space};
}

static int run_restart(const struct hunt_request *request, const struct hunt_lane *lane,
                       uint64_t restart, struct hunt_finds *finds, struct error *error)
{
    struct hunt_look look = look_of(lane, request->math);
    const struct hunt_probe probe = {lane->space, hunt_look, &look};
    hunt_finds_clear(finds);
    int code = hunt_restart(&probe, request->seed, stream_of(lane, request->math), restart,
                            cases_of(request, restart), finds, error);
    hunt_look_clear(&look);
    return code;
}

static int minimise_lane(const struct hunt_request *request, struct hunt_lane *lane,
                         struct error *error)
{
    struct hunt_look look = look_of(lane, request->math);
    const struct hunt_probe probe = {lane->space, hunt_look, &look};
    int code = OK;
    lane->seen_error = lane->finds.kind[HUNT_greatest_error].sight.ulp_error;
    for (size_t k = 0; k < HUNT_KINDS && code == OK; k++)
        if (lane->finds.kind[k].first != HUNT_NEVER)
            code = hunt_minimise(&probe, (enum hunt_kind)k, &lane->finds.kind[k], error);
    hunt_look_clear(&look);
    return code;
}

/* --- restarts as chunks ----------------------------------------------------------------- */

/* A hunt at work: chunk i is restart i mod `restarts` of lane i / `restarts`. */
struct state {
    const struct hunt_request *request;
    struct hunt_result *result;
    uint64_t restarts;
};

static void *thread_begin(void *context, struct error *error)
{
    (void)error;
    return context; /* a look is made anew for each restart */
}

static void thread_end(void *thread)
{
    (void)thread;
    oracle_thread_done();
}

static int compute(void *thread, uint64_t chunk, struct bytes *payload, struct error *error)
{
    const struct state *state = thread;
    struct hunt_finds finds;
    int code = run_restart(state->request, &state->result->lanes[chunk / state->restarts],
                           chunk % state->restarts, &finds, error);
    if (code == OK)
        hunt_finds_write(&finds, payload);
    return code;
}

static int merge(void *context, uint64_t chunk, struct byte_reader *payload, double *worst,
                 struct error *error)
{
    const struct state *state = context;
    struct hunt_lane *lane = &state->result->lanes[chunk / state->restarts];
    const struct hunt_find *greatest = &lane->finds.kind[HUNT_greatest_error];
    uint64_t restart = chunk % state->restarts;
    struct hunt_finds finds;
    if (!hunt_finds_read(&finds, &lane->space, payload))
        return error_set(error, MACHINE_FAILED, "a log holds something else than finds of %s",
                         formulations[lane->formulation].name);
    hunt_finds_merge(&lane->finds, &finds, &lane->space, restart * HUNT_RESTART_CASES);
    lane->cases += cases_of(state->request, restart);
    if (greatest->first != HUNT_NEVER)
        *worst = fmax(*worst, greatest->sight.ulp_error);
    return OK;
}

static uint64_t points(const void *context, uint64_t chunk)
{
    const struct state *state = context;
    return cases_of(state->request, chunk % state->restarts);
}

/* All that finds depend on. */
static char *job_text(const struct hunt_request *request)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return NULL;
    fprintf(out,
            "hunt, seed %" PRIu64 ", budget %" PRIu64 "\nversion %s\nsources %s\ncolumns %zu\n"
            "math %s\nsoft labels %d\nformats",
            request->seed, request->budget, XULP_VERSION, xulp_sources, request->columns,
            maths[request->math].name, request->soft_labels);
    for (size_t i = 0; i < request->format_count; i++)
        fprintf(out, " %s", request->formats[i]->name);
    fputs("\nformulations", out);
    for (size_t i = 0; i < request->formulation_count; i++)
        fprintf(out, " %s", formulations[request->formulations[i]].name);
    fputc('\n', out);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

static int run_stored(struct state *state, const char *directory, struct progress *progress,
                      struct error *error)
{
    char *text = job_text(state->request);
    if (text == NULL)
        return error_no_memory(error);
    const struct chunk_job job = {
        .text = text,
        .count = state->result->count * state->restarts,
        .context = state,
        .thread_begin = thread_begin,
        .thread_end = thread_end,
        .compute = compute,
        .merge = merge,
        .points = points,
    };
    const struct chunk_store store = {
        .directory = directory, .shard = {1, 1}, .progress = progress};
    int code = chunks_run(&job, &store, error);
    free(text);
    return code;
}

int hunt_forget(const struct hunt_request *request, const char *directory, struct error *error)
{
    char *text = job_text(request);
    if (text == NULL)
        return error_no_memory(error);
    int code = chunks_remove(text, directory, error);
    free(text);
    return code;
}

/* --- all of them ---------------------------------------------------------------------------- */

/* One chunk without a store: what is written is read at once. */
static int run_chunk(struct state *state, uint64_t chunk, struct progress *progress, uint64_t *done,
                     struct error *error)
{
    struct bytes payload = {0};
    int code = compute(state, chunk, &payload, error);
    if (code == OK && payload.failed)
        code = error_no_memory(error);
#pragma omp critical(hunt)
    if (code == OK) {
        struct byte_reader reader = {payload.data, payload.data + payload.count, false};
        double worst = progress == NULL ? 0 : progress->worst;
        code = merge(state, chunk, &reader, &worst, error);
        *done += points(state, chunk);
        if (progress != NULL) {
            progress->worst = worst;
            progress->report(progress->context, *done, 0,
                             state->request->budget * state->result->count, worst);
        }
    }
    bytes_clear(&payload);
    return code;
}

/* Does `each` of 0 … count − 1 on all threads; the first error is the one kept. */
struct each {
    struct state *state;
    struct progress *progress;
    uint64_t done;
    int (*run)(struct each *each, uint64_t i, struct error *error);
};

static int restart_each(struct each *each, uint64_t i, struct error *error)
{
    return run_chunk(each->state, i, each->progress, &each->done, error);
}

static int minimise_each(struct each *each, uint64_t i, struct error *error)
{
    return minimise_lane(each->state->request, &each->state->result->lanes[i], error);
}

static int run_each(struct each *each, uint64_t count, struct error *error)
{
    atomic_bool failed = false;
    int code = OK;
#pragma omp parallel
    {
        struct error own;
#pragma omp for schedule(dynamic)
        for (uint64_t i = 0; i < count; i++) {
            int status = failed ? OK : each->run(each, i, &own);
            if (status == OK)
                continue;
#pragma omp critical(hunt_error)
            if (!failed) {
                failed = true;
                code = status;
                *error = own;
            }
        }
        oracle_thread_done();
    }
    return code;
}

int hunt(const struct hunt_request *request, const char *directory, struct progress *progress,
         struct hunt_result *result, struct error *error)
{
    struct state state = {request, result, restarts_of(request)};
    struct each restarts = {.state = &state, .progress = progress, .run = restart_each};
    struct each lanes = {.state = &state, .run = minimise_each};
    *result = (struct hunt_result){0};
    int code = make_lanes(request, result, error);
    if (code == OK && directory != NULL)
        code = run_stored(&state, directory, progress, error);
    else if (code == OK)
        code = run_each(&restarts, result->count * state.restarts, error);
    if (code == OK)
        code = run_each(&lanes, result->count, error);
    if (code != OK)
        hunt_result_clear(result);
    return code;
}

void hunt_result_clear(struct hunt_result *result)
{
    free(result->lanes);
    *result = (struct hunt_result){0};
}
