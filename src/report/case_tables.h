/* NAME.cases.tsv of a run: what each formulation gives for cases that come from
 * somewhere, as docs/tables.md defines it. */
#ifndef XULP_REPORT_CASE_TABLES_H
#define XULP_REPORT_CASE_TABLES_H

#include "impl/impl.h"
#include "sweep/plan.h"

/* Writes directory/NAME.cases.tsv where a sweep of the plan has a source. */
int case_tables_write(const struct plan *plan, enum math_id math, const char *directory,
                      struct error *error);

#endif
