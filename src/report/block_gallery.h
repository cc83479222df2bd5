/* The gallery that the report's text asks for: {{gallery EXPERIMENT}}. */
#ifndef XULP_REPORT_BLOCK_GALLERY_H
#define XULP_REPORT_BLOCK_GALLERY_H

#include "report/select.h"

#include <stdio.h>

/* EXPERIMENT: every case that has a source.  First a table of all: what was
 * observed, the truth, what the formulation gives that computes as was computed
 * there, and whether assert_close would have noticed; then, for each case, what
 * every formulation gives, those that give the same in one row. */
int block_gallery(FILE *out, struct query *query, const struct word *words);

#endif
