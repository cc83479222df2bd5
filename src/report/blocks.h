/* Tables that the report's text asks for: {{summary …}}, {{outcomes …}}, …. */
#ifndef XULP_REPORT_BLOCKS_H
#define XULP_REPORT_BLOCKS_H

#include "report/select.h"

#include <stdio.h>

/* EXPERIMENT SWEEP FORMAT FORMULATION: a row for each formulation and format. */
int block_summary(FILE *out, struct query *query, const struct word *words);

/* EXPERIMENT SWEEP FORMAT: a row for each case, a column for each formulation.
 * For literal sweeps: every bin holds one case. */
int block_outcomes(FILE *out, struct query *query, const struct word *words);

/* FAMILY: where each formulation breaks in each format (block_onset.c). */
int block_onset(FILE *out, struct query *query, const struct word *words);

/* Every formulation: problem, formula, who writes it so, and its file. */
void block_formulations(FILE *out);

#endif
