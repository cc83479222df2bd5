/* The report's table of finds: a row for each find, by what the run measured,
 * and a find that no longer is one said to be none. */
#include "../suite.h"

#include "report/block_found.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW(experiment, kind, got_class, ulp, of_model)                                          \
    {                                                                                            \
        .key = {{experiment, "s", "binary32", "one"}}, .quantity = "loss", .name = kind,         \
        .input = "P --x 1", .exact = "2", .got = "-inf", .class = got_class, .models = of_model, \
        .ulp_error = ulp                                                                         \
    }

static struct case_row rows[] = {
    ROW("hunt-a", "greatest-error", "lost", 1e6, "yes"),
    ROW("hunt-a", "greatest-error", "correct", 0.25, "no"), /* another formulation's */
    ROW("hunt-a", "false-zero", "false-zero", 0.75, "yes"),
    ROW("hunt-a", "greatest-error", "lost", INFINITY, "yes"),
    ROW("hunt-a", "spurious-inf", "spurious-inf", INFINITY, "yes"),
    ROW("hunt-a", "false-zero", "correct", 0.25, "yes"),
    ROW("hunt-a", "greatest-error", "spurious-nan", NAN, "yes"),
    ROW("gallery", "false-zero", "false-zero", 1, "yes"), /* another experiment's */
};

static const char expected[] = "| `one` | binary32 | greatest-error | 1×10⁶ | lost |"
                               "| `one` | binary32 | false-zero | 0.75 | false-zero |"
                               "| `one` | binary32 | greatest-error | above 10³⁰⁸ | lost |"
                               "| `one` | binary32 | spurious-inf | – | spurious-inf |"
                               "| `one` | binary32 | false-zero | 0.25 | correct: **no longer** |"
                               "| `one` | binary32 | greatest-error | – | spurious-nan: **no "
                               "longer** |";

/* Markdown of {{found EXPERIMENT}}, to be freed. */
static int found(const char *experiment, char **text, struct error *error)
{
    const struct results results = {.case_rows = rows, .case_row_count = ROWS(rows)};
    struct query query = {.results = &results, .text = experiment, .error = error};
    const struct word words[] = {{experiment, strlen(experiment)}};
    size_t size;
    FILE *out = open_memstream(text, &size);
    int code = block_found(out, &query, words);
    fclose(out);
    return code;
}

START_TEST(rows_are_what_was_measured)
{
    static const char rest[] = " −∞ | 2 | `P --x 1` |\n";
    struct error error;
    char *text;
    ck_assert_int_eq(found("hunt-*", &text, &error), OK);
    const char *at = strchr(strchr(text, '\n') + 1, '\n') + 1; /* past the head */
    for (const char *wanted = expected; *wanted != '\0';) {
        size_t length = strcspn(at, "\n") + 1 - strlen(rest);
        ck_assert_msg(strncmp(at, wanted, length) == 0, "%s", at);
        ck_assert_int_eq(strncmp(at + length, rest, strlen(rest)), 0);
        at += length + strlen(rest);
        wanted += length;
    }
    ck_assert_str_eq(at, "");
    free(text);
}
END_TEST

START_TEST(an_experiment_without_finds_is_a_mistake)
{
    struct error error;
    char *text;
    ck_assert_int_eq(found("hunt-b", &text, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "'hunt-b' holds no find of xulp hunt"));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("found");
    suite_add_rows(suite, "rows", NULL, NULL, rows_are_what_was_measured, 1);
    suite_add_rows(suite, "none", NULL, NULL, an_experiment_without_finds_is_a_mistake, 1);
    return suite_run(suite);
}
