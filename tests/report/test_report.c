/* The report: what its text asks is what the tables hold, what does not
 * resolve is an error with its place, and verdicts follow from the evidence.
 * The fixture is small enough to count by hand. */
#include "fixture.h"

#include "report/claims.h"
#include "report/query.h"
#include "report/template.h"

#include <math.h>
#include <stdlib.h>

/* --- queries ------------------------------------------------------------------- */

static const struct {
    const char *query, *answer;
} queries[] = {
    {"cases tiny line binary32 one", "20"},
    {"cases tiny line * one", "30"},
    {"cases tiny l*e binary32,binary64 *", "60"},
    {"cases * * * *", "64"},
    {"count correct tiny line binary32 one", "14"},
    {"count correct,faithful tiny line binary32 one", "15"},
    {"count wrong-sign tiny * * *", "0"},
    {"count failure tiny * * *", "13"}, /* 2 + 10 NaN, and a missed NaN */
    {"share correct tiny line binary32 one", "70.0%"},
    {"share false-zero tiny line binary32 two", "0%"},
    {"share correct tiny line binary64 *", "100%"},
    {"max tiny line binary32 one", "1.68×10⁷"}, /* 2^24 */
    {"max tiny line binary32 one | 9", "1.6777216×10⁷"},
    {"max tiny line binary32 two", "0.5"},
    {"worst tiny line binary32 one", "`xulp eval P --x 0x1p+2`"},
    {"worst tiny line * two", "`xulp eval P --x 0x1.8p+0`"},
    {"first-failure tiny line binary32 *", "`xulp eval P --x 0x1.9p+1`"},
    {"least false-zero tiny line binary32 one", "3.312"}, /* 3.3125, to even */
    {"least false-zero tiny line binary32 one | 5", "3.3125"},
    {"least failure tiny line * *", "3"},
    {"greatest spurious-nan,false-zero tiny line binary32 one", "4"},
    {"least lost tiny cases binary32 two", "−9.54×10⁻⁷"}, /* −2^−20 */
    {"operations tiny line binary32 one 4", "200"},
    {"operations tiny line binary32 two 3.5 / operations tiny line binary32 two 1", "4"},
    {"bytes tiny line binary64 one 1.5", "16"},
    {"1 / 3", "0.3333"},
    {"compared tiny line * one two", "30"},
    {"identical tiny line * one two", "25"},
    {"different tiny line binary32 one two", "5"},
    {"difference * * * one *", "`xulp eval P --x 0x1.9p+1`"},
    {"checked shift tiny line * one", "30"},
    {"broken shift * * * one", "10"},
    {"broken non-negative,shift tiny line binary32 *", "7"},
    {"broken s* tiny * binary32 *", "9"},                     /* of losses: no gradient */
    {"break shift tiny * binary32 *", "`xulp eval P --x 1`"}, /* the first of equals */
    {"break shift tiny * * *", "`xulp eval P --x 3`"},
    {"break-partner shift tiny * * *", "`xulp eval P --x 4`"},
    {"total cases", "32"},
    {"total results", "64"},
    {"total experiments", "1"},
    {"precision *", "192"},
    {"version", "9.9"},
    {"math", "canonical"},
};

START_TEST(a_query_is_answered)
{
    struct results results;
    struct error error;
    char *text;
    size_t at;
    fixture_load(&results);
    char sentence[200];
    snprintf(sentence, sizeof sentence, "<{{%s}}>", queries[_i].query);
    int code = sentence_expand(sentence, &results, &text, &at, &error);
    ck_assert_msg(code == OK, "%s: %s", queries[_i].query, code == OK ? "" : error.text);
    char expected[200];
    snprintf(expected, sizeof expected, "<%s>", queries[_i].answer);
    ck_assert_str_eq(text, expected);
    free(text);
    results_clear(&results);
}
END_TEST

