/* The finds that the report's text asks for: {{found EXPERIMENT}}. */
#ifndef XULP_REPORT_BLOCK_FOUND_H
#define XULP_REPORT_BLOCK_FOUND_H

#include "report/select.h"

#include <stdio.h>

/* EXPERIMENT: a file of the corpus (docs/hunt.md).  A row for each formulation,
 * format and kind: what the formulation gives for the find's input, measured by
 * the run, and the input. */
int block_found(FILE *out, struct query *query, const struct word *words);

#endif
