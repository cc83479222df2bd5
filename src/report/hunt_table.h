/* The finds of xulp hunt as a table: hunt.tsv, docs/hunt.md; and for people. */
#ifndef XULP_REPORT_HUNT_TABLE_H
#define XULP_REPORT_HUNT_TABLE_H

#include "sweep/hunt.h"

#include <stdio.h>

#define HUNT_TABLE "hunt.tsv"

/* Writes directory/hunt.tsv: a row for each lane and wanted kind, found or not. */
int hunt_table_write(const struct hunt_result *result, const struct hunt_request *request,
                     const bool wanted[HUNT_KINDS], const char *directory, struct error *error);

/* What was found, in columns. */
int hunt_table_print(FILE *out, const struct hunt_result *result,
                     const struct hunt_request *request, const bool wanted[HUNT_KINDS],
                     struct error *error);

#endif
