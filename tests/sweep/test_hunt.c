/* The parts of a hunt: what it moves in, that it climbs to a maximum that is
 * known, that a find made shorter is the same find, and that neither threads nor
 * the order of merging show. */
#include "sweep/hunt.h"
#include "sweep/hunt_minimise.h"
#include "sweep/hunt_move.h"

#include "../suite.h"

#include <math.h>
#include <omp.h>

/* --- the space ------------------------------------------------------------------------- */

static const char *const one_of_each[] = {
    "fused-log-softmax", "log1p-stablemax-ce", "lse-basic", "softmax-framework",     "prob-bce",
    "elementwise-bce",   "logits-bce",         "stan-bce",  "logits-bce-pos-weight",
};

static const char *const some_formats[] = {"binary64", "binary32", "binary16", "bfloat16"};

static struct hunt_space space_of(const char *formulation, const char *format, size_t columns)
{
    return hunt_space_of(formulation_find(formulation), format_find(format), columns);
}

START_TEST(starts_and_steps_stay_in_the_space)
{
    for (size_t f = 0; f < sizeof some_formats / sizeof *some_formats; f++) {
        struct hunt_space space = space_of(one_of_each[_i], some_formats[f], 3);
        struct random_stream stream = random_stream(7, (uint64_t)_i);
        unsigned sizes = hunt_sizes(&space);
        struct hunt_case point;
        for (uint64_t i = 0; i < 40; i++) {
            hunt_start(&space, &stream, i, &point);
            ck_assert(hunt_space_has(&space, &point));
            for (unsigned size = sizes; size-- > 0;) {
                hunt_move(&space, &stream, size, &point);
                ck_assert(hunt_space_has(&space, &point));
            }
        }
    }
}
END_TEST

START_TEST(a_case_comes_back_from_its_numbers)
{
    struct hunt_space space = space_of(one_of_each[_i], "binary32", 4);
    struct random_stream stream = random_stream(8, (uint64_t)_i);
    struct case_store store = {0};
    struct error error;
    struct hunt_case point, back;
    for (uint64_t i = 0; i < 200; i++) {
        hunt_start(&space, &stream, i, &point);
        ck_assert_int_eq(hunt_case_store(&space, &point, &store, &error), OK);
        ck_assert(formulation_applies(formulation_find(one_of_each[_i]), space.format,
                                      MATH_canonical, &store.input));
        ck_assert(hunt_case_of(&space, &store.input, &back));
        ck_assert_int_eq(hunt_case_compare(&space, &point, &back), 0);
    }
    store.values[0] = INFINITY; /* no hunt looks at one */
    ck_assert(!hunt_case_of(&space, &store.input, &back));
    case_store_clear(&store);
}
END_TEST

/* Every binade of the format, in so many starts as it has binades, twice. */
START_TEST(starts_go_through_every_binade)
{
    struct hunt_space space = space_of("logits-bce", some_formats[_i], 1);
    const struct format *format = space.format;
    int least = format->emin - format->precision + 1, binades = format->emax - least + 1;
    bool *seen = calloc((size_t)binades, sizeof *seen);
    struct random_stream stream = random_stream(9, 0);
    struct hunt_case point;
    for (uint64_t i = 0; i < 2 * (uint64_t)binades; i++) {
        hunt_start(&space, &stream, i, &point);
        seen[ilogb(format_from_ordinal(format, point.values[0])) - least] = true;
    }
    for (int i = 0; i < binades; i++)
        ck_assert_msg(seen[i], "binade 2^%d", i + least);
    free(seen);
}
END_TEST

/* Significant bits, and bits of the exponent. */
static const struct {
    double x;
    size_t length;
} lengths[] = {
    {0, 0},
    {1, 1},
    {-1, 1},
    {2, 1 + 1},
    {3, 2 + 1},
    {17, 5 + 3},
    {0.5, 1 + 1},
    {0x1.8p-10, 2 + 4},
    {1e300, 51 + 10}, /* 0x1.7e43c8800759cp+996: the last two bits are 0 */
    {0x1p-1074, 1 + 11},
    {0x1.fffffffffffffp+0, 53},
};

