/* The cases of an experiment, numbered: case i is a pure function of the
 * experiment and i. */
#ifndef XULP_SWEEP_PLAN_H
#define XULP_SWEEP_PLAN_H

#include "core/number.h"
#include "sweep/axis.h"
#include "sweep/case_store.h"
#include "sweep/experiment.h"

/* One sweep in one format: consecutive case numbers. */
struct segment {
    const struct sweep *sweep;
    const struct format *format;
    struct axis_plan axis;            /* unused for literal cases */
    struct number_list base, weights; /* weights: of classes, or pos_weight */
    uint64_t first_case, cases;
    size_t first_bin; /* among all bins of the plan */
    uint32_t bins;
};

/* Two formulations of the experiment, by their positions in it. */
struct position_pair {
    size_t first, second;
};

struct plan {
    const struct experiment *experiment;
    struct position_pair *pairs; /* experiment->pairs_count of them */
    struct segment *segments;    /* formats outermost, then sweeps */
    size_t segment_count;
    uint64_t cases;
    size_t bins;
};

/* Numbers the cases; literal cases are read in every format, so that a
 * mistake in one is found before anything runs. */
int plan_make(const struct experiment *experiment, struct plan *plan, struct error *error);
void plan_clear(struct plan *plan);

/* Where case i stands. */
struct place {
    const struct segment *segment;
    uint32_t bin;      /* in its segment */
    double axis_value; /* |v|; the number of the case, from 0, for a literal */
};

/* Makes case i < plan->cases. */
int plan_case(const struct plan *plan, uint64_t i, struct case_store *store, struct place *place,
              struct error *error);

/* Segments and bins, both numbered in the plan. */
struct window {
    size_t first_segment, segments, first_bin, bins;
};

/* All of the plan, and what cases first ≤ i < last may touch. */
struct window plan_whole(const struct plan *plan);
struct window plan_window(const struct plan *plan, uint64_t first, uint64_t last);

#endif
