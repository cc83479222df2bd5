/* The verbs of queries.  One line of verbs[] is one verb: its name, how many
 * words follow it, and the function that answers. */
#include "report/verbs.h"

#include <math.h>
#include <stddef.h>

static void answer_number(struct answer *answer, enum answer_kind kind, double number)
{
    *answer = (struct answer){.kind = kind, .number = number};
}

static void answer_text(struct answer *answer, enum answer_kind kind, const char *text)
{
    *answer = (struct answer){.kind = kind, .number = NAN, .text = text};
}

/* --- verbs on cells: EXPERIMENT SWEEP FORMAT FORMULATION --------------------- */

/* Adds up the cells of the selection: those of the classes, and all. */
static int count_cells(struct query *query, const struct class_set *set, const struct word *words,
                       uint64_t *part, uint64_t *whole)
{
    struct selection selection;
    int code = selection_make(query, words, &selection);
    *part = *whole = 0;
    for (size_t i = 0; i < query->results->cell_count && code == OK; i++) {
        const struct cell *cell = &query->results->cells[i];
        if (!selection_has(&selection, &cell->key))
            continue;
        *part += class_set_count(set, cell);
        *whole += cell->cases;
    }
    return code;
}

static int verb_cases(struct query *query, const struct word *words, struct answer *answer)
{
    struct class_set none = {0};
    uint64_t part, whole;
    int code = count_cells(query, &none, words, &part, &whole);
    answer_number(answer, ANSWER_COUNT, (double)whole);
    return code;
}

static int count_classes(struct query *query, const struct word *words, uint64_t *part,
                         uint64_t *whole)
{
    struct class_set set;
    int code = class_set_make(query, words[0], &set);
    return code == OK ? count_cells(query, &set, words + 1, part, whole) : code;
}

static int verb_class_count(struct query *query, const struct word *words, struct answer *answer)
{
    uint64_t part = 0, whole;
    int code = count_classes(query, words, &part, &whole);
    answer_number(answer, ANSWER_COUNT, (double)part);
    return code;
}

static int verb_share(struct query *query, const struct word *words, struct answer *answer)
{
    uint64_t part = 0, whole = 1;
    int code = count_classes(query, words, &part, &whole);
    answer_number(answer, ANSWER_SHARE, 100 * (double)part / (double)whole);
    answer->part = (double)part;
    answer->whole = (double)whole;
    return code;
}

/* Adds a count of the cells of a selection: the uint64_t at that offset. */
static int sum_of_cells(struct query *query, const struct word *words, size_t offset,
                        struct answer *answer)
{
    struct selection selection;
    uint64_t sum = 0;
    int code = selection_make(query, words, &selection);
    for (size_t i = 0; i < query->results->cell_count && code == OK; i++) {
        const struct cell *cell = &query->results->cells[i];
        if (selection_has(&selection, &cell->key))
            sum += *(const uint64_t *)((const char *)cell + offset);
    }
    answer_number(answer, ANSWER_COUNT, (double)sum);
    return code;
}

/* Wrong results that assert_close lets pass. */
static int verb_passes(struct query *query, const struct word *words, struct answer *answer)
{
    return sum_of_cells(query, words, offsetof(struct cell, assert_close_passes), answer);
}

/* Losses beyond the proven bound of their formulation, or beyond the printed one. */
static int verb_beyond(struct query *query, const struct word *words, struct answer *answer)
{
    return sum_of_cells(query, words, offsetof(struct cell, beyond_bound), answer);
}

static int verb_beyond_printed(struct query *query, const struct word *words, struct answer *answer)
{
    return sum_of_cells(query, words, offsetof(struct cell, beyond_printed_bound), answer);
}

