/* One input in one format through the oracle and every chosen formulation. */
#ifndef XULP_CLI_EVAL_ROWS_H
#define XULP_CLI_EVAL_ROWS_H

#include "cli/eval_output.h"
#include "impl/impl.h"

#include <stdbool.h>

enum { EXACT_DIGITS = 25 };

/* What to evaluate an input with. */
struct eval_request {
    const bool
        *chosen_formulation; /* formulation_total of them; NULL: all that add left to right */
    enum math_id math;
    bool gradient;
};

/* Everything that is owned by the evaluation in one format. */
struct evaluation {
    struct eval_table table;
    struct eval_row *rows;
    size_t count, capacity;
    char (*exact)[EXACT_DIGITS + 32]; /* the losses', then the gradient's */
};

/* Fills *evaluation, which is 0 before; clear it afterwards, whether this
 * failed or not. */
int eval_evaluate(const struct eval_request *request, const struct format *format,
                  const struct input_case *input, struct evaluation *evaluation,
                  struct error *error);

/* Whether it is one of those asked for, and computes this input in this format. */
bool eval_is_chosen(const struct eval_request *request, size_t formulation,
                    const struct format *format, const struct input_case *input);

void evaluation_clear(struct evaluation *evaluation);

#endif
