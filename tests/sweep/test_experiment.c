/* Experiment files: a good one says what it says, an absent key has its
 * default, and every mistake has a sentence at the line and column where it
 * stands.  Thresholds against their digits. */
#include "../suite.h"

#include "core/number.h"
#include "impl/impl.h"
#include "sweep/experiment.h"
#include "sweep/thresholds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes text to directory/NAME of a new temporary directory, loads it, and
 * removes both.  path is where it was. */
static int load(const char *name, const char *text, char path[static 100],
                struct experiment **experiment, struct error *error)
{
    char directory[] = "/tmp/xulp-experiment-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, 100, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    int code = experiment_load(path, experiment, error);
    unlink(path);
    rmdir(directory);
    return code;
}

static struct experiment *load_good(const char *name, const char *text)
{
    char path[100];
    struct experiment *experiment;
    struct error error;
    ck_assert_msg(load(name, text, path, &experiment, &error) == OK, "%s", error.text);
    return experiment;
}

static const char every_key[] = "title: Every key\n"
                                "problem: softmax-ce\n"
                                "seed: 0xc0ffee\n"
                                "formats: [fp64, binary32]\n"
                                "formulations: [log-softmax-nll, fused-log-softmax]\n"
                                "identical: [[fused-log-softmax, log-softmax-nll]]\n"
                                "sweeps:\n"
                                "  - name: based\n"
                                "    family: scaled\n"
                                "    classes: 3\n"
                                "    base: 1, 0.5, -0.25\n"
                                "    target: last\n"
                                "    axis: {spacing: binades, from: 0x1p-30, to: largest,\n"
                                "           points: 7, bins: 9, negative: true}\n"
                                "  - name: spread\n"
                                "    family: gap\n"
                                "    spread: 0\n"
                                "    target: random\n"
                                "    axis:\n"
                                "      spacing: ulps\n"
                                "      around: [sum-rounds-to-one, -exp-underflow, -inf]\n"
                                "      radius: 20\n"
                                "  - name: even\n"
                                "    family: shifted\n"
                                "    axis: {spacing: linear, from: -1, to: 1, points: 5}\n";

START_TEST(an_experiment_is_loaded)
{
    struct experiment *e = load_good("every-key.yaml", every_key);
    ck_assert_str_eq(e->name, "every-key");
    ck_assert_str_eq(e->title, "Every key");
    ck_assert_int_eq(e->problem, PROBLEM_softmax_ce);
    ck_assert_uint_eq(e->seed, 0xc0ffee);
    ck_assert_uint_eq(e->formats_count, 2);
    ck_assert_ptr_eq(e->formats[0], &formats[FORMAT_binary64]);
    ck_assert_ptr_eq(e->formats[1], &formats[FORMAT_binary32]);
    ck_assert_uint_eq(e->formulations_count, 2);
    ck_assert_uint_eq(e->formulations[0], formulation_find("log-softmax-nll"));
    ck_assert_uint_eq(e->formulations[1], formulation_find("fused-log-softmax"));
    ck_assert_uint_eq(e->pairs_count, 1);
    ck_assert_str_eq(e->pairs[0].first, "fused-log-softmax");
    ck_assert_str_eq(e->pairs[0].second, "log-softmax-nll");
    experiment_free(e);
}
END_TEST

