/* The maths of the platform: that their cells say what a plain count says; that libm, another
 * compiler and CBLAS stay within the bounds of the formulas where nothing is extreme; that a
 * compiler's licence stays in the objects it was given to. */
#include "../suite.h"

#include "core/random.h"
#include "oracle/oracle.h"
#include "sweep/platform.h"

#include <glob.h>
#include <math.h>
#include <omp.h>
#include <string.h>

static double loss_of(size_t index, const struct format *format, enum math_id math,
                      const struct input_case *input)
{
    struct workspace workspace = {0};
    struct error error;
    double loss;
    ck_assert_int_eq(formulation_loss(index, format, math, input, &workspace, &loss, &error), OK);
    workspace_clear(&workspace);
    return loss;
}

/* --- the engine ------------------------------------------------------------------- */

/* What a cell says, counted case by case in the order of their numbers. */
struct count {
    uint64_t cases, differ, signs, vanished, appeared, first;
    int64_t ordinals;
};

static struct count count_cell(const struct platform_run *run, size_t format, size_t f,
                               enum math_id math)
{
    const struct format *of = run->experiment->formats[format];
    size_t index = run->experiment->formulations[f];
    struct count count = {.first = NO_CASE};
    struct case_store store = {0};
    struct place place;
    struct error error;
    for (uint64_t i = 0; i < run->plan.cases; i++) {
        ck_assert_int_eq(plan_case(&run->plan, i, &store, &place, &error), OK);
        if (place.segment->format != of || !formulation_applies(index, of, math, &store.input))
            continue;
        double libm = loss_of(index, of, MATH_libm, &store.input);
        double mine = loss_of(index, of, math, &store.input);
        count.cases++;
        count.vanished += isnan(libm) && !isnan(mine);
        count.appeared += !isnan(libm) && isnan(mine);
        if (memcmp(&libm, &mine, sizeof libm) == 0 || (isnan(libm) && isnan(mine)))
            continue;
        count.differ++;
        count.signs += libm == 0 && mine == 0;
        if (count.first == NO_CASE)
            count.first = i;
        /* losses are not so far apart here that an int64_t would overflow */
        int64_t apart =
            isnan(libm) || isnan(mine) ? 0 : format_ordinal(of, libm) - format_ordinal(of, mine);
        if (llabs(apart) > count.ordinals)
            count.ordinals = llabs(apart);
    }
    case_store_clear(&store);
    return count;
}

/* Every fourth formulation: a count makes each case again. */
static void assert_counted(const struct platform_run *run)
{
    static const enum math_id some[] = {MATH_canonical, MATH_fastmath, MATH_blas};
    for (size_t f = 0; f < run->experiment->formulations_count; f += 4)
        for (size_t m = 0; m < sizeof some / sizeof *some; m++) {
            const struct platform_cell *cell = platform_cell(run, 0, f, some[m]);
            struct count count = count_cell(run, 0, f, some[m]);
            ck_assert_uint_eq(tally_cases(&cell->tally), count.cases);
            ck_assert_uint_eq(cell->from_libm.cases, count.differ);
            ck_assert_uint_eq(cell->from_libm.signs, count.signs);
            ck_assert_uint_eq(cell->from_libm.first_case, count.first);
            ck_assert_uint_eq(cell->from_libm.ordinals, (uint64_t)count.ordinals);
            ck_assert_uint_eq(cell->vanished.cases, count.vanished);
            ck_assert_uint_eq(cell->appeared.cases, count.appeared);
        }
}

static bool same_difference(const struct difference *a, const struct difference *b)
{
    return a->cases == b->cases && a->signs == b->signs && a->ordinals == b->ordinals &&
           a->first_case == b->first_case && a->far_case == b->far_case;
}

/* Every result has a class, NaN and infinities included, and canonical is as
 * far from libm as libm from canonical.  (tests/e2e/platform.sh compares
 * numbers of threads.) */
static void assert_whole(const struct platform_run *run)
{
    for (size_t format = 0; format < run->experiment->formats_count; format++)
        for (size_t f = 0; f < run->experiment->formulations_count; f++) {
            const struct platform_cell *libm = platform_cell(run, format, f, MATH_libm);
            const struct platform_cell *canonical = platform_cell(run, format, f, MATH_canonical);
            ck_assert(same_difference(&libm->from_canonical, &canonical->from_libm));
            for (size_t m = 0; m < MATH_COUNT; m++)
                ck_assert_uint_eq(
                    tally_cases(&platform_cell(run, format, f, (enum math_id)m)->tally),
                    tally_cases(&libm->tally));
        }
}

