/* xulp report: from the tables of a run to Markdown, charts and HTML. */
#ifndef XULP_REPORT_REPORT_H
#define XULP_REPORT_REPORT_H

#include "core/error.h"

/* Writes out/report.md, out/report.html, out/charts/, and the pages and tables
 * that they link to, out/docs/ and out/tables/.  results is what xulp run
 * wrote; share holds docs/, plots/ and report/. */
int report_write(const char *results, const char *out, const char *share, struct error *error);

#endif
