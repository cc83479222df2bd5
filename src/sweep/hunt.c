/* The lanes of a hunt, and their restarts.
 *
 * A restart is a pure function of the seed, the formulation, the format, the
 * number of columns, the math and its own number, and finds merge by a total
 * order: neither threads nor what else is hunted show in a lane's finds.  Each
 * lane's finds are minimised once, when all its restarts are merged. */
#include "sweep/hunt.h"

#include "oracle/oracle.h"
#include "sweep/hunt_minimise.h"

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
    int code = hunt_case_store(look->space, point, &look->store, error);
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

/* --- all of them --------------------------------------------------------------------- */

/* What the threads share; changed by one at a time. */
struct state {
    const struct hunt_request *request;
    const struct hunt_progress *progress;
    uint64_t done, total; /* cases */
    double worst;
    atomic_bool failed;
    int code;
    struct error *error;
};

static void note_error(struct state *state, int code, const struct error *own)
{
    if (code == OK || state->failed)
        return;
    state->failed = true;
    state->code = code;
    *state->error = *own;
}

static void note_restart(struct state *state, struct hunt_lane *lane, uint64_t restart,
                         const struct hunt_finds *finds)
{
    const struct hunt_find *greatest = &lane->finds.kind[HUNT_greatest_error];
    uint64_t cases = cases_of(state->request, restart);
    hunt_finds_merge(&lane->finds, finds, &lane->space, restart * HUNT_RESTART_CASES);
    lane->cases += cases;
    state->done += cases;
    if (greatest->first != HUNT_NEVER)
        state->worst = fmax(state->worst, greatest->sight.ulp_error);
    if (state->progress != NULL)
        state->progress->report(state->progress->context, state->done, state->total, state->worst);
}

static void run_all(struct state *state, struct hunt_result *result)
{
    uint64_t restarts = restarts_of(state->request);
#pragma omp parallel
    {
        struct error own;
#pragma omp for schedule(dynamic)
        for (uint64_t i = 0; i < result->count * restarts; i++) {
            struct hunt_lane *lane = &result->lanes[i / restarts];
            struct hunt_finds finds;
            int code = OK;
            if (state->failed)
                continue;
            code = run_restart(state->request, lane, i % restarts, &finds, &own);
#pragma omp critical(hunt)
            {
                note_error(state, code, &own);
                if (code == OK)
                    note_restart(state, lane, i % restarts, &finds);
            }
        }
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < result->count; i++) {
            int code = state->failed ? OK : minimise_lane(state->request, &result->lanes[i], &own);
#pragma omp critical(hunt)
            note_error(state, code, &own);
        }
        oracle_thread_done();
    }
}

int hunt(const struct hunt_request *request, const struct hunt_progress *progress,
         struct hunt_result *result, struct error *error)
{
    *result = (struct hunt_result){0};
    int code = make_lanes(request, result, error);
    struct state state = {.request = request,
                          .progress = progress,
                          .total = request->budget * result->count,
                          .code = code,
                          .error = error};
    if (code == OK)
        run_all(&state, result);
    if (state.code != OK)
        hunt_result_clear(result);
    return state.code;
}

void hunt_result_clear(struct hunt_result *result)
{
    free(result->lanes);
    *result = (struct hunt_result){0};
}
