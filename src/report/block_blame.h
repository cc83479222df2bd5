/* The operation to blame: {{blame EXPERIMENT SWEEP FORMAT}}. */
#ifndef XULP_REPORT_BLOCK_BLAME_H
#define XULP_REPORT_BLOCK_BLAME_H

#include "report/select.h"

#include <stdio.h>

/* EXPERIMENT SWEEP FORMAT FORMULATION: for each formulation the case of the
 * sweep's worst error, and the two operations whose roundings by themselves do
 * most of it. */
int block_blame(FILE *out, struct query *query, const struct word *words);

#endif