/* The place is that of the word in question, counted from the query's start. */
static const struct {
    const char *query;
    size_t at;
    const char *sentence;
} query_mistakes[] = {
    {"", 0, "the query is empty"},
    {"sum tiny line * *", 0, "unknown query 'sum' (cases, count, share, "},
    {"cases tiny line *", 0, "it is `cases EXPERIMENT SWEEP FORMAT FORMULATION`"},
    {"cases huge line * *", 6, "unknown experiment 'huge' (tiny)"},
    {"cases tiny lime * *", 11, "unknown sweep 'lime' (line, cases)"},
    {"cases tiny line,lime * *", 16, "unknown sweep 'lime' (line, cases)"},
    {"cases tiny line binary16 *", 16, "unknown format 'binary16' (binary32, binary64)"},
    {"cases tiny cases binary64 *", 17, "unknown format 'binary64' (binary32)"},
    {"cases tiny line * three", 18, "unknown formulation 'three' (one, two)"},
    {"cases tiny x* * *", 11, "unknown sweep 'x*' (line, cases)"},
    {"count bad tiny line * *", 6, "unknown class 'bad' (failure, spurious-nan, "},
    {"max tiny cases,line binary32 two,x", 33, "unknown formulation 'x'"},
    {"worst tiny line binary32 two / 2", 0, "'worst' gives no number to compute with"},
    {"least lost tiny line * one", 6, "no result there is of class lost"},
    {"first-failure tiny line binary64 one", 14, "no failure there"},
    {"operations tiny line binary32 one x", 34, "'x' is not a number"},
    {"operations tiny line binary32 one 2.5", 34, "no cell there holds 2.5"},
    {"operations tiny line binary32 * 1", 32, "more than one cell holds 1"},
    {"identical tiny line * two one", 26, "no experiment there compares the pair"},
    {"difference tiny line binary64 one two", 11, "the pair is identical there"},
    {"broken shifts tiny line * one", 7, "unknown invariant 'shifts' (non-negative, shift, "},
    {"checked non-negative tiny cases * one", 8, "nothing there was checked for it"},
    {"break shift tiny line * two", 6, "it holds there"},
    {"break-partner shift tiny cases * one", 14, "the worst break there has no partner"},
    {"total sweeps", 6, "unknown total 'sweeps'"},
    {"precision huge", 10, "unknown experiment 'huge'"},
    {"version |", 8, "after '|' stands how many digits"},
    {"version | 18", 8, "after '|' stands how many digits"},
    {"1 /", 2, "a term is missing beside '/'"},
    {"a b c d e f g h i j k l m n o p q r s t u v w x y", 48, "more than 24 words"},
};

START_TEST(a_query_that_does_not_resolve_is_blamed)
{
    struct results results;
    struct error error;
    char *text, sentence[200];
    size_t at;
    fixture_load(&results);
    snprintf(sentence, sizeof sentence, "{{%s}}", query_mistakes[_i].query);
    ck_assert_int_eq(sentence_expand(sentence, &results, &text, &at, &error), BAD_INPUT);
    const char *expected = query_mistakes[_i].sentence;
    ck_assert_msg(strncmp(error.text, expected, strlen(expected)) == 0, "it says: %s", error.text);
    ck_assert_uint_eq(at, 2 + query_mistakes[_i].at);
    free(text);
    results_clear(&results);
}
END_TEST

START_TEST(only_failures_have_no_greatest_error)
{
    struct results results;
    struct error error;
    fixture_load(&results);
    /* Of `two` in the second bin, which is all NaN; the first is dropped. */
    for (size_t i = 0; i < results.cell_count; i++)
        if (results.cells[i].bin == 0)
            results.cells[i].max_ulp = NAN;
    char *text;
    size_t at;
    ck_assert_int_eq(
        sentence_expand("{{max tiny line binary32 two}}", &results, &text, &at, &error), BAD_INPUT);
    ck_assert_str_eq(error.text, "only failures there: no result has an error in ulp");
    free(text);
    results_clear(&results);
}
END_TEST

/* --- templates ------------------------------------------------------------------ */

static const struct {
    const char *text, *sentence;
} template_mistakes[] = {
    {"one\ntwo ½ {{cases tiny lime * *}}", "T:2:20: unknown sweep 'lime' (line, cases)"},
    {"{{version}} {{version", "T:1:13: {{ without }}"},
    {"\n\n{{summary tiny}}", "T:3:3: it is `summary EXPERIMENT SWEEP [FORMAT FORMULATION]`"},
    {"{{summary tiny lime}}", "T:1:16: unknown sweep 'lime'"},
    {"{{outcomes tiny line binary32}}", "T:1:17: a bin of this sweep holds several cases"},
    {"{{invariants tiny cases * two}}", "T:1:14: no invariant was checked there"},
    {"{{breaks shift tiny line * two}}", "T:1:10: it holds there"},
    {"{{breaks shifts tiny line *}}", "T:1:10: unknown invariant 'shifts'"},
};

START_TEST(a_template_mistake_has_line_and_column)
{
    struct results results;
    struct claims none = {0};
    struct error error;
    fixture_load(&results);
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    ck_assert_int_eq(template_expand(out, "T", template_mistakes[_i].text, &results, &none, &error),
                     BAD_INPUT);
    const char *expected = template_mistakes[_i].sentence;
    ck_assert_msg(strncmp(error.text, expected, strlen(expected)) == 0, "it says: %s", error.text);
    fclose(out);
    free(text);
    results_clear(&results);
}
END_TEST

#define SUMMARY_HEAD                                                                            \
    "Experiment `tiny`, sweep `line`:\n\n| formulation | format | cases | correct | < 1 ulp | " \
    "worst ulp | false 0 | NaN | Inf | "                                                        \
    "wrong "                                                                                    \
    "sign | input of the worst ulp, after `xulp eval` "                                         \
    "|\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n"

