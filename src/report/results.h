/* The tables of a run in memory, for the text of the report. */
#ifndef XULP_REPORT_RESULTS_H
#define XULP_REPORT_RESULTS_H

#include "measure/invariant.h"
#include "measure/measure.h"
#include "report/table.h"

#include <stdint.h>

/* What a row is about. */
enum key_field { KEY_EXPERIMENT, KEY_SWEEP, KEY_FORMAT, KEY_FORMULATION, KEY_FIELDS };

extern const char *const key_names[KEY_FIELDS];

/* The formulation is NAME for a loss, NAME:QUANTITY for a gradient:
 * fused-log-softmax:grad-chain. */
struct key {
    const char *field[KEY_FIELDS];
};

/* A row of NAME.tsv, as docs/tables.md defines it. */
struct cell {
    struct key key;
    const char *quantity;
    uint64_t bin, cases, classes[CLASS_COUNT];
    double axis_from, axis_to;
    double max_ulp; /* NaN: there is none */
    uint64_t max_ulp_case, failure_case;
    const char *max_ulp_input, *failure_input; /* "": there is none */
    uint64_t assert_close_passes, operations, bytes;
    uint64_t beyond_bound, beyond_printed_bound;
};

/* A row of NAME.cases.tsv. */
struct case_row {
    struct key key;
    const char *quantity;
    uint64_t number; /* of the case */
    const char *component, *source, *name, *observed, *note, *input, *exact, *got, *class;
    const char *assert_close, *models;
    double ulp_error;
};

/* A row of NAME.classes.tsv. */
struct class_row {
    struct key key;
    const char *quantity, *class;
    double least, greatest;
};

/* A row of NAME.identical.tsv; the key's formulation is the first of the pair. */
struct agreement_row {
    struct key key;
    const char *second;
    uint64_t cases, identical;
    const char *difference_input;
};

/* A row of NAME.invariants.tsv. */
struct invariant_row {
    struct key key;
    const char *quantity, *invariant;
    uint64_t checked, broken;
    double worst_by; /* NaN: it holds */
    uint64_t worst_case;
    const char *worst_input, *worst_value, *worst_partner, *worst_partner_value;
};

/* A row of NAME.blame.tsv. */
struct blame_row {
    struct key key;
    uint64_t number; /* of the case */
    const char *chosen, *class, *operation, *place, *own_ulp, *total_ulp;
    double share;
};

/* A row of onset.tsv; texts are "" where the condition does not occur. */
struct onset_entry {
    const char *family, *problem, *format, *formulation, *condition, *verified;
    const char *first, *input;
};

/* What manifest.json says of an experiment. */
struct experiment_entry {
    const char *name, *title;
    uint64_t cases, widest_precision;
    uint64_t quick, mpfr, kind; /* exact values, by who settled them */
};

struct results {
    struct experiment_entry *experiments;
    size_t experiment_count;
    uint64_t cases, results;
    const char *version, *math;

    struct cell *cells;
    size_t cell_count;
    struct class_row *classes;
    size_t class_count;
    struct agreement_row *agreements;
    size_t agreement_count;
    struct onset_entry *onsets; /* of xulp onset, where it left its table */
    size_t onset_count;

    struct invariant_row *invariant_rows;
    size_t invariant_row_count;

    struct blame_row *blames;
    size_t blame_count;

    struct case_row *case_rows; /* of the cases that have a source */
    size_t case_row_count;

    struct table *tables; /* hold the text of the above */
    size_t table_count;
    char **names; /* of gradients: see key */
    size_t name_count;
    void *manifest; /* likewise, a json_t */
};

/* Reads manifest.json, the tables of each experiment that it names, and
 * onset.tsv where there is one.
 * Clear it afterwards, whether this failed or not. */
int results_load(const char *directory, struct results *results, struct error *error);
void results_clear(struct results *results);

/* The class of that name, or CLASS_COUNT. */
enum result_class class_find(const char *name);

static inline uint64_t cell_failures(const struct cell *cell)
{
    uint64_t failures = 0;
    for (size_t c = 0; c < CLASS_COUNT; c++)
        failures += class_is_failure((enum result_class)c) ? cell->classes[c] : 0;
    return failures;
}

#endif
