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

/* What a run, or a chunk of it, leaves behind; merged in any order. */
struct run_result {
    const struct plan *plan;
    struct window window;            /* of the plan: bins and segments below are in it */
    struct tally *tallies;           /* [bin][formulation of the experiment][quantity] */
    struct class_range *axis_ranges; /* [bin]: the axis itself */
    struct class_range *ranges;      /* [segment][formulation][quantity][class] */
    struct agreement *agreements;    /* [segment][pair] */
    mpfr_prec_t widest_precision;
    struct settled settled;
};

/* A run is one of several of a command; their places are part of the job, so that
 * xulp merge can tell whether all are there. */
struct run_job {
    enum math_id math;
    size_t place, places; /* from 1 */
};

/* What the result depends on: the experiment's text among it.  To be freed; NULL
 * where memory fails. */
char *run_job_text(const struct plan *plan, const struct run_job *job);

/* Runs the chunks of the store's shard on the OpenMP threads there are, and merges
 * them with those that the logs hold.  store NULL: everything, and nothing is kept.
 * On an error nothing is left in *result. */
int run_experiment(const struct plan *plan, const struct run_job *job,
                   const struct chunk_store *store, struct run_result *result, struct error *error);

/* Merges the chunks that logs hold: all of them, or an error. */
int run_collect(const struct plan *plan, const struct run_job *job, char *const *directories,
                size_t count, struct run_result *result, struct error *error);

/* Nothing known yet of the window. */
int run_result_make(struct run_result *result, const struct plan *plan, struct window window,
                    struct error *error);
void run_result_clear(struct run_result *result);

/* A result as bytes, of which what is empty costs nothing; and merging such
 * bytes into a result of the whole plan, with the greatest ulp error in them. */
void run_result_write(const struct run_result *result, struct bytes *bytes);
void run_result_merge(struct run_result *into, struct byte_reader *reader, double *worst);

/* Measurements made: not every formulation computes every quantity of every case. */
uint64_t run_result_measurements(const struct run_result *result);

static inline struct class_range *run_axis_range(const struct run_result *result, size_t bin)
{
    return &result->axis_ranges[bin - result->window.first_bin];
}

static inline struct tally *run_tally(const struct run_result *result, size_t bin, size_t f,
                                      size_t q)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t formulation = (bin - result->window.first_bin) * experiment->formulations_count + f;
    return &result->tallies[formulation * experiment->quantities_count + q];
}

static inline struct class_range *run_range(const struct run_result *result, size_t segment,
                                            size_t f, size_t q, enum result_class class)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t formulation =
        (segment - result->window.first_segment) * experiment->formulations_count + f;
    return &result->ranges[(formulation * experiment->quantities_count + q) * CLASS_COUNT + class];
}

static inline struct agreement *run_agreement(const struct run_result *result, size_t segment,
                                              size_t pair)
{
    segment -= result->window.first_segment;
    return &result->agreements[segment * result->plan->experiment->pairs_count + pair];
}

#endif
