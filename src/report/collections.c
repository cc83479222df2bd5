/* The columns of each kind of table, and what must be true of its rows. */
#include "report/collections.h"

#include "sweep/onset_condition.h"

#include <string.h>

#define KEY_TEXT(structure, column, id)                              \
    {                                                                \
        column, BIND_TEXT, offsetof(struct structure, key.field[id]) \
    }
#define MEMBER(structure, column, kind, member)          \
    {                                                    \
        column, kind, offsetof(struct structure, member) \
    }

static const struct binding cell_bindings[] = {
    KEY_TEXT(cell, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(cell, "sweep", KEY_SWEEP),
    KEY_TEXT(cell, "format", KEY_FORMAT),
    KEY_TEXT(cell, "formulation", KEY_FORMULATION),
    MEMBER(cell, "quantity", BIND_TEXT, quantity),
    MEMBER(cell, "bin", BIND_COUNT, bin),
    MEMBER(cell, "axis_from", BIND_NUMBER, axis_from),
    MEMBER(cell, "axis_to", BIND_NUMBER, axis_to),
    MEMBER(cell, "cases", BIND_COUNT, cases),
#define RESULT_CLASS(identifier, name, ...) \
    MEMBER(cell, name, BIND_COUNT, classes[CLASS_##identifier]),
#include "measure/classes.def"
#undef RESULT_CLASS
    MEMBER(cell, "max_ulp", BIND_NUMBER, max_ulp),
    MEMBER(cell, "max_ulp_case", BIND_COUNT, max_ulp_case),
    MEMBER(cell, "max_ulp_input", BIND_TEXT, max_ulp_input),
    MEMBER(cell, "failure_case", BIND_COUNT, failure_case),
    MEMBER(cell, "failure_input", BIND_TEXT, failure_input),
    MEMBER(cell, "assert_close_passes", BIND_COUNT, assert_close_passes),
    MEMBER(cell, "operations", BIND_COUNT, operations),
    MEMBER(cell, "bytes", BIND_COUNT, bytes),
    MEMBER(cell, "beyond_bound", BIND_COUNT, beyond_bound),
    MEMBER(cell, "beyond_printed_bound", BIND_COUNT, beyond_printed_bound),
};

static const struct binding class_bindings[] = {
    KEY_TEXT(class_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(class_row, "sweep", KEY_SWEEP),
    KEY_TEXT(class_row, "format", KEY_FORMAT),
    KEY_TEXT(class_row, "formulation", KEY_FORMULATION),
    MEMBER(class_row, "quantity", BIND_TEXT, quantity),
    MEMBER(class_row, "class", BIND_TEXT, class),
    MEMBER(class_row, "axis_least", BIND_NUMBER, least),
    MEMBER(class_row, "axis_greatest", BIND_NUMBER, greatest),
};

static const struct binding agreement_bindings[] = {
    KEY_TEXT(agreement_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(agreement_row, "sweep", KEY_SWEEP),
    KEY_TEXT(agreement_row, "format", KEY_FORMAT),
    KEY_TEXT(agreement_row, "first", KEY_FORMULATION),
    MEMBER(agreement_row, "second", BIND_TEXT, second),
    MEMBER(agreement_row, "cases", BIND_COUNT, cases),
    MEMBER(agreement_row, "identical", BIND_COUNT, identical),
    MEMBER(agreement_row, "difference_input", BIND_TEXT, difference_input),
};

static const struct binding case_bindings[] = {
    KEY_TEXT(case_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(case_row, "sweep", KEY_SWEEP),
    KEY_TEXT(case_row, "format", KEY_FORMAT),
    KEY_TEXT(case_row, "formulation", KEY_FORMULATION),
    MEMBER(case_row, "quantity", BIND_TEXT, quantity),
    MEMBER(case_row, "case", BIND_COUNT, number),
    MEMBER(case_row, "component", BIND_TEXT, component),
    MEMBER(case_row, "source", BIND_TEXT, source),
    MEMBER(case_row, "name", BIND_TEXT, name),
    MEMBER(case_row, "observed", BIND_TEXT, observed),
    MEMBER(case_row, "note", BIND_TEXT, note),
    MEMBER(case_row, "input", BIND_TEXT, input),
    MEMBER(case_row, "exact", BIND_TEXT, exact),
    MEMBER(case_row, "got", BIND_TEXT, got),
    MEMBER(case_row, "class", BIND_TEXT, class),
    MEMBER(case_row, "ulp_error", BIND_NUMBER, ulp_error),
    MEMBER(case_row, "assert_close", BIND_TEXT, assert_close),
    MEMBER(case_row, "models", BIND_TEXT, models),
};

static const struct binding blame_bindings[] = {
    KEY_TEXT(blame_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(blame_row, "sweep", KEY_SWEEP),
    KEY_TEXT(blame_row, "format", KEY_FORMAT),
    KEY_TEXT(blame_row, "formulation", KEY_FORMULATION),
    MEMBER(blame_row, "case", BIND_COUNT, number),
    MEMBER(blame_row, "chosen", BIND_TEXT, chosen),
    MEMBER(blame_row, "class", BIND_TEXT, class),
    MEMBER(blame_row, "operation", BIND_TEXT, operation),
    MEMBER(blame_row, "place", BIND_TEXT, place),
    MEMBER(blame_row, "own_ulp", BIND_TEXT, own_ulp),
    MEMBER(blame_row, "total_ulp", BIND_TEXT, total_ulp),
    MEMBER(blame_row, "share", BIND_NUMBER, share),
};

static const struct binding invariant_bindings[] = {
    KEY_TEXT(invariant_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(invariant_row, "sweep", KEY_SWEEP),
    KEY_TEXT(invariant_row, "format", KEY_FORMAT),
    KEY_TEXT(invariant_row, "formulation", KEY_FORMULATION),
    MEMBER(invariant_row, "quantity", BIND_TEXT, quantity),
    MEMBER(invariant_row, "invariant", BIND_TEXT, invariant),
    MEMBER(invariant_row, "checked", BIND_COUNT, checked),
    MEMBER(invariant_row, "broken", BIND_COUNT, broken),
    MEMBER(invariant_row, "worst_by", BIND_NUMBER, worst_by),
    MEMBER(invariant_row, "worst_case", BIND_COUNT, worst_case),
    MEMBER(invariant_row, "worst_input", BIND_TEXT, worst_input),
    MEMBER(invariant_row, "worst_value", BIND_TEXT, worst_value),
    MEMBER(invariant_row, "worst_partner", BIND_TEXT, worst_partner),
    MEMBER(invariant_row, "worst_partner_value", BIND_TEXT, worst_partner_value),
};

static const struct binding onset_bindings[] = {
    MEMBER(onset_entry, "family", BIND_TEXT, family),
    MEMBER(onset_entry, "problem", BIND_TEXT, problem),
    MEMBER(onset_entry, "format", BIND_TEXT, format),
    MEMBER(onset_entry, "formulation", BIND_TEXT, formulation),
    MEMBER(onset_entry, "condition", BIND_TEXT, condition),
    MEMBER(onset_entry, "verified", BIND_TEXT, verified),
    MEMBER(onset_entry, "first", BIND_TEXT, first),
    MEMBER(onset_entry, "input", BIND_TEXT, input),
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static int check_cells(const struct table *table, const void *rows, struct error *error)
{
    const struct cell *cells = rows;
    for (size_t row = 0; row < table->rows; row++) {
        uint64_t sum = 0;
        for (size_t c = 0; c < CLASS_COUNT; c++)
            sum += cells[row].classes[c];
        if (sum != cells[row].cases)
            return table_error(table, row, "cases", "the classes do not add up to it", error);
    }
    return OK;
}

static int check_classes(const struct table *table, const void *rows, struct error *error)
{
    const struct class_row *classes = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (class_find(classes[row].class) == CLASS_COUNT)
            return table_error(table, row, "class", "there is no such class", error);
    return OK;
}

static int check_cases(const struct table *table, const void *rows, struct error *error)
{
    const struct case_row *cases = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (class_find(cases[row].class) == CLASS_COUNT)
            return table_error(table, row, "class", "there is no such class", error);
    return OK;
}

static int check_agreements(const struct table *table, const void *rows, struct error *error)
{
    const struct agreement_row *agreements = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (agreements[row].identical > agreements[row].cases)
            return table_error(table, row, "identical", "is more than cases", error);
    return OK;
}

const struct collection cell_collection = {
    cell_bindings, LENGTH(cell_bindings), sizeof(struct cell), ".tsv", false, check_cells};
const struct collection class_collection = {
    class_bindings, LENGTH(class_bindings), sizeof(struct class_row), ".classes.tsv",
    false,          check_classes};
const struct collection agreement_collection = {agreement_bindings,
                                                LENGTH(agreement_bindings),
                                                sizeof(struct agreement_row),
                                                ".identical.tsv",
                                                true,
                                                check_agreements};

const struct collection case_collection = {
    case_bindings, LENGTH(case_bindings), sizeof(struct case_row), ".cases.tsv", true, check_cases};

static int check_onsets(const struct table *table, const void *rows, struct error *error)
{
    const struct onset_entry *onsets = rows;
    for (size_t row = 0; row < table->rows; row++) {
        size_t c = 0;
        while (c < ONSET_CONDITION_COUNT &&
               strcmp(onsets[row].condition, onset_conditions[c].name) != 0)
            c++;
        if (c == ONSET_CONDITION_COUNT)
            return table_error(table, row, "condition", "there is no such condition", error);
    }
    return OK;
}

static int check_invariants(const struct table *table, const void *rows, struct error *error)
{
    const struct invariant_row *checks = rows;
    for (size_t row = 0; row < table->rows; row++) {
        if (invariant_find(checks[row].invariant) == INVARIANT_COUNT)
            return table_error(table, row, "invariant", "there is no such invariant", error);
        if (checks[row].broken > checks[row].checked)
            return table_error(table, row, "broken", "is more than checked", error);
    }
    return OK;
}

const struct collection invariant_collection = {invariant_bindings,
                                                LENGTH(invariant_bindings),
                                                sizeof(struct invariant_row),
                                                ".invariants.tsv",
                                                true,
                                                check_invariants};

const struct collection blame_collection = {
    blame_bindings, LENGTH(blame_bindings), sizeof(struct blame_row), ".blame.tsv", true, NULL};

const struct collection onset_collection = {
    onset_bindings, LENGTH(onset_bindings), sizeof(struct onset_entry), ".tsv", true, check_onsets};