START_TEST(sweeps_are_loaded)
{
    struct experiment *e = load_good("every-key.yaml", every_key);
    ck_assert_uint_eq(e->sweeps_count, 3);
    const struct sweep *based = &e->sweeps[0];
    ck_assert_str_eq(based->name, "based");
    ck_assert_int_eq(based->family, FAMILY_scaled);
    ck_assert_uint_eq(based->classes, 3);
    ck_assert_str_eq(based->base, "1, 0.5, -0.25");
    ck_assert_int_eq(based->target, TARGET_last);
    ck_assert_int_eq(based->axis.spacing, SPACING_binades);
    ck_assert_str_eq(based->axis.from, "0x1p-30");
    ck_assert_str_eq(based->axis.to, "largest");
    ck_assert_uint_eq(based->axis.points, 7);
    ck_assert_uint_eq(based->axis.bins, 9);
    ck_assert(based->axis.negative);
    const struct sweep *spread = &e->sweeps[1];
    ck_assert_int_eq(spread->family, FAMILY_gap);
    ck_assert(spread->spread == 0);
    ck_assert_int_eq(spread->target, TARGET_random);
    ck_assert_int_eq(spread->axis.spacing, SPACING_ulps);
    ck_assert_uint_eq(spread->axis.around_count, 3);
    ck_assert_str_eq(spread->axis.around[2], "-inf");
    ck_assert_uint_eq(spread->axis.radius, 20);
    const struct sweep *even = &e->sweeps[2];
    ck_assert_int_eq(even->axis.spacing, SPACING_linear);
    ck_assert_str_eq(even->axis.from, "-1");
    ck_assert_uint_eq(even->axis.points, 5);
    experiment_free(e);
}
END_TEST

START_TEST(cases_and_batches_are_loaded)
{
    struct experiment *e = load_good(
        "batch.yaml", "title: Batches\n"
                      "problem: bce-prob-batch\n"
                      "sweeps:\n"
                      "  - name: drawn\n"
                      "    family: batch\n"
                      "    columns: 4\n"
                      "    saturated: 2\n"
                      "    label: 0.25\n"
                      "    axis: {spacing: values, values: [1, 0x10], points: 3}\n"
                      "  - name: written\n"
                      "    family: literal\n"
                      "    cases:\n"
                      "      - {values: 0.5 1, labels: 1 0, columns: 2, reduction: mean}\n"
                      "      - {values: 0.5, labels: nan}\n");
    const struct sweep *drawn = &e->sweeps[0], *written = &e->sweeps[1];
    ck_assert_int_eq(drawn->family, FAMILY_batch);
    ck_assert_uint_eq(drawn->columns, 4);
    ck_assert_uint_eq(drawn->saturated, 2);
    ck_assert_str_eq(drawn->label, "0.25");
    ck_assert_uint_eq(drawn->axis.values_count, 2);
    ck_assert_str_eq(drawn->axis.values[1], "0x10");
    ck_assert_uint_eq(written->cases_count, 2);
    ck_assert_str_eq(written->cases[0].values, "0.5 1");
    ck_assert_str_eq(written->cases[0].labels, "1 0");
    ck_assert_ptr_null(written->cases[0].targets);
    ck_assert_uint_eq(written->cases[0].columns, 2);
    ck_assert_int_eq(written->cases[0].reduction, REDUCTION_MEAN);
    ck_assert_uint_eq(written->cases[1].columns, 0);
    ck_assert_int_eq(written->cases[1].reduction, REDUCTION_SUM);
    experiment_free(e);
}
END_TEST

START_TEST(absent_keys_have_defaults)
{
    struct experiment *e = load_good("defaults.yaml", "title: Defaults\n"
                                                      "problem: bce-logit\n"
                                                      "sweeps:\n"
                                                      "  - name: a\n"
                                                      "    family: logit\n"
                                                      "    label: hard\n"
                                                      "    axis: {spacing: binades}\n");
    ck_assert_uint_eq(e->seed, 1);
    ck_assert_uint_eq(e->formats_count, 2); /* the usual ones */
    ck_assert_uint_eq(e->quantities_count, 1);
    ck_assert_uint_eq(e->quantities[0], MEASURED_loss);
    ck_assert_ptr_eq(e->formats[0], &formats[FORMAT_binary32]);
    ck_assert_ptr_eq(e->formats[1], &formats[FORMAT_binary64]);
    size_t expected = 0;
    for (size_t i = 0; i < formulation_count; i++)
        if (formulations[i].problem == PROBLEM_bce_logit)
            ck_assert_uint_eq(e->formulations[expected++], i);
    ck_assert_uint_eq(e->formulations_count, expected);
    ck_assert_uint_eq(e->pairs_count, 0);
    const struct sweep *sweep = &e->sweeps[0];
    ck_assert_str_eq(sweep->axis.from, "least");
    ck_assert_str_eq(sweep->axis.to, "largest");
    ck_assert_uint_eq(sweep->axis.points, 1);
    ck_assert_uint_eq(sweep->axis.bins, 64);
    ck_assert(!sweep->axis.negative);
    ck_assert_uint_eq(sweep->classes, 2);
    ck_assert(sweep->spread == 1);
    ck_assert_int_eq(sweep->target, TARGET_first);
    ck_assert_uint_eq(sweep->columns, 1);
    ck_assert_uint_eq(sweep->saturated, 0);
    experiment_free(e);
}
END_TEST

