/* Sweeps with a problem and formats of their own, and cases that come from
 * somewhere: what the gallery stands on.  The gallery itself, against the
 * numbers that its sources report. */
#include "../suite.h"

#include "measure/assert_close.h"
#include "report/block_gallery.h"
#include "report/case_tables.h"
#include "report/manifest.h"
#include "report/run_tables.h"
#include "sweep/run.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- experiments in a text ------------------------------------------------------ */

static int load(const char *text, struct experiment **experiment, struct error *error)
{
    char directory[] = "/tmp/xulp-gallery-XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/a.yaml", directory);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    int code = experiment_load(path, experiment, error);
    unlink(path);
    rmdir(directory);
    return code;
}

#define TOP "title: T\nproblem: softmax-ce\nformats: [binary32, binary16]\nsweeps:\n"

static const char two_problems[] =
    TOP "  - {name: a, family: gap, formats: [fp16],\n"
        "     axis: {spacing: every, from: 1, to: 2}}\n"
        "  - {name: b, family: logit, problem: bce-logit, label: 0,\n"
        "     axis: {spacing: values, values: [1, 2, 3]}}\n"
        "  - name: c\n"
        "    family: literal\n"
        "    problem: log-sum-exp\n"
        "    formats: [binary32]\n"
        "    source: somebody\n"
        "    observed: nothing\n"
        "    models: [lse-shifted]\n"
        "    cases:\n"
        "      - {values: '0,1'}\n"
        "      - {name: second, observed: something, values: '0,1,2'}\n";

/* binary32: b has 3 cases, c 2.  binary16: a has the 1025 numbers of [1, 2], b 3. */
START_TEST(a_sweep_has_a_problem_and_formats_of_its_own)
{
    static const struct {
        enum format_id format;
        enum problem_id problem;
        uint64_t cases;
    } expected[] = {
        {FORMAT_binary32, PROBLEM_softmax_ce, 0},  {FORMAT_binary32, PROBLEM_bce_logit, 3},
        {FORMAT_binary32, PROBLEM_log_sum_exp, 2}, {FORMAT_binary16, PROBLEM_softmax_ce, 1025},
        {FORMAT_binary16, PROBLEM_bce_logit, 3},   {FORMAT_binary16, PROBLEM_log_sum_exp, 0},
    };
    struct experiment *experiment;
    struct plan plan;
    struct case_store store = {0};
    struct place place;
    struct error error;
    ck_assert_msg(load(two_problems, &experiment, &error) == OK, "%s", error.text);
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    ck_assert_uint_eq(plan.segment_count, 6);
    ck_assert_uint_eq(plan.cases, 3 + 2 + 1025 + 3);
    for (size_t s = 0; s < plan.segment_count; s++) {
        const struct segment *segment = &plan.segments[s];
        ck_assert_ptr_eq(segment->format, &formats[expected[s].format]);
        ck_assert_uint_eq(segment->cases, expected[s].cases);
        for (uint64_t i = 0; i < segment->cases; i++) {
            ck_assert_int_eq(plan_case(&plan, segment->first_case + i, &store, &place, &error), OK);
            ck_assert_ptr_eq(place.segment, segment);
            ck_assert_int_eq(store.input.problem, expected[s].problem);
        }
    }
    case_store_clear(&store);
    plan_clear(&plan);
    experiment_free(experiment);
}
END_TEST

/* The formulations meant where none are named are those of all its problems. */
START_TEST(formulations_are_of_the_sweeps_problems)
{
    struct experiment *experiment;
    struct error error;
    ck_assert_int_eq(load(two_problems, &experiment, &error), OK);
    size_t count = 0;
    for (size_t i = 0; i < formulation_count; i++)
        count += formulations[i].problem == PROBLEM_softmax_ce ||
                 formulations[i].problem == PROBLEM_bce_logit ||
                 formulations[i].problem == PROBLEM_log_sum_exp;
    ck_assert_uint_eq(experiment->formulations_count, count);
    ck_assert_str_eq(experiment->sweeps[2].provenance.source, "somebody");
    ck_assert_str_eq(experiment->sweeps[2].cases[1].observed, "something");
    ck_assert_ptr_null(experiment->sweeps[2].cases[0].observed);
    experiment_free(experiment);
}
END_TEST

#define LITERAL TOP "  - name: a\n    family: literal\n"
#define GAP     TOP "  - name: a\n    family: gap\n    axis: {spacing: values, values: [1]}\n"
#define CASE    "    cases:\n      - {values: '0,1', targets: '0'}\n"
#define SOURCE  "    source: somebody\n"