START_TEST(length_counts_bits)
{
    ck_assert_uint_eq(hunt_length(lengths[_i].x), lengths[_i].length);
}
END_TEST

/* --- a maximum that is known -------------------------------------------------------------- */

/* Errors fall off from one row, and a false zero stands where the result runs
 * out, `wide` ordinals before it is rightly 0. */
struct planted {
    const struct hunt_space *space;
    int64_t peak[2];
    int64_t edge, wide;
    uint64_t looks;
};

static double log_distance(int64_t a, int64_t b)
{
    return log2(1 + (double)(a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a));
}

static int look_at_planted(void *context, const struct hunt_case *point, struct hunt_sight *sight,
                           struct error *error)
{
    struct planted *planted = context;
    (void)error;
    planted->looks++;
    *sight = (struct hunt_sight){.class = CLASS_lost};
    sight->ulp_error = 1000 - log_distance(point->values[0], planted->peak[0]) -
                       log_distance(point->values[1], planted->peak[1]);
    sight->got = ldexp((double)((uint64_t)planted->edge - (uint64_t)point->values[1]), -60);
    if (point->values[1] >= planted->edge) {
        sight->class = CLASS_correct;
        sight->got = sight->ulp_error = 0;
    } else if (point->values[1] >= planted->edge - planted->wide) {
        sight->class = CLASS_false_zero;
        sight->got = 0;
    }
    return OK;
}

START_TEST(it_climbs_to_a_known_maximum)
{
    enum { CASES = 2 * HUNT_RESTART_CASES };
    struct hunt_space space = space_of("fused-log-softmax", some_formats[_i], 2);
    const struct format *format = space.format;
    struct planted planted = {
        .space = &space,
        .peak = {format_ordinal(format, format_round_double(format, 1234.5678)),
                 format_ordinal(format, format_round_double(format, -0.001234))},
        .edge = format_ordinal(format, format_round_double(format, 345.678)),
        .wide = 3,
    };
    const struct hunt_probe probe = {space, look_at_planted, &planted};
    struct hunt_finds finds;
    struct error error;
    hunt_finds_clear(&finds);
    ck_assert_int_eq(hunt_restart(&probe, 1, 2, 3, CASES, &finds, &error), OK);
    ck_assert_uint_eq(planted.looks, CASES);
    const struct hunt_find *greatest = &finds.kind[HUNT_greatest_error];
    ck_assert_int_eq(greatest->point.values[0], planted.peak[0]);
    ck_assert_int_eq(greatest->point.values[1], planted.peak[1]);
    const struct hunt_find *zero = &finds.kind[HUNT_false_zero];
    ck_assert_uint_lt(zero->first, CASES);
    ck_assert_int_ge(zero->point.values[1], planted.edge - planted.wide);
    ck_assert_int_lt(zero->point.values[1], planted.edge);
    ck_assert_uint_eq(finds.kind[HUNT_spurious_nan].first, HUNT_NEVER);
}
END_TEST

/* With 3 cases restarts do not differ in the binades that they begin with. */
START_TEST(a_restart_is_a_function_of_its_number)
{
    const uint64_t cases = _i == 0 ? 500 : 3;
    struct hunt_space space = space_of("fused-log-softmax", "binary32", 3);
    struct planted planted = {.space = &space, .peak = {12345678, -87654321}};
    const struct hunt_probe probe = {space, look_at_planted, &planted};
    struct hunt_finds one[2], other;
    struct error error;
    for (size_t i = 0; i < 2; i++) {
        hunt_finds_clear(&one[i]);
        ck_assert_int_eq(hunt_restart(&probe, 1, 2, 3, cases, &one[i], &error), OK);
    }
    hunt_finds_clear(&other);
    ck_assert_int_eq(hunt_restart(&probe, 1, 2, 4, cases, &other, &error), OK);
    const struct hunt_case *point = &one[0].kind[0].point;
    ck_assert_int_eq(hunt_case_compare(&space, point, &one[1].kind[0].point), 0);
    ck_assert_int_ne(hunt_case_compare(&space, point, &other.kind[0].point), 0);
}
END_TEST

