/* The words of a query, and the rows they choose.  Patterns are matched by
 * fnmatch(3), plain names by comparison: most are plain, and every query looks
 * at every row. */
#include "report/select.h"

#include <ctype.h>
#include <fnmatch.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATTERN = 80 };

int query_error(struct query *query, struct word word, const char *format, ...)
{
    char sentence[sizeof query->error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    query->at = (size_t)(word.start - query->text);
    return error_set(query->error, BAD_INPUT, "%s", sentence);
}

int words_cut(struct query *query, const char *text, size_t length, struct words *words)
{
    const char *end = text + length;
    words->count = 0;
    while (text < end) {
        while (text < end && isspace((unsigned char)*text))
            text++;
        const char *start = text;
        while (text < end && !isspace((unsigned char)*text))
            text++;
        struct word word = {start, (size_t)(text - start)};
        if (word.length > 0 && words->count == MOST_WORDS)
            return query_error(query, word, "more than %d words", MOST_WORDS);
        if (word.length > 0)
            words->word[words->count++] = word;
    }
    return OK;
}

bool word_is(struct word word, const char *text)
{
    return strncmp(text, word.start, word.length) == 0 && text[word.length] == '\0';
}

bool word_number(struct word word, double *number)
{
    char text[LONGEST_PATTERN], *end;
    if (word.length == 0 || word.length >= sizeof text)
        return false;
    memcpy(text, word.start, word.length);
    text[word.length] = '\0';
    *number = strtod(text, &end);
    return *end == '\0' && !isnan(*number);
}

/* The next element of a list joined by commas; false at its end. */
static bool next_element(struct word *rest, struct word *element)
{
    if (rest->start == NULL)
        return false;
    const char *comma = memchr(rest->start, ',', rest->length);
    size_t length = comma == NULL ? rest->length : (size_t)(comma - rest->start);
    *element = (struct word){rest->start, length};
    *rest = comma == NULL ? (struct word){0} : (struct word){comma + 1, rest->length - length - 1};
    return true;
}

static bool element_names(struct word element, const char *text)
{
    if (element.length == 1 && *element.start == '*')
        return true;
    if (memchr(element.start, '*', element.length) == NULL)
        return word_is(element, text);
    char pattern[LONGEST_PATTERN];
    if (element.length >= sizeof pattern)
        return false;
    memcpy(pattern, element.start, element.length);
    pattern[element.length] = '\0';
    return fnmatch(pattern, text, 0) == 0;
}

bool word_names(struct word word, const char *text)
{
    struct word element;
    while (next_element(&word, &element))
        if (element_names(element, text))
            return true;
    return false;
}

/* Whether the word names the field.  What has no colon names no gradient
 * (struct key). */
static bool names_field(struct word word, const struct key *key, size_t field)
{
    const char *text = key->field[field];
    struct word element;
    while (next_element(&word, &element))
        if (element_names(element, text) &&
            (field != KEY_FORMULATION ||
             (memchr(element.start, ':', element.length) != NULL) == (strchr(text, ':') != NULL)))
            return true;
    return false;
}

/* Whether the fields before `fields` are chosen. */
static bool has_first(const struct selection *selection, const struct key *key, size_t fields)
{
    for (size_t f = 0; f < fields; f++)
        if (!names_field(selection->pattern[f], key, f))
            return false;
    return true;
}

bool selection_has(const struct selection *selection, const struct key *key)
{
    return has_first(selection, key, KEY_FIELDS);
}

/* "unknown sweep 'ahed-2' (ahead-2, behind-2)": with what there is. */
static int unknown(struct query *query, const struct selection *selection, size_t field,
                   struct word element)
{
    const char *seen[64];
    struct error_names names = {0};
    size_t count = 0;
    for (size_t i = 0; i < query->results->cell_count && count < 64; i++) {
        const struct key *key = &query->results->cells[i].key;
        size_t earlier = 0;
        while (earlier < count && strcmp(seen[earlier], key->field[field]) != 0)
            earlier++;
        if (earlier < count || !has_first(selection, key, field))
            continue;
        seen[count++] = key->field[field];
        error_names_add(&names, key->field[field]);
    }
    return query_error(query, element, "unknown %s '%.*s' (%s)", key_names[field],
                       (int)element.length, element.start, names.text);
}

int selection_make(struct query *query, const struct word words[KEY_FIELDS],
                   struct selection *selection)
{
    memcpy(selection->pattern, words, sizeof selection->pattern);
    for (size_t field = 0; field < KEY_FIELDS; field++) {
        struct word rest = words[field], element;
        while (next_element(&rest, &element)) {
            bool found = false;
            for (size_t i = 0; i < query->results->cell_count && !found; i++) {
                const struct key *key = &query->results->cells[i].key;
                found = has_first(selection, key, field) && names_field(element, key, field);
            }
            if (!found)
                return unknown(query, selection, field, element);
        }
    }
    return OK;
}

static int unknown_class(struct query *query, struct word element)
{
    struct error_names names = {"failure"};
    for (size_t c = 0; c < CLASS_COUNT; c++)
        error_names_add(&names, class_names[c]);
    return query_error(query, element, "unknown class '%.*s' (%s)", (int)element.length,
                       element.start, names.text);
}

int class_set_make(struct query *query, struct word word, struct class_set *set)
{
    *set = (struct class_set){0};
    struct word element;
    while (next_element(&word, &element)) {
        bool found = false;
        for (size_t c = 0; c < CLASS_COUNT; c++) {
            bool failure = class_is_failure((enum result_class)c) && word_is(element, "failure");
            if (failure || word_is(element, class_names[c]))
                set->has[c] = found = true;
        }
        if (!found)
            return unknown_class(query, element);
    }
    return OK;
}
