/* NAME.invariants.tsv (docs/tables.md). */
#ifndef XULP_REPORT_INVARIANT_TABLES_H
#define XULP_REPORT_INVARIANT_TABLES_H

#include "sweep/run.h"

#include <stdio.h>

/* The columns of invariants in NAME.tsv: their names, and those of a cell, each after
 * a tab. */
void invariant_columns_name(FILE *out);
void invariant_columns_print(FILE *out, const struct tally *tally);

/* Writes directory/NAME.invariants.tsv of a run with that math; none where nothing was
 * checked. */
int invariant_tables_write(const struct run_result *result, enum math_id math,
                           const char *directory, struct error *error);

#endif
