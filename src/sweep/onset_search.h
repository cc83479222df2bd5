/* The first numbers of a walk at which conditions hold: by walking all of it,
 * or by searching.  docs/onset.md says what each proves. */
#ifndef XULP_SWEEP_ONSET_SEARCH_H
#define XULP_SWEEP_ONSET_SEARCH_H

#include "core/error.h"
#include "sweep/onset_condition.h"

#include <stdint.h>

/* What is seen at a number of a walk. */
struct onset_sight {
    int ulp_exponent; /* of the exact value */
    int8_t sign;      /* of the exact value */
    uint8_t holding;  /* onset_conditions_of() */
};

/* What a search asks. */
struct onset_probe {
    uint64_t count; /* numbers of the walk */
    int (*look)(void *context, uint64_t index, struct onset_sight *sight, struct error *error);
    void *context;
};

enum {
    ONSET_NEIGHBOURS = 1024, /* so many numbers before a first one are looked at */
    ONSET_HOLDS = 64,        /* so many numbers from it on */
};

#define ONSET_NOWHERE UINT64_MAX

struct onset_found {
    uint64_t first;  /* ONSET_NOWHERE: not found */
    uint64_t clean;  /* consecutive numbers before it that were looked at: free of it */
    uint64_t holds;  /* consecutive numbers from it on where it holds, up to ONSET_HOLDS */
    uint64_t looked; /* numbers before it that were looked at; of the walk where it is nowhere */
};

/* Looks at every number. */
int onset_walk_all(const struct onset_probe *probe, struct onset_found found[ONSET_CONDITION_COUNT],
                   struct error *error);

/* Begins with the grid: increasing numbers, 0 and count − 1 included. */
int onset_search(const struct onset_probe *probe, const uint64_t *grid, size_t grid_count,
                 struct onset_found found[ONSET_CONDITION_COUNT], struct error *error);

#endif
