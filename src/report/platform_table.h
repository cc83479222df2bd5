/* platform.tsv: one row for each formulation × format × math (docs/platform.md). */
#ifndef XULP_REPORT_PLATFORM_TABLE_H
#define XULP_REPORT_PLATFORM_TABLE_H

#include "sweep/platform.h"

/* Case i as arguments of xulp eval, by one formulation in one math; to be
 * freed.  "" for NO_CASE. */
int platform_input(const struct platform_run *run, uint64_t i, size_t formulation,
                   enum math_id math, char **text, struct error *error);

int platform_table_write(const struct platform_run *runs, size_t count, const char *directory,
                         struct error *error);

#endif
