/* Tallies: merging is associative and commutative, percentiles bound the
 * sorted errors from above by at most an eighth. */
#include "../suite.h"

#include "core/random.h"
#include "measure/tally.h"

#include <math.h>
#include <string.h>

enum { COUNT = 3000 };

/* A result of random class and error; few distinct errors, so that ties occur. */
static struct vector_measurement random_measurement(struct random_stream *stream)
{
    struct vector_measurement measurement = {
        .worst.class = (enum result_class)random_below(stream, CLASS_COUNT),
        .worst.ulp_error =
            ldexp((double)random_below(stream, 9), (int)random_below(stream, 90) - 30),
        .worst_index = random_below(stream, 4),
        .norm_error = random_below(stream, 3) == 0 ? NAN : ldexp(1, -(int)random_below(stream, 5)),
    };
    return measurement;
}

static void fill(struct tally *tally, uint64_t first, uint64_t step)
{
    tally_init(tally);
    for (uint64_t i = first; i < COUNT; i += step) {
        struct random_stream stream = random_stream(11, i);
        struct vector_measurement measurement = random_measurement(&stream);
        tally_add(tally, &measurement, i);
        for (size_t k = 0; k < INVARIANT_COUNT; k++)
            if (random_below(&stream, 4) > 0) /* by is 0 or, with ties, 1, 2 or ∞ */
                invariant_count_add(&tally->invariants[k],
                                    (double[]){0, 1, 2, INFINITY}[random_below(&stream, 4)], i);
    }
}

START_TEST(merging_is_associative_and_commutative)
{
    static struct tally whole, a, b, c, left, right;
    fill(&whole, 0, 1);
    fill(&a, 0, 3);
    fill(&b, 1, 3);
    fill(&c, 2, 3);
    left = a; /* (a + b) + c */
    tally_merge(&left, &b);
    tally_merge(&left, &c);
    right = c; /* c + (b + a) */
    struct tally inner = b;
    tally_merge(&inner, &a);
    tally_merge(&right, &inner);
    ck_assert_int_eq(memcmp(&left, &right, sizeof left), 0);
    ck_assert_int_eq(memcmp(&left, &whole, sizeof left), 0);
    struct tally empty;
    tally_init(&empty);
    tally_merge(&empty, &whole);
    ck_assert_int_eq(memcmp(&empty, &whole, sizeof empty), 0);
    ck_assert_uint_eq(tally_cases(&whole), COUNT);
}
END_TEST

START_TEST(the_worst_case_is_the_lowest_of_its_ties)
{
    struct tally tally;
    tally_init(&tally);
    struct vector_measurement measurement = {.worst.class = CLASS_close, .worst.ulp_error = 2};
    tally_add(&tally, &measurement, 9);
    tally_add(&tally, &measurement, 4);
    tally_add(&tally, &measurement, 7);
    measurement.worst.ulp_error = 1;
    tally_add(&tally, &measurement, 1);
    measurement =
        (struct vector_measurement){.worst.class = CLASS_spurious_nan, .worst.ulp_error = NAN};
    tally_add(&tally, &measurement, 3);
    ck_assert_uint_eq(tally.norm_case, 1);
    ck_assert_uint_eq(tally.worst_case, 4);
    ck_assert_uint_eq(tally.failure_case, 3);
    ck_assert_double_eq(tally.worst.ulp_error, 2);
}
END_TEST

START_TEST(a_break_is_the_lowest_of_its_ties)
{
    struct invariant_count count, other;
    invariant_count_init(&count);
    invariant_count_init(&other);
    ck_assert_uint_eq(count.first_case, NO_CASE);
    invariant_count_add(&count, 0, 1);
    invariant_count_add(&count, 2, 9);
    invariant_count_add(&count, 1, 4);
    invariant_count_add(&other, 2, 7);
    invariant_count_add(&other, 2, 8);
    invariant_count_merge(&count, &other);
    ck_assert_uint_eq(count.checked, 5);
    ck_assert_uint_eq(count.broken, 4);
    ck_assert_uint_eq(count.first_case, 4);
    ck_assert_uint_eq(count.worst_case, 7);
    ck_assert_double_eq(count.worst, 2);
    invariant_count_init(&other);
    invariant_count_add(&other, 0, 0);
    invariant_count_merge(&other, &count);
    ck_assert_uint_eq(other.checked, 6);
    ck_assert_uint_eq(other.first_case, 4);
    ck_assert_uint_eq(other.worst_case, 7);
}
END_TEST

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