/* The cell of the selection with the greatest max_ulp: the first of equals. */
static int worst_cell(struct query *query, const struct word *words, const struct cell **worst)
{
    struct selection selection;
    int code = selection_make(query, words, &selection);
    *worst = NULL;
    for (size_t i = 0; i < query->results->cell_count && code == OK; i++) {
        const struct cell *cell = &query->results->cells[i];
        if (!isnan(cell->max_ulp) && selection_has(&selection, &cell->key) &&
            (*worst == NULL || cell->max_ulp > (*worst)->max_ulp))
            *worst = cell;
    }
    if (code == OK && *worst == NULL)
        return query_error(query, words[0], "only failures there: no result has an error in ulp");
    return code;
}

static int verb_max(struct query *query, const struct word *words, struct answer *answer)
{
    const struct cell *worst;
    int code = worst_cell(query, words, &worst);
    answer_number(answer, ANSWER_ULP, code == OK ? worst->max_ulp : NAN);
    return code;
}

static int verb_worst(struct query *query, const struct word *words, struct answer *answer)
{
    const struct cell *worst;
    int code = worst_cell(query, words, &worst);
    answer_text(answer, ANSWER_COMMAND, code == OK ? worst->max_ulp_input : "");
    return code;
}

static int verb_first_failure(struct query *query, const struct word *words, struct answer *answer)
{
    struct selection selection;
    int code = selection_make(query, words, &selection);
    const struct cell *first = NULL;
    for (size_t i = 0; i < query->results->cell_count && code == OK; i++) {
        const struct cell *cell = &query->results->cells[i];
        if (*cell->failure_input != '\0' && selection_has(&selection, &cell->key) &&
            (first == NULL || cell->failure_case < first->failure_case))
            first = cell;
    }
    if (code == OK && first == NULL)
        return query_error(query, words[0], "no failure there");
    answer_text(answer, ANSWER_COMMAND, code == OK ? first->failure_input : "");
    return code;
}

/* The one cell that has VALUE, words[KEY_FIELDS], on its axis. */
static int cell_at(struct query *query, const struct word *words, const struct cell **at)
{
    struct selection selection;
    struct word value_word = words[KEY_FIELDS];
    double value;
    int code = selection_make(query, words, &selection);
    *at = NULL;
    if (code == OK && !word_number(value_word, &value))
        return query_error(query, value_word, "'%.*s' is not a number", (int)value_word.length,
                           value_word.start);
    for (size_t i = 0; i < query->results->cell_count && code == OK; i++) {
        const struct cell *cell = &query->results->cells[i];
        if (!(cell->axis_from <= value && value <= cell->axis_to) ||
            !selection_has(&selection, &cell->key))
            continue;
        if (*at != NULL)
            return query_error(query, value_word, "more than one cell holds %.*s",
                               (int)value_word.length, value_word.start);
        *at = cell;
    }
    if (code == OK && *at == NULL)
        return query_error(query, value_word, "no cell there holds %.*s", (int)value_word.length,
                           value_word.start);
    return code;
}

static int verb_operations(struct query *query, const struct word *words, struct answer *answer)
{
    const struct cell *cell;
    int code = cell_at(query, words, &cell);
    answer_number(answer, ANSWER_COUNT, code == OK ? (double)cell->operations : NAN);
    return code;
}

static int verb_bytes(struct query *query, const struct word *words, struct answer *answer)
{
    const struct cell *cell;
    int code = cell_at(query, words, &cell);
    answer_number(answer, ANSWER_COUNT, code == OK ? (double)cell->bytes : NAN);
    return code;
}

/* --- verbs on where a class occurs: CLASSES EXPERIMENT SWEEP FORMAT FORMULATION */

static int class_end(struct query *query, const struct word *words, bool greatest,
                     struct answer *answer)
{
    struct class_set set;
    struct selection selection;
    int code = class_set_make(query, words[0], &set);
    if (code == OK)
        code = selection_make(query, words + 1, &selection);
    double end = NAN;
    for (size_t i = 0; i < query->results->class_count && code == OK; i++) {
        const struct class_row *row = &query->results->classes[i];
        double value = greatest ? row->greatest : row->least;
        if (set.has[class_find(row->class)] && selection_has(&selection, &row->key) &&
            (isnan(end) || (greatest ? value > end : value < end)))
            end = value;
    }
    if (code == OK && isnan(end))
        return query_error(query, words[0], "no result there is of class %.*s",
                           (int)words[0].length, words[0].start);
    answer_number(answer, ANSWER_NUMBER, end);
    return code;
}

