/* The maths of the platform side by side: every case of an experiment through
 * every formulation in every math, held against the exact value and against
 * what libm and the canonical functions give. */
#ifndef XULP_SWEEP_PLATFORM_H
#define XULP_SWEEP_PLATFORM_H

#include "impl/impl.h"
#include "measure/tally.h"
#include "sweep/plan.h"

/* How many results of one math have other bits than another's.  All NaN are
 * one value; the two zeros are two. */
struct difference {
    uint64_t cases;
    uint64_t signs;      /* of these, the ones that differ in the sign of a zero alone */
    uint64_t ordinals;   /* the greatest distance, of those where neither is NaN */
    uint64_t first_case; /* NO_CASE: none */
    uint64_t far_case;   /* the lowest with that distance; NO_CASE: none */
};

/* Cases in which only one of two results is NaN. */
struct nan_change {
    uint64_t cases;
    uint64_t first_case; /* NO_CASE: none */
};

void nan_change_merge(struct nan_change *into, const struct nan_change *from);

/* One formulation in one format and one math. */
struct platform_cell {
    struct tally tally;
    struct difference from_canonical, from_libm;
    struct nan_change vanished; /* libm's result is NaN, this one is not */
    struct nan_change appeared; /* the reverse */
};

/* An experiment and what came of it. */
struct platform_run {
    const char *path;
    struct experiment *experiment;
    struct plan plan;
    struct platform_cell *cells; /* [format][formulation][math], of the experiment */
};

/* Reads the experiment; path is kept.  Clear it afterwards, failed or not. */
int platform_load(struct platform_run *run, const char *path, struct error *error);

/* Runs the cases of the formats that all maths are there for, binary32 and
 * binary64, on the OpenMP threads there are.  The same for any number of them. */
int platform_measure(struct platform_run *run, struct error *error);

void platform_clear(struct platform_run *run);

static inline struct platform_cell *platform_cell(const struct platform_run *run, size_t format,
                                                  size_t formulation, enum math_id math)
{
    size_t at = format * run->experiment->formulations_count + formulation;
    return &run->cells[at * MATH_COUNT + math];
}

/* Results that are a failure, a false zero, of the wrong sign, or off by more
 * than 16 ulp. */
uint64_t platform_grave(const struct tally *tally);

/* Where a case of one formulation is. */
struct platform_place {
    const struct platform_run *run; /* NULL: nowhere */
    size_t formulation;             /* index into formulations[] */
    uint64_t case_number;
};

/* One math over all runs. */
struct platform_summary {
    uint64_t results;
    uint64_t grave;                              /* platform_grave() */
    struct difference from_canonical, from_libm; /* without their cases' numbers */
    struct platform_place farthest;              /* from libm */
    uint64_t vanished, appeared;
    struct platform_place first_vanished;
};

struct platform_summary platform_summarize(const struct platform_run *runs, size_t count,
                                           enum math_id math);

#endif
