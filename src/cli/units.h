/* From the lists on the command line to the units of exhaustive runs. */
#ifndef XULP_CLI_UNITS_H
#define XULP_CLI_UNITS_H

#include "sweep/exhaustive.h"

/* Lists of names, as they were given; NULL: the default. */
struct unit_lists {
    const char *problem, *formulations, *formats, *labels, *targets, *binades;
    enum math_id math;
};

/* Every formulation × format × label or target, checked, in the order of the
 * tables; to be freed. */
int units_make(const struct unit_lists *lists, struct exhaustive_unit **units, size_t *count,
               struct error *error);

#endif
