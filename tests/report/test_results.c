/* The report's input and helpers: a table that is not as docs/tables.md says is
 * an error that names file, line and column; another program that fails says
 * why, and one that is missing, which package has it. */
#include "fixture.h"

#include "report/process.h"

#define TINY_CLASSES_HEADER \
    "experiment\tsweep\tformat\tformulation\tquantity\tclass\tcases\taxis_least\taxis_greatest\n"

static const struct {
    const char *file, *text, *sentence;
} malformed[] = {
    {"manifest.json", "{", "manifest.json:1:1: string or '}' expected"},
    {"manifest.json", "{}", "manifest.json: Object item not found: version"},
    {"manifest.json",
     "{\"version\": \"1\", \"math\": \"m\", \"cases\": 1, \"results\": 1, \"experiments\": []}",
     "manifest.json: names no experiment"},
    {"manifest.json",
     "{\"version\": \"1\", \"math\": \"m\", \"cases\": 1, \"results\": 1, \"experiments\": [{}]}",
     "manifest.json: experiment 1: Object item not found: name"},
    {"tiny.tsv", "", "tiny.tsv: is empty"},
    {"tiny.tsv", CELLS_HEADER, "tiny.tsv: has no rows"},
    {"tiny.tsv", "experiment\tsweep\ntiny\tline\n", "tiny.tsv:1: there is no column 'format'"},
    {"tiny.tsv", "experiment\tsweep\ntiny\n", "tiny.tsv:2: 1 columns where the header has 2"},
    {"tiny.tsv", "experiment\tsweep\ntiny\tline\ntiny", "tiny.tsv:3: the last line is cut off"},
    {"tiny.tsv",
     CELLS_HEADER CELL("line\tbinary32\tone", "0", "1", "2", "ten",
                       "0\t0\t0\t0\t0\t0\t9\t1\t0\t0\t0", "0\t1\t1\t1\t3\tP", "\t", "1\t8"),
     "tiny.tsv:2: cases: 'ten' is not a whole number"},
    {"tiny.tsv",
     CELLS_HEADER CELL("line\tbinary32\tone", "0", "1", "2", "10",
                       "0\t0\t0\t0\t0\t0\t9\t2\t0\t0\t0", "0\t1\t1\t1\t3\tP", "\t", "1\t8"),
     "tiny.tsv:2: cases: the classes do not add up to it"},
    {"tiny.tsv",
     CELLS_HEADER CELL("line\tbinary32\tone", "0", "1", "2", "1", "0\t0\t0\t0\t0\t0\t1\t0\t0\t0\t0",
                       "0.5x\t1\t1\t1\t3\tP", "\t", "1\t8"),
     "tiny.tsv:2: max_ulp: '0.5x' is not a number"},
    {"tiny.classes.tsv", TINY_CLASSES_HEADER "tiny\tline\tbinary32\tone\tloss\tbad\t1\t1\t1\n",
     "tiny.classes.tsv:2: class: there is no such class"},
    {"tiny.classes.tsv", TINY_CLASSES_HEADER "tiny\tline\tbinary32\tone\tloss\tlost\t1\tone\t1\n",
     "tiny.classes.tsv:2: axis_least: 'one' is not a number"},
    {"tiny.identical.tsv",
     "experiment\tsweep\tformat\tfirst\tsecond\tcases\tidentical\tdifference_input\n"
     "tiny\tline\tbinary32\tone\ttwo\t1\t2\t\n",
     "tiny.identical.tsv:2: identical: is more than cases"},
    {"tiny.invariants.tsv",
     TINY_INVARIANTS_HEADER "tiny\tline\tbinary32\tone\tloss\tshifts\t1\t0\t\t\t\t\t\t\n",
     "tiny.invariants.tsv:2: invariant: there is no such invariant"},
    {"tiny.invariants.tsv",
     TINY_INVARIANTS_HEADER "tiny\tline\tbinary32\tone\tloss\tshift\t1\t2\t\t\t\t\t\t\n",
     "tiny.invariants.tsv:2: broken: is more than checked"},
};

START_TEST(a_malformed_table_is_refused)
{
    char directory[] = "/tmp/xulp-report-XXXXXX";
    struct results results;
    struct error error;
    fixture_make(directory);
    fixture_write(directory, malformed[_i].file, malformed[_i].text);
    ck_assert_int_eq(results_load(directory, &results, &error), BAD_INPUT);
    ck_assert_int_eq(strncmp(error.text, directory, strlen(directory)), 0);
    const char *said = error.text + strlen(directory) + 1, *expected = malformed[_i].sentence;
    ck_assert_msg(strncmp(said, expected, strlen(expected)) == 0, "it says: %s", said);
    results_clear(&results);
    fixture_remove(directory);
}
END_TEST

START_TEST(a_missing_table_is_refused_but_for_pairs)
{
    char directory[] = "/tmp/xulp-report-XXXXXX", path[100];
    struct results results;
    struct error error;
    fixture_make(directory);
    snprintf(path, sizeof path, "%s/tiny.identical.tsv", directory);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(results_load(directory, &results, &error), OK);
    ck_assert_uint_eq(results.agreement_count, 0);
    results_clear(&results);
    snprintf(path, sizeof path, "%s/tiny.classes.tsv", directory);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(results_load(directory, &results, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "tiny.classes.tsv: cannot be opened"));
    results_clear(&results);
    fixture_remove(directory);
}
END_TEST

START_TEST(a_program_is_run_without_a_shell)
{
    struct error error;
    const char *const fine[] = {"true", NULL};
    ck_assert_int_eq(process_run(fine, "coreutils", &error), OK);
    const char *const fails[] = {"sh", "-c", "echo out; echo 'line  one' >&2; exit 3", NULL};
    ck_assert_int_eq(process_run(fails, "dash", &error), MACHINE_FAILED);
    ck_assert_str_eq(error.text, "sh: failed with exit code 3: out line one");
    const char *const killed[] = {"sh", "-c", "kill -9 $$", NULL};
    ck_assert_int_eq(process_run(killed, "dash", &error), MACHINE_FAILED);
    ck_assert_str_eq(error.text, "sh: killed by signal 9: it did not say why");
    const char *const missing[] = {"xulp-no-such-program", NULL};
    ck_assert_int_eq(process_run(missing, "no-such-package", &error), MACHINE_FAILED);
    ck_assert_ptr_nonnull(strstr(error.text, "apt-get install no-such-package"));
}
END_TEST

int main(void)
{
    TCase *tables = tcase_create("tables");
    tcase_add_loop_test(tables, a_malformed_table_is_refused, 0, ROWS(malformed));
    tcase_add_test(tables, a_missing_table_is_refused_but_for_pairs);
    TCase *programs = tcase_create("programs");
    tcase_add_test(programs, a_program_is_run_without_a_shell);
    Suite *suite = suite_create("results");
    suite_add_tcase(suite, tables);
    suite_add_tcase(suite, programs);
    return suite_run(suite);
}