START_TEST(percentiles_bound_the_sorted_errors)
{
    static double errors[COUNT];
    struct tally tally;
    tally_init(&tally);
    struct random_stream stream = random_stream(5, 5);
    for (uint64_t i = 0; i < COUNT; i++) {
        errors[i] = exp(20 * random_unit(&stream) - 8); /* 3e-4 … 1.6e5 */
        struct vector_measurement measurement = {.worst.class = CLASS_close,
                                                 .worst.ulp_error = errors[i]};
        tally_add(&tally, &measurement, i);
    }
    qsort(errors, COUNT, sizeof *errors, compare);
    static const unsigned per_mille[] = {1, 500, 990, 1000};
    for (size_t k = 0; k < 4; k++) {
        double sorted = errors[(COUNT * per_mille[k] + 999) / 1000 - 1];
        double percentile = tally_percentile(&tally, per_mille[k]);
        ck_assert_double_ge(percentile, sorted);
        ck_assert_double_le(percentile, sorted * 1.125);
    }
    ck_assert_double_eq(tally_percentile(&tally, 1000), errors[COUNT - 1]);
}
END_TEST

START_TEST(extremes_have_buckets)
{
    struct tally tally;
    tally_init(&tally);
    ck_assert(isnan(tally_percentile(&tally, 500)));
    struct vector_measurement measurement = {.worst.class = CLASS_correct, .worst.ulp_error = 0};
    tally_add(&tally, &measurement, 0);
    ck_assert_double_eq(tally_percentile(&tally, 990), 0);
    measurement =
        (struct vector_measurement){.worst.class = CLASS_lost, .worst.ulp_error = INFINITY};
    tally_add(&tally, &measurement, 1);
    ck_assert_double_eq(tally_percentile(&tally, 500), 0x1p-20);
    ck_assert_double_eq(tally_percentile(&tally, 990), INFINITY);
}
END_TEST

/* The bucket by the definition: eighths of the octaves from 2^−20 to 2^64. */
static size_t bucket_by_definition(double error)
{
    size_t bucket = 0;
    for (int octave = BUCKET_LEAST_EXPONENT; octave <= BUCKET_LAST_EXPONENT; octave++)
        for (int eighth = 0; eighth < 8; eighth++)
            if (error >= ldexp(8 + eighth, octave - 3))
                bucket++;
    return error >= ldexp(1, BUCKET_LAST_EXPONENT + 1) ? BUCKET_COUNT - 1 : bucket;
}

START_TEST(a_bucket_is_told_by_the_bits)
{
    struct random_stream stream = random_stream(6, 6);
    ck_assert_uint_eq(tally_bucket(0), 0);
    ck_assert_uint_eq(tally_bucket(0x1p-1074), 0);
    ck_assert_uint_eq(tally_bucket(INFINITY), BUCKET_COUNT - 1);
    ck_assert_uint_eq(tally_bucket(0x1.fffffffffffffp1023), BUCKET_COUNT - 1);
    for (size_t bucket = 1; bucket < BUCKET_COUNT; bucket++) {
        double edge = tally_bucket_edge(bucket);
        ck_assert_uint_eq(tally_bucket(edge), bucket);
        ck_assert_uint_eq(tally_bucket(nextafter(edge, 0)), bucket - 1);
        ck_assert_uint_eq(bucket_by_definition(edge), bucket);
        ck_assert_uint_eq(bucket_by_definition(nextafter(edge, 0)), bucket - 1);
    }
    for (size_t i = 0; i < COUNT; i++) {
        double error = exp(80 * random_unit(&stream) - 25); /* 1e-11 … 8e23 */
        ck_assert_uint_eq(tally_bucket(error), bucket_by_definition(error));
    }
}
END_TEST

