/* Sums: each order stays within its bound, adds in the order it says, and rounds
 * where the format says.  The arithmetic of the formulations itself, in a build
 * of this file's own. */
#include "../suite.h"

#define REAL_BUILD   test
#define REAL_KIND    number
#define REAL_CARRIER any
#define REAL_MATH    canonical
#include "impl/sum.h"

#include "core/random.h"

#include <string.h>

static double sum_of(enum format_id format, enum summation summation, const double *terms, size_t n)
{
    impl_context_set(&formats[format], summation);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t i = 0; i < n; i++)
        sum_add(&sum, real_of(terms[i]));
    return real_value(sum_total(&sum));
}

enum { MOST = 5000 };

static const int log2_counts[] = {0, 1, 2, 3, 5, 8, 10, 12};

/* The factor of u·Σ|t| in sum.h, to first order, 1 % added for the rest. */
static double bound(enum summation summation, size_t n)
{
    double log2_n = ceil(log2((double)n));
    switch (summation) {
    case SUMMATION_left:
        return 1.01 * ((double)n - 1);
    case SUMMATION_pairwise:
        return 1.01 * 2 * log2_n;
    case SUMMATION_cascade:
        return 1.01 * (8 * 16 + 8);
    default: /* neumaier, for terms of one sign and n²u below 1/100 */
        return 1.01;
    }
}

START_TEST(each_stays_within_its_bound)
{
    static double terms[MOST];
    enum summation summation = (enum summation)(_i % SUMMATION_COUNT);
    enum format_id id = (enum format_id)(_i / SUMMATION_COUNT);
    const struct format *accumulation = &formats[formats[id].accumulation];
    double u = ldexp(1, -accumulation->precision),
           storing = ldexp(1, -formats[formats[id].computation].precision);
    for (size_t k = 0; k < ROWS(log2_counts); k++) {
        struct random_stream stream = random_stream(8, k);
        size_t n = ((size_t)1 << log2_counts[k]) + random_below(&stream, 3);
        if ((double)n * (double)n * u > 0.01 && summation == SUMMATION_neumaier)
            continue;
        double exact = 0; /* exactly: multiples of 2^−20 (bfloat16: 2^−16) below 2^13 */
        for (size_t i = 0; i < n; i++) {
            terms[i] = format_round_double(
                &formats[id], 0x1p-8 + ldexp((double)random_below(&stream, 1 << 20), -20));
            exact += terms[i];
        }
        double got = sum_of(id, summation, terms, n);
        double allowed = (bound(summation, n) * u + (storing > u ? storing : 0)) * exact;
        ck_assert_msg(fabs(got - exact) <= allowed, "%s+%s of %zu: %a, not %a", formats[id].name,
                      summation_names[summation], n, got, exact);
    }
}
END_TEST

/* Sums that only one order gives, in binary64.  With L = 2^53, L + 1 = L. */
static const struct {
    enum summation summation;
    double terms[8];
    size_t n;
    double sum;
} orders[] = {
    {SUMMATION_left, {0x1p53, 1, 1}, 3, 0x1p53},
    {SUMMATION_left, {1, 1, 0x1p53}, 3, 0x1p53 + 2},
    /* (L + 1) + (1 + 1) */
    {SUMMATION_pairwise, {0x1p53, 1, 1, 1}, 4, 0x1p53 + 2},
    /* ((L + 1) + (1 + 1)) + ((1 + 1) + (1 + 1)), left to right: L */
    {SUMMATION_pairwise, {0x1p53, 1, 1, 1, 1, 1, 1, 1}, 8, 0x1p53 + 6},
    /* ((L + 1) + (1 + 1)) + 1 = L + 3, a tie that goes to L + 4 */
    {SUMMATION_pairwise, {0x1p53, 1, 1, 1, 1}, 5, 0x1p53 + 4},
    /* 1 + 10^100 + 1 − 10^100 = 2: Neumaier 1974's own example */
    {SUMMATION_neumaier, {1, 1e100, 1, -1e100}, 4, 2},
    {SUMMATION_left, {1, 1e100, 1, -1e100}, 4, 0},
    {SUMMATION_pairwise, {1, 1e100, 1, -1e100}, 4, 0},
};

