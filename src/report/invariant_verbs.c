/* Queries on invariants: INVARIANT EXPERIMENT SWEEP FORMAT FORMULATION. */
#include "report/block_invariants.h"
#include "report/verbs.h"

#include <math.h>

int invariant_set_make(struct query *query, struct word word, struct invariant_set *set)
{
    struct error_names names = {0};
    size_t chosen = 0;
    for (size_t id = 0; id < INVARIANT_COUNT; id++) {
        set->has[id] = word_names(word, invariants[id].name);
        chosen += set->has[id];
        error_names_add(&names, invariants[id].name);
    }
    return chosen > 0 ? OK
                      : query_error(query, word, "unknown invariant '%.*s' (%s)", (int)word.length,
                                    word.start, names.text);
}

/* The rows of an invariant. */
struct invariant_sum {
    uint64_t checked, broken;
    const struct invariant_row *worst; /* the first of equals; NULL: it holds */
};

static int sum_rows(struct query *query, const struct word *words, struct invariant_sum *sum)
{
    struct invariant_set set;
    struct selection selection;
    int code = invariant_set_make(query, words[0], &set);
    if (code == OK)
        code = selection_make(query, words + 1, &selection);
    *sum = (struct invariant_sum){0};
    for (size_t i = 0; i < query->results->invariant_row_count && code == OK; i++) {
        const struct invariant_row *row = &query->results->invariant_rows[i];
        if (!set.has[invariant_find(row->invariant)] || !selection_has(&selection, &row->key))
            continue;
        sum->checked += row->checked;
        sum->broken += row->broken;
        if (row->broken > 0 && (sum->worst == NULL || row->worst_by > sum->worst->worst_by))
            sum->worst = row;
    }
    if (code == OK && sum->checked == 0)
        return query_error(query, words[0], "nothing there was checked for it");
    return code;
}

static int verb_count_of(struct query *query, const struct word *words, bool broken,
                         struct answer *answer)
{
    struct invariant_sum sum;
    int code = sum_rows(query, words, &sum);
    *answer = (struct answer){.kind = ANSWER_COUNT,
                              .number = (double)(broken ? sum.broken : sum.checked)};
    return code;
}

int verb_checked(struct query *query, const struct word *words, struct answer *answer)
{
    return verb_count_of(query, words, false, answer);
}

int verb_broken(struct query *query, const struct word *words, struct answer *answer)
{
    return verb_count_of(query, words, true, answer);
}

static int verb_input_of(struct query *query, const struct word *words, bool partner,
                         struct answer *answer)
{
    struct invariant_sum sum;
    int code = sum_rows(query, words, &sum);
    if (code == OK && sum.worst == NULL)
        return query_error(query, words[0], "it holds there");
    const char *text = code != OK ? ""
                       : partner  ? sum.worst->worst_partner
                                  : sum.worst->worst_input;
    if (code == OK && *text == '\0')
        return query_error(query, words[0], "the worst break there has no partner to show");
    *answer = (struct answer){.kind = ANSWER_COMMAND, .number = NAN, .text = text};
    return code;
}

int verb_break(struct query *query, const struct word *words, struct answer *answer)
{
    return verb_input_of(query, words, false, answer);
}

int verb_break_partner(struct query *query, const struct word *words, struct answer *answer)
{
    return verb_input_of(query, words, true, answer);
}
