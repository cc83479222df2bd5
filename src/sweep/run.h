/* The engine: every case of an experiment through the oracle once and through
 * every formulation, into tallies. */
#ifndef XULP_SWEEP_RUN_H
#define XULP_SWEEP_RUN_H

#include "impl/impl.h"
#include "measure/tally.h"
#include "sweep/chunks.h"
#include "sweep/exact.h"
#include "sweep/plan.h"

/* Where on the axis a class occurs: ordinals of |v| in the format. */
struct class_range {
    int64_t least, greatest;
};

/* A pair of formulations compared bit for bit in one segment. */
struct agreement {
    uint64_t cases, identical;
    uint64_t difference_case; /* the lowest; NO_CASE: none */
};

/* What a run leaves behind; merged over threads in any order. */
struct run_result {
    const struct plan *plan;
    struct tally *tallies; /* [bin of the plan][formulation of the experiment][quantity] */
    struct class_range *axis_ranges; /* [bin of the plan]: the axis itself */
    struct class_range *ranges;      /* [segment][formulation][quantity][class] */
    struct agreement *agreements;    /* [segment][pair] */
    mpfr_prec_t widest_precision;
    struct settled settled;
};

/* Runs all cases on the OpenMP threads there are.  On an error nothing is
 * left in *result. */
int run_experiment(const struct plan *plan, enum math_id math, struct progress *progress,
                   struct run_result *result, struct error *error);

void run_result_clear(struct run_result *result);

/* Measurements made: not every formulation computes every quantity of every case. */
uint64_t run_result_measurements(const struct run_result *result);

static inline struct tally *run_tally(const struct run_result *result, size_t bin, size_t f,
                                      size_t q)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t formulation = bin * experiment->formulations_count + f;
    return &result->tallies[formulation * experiment->quantities_count + q];
}

static inline struct class_range *run_range(const struct run_result *result, size_t segment,
                                            size_t f, size_t q, enum result_class class)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t formulation = segment * experiment->formulations_count + f;
    return &result->ranges[(formulation * experiment->quantities_count + q) * CLASS_COUNT + class];
}

static inline struct agreement *run_agreement(const struct run_result *result, size_t segment,
                                              size_t pair)
{
    return &result->agreements[segment * result->plan->experiment->pairs_count + pair];
}

#endif
