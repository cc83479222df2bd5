/* Counts of invariants: integers and a maximum, like tallies. */
#include "measure/invariant.h"

#include <string.h>

const struct invariant invariants[INVARIANT_COUNT] = {
#define LOSS        QUANTITY_LOSS
#define GRADIENT    QUANTITY_GRADIENT
#define OF(problem) (1u << PROBLEM_##problem)
#define INVARIANT(identifier, name, quantity, problems, meaning) \
    [INVARIANT_##identifier] = {name, quantity, problems, meaning},
#include "measure/invariants.def"
#undef INVARIANT
#undef OF
#undef GRADIENT
#undef LOSS
};

enum invariant_id invariant_find(const char *name)
{
    enum invariant_id id = 0;
    while (id < INVARIANT_COUNT && strcmp(invariants[id].name, name) != 0)
        id++;
    return id;
}

void invariant_count_init(struct invariant_count *count)
{
    *count = (struct invariant_count){.first_case = NO_CASE, .worst_case = NO_CASE};
}

static void keep_break(struct invariant_count *count, uint64_t first_case, double worst,
                       uint64_t worst_case)
{
    if (first_case < count->first_case)
        count->first_case = first_case;
    bool worse = worst > count->worst || (worst == count->worst && worst_case < count->worst_case);
    if (worst_case != NO_CASE && (count->worst_case == NO_CASE || worse)) {
        count->worst = worst;
        count->worst_case = worst_case;
    }
}

void invariant_count_add(struct invariant_count *count, double by, uint64_t case_number)
{
    count->checked++;
    if (by > 0) {
        count->broken++;
        keep_break(count, case_number, by, case_number);
    }
}

void invariant_count_merge(struct invariant_count *into, const struct invariant_count *from)
{
    into->checked += from->checked;
    into->broken += from->broken;
    keep_break(into, from->first_case, from->worst, from->worst_case);
}