/* --- finds ---------------------------------------------------------------------------------- */

static bool same_find(const struct hunt_space *space, const struct hunt_find *a,
                      const struct hunt_find *b)
{
    if (a->first == HUNT_NEVER || b->first == HUNT_NEVER)
        return a->first == b->first;
    return a->first == b->first && a->sight.class == b->sight.class &&
           hunt_case_compare(space, &a->point, &b->point) == 0 &&
           hunt_burden_compare(&a->burden, &b->burden) == 0;
}

static void assert_same_finds(const struct hunt_space *space, const struct hunt_finds *a,
                              const struct hunt_finds *b)
{
    for (size_t k = 0; k < HUNT_KINDS; k++)
        ck_assert_msg(same_find(space, &a->kind[k], &b->kind[k]), "%s", hunt_kind_names[k]);
}

/* Few errors and few cases, so that ties are many; a function of the case. */
static struct hunt_sight sight_of(const struct hunt_case *point)
{
    static const enum result_class classes[] = {CLASS_correct,      CLASS_false_zero,
                                                CLASS_wrong_sign,   CLASS_spurious_inf,
                                                CLASS_spurious_nan, CLASS_missed_inf};
    struct random_stream stream =
        random_stream((uint64_t)point->values[0], (uint64_t)point->values[1]);
    return (struct hunt_sight){.class =
                                   classes[random_below(&stream, sizeof classes / sizeof *classes)],
                               .ulp_error = (double)random_below(&stream, 4)};
}

/* Cases 0 … 63 in three parts, merged in either order, are the same as at once. */
START_TEST(finds_merge_in_any_order)
{
    enum { CASES = 64, PARTS = 3 };
    struct hunt_space space = space_of("fused-log-softmax", "binary16", 2);
    struct random_stream stream = random_stream(5, (uint64_t)_i);
    struct hunt_finds whole, parts[PARTS], forward, backward;
    uint64_t offsets[PARTS + 1] = {0, random_below(&stream, CASES / 2), CASES / 2, CASES};
    hunt_finds_clear(&whole);
    hunt_finds_clear(&forward);
    hunt_finds_clear(&backward);
    for (size_t p = 0; p < PARTS; p++) {
        hunt_finds_clear(&parts[p]);
        for (uint64_t i = offsets[p]; i < offsets[p + 1]; i++) {
            struct hunt_case point = {.columns = 2};
            point.values[0] = (int64_t)random_below(&stream, 5);
            point.values[1] = (int64_t)random_below(&stream, 5);
            struct hunt_sight sight = sight_of(&point);
            hunt_finds_add(&whole, &space, &point, &sight, i);
            hunt_finds_add(&parts[p], &space, &point, &sight, i - offsets[p]);
        }
    }
    for (size_t p = 0; p < PARTS; p++) {
        hunt_finds_merge(&forward, &parts[p], &space, offsets[p]);
        hunt_finds_merge(&backward, &parts[PARTS - 1 - p], &space, offsets[PARTS - 1 - p]);
    }
    assert_same_finds(&space, &whole, &forward);
    assert_same_finds(&space, &whole, &backward);
}
END_TEST

/* --- real formulations ---------------------------------------------------------------------- */

/* In binary32, or in binary64 too. */
static struct hunt_result hunt_on(int threads, size_t format_count, const char *const *names,
                                  size_t count, uint64_t budget)
{
    const struct format *const formats_of[] = {format_find("binary32"), format_find("binary64")};
    size_t indices[8];
    for (size_t i = 0; i < count; i++)
        indices[i] = formulation_find(names[i]);
    const struct hunt_request request = {.formats = formats_of,
                                         .format_count = format_count,
                                         .formulations = indices,
                                         .formulation_count = count,
                                         .columns = 2,
                                         .math = MATH_canonical,
                                         .seed = 1,
                                         .budget = budget};
    struct hunt_result result;
    struct error error;
    int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    int code = hunt(&request, NULL, NULL, &result, &error);
    omp_set_num_threads(before);
    ck_assert_msg(code == OK, "%s", error.text);
    return result;
}

