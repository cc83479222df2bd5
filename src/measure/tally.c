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

double tally_bucket_edge(size_t bucket)
{
    if (bucket == 0)
        return 0;
    if (bucket == BUCKET_COUNT)
        return INFINITY;
    int octave = (int)((bucket - 1) / BUCKETS_PER_OCTAVE);
    double part = (double)((bucket - 1) % BUCKETS_PER_OCTAVE);
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
    tally->histogram[tally_bucket(worst->ulp_error)]++;
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
    return fmin(tally_bucket_edge(bucket + 1), tally->worst.ulp_error);
}

/* --- as bytes ------------------------------------------------------------------- */

static void write_measurement(const struct measurement *measurement, struct bytes *bytes)
{
    bytes_put_count(bytes, measurement->class);
    bytes_put_double(bytes, measurement->ulp_error);
    bytes_put_double(bytes, measurement->rel_error);
    bytes_put_double(bytes, measurement->abs_error);
}

static void read_measurement(struct measurement *measurement, struct byte_reader *reader)
{
    uint64_t class = bytes_take_count(reader);
    reader->failed |= class >= CLASS_COUNT;
    measurement->class = reader->failed ? CLASS_correct : (enum result_class) class;
    measurement->ulp_error = bytes_take_double(reader);
    measurement->rel_error = bytes_take_double(reader);
    measurement->abs_error = bytes_take_double(reader);
}

/* Counts that are not 0, each after the distance from the one before; a
 * distance of 0 ends them. */
static void write_counts(const uint64_t *counts, size_t count, struct bytes *bytes)
{
    size_t before = 0;
    for (size_t i = 0; i < count; i++) {
        if (counts[i] == 0)
            continue;
        bytes_put_count(bytes, i + 1 - before);
        bytes_put_count(bytes, counts[i]);
        before = i + 1;
    }
    bytes_put_count(bytes, 0);
}

static void read_counts(uint64_t *counts, size_t count, struct byte_reader *reader)
{
    size_t before = 0;
    for (;;) {
        uint64_t distance = bytes_take_count(reader);
        if (distance == 0)
            return;
        if (distance > count - before) {
            reader->failed = true;
            return;
        }
        before += (size_t)distance;
        counts[before - 1] = bytes_take_count(reader);
    }
}

/* NO_CASE, which is common, becomes 0. */
static void write_case(uint64_t case_number, struct bytes *bytes)
{
    bytes_put_count(bytes, case_number + 1);
}

static uint64_t read_case(struct byte_reader *reader)
{
    return bytes_take_count(reader) - 1;
}

static void write_invariant(const struct invariant_count *count, struct bytes *bytes)
{
    bytes_put_count(bytes, count->checked);
    bytes_put_count(bytes, count->broken);
    write_case(count->first_case, bytes);
    write_case(count->worst_case, bytes);
    if (count->worst_case != NO_CASE)
        bytes_put_double(bytes, count->worst);
}

static void read_invariant(struct invariant_count *count, struct byte_reader *reader)
{
    invariant_count_init(count);
    count->checked = bytes_take_count(reader);
    count->broken = bytes_take_count(reader);
    count->first_case = read_case(reader);
    count->worst_case = read_case(reader);
    if (count->worst_case != NO_CASE)
        count->worst = bytes_take_double(reader);
}

void tally_write(const struct tally *tally, struct bytes *bytes)
{
    write_counts(tally->classes, CLASS_COUNT, bytes);
    write_counts(tally->histogram, BUCKET_COUNT, bytes);
    write_case(tally->worst_case, bytes);
    if (tally->worst_case != NO_CASE) {
        write_measurement(&tally->worst, bytes);
        bytes_put_count(bytes, tally->worst_index);
    }
    write_case(tally->norm_case, bytes);
    if (tally->norm_case != NO_CASE)
        bytes_put_double(bytes, tally->norm_error);
    write_case(tally->failure_case, bytes);
    bytes_put_count(bytes, tally->beyond_proven);
    bytes_put_count(bytes, tally->beyond_printed);
    bytes_put_count(bytes, tally->assert_close_passes);
    for (size_t i = 0; i < INVARIANT_COUNT; i++)
        write_invariant(&tally->invariants[i], bytes);
}

void tally_read(struct tally *tally, struct byte_reader *reader)
{
    tally_init(tally);
    read_counts(tally->classes, CLASS_COUNT, reader);
    read_counts(tally->histogram, BUCKET_COUNT, reader);
    tally->worst_case = read_case(reader);
    if (tally->worst_case != NO_CASE) {
        read_measurement(&tally->worst, reader);
        tally->worst_index = (size_t)bytes_take_count(reader);
    }
    tally->norm_case = read_case(reader);
    if (tally->norm_case != NO_CASE)
        tally->norm_error = bytes_take_double(reader);
    tally->failure_case = read_case(reader);
    tally->beyond_proven = bytes_take_count(reader);
    tally->beyond_printed = bytes_take_count(reader);
    tally->assert_close_passes = bytes_take_count(reader);
    for (size_t i = 0; i < INVARIANT_COUNT; i++)
        read_invariant(&tally->invariants[i], reader);
}
