/* The tables of a run, as docs/tables.md defines them. */
#ifndef XULP_REPORT_RUN_TABLES_H
#define XULP_REPORT_RUN_TABLES_H

#include "sweep/run.h"

/* Writes directory/NAME.tsv, NAME.classes.tsv and, where the experiment
 * compares formulations, NAME.identical.tsv. */
int run_tables_write(const struct run_result *result, const char *directory, struct error *error);

#endif