/* A budget of one restart and a part of a second. */
START_TEST(threads_do_not_show)
{
    static const char *const names[] = {"logits-bce-logsigmoid"};
    struct hunt_result one = hunt_on(1, 1, names, 1, HUNT_RESTART_CASES + 1000),
                       three = hunt_on(3, 1, names, 1, HUNT_RESTART_CASES + 1000);
    ck_assert_uint_eq(one.count, 1);
    ck_assert_uint_eq(three.count, 1);
    for (size_t i = 0; i < one.count; i++) {
        ck_assert_uint_eq(one.lanes[i].cases, HUNT_RESTART_CASES + 1000);
        ck_assert_uint_eq(three.lanes[i].cases, one.lanes[i].cases);
        assert_same_finds(&one.lanes[i].space, &one.lanes[i].finds, &three.lanes[i].finds);
    }
    hunt_result_clear(&one);
    hunt_result_clear(&three);
}
END_TEST

START_TEST(it_finds_false_zeros)
{
    static const char *const names[] = {"fused-log-softmax", "lse-minus-target", "prob-bce",
                                        "logits-bce-logsigmoid"};
    struct hunt_result result = hunt_on(2, 2, names, sizeof names / sizeof *names, 3000);
    for (size_t i = 0; i < result.count; i++)
        ck_assert_msg(result.lanes[i].finds.kind[HUNT_false_zero].first < 3000, "%s %s",
                      formulations[result.lanes[i].formulation].name, result.lanes[i].format->name);
    hunt_result_clear(&result);
}
END_TEST

/* Every find of one short restart, minimised: no more to read than before, a find
 * of the kind still when it is measured anew, and of errors the share that is
 * promised. */
START_TEST(a_shorter_find_is_the_same_find)
{
    size_t formulation = formulation_find(one_of_each[_i]);
    struct hunt_space space = space_of(one_of_each[_i], "binary32", 3);
    struct hunt_look look = {.formulation = formulation, .math = MATH_canonical, .space = &space};
    const struct hunt_probe probe = {space, hunt_look, &look};
    struct hunt_finds finds;
    struct error error;
    hunt_finds_clear(&finds);
    ck_assert_int_eq(hunt_restart(&probe, 1, (uint64_t)_i, 0, 600, &finds, &error), OK);
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        struct hunt_find find = finds.kind[k];
        struct hunt_sight sight;
        if (find.first == HUNT_NEVER)
            continue;
        ck_assert_int_eq(hunt_minimise(&probe, (enum hunt_kind)k, &find, &error), OK);
        ck_assert(hunt_space_has(&space, &find.point));
        ck_assert_int_le(hunt_burden_compare(&find.burden, &finds.kind[k].burden), 0);
        struct hunt_burden burden = hunt_burden(&space, &find.point);
        ck_assert_int_eq(hunt_burden_compare(&burden, &find.burden), 0);
        ck_assert_int_eq(hunt_look(&look, &find.point, &sight, &error), OK);
        ck_assert(hunt_is_find((enum hunt_kind)k, &sight));
        if (k == HUNT_greatest_error)
            ck_assert_double_ge(sight.ulp_error, HUNT_KEPT_SHARE * finds.kind[k].sight.ulp_error);
    }
    hunt_look_clear(&look);
}
END_TEST

static int look_at_anything(void *context, const struct hunt_case *point, struct hunt_sight *sight,
                            struct error *error)
{
    size_t *looks = context;
    (void)point;
    (void)error;
    ++*looks;
    *sight = (struct hunt_sight){.class = CLASS_lost, .ulp_error = 1, .got = 1};
    return OK;
}

/* Where anything is a find, the least that there is is left, at once: no change
 * makes a case longer. */
