/* The hunt for the worst inputs of formulations, where there are too many to
 * try them all.  docs/hunt.md. */
#ifndef XULP_SWEEP_HUNT_H
#define XULP_SWEEP_HUNT_H

#include "impl/impl.h"
#include "sweep/chunks.h"
#include "sweep/exact.h"
#include "sweep/hunt_find.h"
#include "sweep/hunt_restart.h"

/* Cases of a restart. */
enum { HUNT_RESTART_CASES = 1 << 15 };

/* What to hunt.  Every formulation is hunted in every format that the math has. */
struct hunt_request {
    const struct format *const *formats;
    size_t format_count;
    const size_t *formulations; /* indices into formulations[] */
    size_t formulation_count;
    size_t columns;   /* of rows and batches: 2 … HUNT_MOST_COLUMNS */
    bool soft_labels; /* also for formulas of a label that is 0 or 1 */
    enum math_id math;
    uint64_t seed;
    uint64_t budget; /* cases for each formulation in each format */
};

/* A formulation in a format, and what was found of it. */
struct hunt_lane {
    size_t formulation;
    const struct format *format;
    struct hunt_space space;
    uint64_t cases;          /* looked at */
    double seen_error;       /* the greatest, before its input was minimised */
    struct hunt_finds finds; /* minimised */
};

/* Lanes in the order of the request: formulations, formats. */
struct hunt_result {
    struct hunt_lane *lanes;
    size_t count;
};

/* Runs on the OpenMP threads there are.  Each finished restart is stored in
 * `directory`, which is locked, and one that is there already is not run again;
 * NULL: nothing is stored.  On an error nothing is left in *result. */
int hunt(const struct hunt_request *request, const char *directory, struct progress *progress,
         struct hunt_result *result, struct error *error);

/* Removes what hunt() stored: when the tables stand. */
int hunt_forget(const struct hunt_request *request, const char *directory, struct error *error);

void hunt_result_clear(struct hunt_result *result);

/* A formulation looked at, case by case: the probe of a lane.  0 to begin
 * with, but for the first three. */
struct hunt_look {
    size_t formulation;
    enum math_id math;
    const struct hunt_space *space;
    struct case_store store;
    struct workspace workspace;
    struct exact_values exact;
    double rel_error; /* of the case looked at last, as docs/method.md defines it */
};

int hunt_look(void *context, const struct hunt_case *point, struct hunt_sight *sight,
              struct error *error);
void hunt_look_clear(struct hunt_look *look);

#endif