static const struct {
    const char *text, *expanded;
} templates[] = {
    {"a {{version}} b", "a 9.9 b"},
    {"# A\n## B, c's\n{{contents}}\n## D\n",
     "# A\n## B, c's\n- [B, c's](#b-cs)\n- [D](#d)\n## D\n"},
    {"{{summary tiny line}}\n", SUMMARY_HEAD
     "| `one` | binary32 | 20 | 70.0% | 75.0% | 1.68×10⁷ | 3 | 2 | 0 | 0 | `P --x 0x1p+2`; fails: "
     "`P --x 0x1.8p+1` |\n"
     "| `one` | binary64 | 10 | 100% | 100% | 0.25 | 0 | 0 | 0 | 0 | `P --x 0x1p+1` |\n"
     "| `two` | binary32 | 20 | 50.0% | 50.0% | 0.5 | 0 | 10 | 0 | 0 | `P --x 0x1.8p+0`; fails: `P "
     "--x 0x1.9p+1` |\n"
     "| `two` | binary64 | 10 | 100% | 100% | 0.25 | 0 | 0 | 0 | 0 | `P --x 0x1p+1` |\n"},
    {"{{outcomes tiny cases binary32}}\n", "| input | `one` | `two` |\n|---|---|---|\n"
                                           "| `P --x 1` | correct | **lost** |\n"
                                           "| `P --x nan` | **missed-nan** | correct |\n"},
    {"{{invariants tiny line}}\n",
     "| formulation | non-negative | shift |\n|---|---|---|\n"
     "| `one` | 0 of 18 | **8** of 30<br>binary32 7, binary64 1 |\n| `two` | – | 0 of 1,000 |\n"},
    {"{{breaks shift tiny * *}}\n", /* the first of equals, one a format */
     "| formulation | format | result | of the partner | how far | input, after `xulp eval` | its "
     "partner |\n|---|---|--:|--:|--:|---|---|\n"
     "| `one` | binary32 | 1.5 | 1.75 | 3 | `P --x 1` | `P --x 2` |\n"
     "| `one` | binary64 | NaN | 2 | ∞ | `P --x 3` | `P --x 4` |\n"},
    {"{{breaks shift tiny cases *}}\n",
     "| formulation | format | result | of the partner | how far | input, after `xulp eval` | its "
     "partner |\n|---|---|--:|--:|--:|---|---|\n"
     "| `one` | binary32 | -0.5 | +∞ | 3 | `P --x 5` | – |\n"},
};

START_TEST(a_template_is_expanded)
{
    struct results results;
    struct claims none = {0};
    struct error error;
    fixture_load(&results);
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    int code = template_expand(out, "T", templates[_i].text, &results, &none, &error);
    ck_assert_msg(code == OK, "%s", code == OK ? "" : error.text);
    fclose(out);
    ck_assert_str_eq(text, templates[_i].expanded);
    free(text);
    results_clear(&results);
}
END_TEST

/* --- claims --------------------------------------------------------------------- */

static int load_claims(const char *text, const struct results *results, struct claims **claims,
                       struct error *error)
{
    char directory[] = "/tmp/xulp-claims-XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    fixture_write(directory, "claims.yaml", text);
    snprintf(path, sizeof path, "%s/claims.yaml", directory);
    int code = claims_load(path, results, claims, error);
    fixture_remove(directory);
    return code;
}

#define CLAIM(evidence) \
    "claims:\n  - name: N\n    claim: C\n    source: S\n    tables: [tiny]\n" evidence
#define TRUE  "{when: 'cases tiny line * * = 60', sentence: 'of {{cases tiny line * *}}'}"
#define FALSE "{when: 'cases tiny line * * != 60', sentence: '{{never read}}'}"

static const struct {
    const char *evidence;
    enum verdict verdict;
} verdicts[] = {
    {CLAIM("    supports: [" TRUE "]\n"), VERDICT_HELD},
    {CLAIM("    supports: [" FALSE ", " TRUE "]\n    contradicts: [" FALSE "]\n"), VERDICT_HELD},
    {CLAIM("    contradicts: [" TRUE "]\n"), VERDICT_REFUTED},
    {CLAIM("    supports: [" FALSE "]\n    contradicts: [" TRUE "]\n"), VERDICT_REFUTED},
    {CLAIM("    supports: [" TRUE "]\n    contradicts: [" TRUE "]\n"), VERDICT_CONDITIONAL},
};

