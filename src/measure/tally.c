/* Tallies.  Bucket edges come from the bits of the error, not from log2, and
 * are the same on every machine. */
#include "measure/tally.h"

#include <math.h>

void tally_init(struct tally *tally)
{
    *tally = (struct tally){.worst_case = NO_CASE, .failure_case = NO_CASE};
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

void tally_add(struct tally *tally, const struct measurement *measurement, uint64_t case_number)
{
    tally->classes[measurement->class]++;
    if (class_is_failure(measurement->class)) {
        if (case_number < tally->failure_case)
            tally->failure_case = case_number;
        return;
    }
    tally->histogram[bucket_of(measurement->ulp_error)]++;
    if (tally->worst_case == NO_CASE || measurement->ulp_error > tally->worst.ulp_error ||
        (measurement->ulp_error == tally->worst.ulp_error && case_number < tally->worst_case)) {
        tally->worst = *measurement;
        tally->worst_case = case_number;
    }
}

void tally_merge(struct tally *into, const struct tally *from)
{
    for (size_t i = 0; i < CLASS_COUNT; i++)
        into->classes[i] += from->classes[i];
    for (size_t i = 0; i < BUCKET_COUNT; i++)
        into->histogram[i] += from->histogram[i];
    if (from->failure_case < into->failure_case)
        into->failure_case = from->failure_case;
    bool worse = from->worst.ulp_error > into->worst.ulp_error;
    bool earlier =
        from->worst.ulp_error == into->worst.ulp_error && from->worst_case < into->worst_case;
    if (from->worst_case != NO_CASE && (into->worst_case == NO_CASE || worse || earlier)) {
        into->worst = from->worst;
        into->worst_case = from->worst_case;
    }
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
