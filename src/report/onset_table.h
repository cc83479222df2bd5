/* What xulp onset found, as a table: for people, or for programs. */
#ifndef XULP_REPORT_ONSET_TABLE_H
#define XULP_REPORT_ONSET_TABLE_H

#include "sweep/onset.h"

#include <stdio.h>

/* The name of the table for programs. */
#define ONSET_TABLE "onset.tsv"

/* Aligned columns; only conditions that occur. */
void onset_table_print(FILE *out, const struct onset_result *result);

/* Writes directory/onset.tsv, with a row also for every condition that does
 * not occur (docs/onset.md). */
int onset_table_write(const struct onset_result *result, const char *directory,
                      struct error *error);

#endif
