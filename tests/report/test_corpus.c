/* The corpus: what is written is read back, to the byte; a better find takes the
 * place of a worse one, whichever was there first; what is no find is told. */
#include "../suite.h"

#include "core/file.h"
#include "report/corpus.h"
#include "sweep/experiment.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const bool every_kind[HUNT_KINDS] = {true, true, true, true, true, true};

static char directory[] = "/tmp/xulp-corpus-XXXXXX";

static void make_place(void)
{
    strcpy(directory, "/tmp/xulp-corpus-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void remove_place(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static struct hunt_result hunt_with(uint64_t seed, struct hunt_request *request)
{
    static const char *const names[] = {"prob-bce", "logits-bce-pos-weight", "shifted-softmax",
                                        "elementwise-bce", "lse-shifted+pairwise"};
    enum { COUNT = sizeof names / sizeof *names };
    static size_t indices[COUNT];
    static const struct format *formats_of[2];
    struct hunt_result result;
    struct error error;
    for (size_t i = 0; i < COUNT; i++)
        indices[i] = formulation_find(names[i]);
    formats_of[0] = format_find("binary32");
    formats_of[1] = format_find("bfloat16/binary32");
    *request = (struct hunt_request){.formats = formats_of,
                                     .format_count = 2,
                                     .formulations = indices,
                                     .formulation_count = COUNT,
                                     .columns = 3,
                                     .math = MATH_canonical,
                                     .seed = seed,
                                     .budget = 300};
    ck_assert_int_eq(hunt(request, NULL, NULL, &result, &error), OK);
    return result;
}

/* Loads, adds a hunt with the seed, writes. */
static struct corpus_change update(uint64_t seed)
{
    struct hunt_request request;
    struct hunt_result result = hunt_with(seed, &request);
    struct corpus corpus;
    struct corpus_change change;
    struct error error;
    ck_assert_msg(corpus_load(directory, &corpus, &error) == OK, "%s", error.text);
    ck_assert_int_eq(corpus_add(&corpus, &result, &request, every_kind, &change, &error), OK);
    ck_assert_int_eq(corpus_write(&corpus, directory, &error), OK);
    corpus_clear(&corpus);
    hunt_result_clear(&result);
    return change;
}

static char *text_of(const char *problem)
{
    char path[200], *text;
    struct error error;
    snprintf(path, sizeof path, "%s/hunt-%s.yaml", directory, problem);
    ck_assert_msg(read_file(path, &text, &error) == OK, "%s", error.text);
    return text;
}

/* All files, one after another. */
static char *all_text(void)
{
    static const char *const names[] = {"softmax-ce", "log-sum-exp", "bce-prob", "bce-prob-batch",
                                        "bce-logit"};
    char *all = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&all, &size);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *text = text_of(names[i]);
        fputs(text, out);
        free(text);
    }
    fclose(out);
    return all;
}

/* --- reading and writing -------------------------------------------------------------------- */

START_TEST(it_is_read_back)
{
    struct corpus_change change = update(1);
    ck_assert_uint_gt(change.added, 15);
    char *before = all_text();
    change = update(1);
    ck_assert_uint_eq(change.added, 0);
    ck_assert_uint_eq(change.replaced, 0);
    ck_assert_uint_eq(change.lost, 0);
    char *after = all_text();
    ck_assert_int_eq(strcmp(before, after), 0);
    free(before);
    free(after);
}
END_TEST

/* Every entry is at least as good as what either hunt found. */
START_TEST(the_better_find_stays)
{
    struct corpus corpus;
    struct error error;
    update(1);
    struct corpus_change change = update(2);
    ck_assert_uint_gt(change.replaced, 0);
    ck_assert_int_eq(corpus_load(directory, &corpus, &error), OK);
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct hunt_request request;
        struct hunt_result result = hunt_with(seed, &request);
        ck_assert_int_eq(corpus_add(&corpus, &result, &request, every_kind, &change, &error), OK);
        ck_assert_uint_eq(change.added + change.replaced, 0);
        hunt_result_clear(&result);
    }
    corpus_clear(&corpus);
    char *forward = all_text();
    remove_place();
    make_place();
    update(2);
    update(1);
    char *backward = all_text();
    ck_assert_int_eq(strcmp(forward, backward), 0);
    free(forward);
    free(backward);
}
END_TEST