static int verb_least(struct query *query, const struct word *words, struct answer *answer)
{
    return class_end(query, words, false, answer);
}

static int verb_greatest(struct query *query, const struct word *words, struct answer *answer)
{
    return class_end(query, words, true, answer);
}

/* --- verbs on pairs: EXPERIMENT SWEEP FORMAT FIRST SECOND ---------------------- */

struct agreement_sum {
    uint64_t cases, identical;
    const char *difference_input; /* the first */
};

static int sum_agreements(struct query *query, const struct word *words, struct agreement_sum *sum)
{
    struct selection selection;
    struct word second = words[KEY_FIELDS];
    int code = selection_make(query, words, &selection);
    *sum = (struct agreement_sum){0};
    bool found = false;
    for (size_t i = 0; i < query->results->agreement_count && code == OK; i++) {
        const struct agreement_row *row = &query->results->agreements[i];
        if (!selection_has(&selection, &row->key) || !word_names(second, row->second))
            continue;
        found = true;
        sum->cases += row->cases;
        sum->identical += row->identical;
        if (sum->difference_input == NULL && row->identical < row->cases)
            sum->difference_input = row->difference_input;
    }
    if (code == OK && !found)
        return query_error(query, second, "no experiment there compares the pair bit for bit");
    return code;
}

static int verb_compared(struct query *query, const struct word *words, struct answer *answer)
{
    struct agreement_sum sum;
    int code = sum_agreements(query, words, &sum);
    answer_number(answer, ANSWER_COUNT, (double)sum.cases);
    return code;
}

static int verb_identical(struct query *query, const struct word *words, struct answer *answer)
{
    struct agreement_sum sum;
    int code = sum_agreements(query, words, &sum);
    answer_number(answer, ANSWER_COUNT, (double)sum.identical);
    return code;
}

static int verb_different(struct query *query, const struct word *words, struct answer *answer)
{
    struct agreement_sum sum;
    int code = sum_agreements(query, words, &sum);
    answer_number(answer, ANSWER_COUNT, (double)(sum.cases - sum.identical));
    return code;
}

static int verb_difference(struct query *query, const struct word *words, struct answer *answer)
{
    struct agreement_sum sum;
    int code = sum_agreements(query, words, &sum);
    if (code == OK && sum.difference_input == NULL)
        return query_error(query, words[0], "the pair is identical there");
    answer_text(answer, ANSWER_COMMAND, sum.difference_input);
    return code;
}

/* --- verbs on the manifest ----------------------------------------------------- */

static int verb_total(struct query *query, const struct word *words, struct answer *answer)
{
    const struct results *results = query->results;
    if (word_is(words[0], "cases"))
        answer_number(answer, ANSWER_COUNT, (double)results->cases);
    else if (word_is(words[0], "results"))
        answer_number(answer, ANSWER_COUNT, (double)results->results);
    else if (word_is(words[0], "experiments"))
        answer_number(answer, ANSWER_COUNT, (double)results->experiment_count);
    else
        return query_error(query, words[0], "unknown total '%.*s' (cases, results, experiments)",
                           (int)words[0].length, words[0].start);
    return OK;
}

static int verb_precision(struct query *query, const struct word *words, struct answer *answer)
{
    const struct results *results = query->results;
    uint64_t widest = 0;
    for (size_t i = 0; i < results->experiment_count; i++)
        if (word_names(words[0], results->experiments[i].name) &&
            results->experiments[i].widest_precision > widest)
            widest = results->experiments[i].widest_precision;
    if (widest == 0)
        return query_error(query, words[0], "unknown experiment '%.*s'", (int)words[0].length,
                           words[0].start);
    answer_number(answer, ANSWER_COUNT, (double)widest);
    return OK;
}