START_TEST(an_alias_repeats_its_anchor)
{
    struct experiment *e =
        load_good("alias.yaml", "title: T\n"
                                "problem: bce-logit\n"
                                "sweeps:\n"
                                "  - {name: a, family: logit, label: 0,\n"
                                "     axis: &wide {spacing: values, values: [1, 2]}}\n"
                                "  - {name: b, family: logit, label: 1, axis: *wide}\n");
    ck_assert_uint_eq(e->sweeps[1].axis.values_count, 2);
    ck_assert_str_eq(e->sweeps[1].axis.values[1], "2");
    experiment_free(e);
}
END_TEST

/* --- mistakes ----------------------------------------------------------------- */

static const struct mistake {
    const char *text;
    int line, column;
    const char *sentence; /* part of it */
} mistakes[] = {
#define MISTAKE(line, column, sentence, text) {text, line, column, sentence},
#include "mistakes.def"
};

START_TEST(a_mistake_is_named_and_placed)
{
    const struct mistake *mistake = &mistakes[_i];
    char path[100], place[200];
    struct experiment *experiment;
    struct error error;
    ck_assert_int_eq(load("mistake.yaml", mistake->text, path, &experiment, &error), BAD_INPUT);
    ck_assert_int_eq(error.code, BAD_INPUT);
    ck_assert_ptr_null(experiment);
    snprintf(place, sizeof place, "%s:%d:%d: ", path, mistake->line, mistake->column);
    ck_assert_msg(strncmp(error.text, place, strlen(place)) == 0, "%d:%d expected: %s",
                  mistake->line, mistake->column, error.text);
    ck_assert_msg(strstr(error.text, mistake->sentence) != NULL, "'%s' expected: %s",
                  mistake->sentence, error.text);
    ck_assert_ptr_null(strchr(error.text, '\n'));
}
END_TEST

START_TEST(a_file_is_readable_and_well_named)
{
    struct experiment *experiment;
    struct error error;
    ck_assert_int_eq(experiment_load("/nowhere/a.yaml", &experiment, &error), BAD_INPUT);
    ck_assert_str_eq(error.text, "/nowhere/a.yaml: cannot be opened: No such file or directory");
    ck_assert_ptr_null(experiment);
    static const char *const names[] = {"a.yml", "A.yaml", "a b.yaml", ".yaml",
                                        "yaml",  "-",      "a.yaml/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_int_eq(experiment_load(names[i], &experiment, &error), BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(error.text, ": the file of an experiment is named NAME.yaml"));
    }
    char directory[] = "/tmp/xulp-experiment-XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/a.yaml", directory);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ck_assert_int_eq(experiment_load(path, &experiment, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "/a.yaml: cannot be read: Is a directory"));
    rmdir(path);
    rmdir(directory);
}
END_TEST

/* --- thresholds --------------------------------------------------------------- */

/* The real numbers, to 24 digits or more: their nearest values are the
 * thresholds.  ln 2 = 0.693147180559945309417232121458176568…; 2^−149 and
 * 2^−1074 are the least subnormals, ln(least/2) = −150 ln 2 and −1075 ln 2,
 * ln(largest + ulp/2) = 128 ln 2 + ln(1 − 2^−25) and 1024 ln 2 + ln(1 − 2^−54). */