static const struct {
    const char *place, *part, *text;
} mistakes[] = {
    {"a.yaml:8:15", "'binary64' is not among this file's formats", GAP "    formats: [binary64]\n"},
    {"a.yaml:8:15", "'float' is not among this file's formats", GAP "    formats: [float]\n"},
    {"a.yaml:6:13", "family 'gap' makes no cases of bce-logit", GAP "    problem: bce-logit\n"},
    {"a.yaml:6:13", "family 'rows' makes no cases of softmax (",
     TOP "  - name: a\n    family: rows\n    problem: softmax\n"},
    {"a.yaml:8:5", "family 'gap' has no use for the key 'source'", GAP SOURCE},
    {"a.yaml:7:15", "observed: whose?", LITERAL "    observed: NaN\n" CASE},
    {"a.yaml:7:11", "note: whose?", LITERAL "    note: x\n" CASE},
    {"a.yaml:5:5", "The sweep of case 1 has no source",
     LITERAL "    cases:\n      - {values: '0,1', targets: '0', observed: x}\n"},
    {"a.yaml:8:14", "unknown formulation 'fused'", LITERAL SOURCE "    models: [fused]\n" CASE},
    {"a.yaml:8:14", "'prob-bce' computes bce-prob, not softmax-ce",
     LITERAL SOURCE "    models: [prob-bce]\n" CASE},
    {"a.yaml:8:14", "'fused-log-softmax+pairwise' is not among this file's formulations",
     LITERAL SOURCE "    models: [fused-log-softmax+pairwise]\n" CASE},
    {"a.yaml:8:16", "component: a loss has none", LITERAL SOURCE "    component: 0\n" CASE},
    {"a.yaml:9:16", "case 1 has no component 2",
     LITERAL SOURCE "    quantity: gradient\n    component: 2\n" CASE},
};

START_TEST(a_mistake_has_its_place)
{
    struct experiment *experiment = NULL;
    struct error error;
    ck_assert_int_eq(load(mistakes[_i].text, &experiment, &error), BAD_INPUT);
    ck_assert_msg(strstr(error.text, mistakes[_i].place) != NULL, "%s", error.text);
    ck_assert_msg(strstr(error.text, mistakes[_i].part) != NULL, "%s", error.text);
    experiment_free(experiment);
}
END_TEST

/* --- the gallery ---------------------------------------------------------------- */

static struct results results;

