/* Invariants: what they are called, and how often they were found to hold. */
#ifndef XULP_MEASURE_INVARIANT_H
#define XULP_MEASURE_INVARIANT_H

#include "core/problem.h"

#include <stdbool.h>
#include <stdint.h>

enum invariant_id {
#define INVARIANT(identifier, ...) INVARIANT_##identifier,
#include "measure/invariants.def"
#undef INVARIANT
    INVARIANT_COUNT
};

struct invariant {
    const char *name;
    enum quantity_kind quantity;
    unsigned problems; /* bit p: it is checked of problem p */
    const char *meaning;
};

extern const struct invariant invariants[INVARIANT_COUNT];

/* The invariant of that name, or INVARIANT_COUNT. */
enum invariant_id invariant_find(const char *name);

static inline bool invariant_applies(enum invariant_id id, enum problem_id problem,
                                     enum quantity_kind quantity)
{
    return invariants[id].quantity == quantity && (invariants[id].problems >> problem & 1) != 0;
}

#define NO_CASE UINT64_MAX

/* The checks of one invariant, a case counting once.  Merging is associative and
 * commutative, as of tallies. */
struct invariant_count {
    uint64_t checked, broken;
    uint64_t first_case; /* the lowest that breaks it; NO_CASE: none */
    double worst;        /* the greatest `by` of a break */
    uint64_t worst_case; /* the lowest with it; NO_CASE: none */
};

void invariant_count_init(struct invariant_count *count);
/* A case was checked; by > 0 is how far it breaks the invariant, 0: it does not. */
void invariant_count_add(struct invariant_count *count, double by, uint64_t case_number);
void invariant_count_merge(struct invariant_count *into, const struct invariant_count *from);

#endif
