/* A case of an experiment as the tables name it. */
#ifndef XULP_REPORT_CASE_TEXT_H
#define XULP_REPORT_CASE_TEXT_H

#include "sweep/plan.h"

/* Longest case that is written out, in characters. */
enum { LONGEST_ARGUMENTS = 400 };

/* Case i of the plan, which is made, as arguments of xulp eval: written out, or by its
 * number where that would be too long.  To be freed. */
int case_text(const struct plan *plan, uint64_t i, const struct input_case *input,
              const struct format *format, char **text, struct error *error);

/* The same for a case that is to be made; NULL for NO_CASE. */
int case_text_made(const struct plan *plan, uint64_t i, struct case_store *store, char **text,
                   struct error *error);

#endif