START_TEST(orders_are_what_they_say)
{
    ck_assert_double_eq(
        sum_of(FORMAT_binary64, orders[_i].summation, orders[_i].terms, orders[_i].n),
        orders[_i].sum);
}
END_TEST

/* PyTorch's loop of nll_loss_out_frame, in float. */
static float cascade_as_pytorch(const double *terms, size_t n)
{
    float partial[8] = {0};
    int64_t ceil_log2 = 0;
    while ((INT64_C(1) << ceil_log2) < (int64_t)n)
        ceil_log2++;
    int64_t level_power = ceil_log2 / 8 > 4 ? ceil_log2 / 8 : 4;
    int64_t level_mask = (INT64_C(1) << level_power) - 1;
    for (int64_t b = 0; b < (int64_t)n; b++) {
        partial[0] += (float)terms[b];
        for (int64_t j = 0; j + 1 < 8; j++) {
            if ((b & (level_mask << (j * level_power))) != 0)
                break;
            partial[j + 1] += partial[j];
            partial[j] = 0;
        }
    }
    float total = 0;
    for (int j = 0; j < 8; j++)
        total += partial[j];
    return total;
}

START_TEST(the_cascade_is_pytorchs)
{
    static double terms[MOST];
    struct random_stream stream = random_stream(9, (uint64_t)_i);
    size_t n = 1 + random_below(&stream, MOST);
    for (size_t i = 0; i < n; i++)
        terms[i] = format_round_double(&formats[FORMAT_binary32], random_unit(&stream));
    double got = sum_of(FORMAT_binary32, SUMMATION_cascade, terms, n);
    ck_assert_double_eq(got, (double)cascade_as_pytorch(terms, n));
}
END_TEST

/* 512 times 1: the sum sticks at 2^p where it is added in bfloat16 (256;
 * executorch#20090), and does not where it is added in binary32. */
START_TEST(accumulation_has_a_format_of_its_own)
{
    static double ones[512];
    for (size_t i = 0; i < 512; i++)
        ones[i] = 1;
    ck_assert_double_eq(sum_of(FORMAT_bfloat16, SUMMATION_left, ones, 512), 256);
    ck_assert_double_eq(sum_of(FORMAT_bfloat16, SUMMATION_pairwise, ones, 512), 512);
    ck_assert_double_eq(sum_of(FORMAT_bfloat16_binary32, SUMMATION_left, ones, 512), 512);
    /* 2^24 + 1 + 1 in binary64, then rounded to binary32 */
    const double terms[] = {0x1p24, 1, 1};
    ck_assert_double_eq(sum_of(FORMAT_binary32, SUMMATION_left, terms, 3), 0x1p24);
    ck_assert_double_eq(sum_of(FORMAT_binary32_binary64, SUMMATION_left, terms, 3), 0x1p24 + 2);
}
END_TEST

/* 2^−126 − 2^−149 is subnormal in binary32: 0 where it is flushed. */
START_TEST(subnormal_results_are_flushed)
{
    const double terms[] = {0x1p-126, -0x1p-149};
    ck_assert_double_eq(sum_of(FORMAT_binary32, SUMMATION_left, terms, 2), 0x1p-126 - 0x1p-149);
    ck_assert_double_eq(sum_of(FORMAT_binary32_ftz, SUMMATION_left, terms, 2), 0);
    const double normal[] = {0x1p-126, 0x1p-149};
    ck_assert_double_eq(sum_of(FORMAT_binary32_ftz, SUMMATION_left, normal, 2),
                        0x1p-126 + 0x1p-149);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("sum");
    tcase_add_loop_test(cases, each_stays_within_its_bound, 0, SUMMATION_COUNT * FORMAT_COUNT);
    tcase_add_loop_test(cases, orders_are_what_they_say, 0, ROWS(orders));
    tcase_add_loop_test(cases, the_cascade_is_pytorchs, 0, 200);
    tcase_add_test(cases, accumulation_has_a_format_of_its_own);
    tcase_add_test(cases, subnormal_results_are_flushed);
    Suite *suite = suite_create("sum");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