static void make_gallery(void)
{
    char directory[] = "/tmp/xulp-gallery-XXXXXX", path[300];
    struct experiment *experiment;
    struct plan plan;
    struct run_result run;
    const struct run_job job = {MATH_canonical, 1, 1};
    struct error error;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_msg(experiment_load("experiments/gallery.yaml", &experiment, &error) == OK, "%s",
                  error.text);
    ck_assert_int_eq(plan_make(experiment, &plan, &error), OK);
    ck_assert_int_eq(run_experiment(&plan, &job, NULL, &run, &error), OK);
    const struct manifest_entry entry = {.plan = &plan, .results = run_result_measurements(&run)};
    ck_assert_int_eq(run_tables_write(&run, directory, &error), OK);
    ck_assert_int_eq(case_tables_write(&plan, MATH_canonical, directory, &error), OK);
    ck_assert_int_eq(manifest_write(&entry, 1, MATH_canonical, directory, &error), OK);
    ck_assert_msg(results_load(directory, &results, &error) == OK, "%s", error.text);
    run_result_clear(&run);
    plan_clear(&plan);
    experiment_free(experiment);
    DIR *open = opendir(directory);
    for (struct dirent *file; (file = readdir(open)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", directory, file->d_name);
        unlink(path);
    }
    closedir(open);
    rmdir(directory);
}

static void clear_gallery(void)
{
    results_clear(&results);
}

/* What the sources report, by the formulation that computes as they do: the
 * digits are theirs (/ pytorch#11752, mlx#4169, …), not this program's. */
static const struct {
    const char *sweep, *name, *format, *formulation, *quantity, *got, *class, *assert_close;
} reported[] = {
    {"pytorch-11752", "two logits of 1e8", "binary32", "lse-minus-target", "loss", "0",
     "false-zero", "fails"},
    {"pytorch-38839", "three logits of −1e7", "binary32", "lse-minus-target", "loss", "1", "lost",
     "fails"},
    {"mlx-4169", "two logits of 1e4", "binary32", "lse-minus-target", "loss", "0.693359375",
     "degraded", "fails"},
    {"mlx-4169", "two logits of 1e6", "binary32", "lse-minus-target", "loss", "0.6875", "degraded",
     "fails"},
    {"scipy-18295", "log-sum-exp of 0 and −40", "binary64", "lse-shifted", "loss", "0",
     "false-zero", "passes"},
    {"scipy-18295", "log-sum-exp of 0 and −40", "binary64", "lse-scipy", "loss",
     "4.2483542552915889e-18", "correct", "passes"},
    {"pytorch-195529", "x = −40, label 0", "binary64", "logits-bce-logsigmoid", "loss", "0",
     "false-zero", "passes"},
    {"pytorch-49844", "x = +∞, label 1", "binary32", "logits-bce-old", "loss", "nan",
     "spurious-nan", "fails"},
    {"pytorch-103316", "BCELoss(σ(−50)), label 1, mean of 8", "binary32", "sigmoid-clamped-bce",
     "grad-closed", "-2.41093742e-11", "lost", "fails"},
    {"keras-15249", "p = .9999999, label 0", "binary32", "epsilon-bce", "loss", "15.3332386",
     "degraded", "fails"},
    {"sklearn-24315", "p = 1, label 1", "binary32", "clipped-bce-1e-15", "loss", "nan",
     "spurious-nan", "fails"},
    {"torch-nn-804", "log(softmax) of −5.2040 and 7.8325 at the first", "binary16/ftz",
     "shifted-softmax", "loss", "inf", "spurious-inf", "fails"},
    {"optax-896", "logits −∞ and 0, soft targets 0 and 1", "binary32", "fused-log-softmax", "loss",
     "nan", "spurious-nan", "fails"},
    {"pytorch-31829", "log-sum-exp of −∞ and −∞", "binary32", "lse-framework", "grad-closed", "nan",
     "correct", "fails"},
    {"pytorch-85791", "mean of losses whose sum overflows", "binary16", "fused-log-softmax", "loss",
     "inf", "spurious-inf", "fails"},
    {"executorch-20090", "softmax of 512 equal values", "bfloat16", "softmax-framework", "loss",
     "0.003906", "lost", "fails"}, /* 1/256 */
    {"gliner2-155", "p = 1, label 1", "bfloat16", "clipped-bce", "grad-chain", "nan",
     "spurious-nan", "fails"},
    {"tvm-20184", "softplus of 20.1", "binary64", "torch-softplus-bce", "loss",
     "20.100000000000001", "degraded", "passes"},
    {"jax-17117", "1, 1 and a masked logit", "binary32", "log-softmax-unfused", "grad-chain", "nan",
     "spurious-nan", "fails"},
};

START_TEST(the_reported_number_is_reproduced)
{
    const struct case_row *found = NULL;
    for (size_t i = 0; i < results.case_row_count; i++) {
        const struct case_row *row = &results.case_rows[i];
        if (strcmp(row->key.field[KEY_SWEEP], reported[_i].sweep) == 0 &&
            strcmp(row->name, reported[_i].name) == 0 &&
            strcmp(row->key.field[KEY_FORMAT], reported[_i].format) == 0 &&
            strcmp(row->key.field[KEY_FORMULATION], reported[_i].formulation) == 0 &&
            strcmp(row->quantity, reported[_i].quantity) == 0)
            found = row;
    }
    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found->got, reported[_i].got);
    ck_assert_str_eq(found->class, reported[_i].class);
    ck_assert_str_eq(found->assert_close, reported[_i].assert_close);
}
END_TEST

/* The column of NAME.tsv counts the wrong results that NAME.cases.tsv says pass,
 * sweep by sweep: of losses, where the loss is what was reported. */
START_TEST(cells_count_the_passes_of_the_cases)
{
    uint64_t passes = 0, counted = 0;
    for (size_t i = 0; i < results.case_row_count; i++) {
        const struct case_row *row = &results.case_rows[i];
        passes += strcmp(row->quantity, "loss") == 0 && class_is_wrong(class_find(row->class)) &&
                  strcmp(row->assert_close, "passes") == 0;
    }
    for (size_t i = 0; i < results.cell_count; i++) {
        const struct cell *cell = &results.cells[i];
        bool reported_gradient = strcmp(cell->key.field[KEY_SWEEP], "pytorch-103316") == 0 ||
                                 strcmp(cell->key.field[KEY_SWEEP], "pytorch-31829") == 0 ||
                                 strcmp(cell->key.field[KEY_SWEEP], "gliner2-155") == 0 ||
                                 strcmp(cell->key.field[KEY_SWEEP], "jax-17117") == 0;
        if (strcmp(cell->quantity, "loss") == 0 && !reported_gradient)
            counted += cell->assert_close_passes;
    }
    ck_assert_uint_ge(passes, 3);
    ck_assert_uint_eq(counted, passes);
}
END_TEST