START_TEST(a_verdict_follows_from_the_evidence)
{
    struct results results;
    struct claims *claims;
    struct error error;
    fixture_load(&results);
    int code = load_claims(verdicts[_i].evidence, &results, &claims, &error);
    ck_assert_msg(code == OK, "%s", code == OK ? "" : error.text);
    ck_assert_int_eq(claims->claims[0].verdict, verdicts[_i].verdict);
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    claims_write_evidence(out, claims);
    fclose(out);
    ck_assert_ptr_nonnull(strstr(text, "### N\n\n> C (S)\n"));
    ck_assert((strstr(text, "- For: of 60\n") != NULL) == (_i < 2 || _i == 4));
    ck_assert((strstr(text, "- Against: of 60\n") != NULL) == (_i >= 2));
    free(text);
    claims_free(claims);
    results_clear(&results);
}
END_TEST

static const struct {
    const char *text, *sentence;
} claim_mistakes[] = {
    {CLAIM("    supports: [" FALSE "]\n    contradicts: [" FALSE "]\n"),
     ":2:5: the results neither support nor contradict 'N'"},
    {CLAIM(""), ":2:5: the results neither support nor contradict 'N'"},
    {CLAIM("    supports: [" TRUE "]\n    note: x\n"), ":7:5: unknown key 'note'"},
    {CLAIM("    supports:\n      - {when: cases tiny lime * * = 1, sentence: x}\n"),
     ":7:16: at 'lime * * = 1': unknown sweep 'lime' (line, cases)"},
    {CLAIM("    supports:\n      - {when: cases tiny line * *, sentence: x}\n"),
     ":7:16: at 'cases tiny line * *': a comparison is QUERY = NUMBER"},
    {CLAIM("    supports:\n      - {when: version = 1, sentence: x}\n"),
     ":7:16: at '= 1': only numbers can be compared"},
    {CLAIM("    supports:\n      - {when: 1 = 1, sentence: 'a {{total x}}'}\n"),
     ":7:33: at 'x}}': unknown total 'x'"},
    {"claims:\n  - {name: N, claim: C, source: S, tables: [huge], supports: [" TRUE "]}\n",
     ":2:45: unknown experiment 'huge'"},
    {"claims:\n  - {name: N}\n", ":2:5: the key 'claim' is missing"},
};

START_TEST(a_mistake_in_a_claim_has_its_place)
{
    struct results results;
    struct claims *claims;
    struct error error;
    fixture_load(&results);
    ck_assert_int_eq(load_claims(claim_mistakes[_i].text, &results, &claims, &error), BAD_INPUT);
    const char *place = strstr(error.text, "claims.yaml:");
    ck_assert_ptr_nonnull(place);
    place += strlen("claims.yaml");
    const char *expected = claim_mistakes[_i].sentence;
    ck_assert_msg(strncmp(place, expected, strlen(expected)) == 0, "it says: %s", error.text);
    claims_free(claims);
    results_clear(&results);
}
END_TEST

static const struct {
    const char *comparison;
    bool holds;
} comparisons[] = {
    {"2 = 2", true},
    {"2 = 3", false},
    {"2 != 3", true},
    {"2 != 2", false},
    {"2 < 3", true},
    {"3 < 3", false},
    {"3 <= 3", true},
    {"4 <= 3", false},
    {"4 > 3", true},
    {"3 > 3", false},
    {"3 >= 3", true},
    {"2 >= 3", false},
    {"6 / 2 = 3", true},
    {"1e400 > 0x1p1023", true},
    {"max tiny line binary32 one > max tiny line binary32 two", true},
    {"share correct tiny line binary32 one < 70.5", true},
};

START_TEST(a_comparison_is_judged)
{
    struct results results;
    struct error error;
    fixture_load(&results);
    struct query query = {.results = &results, .text = comparisons[_i].comparison, .error = &error};
    bool holds;
    ck_assert_int_eq(query_compare(&query, comparisons[_i].comparison, &holds), OK);
    ck_assert_int_eq(holds, comparisons[_i].holds);
    results_clear(&results);
}
END_TEST

int main(void)
{
    TCase *text = tcase_create("text");
    tcase_add_loop_test(text, a_query_is_answered, 0, ROWS(queries));
    tcase_add_loop_test(text, a_query_that_does_not_resolve_is_blamed, 0, ROWS(query_mistakes));
    tcase_add_test(text, only_failures_have_no_greatest_error);
    tcase_add_loop_test(text, a_template_is_expanded, 0, ROWS(templates));
    tcase_add_loop_test(text, a_template_mistake_has_line_and_column, 0, ROWS(template_mistakes));
    TCase *claims = tcase_create("claims");
    tcase_add_loop_test(claims, a_verdict_follows_from_the_evidence, 0, ROWS(verdicts));
    tcase_add_loop_test(claims, a_mistake_in_a_claim_has_its_place, 0, ROWS(claim_mistakes));
    tcase_add_loop_test(claims, a_comparison_is_judged, 0, ROWS(comparisons));
    Suite *suite = suite_create("report");
    suite_add_tcase(suite, text);
    suite_add_tcase(suite, claims);
    return suite_run(suite);
}
