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

int main(void)
{
    TCase *cases = tcase_create("tally");
    tcase_add_test(cases, merging_is_associative_and_commutative);
    tcase_add_test(cases, the_worst_case_is_the_lowest_of_its_ties);
    tcase_add_test(cases, a_break_is_the_lowest_of_its_ties);
    tcase_add_test(cases, percentiles_bound_the_sorted_errors);
    tcase_add_test(cases, extremes_have_buckets);
    Suite *suite = suite_create("tally");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
