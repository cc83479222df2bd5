/* A gradient as a whole: which component is the worst, and the normwise error,
 * against values worked out by hand. */
#include "../suite.h"
#include "rational.h"

#include "measure/measure.h"

#include <math.h>

static void done(void)
{
    oracle_thread_done();
}

/* Vectors of three components; g is rational, got is binary16. */
static const struct {
    const char *g[3];
    double got[3];
    enum result_class class;
    size_t index;
    double norm;
} vector_rows[] = {
    {{"1", "1/2", "0"}, {1, 0.5, 0}, CLASS_correct, 0, 0},
    {{"0", "0", "0"}, {0, 0, 0}, CLASS_correct, 0, 0},
    {{"0", "0", "0"}, {0, 0x1p-24, 0}, CLASS_close, 1, INFINITY},
    /* The greatest error of one class, the first of its ties. */
    {{"1", "1", "1"}, {1 + 0x2p-10, 1 + 0x3p-10, 1 + 0x3p-10}, CLASS_close, 1, 0x3p-10},
    /* correct < faithful < close < degraded < lost < wrong sign < failure. */
    {{"2049/2048", "8197/8192", "0"}, {1, 1, 0}, CLASS_faithful, 1, 5.0 / 8197},
    {{"1", "1", "8197/8192"}, {1 - 0x4p-10, 1 + 0x11p-10, 1}, CLASS_degraded, 1, 0x1.1p+7 / 8197},
    {{"1", "1", "1"}, {1 + 0x11p-10, 3, 1}, CLASS_lost, 1, 2},
    {{"1", "-1/1024", "1"}, {100, 0x1p-10, 1}, CLASS_wrong_sign, 1, 99},
    {{"1", "1/4096", "1"}, {100, 0, 1}, CLASS_false_zero, 1, 99},
    {{"1", "1/4096", "1"}, {100, 0, NAN}, CLASS_spurious_nan, 2, NAN},
    {{"1", "1", "1"}, {INFINITY, NAN, INFINITY}, CLASS_spurious_nan, 1, NAN},
    {{"1", "1", "1"}, {1, NAN, NAN}, CLASS_spurious_nan, 1, NAN},
    {{"-65520", "1", "1"}, {-INFINITY, 1, 1.5}, CLASS_lost, 2, 0.5 / 65520},
    /* A component lost beside one that is much larger. */
    {{"1/1024", "-1024", "1"}, {0x1p-9, -1024, 1}, CLASS_lost, 0, 0x1p-20},
};

START_TEST(vectors)
{
    struct enclosure g[3];
    struct vector_measurement vector;
    size_t open;
    for (size_t i = 0; i < 3; i++) {
        enclosure_init(&g[i]);
        set_rational(&g[i], vector_rows[_i].g[i], 64);
    }
    ck_assert(measure_vector(g, &formats[FORMAT_binary16], vector_rows[_i].got, 3, &vector, &open));
    ck_assert_str_eq(class_names[vector.worst.class], class_names[vector_rows[_i].class]);
    ck_assert_uint_eq(vector.worst_index, vector_rows[_i].index);
    double norm = vector_rows[_i].norm;
    ck_assert_msg(isnan(norm)   ? isnan(vector.norm_error)
                  : isinf(norm) ? vector.norm_error == norm
                                : fabs(vector.norm_error - norm) <= 0x1p-40 * norm,
                  "%.17g, not %.17g", vector.norm_error, norm);
    for (size_t i = 0; i < 3; i++)
        enclosure_clear(&g[i]);
}
END_TEST

/* NaN in g has no norm; an open component is named. */
START_TEST(vectors_without_a_norm)
{
    struct vector_measurement vector;
    size_t open = 9;
    const double got[] = {NAN};
    struct enclosure none;
    enclosure_init(&none);
    none.kind = EXACT_UNDEFINED;
    mpfr_set_nan(none.lo);
    mpfr_set_nan(none.hi);
    ck_assert(measure_vector(&none, &formats[FORMAT_binary64], got, 1, &vector, &open));
    ck_assert_str_eq(class_names[vector.worst.class], "correct");
    ck_assert(isnan(vector.norm_error));
    enclosure_clear(&none);
    struct enclosure two[2];
    enclosure_init(&two[0]);
    enclosure_init(&two[1]);
    set_rational(&two[0], "1", 64);
    set_rational(&two[1], "16/15", 64);
    two[1].kind = EXACT_TRANSCENDENTAL;
    const double ones[] = {1, 1};
    ck_assert(!measure_vector(two, &formats[FORMAT_binary64], ones, 2, &vector, &open));
    ck_assert_uint_eq(open, 1);
    enclosure_clear(&two[0]);
    enclosure_clear(&two[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vector");
    suite_add_rows(suite, "vectors", NULL, done, vectors, ROWS(vector_rows));
    suite_add_rows(suite, "no norm", NULL, done, vectors_without_a_norm, 1);
    return suite_run(suite);
}
