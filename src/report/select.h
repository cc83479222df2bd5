/* The words of a query, and the rows they choose. */
#ifndef XULP_REPORT_SELECT_H
#define XULP_REPORT_SELECT_H

#include "report/results.h"

/* A query being read.  After an error, `at` is where in the text the word to
 * blame stands. */
struct query {
    const struct results *results;
    const char *text;
    size_t at;
    struct error *error;
};

struct word {
    const char *start;
    size_t length;
};

enum { MOST_WORDS = 24 };

struct words {
    size_t count;
    struct word word[MOST_WORDS];
};

/* Cuts at white space. */
int words_cut(struct query *query, const char *text, size_t length, struct words *words);

bool word_is(struct word word, const char *text);

/* False where the word is not wholly one number. */
bool word_number(struct word word, double *number);

/* Sets the error and blames the word; returns BAD_INPUT. */
int query_error(struct query *query, struct word word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* EXPERIMENT SWEEP FORMAT FORMULATION: each a name, several joined by commas,
 * or a pattern with * in it. */
struct selection {
    struct word pattern[KEY_FIELDS];
};

/* Each name must be one that the results have, under the names before it. */
int selection_make(struct query *query, const struct word words[KEY_FIELDS],
                   struct selection *selection);
bool selection_has(const struct selection *selection, const struct key *key);

/* Whether a word, as above, names the text. */
bool word_names(struct word word, const char *text);

/* CLASSES: names of classes joined by commas; `failure` is all four. */
struct class_set {
    bool has[CLASS_COUNT];
};

int class_set_make(struct query *query, struct word word, struct class_set *set);

static inline uint64_t class_set_count(const struct class_set *set, const struct cell *cell)
{
    uint64_t count = 0;
    for (size_t c = 0; c < CLASS_COUNT; c++)
        count += set->has[c] ? cell->classes[c] : 0;
    return count;
}

#endif
