/* The table of roundings to blame, as docs/tables.md defines it. */
#ifndef XULP_REPORT_BLAME_TABLES_H
#define XULP_REPORT_BLAME_TABLES_H

#include "sweep/run.h"

/* Writes directory/NAME.blame.tsv, for the losses of a canonical run; nothing
 * where the experiment measures no loss. */
int blame_tables_write(const struct run_result *result, const char *directory, struct error *error);

#endif
