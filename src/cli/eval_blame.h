/* What xulp eval --blame prints. */
#ifndef XULP_CLI_EVAL_BLAME_H
#define XULP_CLI_EVAL_BLAME_H

#include "cli/eval_rows.h"

/* Says what --blame does not go with, and prints the header of a TSV. */
int eval_blame_begin(enum eval_style style, enum math_id math, enum reduction reduction,
                     struct error *error);

/* Prints the roundings of one input in one format, by every chosen formulation. */
int eval_blame(enum eval_style style, const struct eval_request *request,
               const struct format *format, const struct input_case *input, struct error *error);

#endif
