/* Checking invariants (docs/method.md, "Invariants").
 *
 * Nothing here asks the oracle but whether the exact value is NaN, of which nothing is
 * claimed.  NaN results: two results that should be the same differ where one alone is
 * NaN; orders and sums are not checked where a result is. */
#include "sweep/invariants.h"

#include "sweep/invariant_sums.h"

#include <math.h>
#include <stdlib.h>

/* Which partners an invariant compares with. */
static const struct comparison {
    enum invariant_id invariant;
    enum partner_id partner;
} comparisons[] = {
    {INVARIANT_shift, PARTNER_shifted},         {INVARIANT_translation, PARTNER_shifted},
    {INVARIANT_symmetry, PARTNER_mirrored},     {INVARIANT_monotone, PARTNER_raised},
    {INVARIANT_monotone, PARTNER_raised_other}, {INVARIANT_permutation, PARTNER_reversed},
};

enum { COMPARISONS = sizeof comparisons / sizeof *comparisons };

void invariant_case_begin(struct invariant_case *at, const struct input_case *input,
                          const struct format *format, uint64_t number)
{
    at->input = input;
    at->format = format;
    at->number = number;
    for (size_t p = 0; p < PARTNER_COUNT; p++)
        at->partners[p].made = false;
}

void invariant_case_clear(struct invariant_case *at)
{
    for (size_t p = 0; p < PARTNER_COUNT; p++)
        case_store_clear(&at->partners[p].partner.store);
    case_store_clear(&at->component);
    free(at->results);
    if (at->sums_made)
        mpfr_clears(at->sum, at->bound, (mpfr_ptr)NULL);
    *at = (struct invariant_case){0};
}

static int reserve_results(struct invariant_case *at, size_t count, struct error *error)
{
    if (count <= at->capacity)
        return OK;
    free(at->results);
    at->results = calloc(count, sizeof *at->results);
    at->capacity = at->results == NULL ? 0 : count;
    return at->results == NULL ? error_no_memory(error) : OK;
}

/* --- comparing two results ------------------------------------------------------ */

/* How many numbers of the format lie from a to b, b included. */
static double steps(const struct format *format, double a, double b)
{
    int64_t first = format_ordinal(format, a), second = format_ordinal(format, b);
    return first < second ? (double)((uint64_t)second - (uint64_t)first)
                          : (double)((uint64_t)first - (uint64_t)second);
}

/* False: nothing to compare. */
static bool compare(struct invariant_case *at, const struct partner *partner, double value,
                    double other, double *by)
{
    bool broken = false;
    switch (partner->relation) {
    case RELATION_shifted:
        return translation_compare(at, value, other, partner->shift, by);
    case RELATION_same:
        if (isnan(value) && isnan(other))
            return false;
        if (isnan(value) || isnan(other)) {
            *by = INFINITY;
            return true;
        }
        broken = other != value; /* −0 is 0 */
        break;
    case RELATION_not_less:
        broken = other < value;
        break;
    case RELATION_not_more:
        broken = other > value;
        break;
    }
    if (isnan(value) || isnan(other))
        return false;
    *by = broken ? steps(at->format, value, other) : 0;
    return true;
}

void verdict_keep(struct verdict *verdict, double by, double value, double other)
{
    if (verdict->checked && by <= verdict->by)
        return;
    verdict->checked = true;
    verdict->by = by;
    verdict->value = value;
    verdict->other = other;
}

static bool is_defined(const struct computed *computed, size_t i)
{
    return computed->exact == NULL || computed->exact->items[i].kind != EXACT_UNDEFINED;
}

/* --- the invariants --------------------------------------------------------------- */

static void check_sign(const struct invariant_case *at, const struct computed *computed,
                       struct verdict *verdict)
{
    for (size_t i = 0; i < input_case_losses(at->input); i++) {
        double loss = computed->results[i];
        if (!isnan(loss) && is_defined(computed, i))
            verdict_keep(verdict, loss < 0 ? steps(at->format, loss, 0) : 0, loss, 0);
    }
}

static int find_partner(struct invariant_case *at, enum partner_id id, struct error *error)
{
    if (at->partners[id].made)
        return OK;
    at->partners[id].made = true;
    return partner_make(&at->partners[id].partner, id, at->input, at->format, at->number,
                        &at->partners[id].there, error);
}

/* Whether it is the turn of comparison c, among those of the problem. */
static bool has_turn(const struct invariant_case *at, size_t c)
{
    uint64_t turn = 0, turns = 0;
    if (input_case_values(at->input) <= INVARIANT_SHORT_CASE)
        return true;
    for (size_t i = 0; i < COMPARISONS; i++)
        if (invariant_applies(comparisons[i].invariant, at->input->problem, QUANTITY_LOSS)) {
            turn = i == c ? turns : turn;
            turns++;
        }
    return at->number % turns == turn;
}

static int check_partner(struct invariant_case *at, enum partner_id id,
                         const struct computed *computed, struct verdict *verdict,
                         struct error *error)
{
    int code = find_partner(at, id, error);
    if (code != OK || !at->partners[id].there)
        return code;
    const struct partner *partner = &at->partners[id].partner;
    size_t losses = input_case_losses(at->input);
    code = reserve_results(at, losses, error);
    if (code == OK)
        code = formulation_loss(computed->formulation, at->format, computed->math,
                                &partner->store.input, computed->workspace, at->results, error);
    double before = verdict->checked ? verdict->by : -1;
    for (size_t i = 0; i < losses && code == OK; i++) {
        double by;
        if (is_defined(computed, i) &&
            compare(at, partner, computed->results[i], at->results[i], &by))
            verdict_keep(verdict, by, computed->results[i], at->results[i]);
    }
    if (verdict->checked && verdict->by > before)
        verdict->partner = id;
    return code;
}

int invariant_check(struct invariant_case *at, enum invariant_id id,
                    const struct computed *computed, struct verdict *verdict, struct error *error)
{
    int code = OK;
    *verdict = (struct verdict){.partner = PARTNER_COUNT};
    if (id == INVARIANT_non_negative)
        check_sign(at, computed, verdict);
    else if (id == INVARIANT_sum_one)
        code = check_sum_one(at, computed, verdict, error);
    else if (id == INVARIANT_sum_zero)
        check_sum_zero(at, computed, verdict);
    for (size_t c = 0; c < COMPARISONS && code == OK; c++)
        if (comparisons[c].invariant == id && has_turn(at, c))
            code = check_partner(at, comparisons[c].partner, computed, verdict, error);
    return code;
}

int invariants_count(struct invariant_case *at, const struct computed *computed,
                     struct invariant_count *counts, struct error *error)
{
    for (enum invariant_id id = 0; id < INVARIANT_COUNT; id++) {
        struct verdict verdict;
        if (!invariant_applies(id, at->input->problem, computed->quantity))
            continue;
        int code = invariant_check(at, id, computed, &verdict, error);
        if (code != OK)
            return code;
        if (verdict.checked)
            invariant_count_add(&counts[id], verdict.by, at->number);
    }
    return OK;
}
