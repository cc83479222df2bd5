/* What was found of the invariants, as Markdown; and the words of an invariant. */
#ifndef XULP_REPORT_BLOCK_INVARIANTS_H
#define XULP_REPORT_BLOCK_INVARIANTS_H

#include "report/select.h"

#include <stdio.h>

/* EXPERIMENT SWEEP FORMAT FORMULATION: a row for each formulation, a column for each
 * invariant that was checked. */
int block_invariants(FILE *out, struct query *query, const struct word *words);

/* INVARIANT EXPERIMENT SWEEP FORMAT FORMULATION: for each formulation and format the
 * case that breaks it most. */
int block_breaks(FILE *out, struct query *query, const struct word *words);

/* Names of invariants joined by commas, or *. */
struct invariant_set {
    bool has[INVARIANT_COUNT];
};

int invariant_set_make(struct query *query, struct word word, struct invariant_set *set);

#endif
