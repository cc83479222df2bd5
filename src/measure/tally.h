/* Tallies of measurements: integers and maxima only, so that merging is
 * associative and commutative, and any split of the work gives the same. */
#ifndef XULP_MEASURE_TALLY_H
#define XULP_MEASURE_TALLY_H

#include "measure/invariant.h"
#include "measure/measure.h"

#include <stdint.h>

enum {
    /* Errors from 2^−20 to 2^64 ulp in eighths of an octave (linear within
     * it); the first bucket holds what is smaller, the last what is larger. */
    BUCKET_LEAST_EXPONENT = -20,
    BUCKET_LAST_EXPONENT = 63,
    BUCKETS_PER_OCTAVE = 8,
    BUCKET_COUNT = (BUCKET_LAST_EXPONENT - BUCKET_LEAST_EXPONENT + 1) * BUCKETS_PER_OCTAVE + 2,
};

struct tally {
    uint64_t classes[CLASS_COUNT];
    uint32_t histogram[BUCKET_COUNT]; /* of results that are no failure */
    struct measurement worst;         /* greatest ulp error of those */
    uint64_t worst_case;              /* the lowest case with it; NO_CASE: none */
    size_t worst_index;               /* its component */
    double norm_error;                /* greatest ‖got − g‖∞/‖g‖∞ of gradients */
    uint64_t norm_case;               /* the lowest case with it; NO_CASE: none */
    uint64_t failure_case;            /* the lowest case that failed */
    uint64_t beyond_proven, beyond_printed; /* losses beyond an a-priori bound (src/theory) */
    uint64_t assert_close_passes; /* wrong by class (class_is_wrong()), and pass assert_close */
    struct invariant_count invariants[INVARIANT_COUNT]; /* counted by src/sweep/invariants.c */
};

void tally_init(struct tally *tally);
/* A loss, or a gradient as the gravest of its components. */
void tally_add(struct tally *tally, const struct vector_measurement *measurement,
               uint64_t case_number);
void tally_merge(struct tally *into, const struct tally *from);

/* Results in all. */
uint64_t tally_cases(const struct tally *tally);

/* The least bucket edge e such that at least the given fraction (in per mille)
 * of the results that are no failure have an error ≤ e, and at most the worst
 * error; NaN where there is no such result. */
double tally_percentile(const struct tally *tally, unsigned per_mille);

#endif
