/* What xulp eval prints: text for people, TSV, JSON. */
#ifndef XULP_CLI_EVAL_OUTPUT_H
#define XULP_CLI_EVAL_OUTPUT_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"
#include "measure/measure.h"

enum eval_style { EVAL_TEXT, EVAL_TSV, EVAL_JSON };

enum { QUANTITY_TEXT = 32 };

/* One number by one formulation. */
struct eval_row {
    const char *formulation;
    size_t order;                 /* in which rows were made */
    char quantity[QUANTITY_TEXT]; /* loss, loss[i], grad-chain[i], grad-closed[i] */
    bool is_gradient;
    const char *exact; /* decimal digits, certified */
    double kappa;      /* of the loss; NaN for a gradient */
    double got;
    struct measurement measurement;
};

/* One input in one format. */
struct eval_table {
    const struct format *format;
    const char *input; /* the arguments that give it back */
    const struct eval_row *rows;
    size_t count;
};

int eval_print(enum eval_style style, enum problem_id problem, const struct eval_table *tables,
               size_t count, struct error *error);

#endif