START_TEST(kinds_that_are_not_wanted_are_not_kept)
{
    static const bool zeros[HUNT_KINDS] = {[HUNT_false_zero] = true};
    struct hunt_request request;
    struct hunt_result result = hunt_with(1, &request);
    struct corpus corpus = {0};
    struct corpus_change change;
    struct error error;
    ck_assert_int_eq(corpus_add(&corpus, &result, &request, zeros, &change, &error), OK);
    ck_assert_uint_gt(corpus.count, 0);
    for (size_t i = 0; i < corpus.count; i++)
        ck_assert_int_eq(corpus.entries[i].kind, HUNT_false_zero);
    corpus_clear(&corpus);
    hunt_result_clear(&result);
}
END_TEST

/* --- files of another hand -------------------------------------------------------------------- */

#define HEAD "title: t\nproblem: bce-prob\nformats: [binary32]\nformulations: [prob-bce]\nsweeps:\n"
#define ENTRY(kind, models, cases)                                                          \
    HEAD "  - {name: a, family: literal, source: xulp hunt, models: [" models "], cases: [" \
         "{name: " kind ", " cases "}]}\n"

static void write_file(const char *text)
{
    struct output output;
    struct error error;
    ck_assert_int_eq(output_open(&output, directory, "hunt-bce-prob.yaml", &error), OK);
    fputs(text, output.stream);
    ck_assert_int_eq(output_commit(&output, &error), OK);
}

/* The class that an entry is named by is measured: 0.5, label 0 is no false zero. */
static const struct {
    const char *text;
    size_t count, lost;
} readable[] = {
    {ENTRY("false-zero", "prob-bce", "values: \"1e-9\", labels: \"0\""), 1, 0},
    {ENTRY("false-zero", "prob-bce", "values: \"0.5\", labels: \"0\""), 0, 1},
    {ENTRY("greatest-error", "prob-bce", "values: \"0.5\", labels: \"0\""), 1, 0},
    {ENTRY("greatest-error", "prob-bce", "values: \"1\", labels: \"1\""), 0, 1}, /* NaN */
};

START_TEST(an_entry_is_measured)
{
    struct corpus corpus;
    struct error error;
    write_file(readable[_i].text);
    ck_assert_msg(corpus_load(directory, &corpus, &error) == OK, "%s", error.text);
    ck_assert_uint_eq(corpus.count, readable[_i].count);
    ck_assert_uint_eq(corpus.lost, readable[_i].lost);
    corpus_clear(&corpus);
}
END_TEST

static const char *const unreadable[] = {
    ENTRY("worst", "prob-bce", "values: \"0.5\", labels: \"0\""),        /* no kind */
    ENTRY("false-zero", "prob-bce", "values: \"2\", labels: \"0\""),     /* no probability */
    ENTRY("false-zero", "prob-bce", "values: \"nan\", labels: \"0\""),   /* no number */
    ENTRY("false-zero", "prob-bce", "values: \"0,0\", labels: \"0,0\""), /* two rows */
    HEAD "  - {name: a, family: probability, label: 0, axis: {spacing: binades}}\n",
};

START_TEST(another_shape_is_refused)
{
    struct corpus corpus;
    struct error error;
    write_file(unreadable[_i]);
    ck_assert_int_eq(corpus_load(directory, &corpus, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "hunt-bce-prob.yaml: sweep 'a' is no find"));
    corpus_clear(&corpus);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("corpus");
    suite_add_rows(suite, "back", make_place, remove_place, it_is_read_back, 1);
    suite_add_rows(suite, "better", make_place, remove_place, the_better_find_stays, 1);
    suite_add_rows(suite, "kinds", make_place, remove_place, kinds_that_are_not_wanted_are_not_kept,
                   1);
    suite_add_rows(suite, "measured", make_place, remove_place, an_entry_is_measured,
                   ROWS(readable));
    suite_add_rows(suite, "refused", make_place, remove_place, another_shape_is_refused,
                   ROWS(unreadable));
    return suite_run(suite);
}
