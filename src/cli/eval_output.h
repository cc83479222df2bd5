/* What xulp eval prints. */
#ifndef XULP_CLI_EVAL_OUTPUT_H
#define XULP_CLI_EVAL_OUTPUT_H

#include "core/format.h"
#include "core/problem.h"
#include "measure/measure.h"

#include <stddef.h>

/* One formulation's answer. */
struct eval_row {
    const char *formulation;
    double got;
    struct measurement measurement;
};

/* All answers to one input in one format. */
struct eval_table {
    const struct format *format;
    char *input;       /* as arguments of xulp eval */
    const char *exact; /* certified decimal digits */
    double kappa;
    const struct eval_row *rows;
    size_t count;
};

enum eval_style { EVAL_TEXT, EVAL_TSV, EVAL_JSON };

/* Prints the tables of all formats to standard output. */
int eval_print(enum eval_style style, enum problem_id problem, const struct eval_table *tables,
               size_t count, struct error *error);

#endif