START_TEST(nothing_is_left_where_anything_will_do)
{
    struct hunt_space space = space_of(one_of_each[_i], "binary64", 5);
    size_t looks = 0;
    const struct hunt_probe probe = {space, look_at_anything, &looks};
    struct random_stream stream = random_stream(3, (uint64_t)_i);
    struct hunt_find find = {.sight = {.class = CLASS_lost, .ulp_error = 1, .got = 1}};
    struct error error;
    hunt_start(&space, &stream, 77, &find.point);
    find.burden = hunt_burden(&space, &find.point);
    ck_assert_int_eq(hunt_minimise(&probe, HUNT_greatest_error, &find, &error), OK);
    ck_assert_uint_lt(looks, 100);
    ck_assert_uint_eq(find.burden.nonzero, 0);
    ck_assert_uint_eq(find.burden.columns, space.least_columns);
    ck_assert_uint_eq(find.burden.length, space.weighted ? 1 : 0); /* the weight 1 */
}
END_TEST

/* A false zero of the fused loss needs one number: a lead of 24·ln 2 = 16.6 or
 * more, of which 32 takes least to write. */
START_TEST(the_shortest_false_zero)
{
    struct hunt_space space = space_of("fused-log-softmax", "binary32", 4);
    struct hunt_look look = {.formulation = formulation_find("fused-log-softmax"),
                             .math = MATH_canonical,
                             .space = &space};
    const struct hunt_probe probe = {space, hunt_look, &look};
    const double logits[] = {1.2345f, 18.7654f, 0.333f, -7.125f};
    struct hunt_find find = {.point = {.columns = 4, .target = 1}};
    struct error error;
    for (size_t k = 0; k < 4; k++)
        find.point.values[k] = format_ordinal(space.format, logits[k]);
    find.burden = hunt_burden(&space, &find.point);
    ck_assert_int_eq(hunt_look(&look, &find.point, &find.sight, &error), OK);
    ck_assert_int_eq(find.sight.class, CLASS_false_zero);
    ck_assert_int_eq(hunt_minimise(&probe, HUNT_false_zero, &find, &error), OK);
    ck_assert_uint_eq(find.point.columns, 2);
    const double *shortest =
        find.point.target == 0 ? (const double[]){32, 0} : (const double[]){0, 32};
    for (size_t k = 0; k < 2; k++)
        ck_assert_int_eq(find.point.values[k], format_ordinal(space.format, shortest[k]));
    hunt_look_clear(&look);
}
END_TEST

int main(void)
{
    enum { EACH = ROWS(one_of_each), FORMATS = ROWS(some_formats) };
    Suite *suite = suite_create("hunt");
    suite_add_rows(suite, "in space", NULL, NULL, starts_and_steps_stay_in_the_space, EACH);
    suite_add_rows(suite, "back", NULL, NULL, a_case_comes_back_from_its_numbers, EACH);
    suite_add_rows(suite, "binades", NULL, NULL, starts_go_through_every_binade, FORMATS);
    suite_add_rows(suite, "length", NULL, NULL, length_counts_bits, ROWS(lengths));
    suite_add_rows(suite, "maximum", NULL, NULL, it_climbs_to_a_known_maximum, FORMATS);
    suite_add_rows(suite, "function", NULL, NULL, a_restart_is_a_function_of_its_number, 2);
    suite_add_rows(suite, "merge", NULL, NULL, finds_merge_in_any_order, 50);
    suite_add_rows(suite, "threads", NULL, NULL, threads_do_not_show, 1);
    suite_add_rows(suite, "false zeros", NULL, NULL, it_finds_false_zeros, 1);
    suite_add_rows(suite, "shorter", NULL, NULL, a_shorter_find_is_the_same_find, EACH);
    suite_add_rows(suite, "least", NULL, NULL, nothing_is_left_where_anything_will_do, EACH);
    suite_add_rows(suite, "shortest", NULL, NULL, the_shortest_false_zero, 1);
    return suite_run(suite);
}
