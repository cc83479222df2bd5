/* What xulp eval --blame prints. */
#ifndef XULP_CLI_EVAL_BLAME_H
#define XULP_CLI_EVAL_BLAME_H

#include "cli/eval_output.h"
#include "impl/impl.h"

/* Says what --blame does not go with, and prints the header of a TSV. */
int eval_blame_begin(enum eval_style style, enum math_id math, enum reduction reduction,
                     struct error *error);

/* The roundings of one input in one format, by every chosen formulation
 * (formulation_total of them), all of which apply. */
int eval_blame(enum eval_style style, const struct format *format, const struct input_case *input,
               const bool *chosen, struct error *error);

#endif
