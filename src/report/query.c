/* Queries: expressions of verbs.  An expression is a term or the quotient of
 * two; a term is a number or a verb (verbs.c) with its words. */
#include "report/query.h"

#include "report/prose.h"
#include "report/verbs.h"

#include <math.h>
#include <string.h>

static int unknown_verb(struct query *query, struct word word)
{
    char names[400] = "";
    for (size_t v = 0; v < verb_count; v++) {
        strcat(names, v > 0 ? ", " : "");
        strcat(names, verbs[v].name);
    }
    return query_error(query, word, "unknown query '%.*s' (%s)", (int)word.length, word.start,
                       names);
}

static int term(struct query *query, const struct word *words, size_t count, struct answer *answer)
{
    double number;
    if (count == 1 && word_number(words[0], &number)) {
        *answer = (struct answer){.kind = ANSWER_NUMBER, .number = number};
        return OK;
    }
    for (size_t v = 0; v < verb_count; v++) {
        if (!word_is(words[0], verbs[v].name))
            continue;
        if (count - 1 != verbs[v].words)
            return query_error(query, words[0], "it is `%s %s`", verbs[v].name, verbs[v].usage);
        return verbs[v].answer(query, words + 1, answer);
    }
    return unknown_verb(query, words[0]);
}

static int number_term(struct query *query, const struct word *words, size_t count,
                       struct answer *answer)
{
    int code = term(query, words, count, answer);
    if (code == OK && isnan(answer->number))
        return query_error(query, words[0], "'%.*s' gives no number to compute with",
                           (int)words[0].length, words[0].start);
    return code;
}

/* The first of the words that is one of the marks; count where there is none. */
static size_t find_mark(const struct word *words, size_t count, const char *const *marks)
{
    size_t i = 0;
    for (; i < count; i++)
        for (size_t m = 0; marks[m] != NULL; m++)
            if (word_is(words[i], marks[m]))
                return i;
    return i;
}

static int expression(struct query *query, const struct word *words, size_t count,
                      struct answer *answer)
{
    static const char *const slash[] = {"/", NULL};
    size_t at = find_mark(words, count, slash);
    if (at == count)
        return term(query, words, count, answer);
    struct answer dividend, divisor;
    if (at == 0 || at + 1 == count)
        return query_error(query, words[at], "a term is missing beside '/'");
    int code = number_term(query, words, at, &dividend);
    if (code == OK)
        code = number_term(query, words + at + 1, count - at - 1, &divisor);
    if (code == OK)
        *answer =
            (struct answer){.kind = ANSWER_NUMBER, .number = dividend.number / divisor.number};
    return code;
}

int query_answer(struct query *query, const char *text, size_t length, struct answer *answer,
                 int *digits)
{
    static const char *const bar[] = {"|", NULL};
    struct words words;
    *digits = 0;
    int code = words_cut(query, text, length, &words);
    if (code != OK)
        return code;
    size_t count = find_mark(words.word, words.count, bar);
    if (count == 0)
        return query_error(query, (struct word){text, 0}, "the query is empty");
    if (count < words.count) {
        double asked = 0;
        if (words.count != count + 2 || !word_number(words.word[count + 1], &asked) || asked < 1 ||
            asked > 17 || asked != floor(asked))
            return query_error(query, words.word[count],
                               "after '|' stands how many digits to print, 1 to 17");
        *digits = (int)asked;
    }
    return expression(query, words.word, count, answer);
}

static bool compare(double left, struct word mark, double right)
{
    if (word_is(mark, "="))
        return left == right;
    if (word_is(mark, "!="))
        return left != right;
    if (word_is(mark, "<"))
        return left < right;
    if (word_is(mark, "<="))
        return left <= right;
    return word_is(mark, ">") ? left > right : left >= right;
}

int query_compare(struct query *query, const char *comparison, bool *holds)
{
    static const char *const marks[] = {"=", "!=", "<", "<=", ">", ">=", NULL};
    struct words words;
    int code = words_cut(query, comparison, strlen(comparison), &words);
    if (code != OK)
        return code;
    size_t at = find_mark(words.word, words.count, marks);
    if (at == 0 || at + 1 >= words.count)
        return query_error(query, (struct word){comparison, 0},
                           "a comparison is QUERY = NUMBER, with =, !=, <, <=, > or >=");
    struct answer left, right;
    size_t rest = words.count - at - 1;
    code = expression(query, words.word, at, &left);
    if (code == OK)
        code = expression(query, words.word + at + 1, rest, &right);
    if (code == OK && (isnan(left.number) || isnan(right.number)))
        return query_error(query, words.word[at], "only numbers can be compared");
    *holds = code == OK && compare(left.number, words.word[at], right.number);
    return code;
}

void answer_write(FILE *out, const struct answer *answer, int digits)
{
    char text[PROSE_TEXT];
    switch (answer->kind) {
    case ANSWER_COUNT:
        prose_count(answer->number, text);
        break;
    case ANSWER_SHARE:
        prose_share(answer->part, answer->whole, text);
        break;
    case ANSWER_ULP:
        prose_number(answer->number, digits > 0 ? digits : PROSE_ULP_DIGITS, text);
        break;
    case ANSWER_NUMBER:
        prose_number(answer->number, digits, text);
        break;
    case ANSWER_COMMAND:
        fprintf(out, "`xulp eval %s`", answer->text);
        return;
    case ANSWER_TEXT:
        fputs(answer->text, out);
        return;
    }
    fputs(text, out);
}
