/* A restart.  Its first quarter looks at starts (hunt_start.c) and keeps, for
 * each objective, the best of them in a pool.  The rest climbs: from an entry of
 * a pool, or one time in four from a start of its own, by random steps, each
 * taken where it is no worse.  A step's length shrinks by half after one that is
 * worse, down to one ordinal, and then begins anew from the greatest; it doubles
 * after one that is better.  A climb ends when every length has been tried
 * PATIENCE times without a gain; where it ended, it takes the place of the
 * pool's entry that it began from.
 *
 * Three objectives lead to different finds: the ulp error itself; results
 * towards 0, on whose edge false zeros and wrong signs lie; and results towards
 * infinity, beyond whose edge are overflows, spurious or missed. */
#include "sweep/hunt_restart.h"

#include "sweep/hunt_move.h"

#include <math.h>
#include <stdlib.h>

enum { POOL = 8, PATIENCE = 3, FRESH_PERCENT = 25, EXPLORING_PERCENT = 25 };

enum objective { TO_ERROR, TO_ZERO, TO_INFINITY, OBJECTIVES };

/* In turn: half of all climbs are for the error. */
static const enum objective turns[] = {TO_ERROR, TO_ZERO, TO_ERROR, TO_INFINITY};

#define REJECTED (-INFINITY)

/* What a climb makes greater.  A result of 0, an infinity or a NaN is where it
 * wanted to go, not where it goes on from. */
static double score_of(enum objective objective, const struct hunt_sight *sight)
{
    if (objective == TO_ERROR)
        return class_is_failure(sight->class) ? REJECTED : sight->ulp_error;
    if (!isfinite(sight->got) || sight->got == 0)
        return REJECTED;
    return objective == TO_ZERO ? -fabs(sight->got) : fabs(sight->got);
}

/* Where climbs begin. */
struct perch {
    double score;
    struct hunt_case point;
};

struct restart {
    const struct hunt_probe *probe;
    struct hunt_finds *finds;
    struct random_stream stream;
    uint64_t cases, looked; /* to look at; looked at */
    uint64_t starts;        /* drawn so far, from this restart's own on */
    struct perch pools[OBJECTIVES][POOL];
    struct error *error;
};

static bool is_over(const struct restart *restart)
{
    return restart->looked == restart->cases;
}

static int look(struct restart *restart, const struct hunt_case *point, struct hunt_sight *sight)
{
    const struct hunt_probe *probe = restart->probe;
    int code = probe->look(probe->context, point, sight, restart->error);
    if (code == OK)
        hunt_finds_add(restart->finds, &probe->space, point, sight, restart->looked++);
    return code;
}

/* In the place of the worst of the pool, if it is better. */
static void offer(struct perch pool[POOL], double score, const struct hunt_case *point)
{
    struct perch *worst = pool;
    for (size_t i = 1; i < POOL; i++)
        if (pool[i].score < worst->score)
            worst = &pool[i];
    if (score <= worst->score)
        return;
    worst->score = score;
    hunt_copy(&worst->point, point);
}

static int start(struct restart *restart, struct hunt_case *point, struct hunt_sight *sight)
{
    hunt_start(&restart->probe->space, &restart->stream, restart->starts++, point);
    return look(restart, point, sight);
}

static int explore(struct restart *restart)
{
    uint64_t exploring = restart->cases * EXPLORING_PERCENT / 100;
    struct hunt_case point;
    struct hunt_sight sight;
    int code = OK;
    while (restart->looked < exploring && code == OK) {
        code = start(restart, &point, &sight);
        for (size_t o = 0; o < OBJECTIVES && code == OK; o++)
            offer(restart->pools[o], score_of((enum objective)o, &sight), &point);
    }
    return code;
}

/* Climbs from *perch to where no step gains. */
static int climb(struct restart *restart, enum objective objective, struct perch *perch)
{
    const struct hunt_space *space = &restart->probe->space;
    unsigned sizes = hunt_sizes(space), size = sizes - 1, idle = 0;
    struct hunt_case next;
    struct hunt_sight sight;
    int code = OK;
    while (idle < PATIENCE * sizes && !is_over(restart) && code == OK) {
        hunt_copy(&next, &perch->point);
        hunt_move(space, &restart->stream, size, &next);
        code = look(restart, &next, &sight);
        if (code != OK)
            break;
        double score = score_of(objective, &sight);
        bool better = score > perch->score;
        if (score >= perch->score && score != REJECTED) {
            perch->score = score;
            hunt_copy(&perch->point, &next);
        }
        idle = better ? 0 : idle + 1;
        if (better)
            size += size < sizes - 1;
        else
            size = size > 0 ? size - 1 : sizes - 1;
    }
    return code;
}

/* One climb, from a start of its own or from a pool and back into it. */
static int climb_from_somewhere(struct restart *restart, enum objective objective)
{
    struct perch *entry = &restart->pools[objective][random_below(&restart->stream, POOL)];
    bool fresh = random_below(&restart->stream, 100) < FRESH_PERCENT || entry->score == REJECTED;
    struct perch perch;
    if (!fresh) {
        perch.score = entry->score;
        hunt_copy(&perch.point, &entry->point);
    } else {
        struct hunt_sight sight;
        int code = start(restart, &perch.point, &sight);
        if (code != OK)
            return code;
        perch.score = score_of(objective, &sight);
    }
    int code = climb(restart, objective, &perch);
    if (code == OK && fresh) {
        offer(restart->pools[objective], perch.score, &perch.point);
    } else if (code == OK) {
        entry->score = perch.score;
        hunt_copy(&entry->point, &perch.point);
    }
    return code;
}

int hunt_restart(const struct hunt_probe *probe, uint64_t seed, uint64_t stream, uint64_t restart,
                 uint64_t cases, struct hunt_finds *finds, struct error *error)
{
    struct restart *state = calloc(1, sizeof *state);
    if (state == NULL)
        return error_no_memory(error);
    state->probe = probe;
    state->finds = finds;
    state->stream = random_stream(seed, stream + restart);
    state->cases = cases;
    /* Restarts share the binades out: each begins where the one before ends. */
    state->starts = restart * (cases * EXPLORING_PERCENT / 100);
    state->error = error;
    for (size_t o = 0; o < OBJECTIVES; o++)
        for (size_t i = 0; i < POOL; i++)
            state->pools[o][i].score = REJECTED;
    int code = explore(state);
    for (size_t turn = 0; code == OK && !is_over(state); turn++)
        code = climb_from_somewhere(state, turns[turn % (sizeof turns / sizeof *turns)]);
    free(state);
    return code;
}
