/* Tallies.  Bucket edges come from the bits of the error, not from log2, and
 * are the same on every machine. */
#include "measure/tally.h"

#include <math.h>

void tally_init(struct tally *tally)
{
    *tally = (struct tally){.worst_case = NO_CASE, .failure_case = NO_CASE, .norm_case = NO_CASE};
    for (size_t i = 0; i < INVARIANT_COUNT; i++)
        invariant_count_init(&tally->invariants[i]);
}

static size_t bucket_of(double error)
{
    if (error < ldexp(1, BUCKET_LEAST_EXPONENT))
        return 0;
    if (error >= ldexp(1, BUCKET_LAST_EXPONENT + 1))
        return BUCKET_COUNT - 1;
    int exponent;
    double significand = 2 * frexp(error, &exponent); /* in [1, 2) */
    exponent -= 1;
    size_t octave = (size_t)(exponent - BUCKET_LEAST_EXPONENT);
    size_t part = (size_t)((significand - 1) * BUCKETS_PER_OCTAVE);
    return 1 + octave * BUCKETS_PER_OCTAVE + part;
}

static double upper_edge(size_t bucket)
{
    if (bucket == BUCKET_COUNT - 1)
        return INFINITY;
    int octave = (int)(bucket / BUCKETS_PER_OCTAVE);
    double part = (double)(bucket % BUCKETS_PER_OCTAVE);
    return ldexp(1 + part / BUCKETS_PER_OCTAVE, octave + BUCKET_LEAST_EXPONENT);
}

/* Whether an error of a case goes before another: greater, or as great and of
 * a lower case; other_case NO_CASE: there is none. */
static bool goes_before(double error, uint64_t case_number, double other, uint64_t other_case)
{
    if (case_number == NO_CASE || other_case == NO_CASE)
        return case_number != NO_CASE;
    return error > other || (error == other && case_number < other_case);
}

static void keep_norm(struct tally *tally, double norm_error, uint64_t case_number)
{
    if (goes_before(norm_error, case_number, tally->norm_error, tally->norm_case)) {
        tally->norm_error = norm_error;
        tally->norm_case = case_number;
    }
}

static void keep_worst(struct tally *tally, const struct measurement *worst, size_t index,
                       uint64_t case_number)
{
    if (goes_before(worst->ulp_error, case_number, tally->worst.ulp_error, tally->worst_case)) {
        tally->worst = *worst;
        tally->worst_index = index;
        tally->worst_case = case_number;
    }
}

void tally_add(struct tally *tally, const struct vector_measurement *measurement,
               uint64_t case_number)
{
    const struct measurement *worst = &measurement->worst;
    tally->classes[worst->class]++;
    if (!isnan(measurement->norm_error))
        keep_norm(tally, measurement->norm_error, case_number);
    if (class_is_failure(worst->class)) {
        if (case_number < tally->failure_case)
            tally->failure_case = case_number;
        return;
    }
    tally->histogram[bucket_of(worst->ulp_error)]++;
    keep_worst(tally, worst, measurement->worst_index, case_number);
}

void tally_merge(struct tally *into, const struct tally *from)
{
    for (size_t i = 0; i < CLASS_COUNT; i++)
        into->classes[i] += from->classes[i];
    into->beyond_proven += from->beyond_proven;
    into->beyond_printed += from->beyond_printed;
    into->assert_close_passes += from->assert_close_passes;
    for (size_t i = 0; i < BUCKET_COUNT; i++)
        into->histogram[i] += from->histogram[i];
    for (size_t i = 0; i < INVARIANT_COUNT; i++)
        invariant_count_merge(&into->invariants[i], &from->invariants[i]);
    if (from->failure_case < into->failure_case)
        into->failure_case = from->failure_case;
    keep_worst(into, &from->worst, from->worst_index, from->worst_case);
    keep_norm(into, from->norm_error, from->norm_case);
}

uint64_t tally_cases(const struct tally *tally)
{
    uint64_t cases = 0;
    for (size_t i = 0; i < CLASS_COUNT; i++)
        cases += tally->classes[i];
    return cases;
}

double tally_percentile(const struct tally *tally, unsigned per_mille)
{
    uint64_t measured = 0;
    for (size_t i = 0; i < BUCKET_COUNT; i++)
        measured += tally->histogram[i];
    if (measured == 0)
        return NAN;
    uint64_t wanted = (measured * per_mille + 999) / 1000;
    uint64_t reached = 0;
    size_t bucket = 0;
    while (bucket < BUCKET_COUNT - 1 && (reached += tally->histogram[bucket]) < wanted)
        bucket++;
    return fmin(upper_edge(bucket), tally->worst.ulp_error);
}