/* Between a measurement's class and its errors stands what happened to be there. */
static void clear_padding(struct tally *tally)
{
    struct measurement worst = tally->worst;
    memset(&tally->worst, 0, sizeof tally->worst);
    tally->worst.class = worst.class;
    tally->worst.ulp_error = worst.ulp_error;
    tally->worst.rel_error = worst.rel_error;
    tally->worst.abs_error = worst.abs_error;
}

START_TEST(points_are_added_as_results_are)
{
    static struct tally whole, points;
    tally_init(&whole);
    tally_init(&points);
    for (uint64_t i = 0; i < COUNT; i++) {
        struct random_stream stream = random_stream(12, i);
        struct vector_measurement measurement = random_measurement(&stream);
        measurement.norm_error = NAN;
        measurement.worst_index = 0;
        tally_add(&whole, &measurement, i);
        tally_add_point(&points, measurement.worst.class, measurement.worst.ulp_error, i);
    }
    clear_padding(&whole);
    clear_padding(&points);
    ck_assert_int_eq(memcmp(&whole, &points, sizeof whole), 0);
    tally_add_point(&points, CLASS_lost, 0x1p70, COUNT);
    tally_add_point(&points, CLASS_lost, 0x1p70, COUNT + 1);
    ck_assert_uint_eq(points.worst_case, COUNT);
}
END_TEST

/* A tally with every member set comes back from its bytes; cut anywhere, or with
 * something after it, it does not. */
START_TEST(bytes_come_back)
{
    static struct tally whole, back;
    struct bytes bytes = {0};
    fill(&whole, 0, 1);
    whole.worst.rel_error = 0x1p-30;
    whole.worst.abs_error = 0x1p-1074;
    whole.beyond_proven = UINT64_C(1) << 40;
    whole.beyond_printed = 2;
    whole.assert_close_passes = 3;
    whole.histogram[17] = UINT64_MAX;
    for (size_t i = 0; i < INVARIANT_COUNT; i++) {
        invariant_count_add(&whole.invariants[i], 0, 4 * i);
        invariant_count_add(&whole.invariants[i], 0x1p-3, 4 * i + 1);
        invariant_count_add(&whole.invariants[i], 0x1p+3, 4 * i + 2);
    }
    for (int empty = 0; empty < 2; empty++) {
        bytes.count = 0;
        tally_write(&whole, &bytes);
        struct byte_reader reader = {bytes.data, bytes.data + bytes.count, false};
        tally_read(&back, &reader);
        ck_assert(!reader.failed && reader.at == reader.end);
        clear_padding(&whole);
        clear_padding(&back);
        ck_assert_int_eq(memcmp(&whole, &back, sizeof whole), 0);
        for (size_t length = 0; length < bytes.count; length++) {
            reader = (struct byte_reader){bytes.data, bytes.data + length, false};
            tally_read(&back, &reader);
            ck_assert(reader.failed);
        }
        tally_init(&whole); /* once more with nothing in it */
    }
    bytes_clear(&bytes);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("tally");
    tcase_add_test(cases, merging_is_associative_and_commutative);
    tcase_add_test(cases, the_worst_case_is_the_lowest_of_its_ties);
    tcase_add_test(cases, a_break_is_the_lowest_of_its_ties);
    tcase_add_test(cases, percentiles_bound_the_sorted_errors);
    tcase_add_test(cases, extremes_have_buckets);
    tcase_add_test(cases, a_bucket_is_told_by_the_bits);
    tcase_add_test(cases, points_are_added_as_results_are);
    tcase_add_test(cases, bytes_come_back);
    Suite *suite = suite_create("tally");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