/* Exact values of all experiments by who settled them, or in all. */
static int verb_settled(struct query *query, const struct word *words, struct answer *answer)
{
    const struct results *results = query->results;
    uint64_t quick = 0, mpfr = 0, kind = 0;
    for (size_t i = 0; i < results->experiment_count; i++) {
        quick += results->experiments[i].quick;
        mpfr += results->experiments[i].mpfr;
        kind += results->experiments[i].kind;
    }
    if (word_is(words[0], "quick"))
        answer_number(answer, ANSWER_COUNT, (double)quick);
    else if (word_is(words[0], "mpfr"))
        answer_number(answer, ANSWER_COUNT, (double)mpfr);
    else if (word_is(words[0], "kind"))
        answer_number(answer, ANSWER_COUNT, (double)kind);
    else if (word_is(words[0], "all"))
        answer_number(answer, ANSWER_COUNT, (double)(quick + mpfr + kind));
    else if (word_is(words[0], "mpfr-share")) {
        double whole = (double)(quick + mpfr + kind);
        answer_number(answer, ANSWER_SHARE, 100 * (double)mpfr / whole);
        answer->part = (double)mpfr;
        answer->whole = whole;
    } else
        return query_error(query, words[0],
                           "unknown source '%.*s' (quick, mpfr, mpfr-share, kind, all)",
                           (int)words[0].length, words[0].start);
    return OK;
}

static int verb_version(struct query *query, const struct word *words, struct answer *answer)
{
    (void)words;
    answer_text(answer, ANSWER_TEXT, query->results->version);
    return OK;
}

static int verb_math(struct query *query, const struct word *words, struct answer *answer)
{
    (void)words;
    answer_text(answer, ANSWER_TEXT, query->results->math);
    return OK;
}

/* --- all of them --------------------------------------------------------------- */

const struct verb verbs[] = {
#define SELECTION "EXPERIMENT SWEEP FORMAT FORMULATION"
#define PAIR      "EXPERIMENT SWEEP FORMAT FIRST SECOND"
    {"cases", 4, verb_cases, SELECTION},
    {"count", 5, verb_class_count, "CLASSES " SELECTION},
    {"share", 5, verb_share, "CLASSES " SELECTION},
    {"passes", 4, verb_passes, SELECTION},
    {"beyond", 4, verb_beyond, SELECTION},
    {"beyond-printed", 4, verb_beyond_printed, SELECTION},
    {"max", 4, verb_max, SELECTION},
    {"worst", 4, verb_worst, SELECTION},
    {"first-failure", 4, verb_first_failure, SELECTION},
    {"least", 5, verb_least, "CLASSES " SELECTION},
    {"greatest", 5, verb_greatest, "CLASSES " SELECTION},
    {"operations", 5, verb_operations, SELECTION " VALUE"},
    {"bytes", 5, verb_bytes, SELECTION " VALUE"},
    {"compared", 5, verb_compared, PAIR},
    {"identical", 5, verb_identical, PAIR},
    {"different", 5, verb_different, PAIR},
    {"difference", 5, verb_difference, PAIR},
    {"checked", 5, verb_checked, "INVARIANT " SELECTION},
    {"broken", 5, verb_broken, "INVARIANT " SELECTION},
    {"break", 5, verb_break, "INVARIANT " SELECTION},
    {"break-partner", 5, verb_break_partner, "INVARIANT " SELECTION},
    {"total", 1, verb_total, "cases|results|experiments"},
    {"precision", 1, verb_precision, "EXPERIMENT"},
    {"settled", 1, verb_settled, "quick|mpfr|mpfr-share|kind|all"},
    {"version", 0, verb_version, ""},
    {"math", 0, verb_math, ""},
};

const size_t verb_count = sizeof verbs / sizeof *verbs;