static const struct {
    enum format_id format;
    const char *name, *digits;
} thresholds[] = {
    {FORMAT_binary32, "least", "1.40129846432481707092372958329e-45"},
    {FORMAT_binary32, "least-normal", "1.17549435082228750796873653722e-38"},
    {FORMAT_binary32, "largest", "3.40282346638528859811704183484516925440e+38"},
    {FORMAT_binary32, "unit-roundoff", "5.9604644775390625e-8"},
    {FORMAT_binary32, "exp-overflow", "88.72283908187067677362118037332392009"},
    {FORMAT_binary32, "exp-overflow", "88.72283935546875"},
    {FORMAT_binary32, "half-exp-overflow", "44.36141954093533838681059018666196004"},
    {FORMAT_binary32, "exp-subnormal", "-87.3365447505531089865712473037302475"},
    {FORMAT_binary32, "exp-underflow", "-103.972077083991796412584818218726485"},
    {FORMAT_binary32, "-exp-underflow", "103.972077083991796412584818218726485"},
    {FORMAT_binary32, "sum-rounds-to-one", "16.63553233343868742601357091499623763"},
    {FORMAT_binary64, "least", "4.94065645841246544176568792868e-324"},
    {FORMAT_binary64, "least-normal", "2.22507385850720138309023271733e-308"},
    {FORMAT_binary64, "largest", "1.79769313486231570814527423731704e+308"},
    {FORMAT_binary64, "unit-roundoff", "1.1102230246251565404236316680908203125e-16"},
    {FORMAT_binary64, "exp-overflow", "709.7827128933839967877345411419149771"},
    {FORMAT_binary64, "half-exp-overflow", "354.8913564466919983938672705709574885"},
    {FORMAT_binary64, "exp-subnormal", "-708.396418532264106224411228130256452"},
    {FORMAT_binary64, "exp-underflow", "-745.133219101941207623524530567539810"},
    {FORMAT_binary64, "sum-rounds-to-one", "36.73680056967710139911330243728335810"},
    {FORMAT_binary64, "-largest", "-1.79769313486231570814527423731704e+308"},
    {FORMAT_binary64, "-inf", "-inf"},
    {FORMAT_binary64, "0x1p-30", "9.31322574615478515625e-10"},
};

START_TEST(a_threshold_is_its_nearest_value)
{
    const struct format *format = &formats[thresholds[_i].format];
    double value, expected;
    ck_assert(threshold_parse(format, thresholds[_i].name, &value));
    ck_assert(number_parse(format, thresholds[_i].digits, &expected));
    ck_assert_msg(value == expected, "%s in %s: %.17g, not %.17g", thresholds[_i].name,
                  format->name, value, expected);
}
END_TEST

START_TEST(what_is_no_threshold_is_refused)
{
    static const char *const texts[] = {"",       "-",    "lea",     "leastt",  "Least",
                                        "+least", "--1",  "--least", "- least", "nan",
                                        "-nan",   "1e39", "-1e39",   "1 2"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!threshold_parse(&formats[FORMAT_binary32], texts[i], &value), "%s",
                      texts[i]);
    ck_assert(threshold_parse(&formats[FORMAT_binary64], "1e39", &value));
    ck_assert(threshold_parse(&formats[FORMAT_binary32], "+Infinity", &value) && isinf(value));
}
END_TEST

int main(void)
{
    TCase *files = tcase_create("files");
    tcase_add_test(files, an_experiment_is_loaded);
    tcase_add_test(files, sweeps_are_loaded);
    tcase_add_test(files, cases_and_batches_are_loaded);
    tcase_add_test(files, absent_keys_have_defaults);
    tcase_add_test(files, an_alias_repeats_its_anchor);
    tcase_add_test(files, a_file_is_readable_and_well_named);
    tcase_add_loop_test(files, a_mistake_is_named_and_placed, 0,
                        sizeof mistakes / sizeof *mistakes);
    TCase *names = tcase_create("thresholds");
    tcase_add_loop_test(names, a_threshold_is_its_nearest_value, 0,
                        sizeof thresholds / sizeof *thresholds);
    tcase_add_test(names, what_is_no_threshold_is_refused);
    Suite *suite = suite_create("experiment");
    suite_add_tcase(suite, files);
    suite_add_tcase(suite, names);
    return suite_run(suite);
}