static char *write_block(const char *name, int *code)
{
    char *text = NULL;
    size_t size;
    struct error error;
    struct query query = {.results = &results, .text = name, .error = &error};
    FILE *out = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(out);
    const struct word word = {name, strlen(name)};
    *code = block_gallery(out, &query, &word);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        found++;
    return found;
}

/* Every case once in the table and once below it; a note once a report. */
START_TEST(the_block_shows_every_case)
{
    int code;
    size_t cases = 0;
    char *text = write_block("gallery", &code);
    ck_assert_int_eq(code, OK);
    for (size_t i = 0; i < results.case_row_count; i++)
        cases += i == 0 || results.case_rows[i].number != results.case_rows[i - 1].number;
    ck_assert_uint_ge(cases, 21); /* rows of the list of reports */
    ck_assert_uint_eq(count(text, "\n### "), cases);
    ck_assert_uint_eq(count(text, "\n| mlx\\#4169 |"), 4);
    ck_assert_uint_eq(count(text, "The mean, and the loss of each row."), 1);
    ck_assert_ptr_nonnull(strstr(text,
                                 "| scipy\\#18295 | log-sum-exp of 0 and −40 | binary64 | 0 | "
                                 "4.2483542552915889863e-18 | `lse-shifted`: 0, "
                                 "**false-zero** | **no** |\n"));
    free(text);
    text = write_block("galery", &code);
    ck_assert_int_eq(code, BAD_INPUT);
    free(text);
}
END_TEST

/* A query that names a formulation means its loss; NAME:QUANTITY its gradient. */
START_TEST(a_pattern_without_a_colon_names_no_gradient)
{
    static const char words[] = "gallery jax-17117 *";
    static const struct {
        const char *formulation;
        size_t gradients, losses;
    } rows[] = {{"log-softmax-unfused", 0, 1},
                {"log-softmax-unf*", 0, 1},
                {"log-softmax-unfused:grad-chain", 1, 0},
                {"log-softmax-unfused:*", 2, 0}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct error error;
        struct query query = {.results = &results, .text = words, .error = &error};
        const struct word word[KEY_FIELDS] = {{words, 7},
                                              {words + 8, 9},
                                              {words + 18, 1},
                                              {rows[r].formulation, strlen(rows[r].formulation)}};
        struct selection selection;
        size_t gradients = 0, losses = 0;
        ck_assert_msg(selection_make(&query, word, &selection) == OK, "%s", error.text);
        for (size_t i = 0; i < results.cell_count; i++)
            if (selection_has(&selection, &results.cells[i].key)) {
                gradients += strcmp(results.cells[i].quantity, "loss") != 0;
                losses += strcmp(results.cells[i].quantity, "loss") == 0;
            }
        ck_assert_uint_eq(gradients, rows[r].gradients);
        ck_assert_uint_eq(losses, rows[r].losses);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gallery");
    TCase *sweeps = tcase_create("sweeps");
    tcase_add_test(sweeps, a_sweep_has_a_problem_and_formats_of_its_own);
    tcase_add_test(sweeps, formulations_are_of_the_sweeps_problems);
    suite_add_tcase(suite, sweeps);
    suite_add_rows(suite, "mistakes", NULL, NULL, a_mistake_has_its_place, ROWS(mistakes));
    suite_add_rows(suite, "reported", make_gallery, clear_gallery,
                   the_reported_number_is_reproduced, ROWS(reported));
    TCase *gallery = tcase_create("gallery");
    tcase_add_checked_fixture(gallery, make_gallery, clear_gallery);
    tcase_add_test(gallery, cells_count_the_passes_of_the_cases);
    tcase_add_test(gallery, the_block_shows_every_case);
    tcase_add_test(gallery, a_pattern_without_a_colon_names_no_gradient);
    suite_add_tcase(suite, gallery);
    return suite_run(suite);
}