START_TEST(cells_are_what_a_count_gives)
{
    glob_t found;
    struct error error;
    ck_assert_int_eq(glob("experiments/platform/*.yaml", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 5);
    omp_set_num_threads(2);
    for (size_t e = 0; e < found.gl_pathc; e++) {
        struct platform_run run;
        ck_assert_msg(platform_load(&run, found.gl_pathv[e], &error) == OK, "%s", error.text);
        ck_assert_msg(platform_measure(&run, &error) == OK, "%s", error.text);
        assert_counted(&run);
        assert_whole(&run);
        platform_clear(&run);
    }
    globfree(&found);
}
END_TEST

/* --- the summary ------------------------------------------------------------------ */

/* Two runs of two formulations, made by hand: cases and signs are added up, of
 * distances the first of the greatest is taken, and the cases of other maths are
 * left out. */
START_TEST(a_summary_adds_cases_and_takes_the_greatest_distance)
{
    static const uint64_t distances[] = {3, 7, 7, 5};
    static struct platform_cell cells[4 * MATH_COUNT];
    size_t some[] = {2, 4};
    struct experiment experiment = {
        .formats_count = 1, .formulations = some, .formulations_count = 2};
    const struct platform_run runs[] = {
        {.experiment = &experiment, .cells = cells},
        {.experiment = &experiment, .cells = cells + 2 * MATH_COUNT},
    };
    for (uint64_t i = 0; i < 4; i++) {
        struct platform_cell *cell = &cells[i * MATH_COUNT + MATH_blas];
        cell->tally.classes[CLASS_correct] = 10;
        cell->tally.classes[CLASS_false_zero] = i;
        cell->from_libm = (struct difference){2, 1, distances[i], i, 100 + i};
        cell->from_canonical = (struct difference){4, 3, 2 * distances[i], i, 200 + i};
        cell->vanished = (struct nan_change){i == 0 ? 0 : i, 300 + i};
        cell->appeared.cases = 1;
        cells[i * MATH_COUNT + MATH_libm].from_libm.ordinals = 1000;
    }
    struct platform_summary summary = platform_summarize(runs, 2, MATH_blas);
    ck_assert_uint_eq(summary.results, 4 * 10 + 0 + 1 + 2 + 3);
    ck_assert_uint_eq(summary.grave, 0 + 1 + 2 + 3);
    ck_assert_uint_eq(summary.from_libm.cases, 8);
    ck_assert_uint_eq(summary.from_libm.signs, 4);
    ck_assert_uint_eq(summary.from_libm.ordinals, 7);
    ck_assert_uint_eq(summary.from_canonical.cases, 16);
    ck_assert_uint_eq(summary.from_canonical.signs, 12);
    ck_assert_uint_eq(summary.from_canonical.ordinals, 14);
    ck_assert_ptr_eq(summary.farthest.run, &runs[0]);
    ck_assert_uint_eq(summary.farthest.formulation, 4);
    ck_assert_uint_eq(summary.farthest.case_number, 101);
    ck_assert_uint_eq(summary.vanished, 1 + 2 + 3);
    ck_assert_uint_eq(summary.appeared, 4);
    ck_assert_ptr_eq(summary.first_vanished.run, &runs[0]);
    ck_assert_uint_eq(summary.first_vanished.case_number, 301);
}
END_TEST

/* --- the maths --------------------------------------------------------------------- */

/* A batch of probabilities in [1/16, 15/16] and labels in [0, 1). */
static void make_batch(struct case_store *store, const struct format *format, size_t rows,
                       size_t columns, struct random_stream *stream)
{
    struct error error;
    ck_assert_int_eq(case_store_shape(store, PROBLEM_bce_prob_batch, rows, columns, &error), OK);
    for (size_t i = 0; i < rows * columns; i++) {
        store->values[i] = format_round_double(format, 0.0625 + 0.875 * random_unit(stream));
        store->labels[i] = format_round_double(format, random_unit(stream));
    }
}

static double relative_error(const struct input_case *input, const struct format *format,
                             double loss)
{
    struct enclosure enclosure;
    struct measurement measurement;
    struct error error;
    enclosure_init(&enclosure);
    ck_assert_int_eq(oracle_certify(input, quantity_loss(0), format, &enclosure, &error), OK);
    while (!measure(&enclosure, format, loss, &measurement))
        ck_assert_int_eq(oracle_refine(input, quantity_loss(0), &enclosure, &error), OK);
    enclosure_clear(&enclosure);
    return measurement.rel_error;
}

/* The trace's terms y·log p and (1−y)·log(1−p) all have one sign, so that their
 * sum has relative error ≤ (2NC − 1)u in any order, fused or not (Higham 2002,
 * 4.2); each term has 1u of its product, 1u of 1 − y, 2u of a log within 1 ulp,
 * and 1u/|log(15/16)| < 16u of the rounded 1 − p.  With one column a product is
 * one multiplication: nothing is left for a library to order. */
static const struct {
    size_t rows, columns;
} shapes[] = {{1, 1}, {7, 1}, {40, 1}, {1, 64}, {3, 5}, {16, 16}, {33, 7}};

START_TEST(the_trace_by_blas_is_the_sum)
{
    size_t trace = formulation_find("trace-bce"), sum = formulation_find("elementwise-bce");
    for (int which = 0; which < 2; which++) {
        const struct format *format = &formats[which == 0 ? FORMAT_binary32 : FORMAT_binary64];
        struct random_stream stream = random_stream(23, (uint64_t)_i);
        struct case_store store = {0};
        for (int k = 0; k < 40; k++) {
            make_batch(&store, format, shapes[_i].rows, shapes[_i].columns, &stream);
            double terms = 2.0 * (double)(shapes[_i].rows * shapes[_i].columns);
            double bound = (terms + 20) * ldexp(1, -format->precision);
            double blas = loss_of(trace, format, MATH_blas, &store.input);
            double left = loss_of(sum, format, MATH_libm, &store.input);
            ck_assert_double_le(relative_error(&store.input, format, blas), bound);
            ck_assert_double_le(relative_error(&store.input, format, left), bound);
            if (shapes[_i].columns == 1)
                ck_assert_double_eq(blas, loss_of(trace, format, MATH_libm, &store.input));
        }
        case_store_clear(&store);
    }
}
END_TEST

/* exp within 1 ulp, log within 1 ulp of a number in [10e^−6, 10]: for logits in
 * ±3 every softmax-ce form has an absolute error ≤ (n + 20)u, n = 10, and those
 * of bce-logit less (the bounds of the headers). */
START_TEST(libm_keeps_the_bounds)
{
    static const enum math_id maths_here[] = {MATH_libm, MATH_clang, MATH_blas};
    enum math_id math = maths_here[_i % 3];
    const struct format *format = &formats[_i / 3 == 0 ? FORMAT_binary32 : FORMAT_binary64];
    struct random_stream stream = random_stream(29, 0);
    struct case_store store = {0};
    struct error error;
    size_t tried = 0;
    for (size_t f = 0; f < formulation_count; f++) {
        if (formulations[f].problem != PROBLEM_softmax_ce)
            continue;
        for (int k = 0; k < 50; k++, tried++) {
            ck_assert_int_eq(case_store_shape(&store, PROBLEM_softmax_ce, 1, 10, &error), OK);
            for (size_t j = 0; j < 10; j++)
                store.values[j] = format_round_double(format, 6 * random_unit(&stream) - 3);
            store.targets[0] = random_below(&stream, 10);
            if (!formulation_applies(f, format, math, &store.input))
                continue;
            double loss = loss_of(f, format, math, &store.input);
            ck_assert_msg(relative_error(&store.input, format, loss) * loss <=
                              30 * ldexp(1, -format->precision),
                          "%s", formulations[f].name);
        }
    }
    ck_assert_uint_gt(tried, 0);
    case_store_clear(&store);
}
END_TEST

/* log1p(e^−90) = 8.19e-40 (bc -l) is subnormal in binary32: no math flushes it,
 * as start-up code that is linked in by -ffast-math would. */
START_TEST(subnormals_stay)
{
    struct case_store store = {0};
    struct error error;
    ck_assert_int_eq(case_store_shape(&store, PROBLEM_softmax_ce, 1, 2, &error), OK);
    store.values[0] = 90, store.values[1] = 0, store.targets[0] = 0;
    double loss = loss_of(formulation_find("log1p-lse"), &formats[FORMAT_binary32],
                          (enum math_id)_i, &store.input);
    ck_assert_double_lt(fabs(loss - 8.194012623990515e-40), 0x1p-149);
    case_store_clear(&store);
}
END_TEST

START_TEST(licences_are_for_native_formats)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        for (size_t math = 0; math < MATH_COUNT; math++)
            ck_assert_int_eq(math_has_format((enum math_id)math, &formats[i]),
                             math == MATH_canonical || math == MATH_libm || i == FORMAT_binary32 ||
                                 i == FORMAT_binary64);
}
END_TEST

int main(void)
{
    TCase *engine = tcase_create("engine");
    tcase_set_timeout(engine, 120);
    tcase_add_test(engine, cells_are_what_a_count_gives);
    tcase_add_test(engine, a_summary_adds_cases_and_takes_the_greatest_distance);
    TCase *each = tcase_create("maths");
    tcase_add_loop_test(each, the_trace_by_blas_is_the_sum, 0, ROWS(shapes));
    tcase_add_loop_test(each, libm_keeps_the_bounds, 0, 6);
    tcase_add_loop_test(each, subnormals_stay, 0, MATH_COUNT);
    tcase_add_test(each, licences_are_for_native_formats);
    Suite *suite = suite_create("platform");
    suite_add_tcase(suite, engine);
    suite_add_tcase(suite, each);
    return suite_run(suite);
}
