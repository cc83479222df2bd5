/* Tallies of measurements: integers and maxima only, so that merging is
 * associative and commutative, and any split of the work gives the same. */
#ifndef XULP_MEASURE_TALLY_H
#define XULP_MEASURE_TALLY_H

#include "core/bytes.h"
#include "measure/invariant.h"
#include "measure/measure.h"

#include <stdint.h>
#include <string.h>

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
    uint64_t histogram[BUCKET_COUNT]; /* of results that are no failure */
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

/* The bucket of an error ≥ 0: its exponent and three digits are the highest bits of
 * the double, next to each other. */
static inline size_t tally_bucket(double error)
{
    enum { DROPPED_BITS = 52 - 3, BIAS = 1023 };
    _Static_assert(BUCKETS_PER_OCTAVE == 8, "three digits tell the bucket in its octave");
    const int64_t first = (int64_t)(BIAS + BUCKET_LEAST_EXPONENT) * BUCKETS_PER_OCTAVE - 1;
    uint64_t bits;
    memcpy(&bits, &error, sizeof bits);
    int64_t bucket = (int64_t)(bits >> DROPPED_BITS) - first;
    bucket = bucket < 0 ? 0 : bucket;
    return (size_t)(bucket < BUCKET_COUNT ? bucket : BUCKET_COUNT - 1);
}

/* The lower edge of a bucket, which is the upper one of the bucket before; 0 of the
 * first, ∞ past the last. */
double tally_bucket_edge(size_t bucket);

/* tally_add() of one number by its class and its error in ulp alone, for loops over
 * many: the worst case keeps no other error.  Cases are added in increasing order,
 * so that the first with an error is the lowest. */
static inline void tally_add_point(struct tally *tally, enum result_class class, double ulp_error,
                                   uint64_t case_number)
{
    tally->classes[class]++;
    if (class_is_failure(class)) {
        if (case_number < tally->failure_case)
            tally->failure_case = case_number;
        return;
    }
    tally->histogram[tally_bucket(ulp_error)]++;
    if (ulp_error > tally->worst.ulp_error || tally->worst_case == NO_CASE) {
        tally->worst.class = class;
        tally->worst.ulp_error = ulp_error;
        tally->worst_case = case_number;
    }
}

/* A tally as bytes, and back: most buckets are empty, and cost nothing.  Every
 * member stands in both; a reader that fails leaves its mark (core/bytes.h). */
void tally_write(const struct tally *tally, struct bytes *bytes);
void tally_read(struct tally *tally, struct byte_reader *reader);

/* Results in all. */
uint64_t tally_cases(const struct tally *tally);

/* The least bucket edge e such that at least the given fraction (in per mille)
 * of the results that are no failure have an error ≤ e, and at most the worst
 * error; NaN where there is no such result. */
double tally_percentile(const struct tally *tally, unsigned per_mille);

#endif
