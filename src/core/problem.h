/* Problems, quantities, and a case: one set of inputs of a problem. */
#ifndef XULP_CORE_PROBLEM_H
#define XULP_CORE_PROBLEM_H

#include <stddef.h>

enum problem_id {
#define PROBLEM(identifier, ...) PROBLEM_##identifier,
#include "core/problems.def"
#undef PROBLEM
    PROBLEM_COUNT
};

struct problem {
    const char *name;
    const char *inputs;
    const char *function;
};

extern const struct problem problems[PROBLEM_COUNT];

/* The problem of that name, or NULL. */
const struct problem *problem_find(const char *name);

/* All names, joined by ", ". */
const char *problem_names(void);

static inline enum problem_id problem_id_of(const struct problem *problem)
{
    return (enum problem_id)(problem - problems);
}

/* What is measured of a case.  Gradients will stand here. */
enum quantity { QUANTITY_LOSS, QUANTITY_COUNT };

extern const char *const quantity_names[QUANTITY_COUNT];

/* How the losses of a batch become one: their sum, or the sum divided by the
 * number of rows (softmax-ce) or of elements (bce-prob-batch). */
enum reduction { REDUCTION_SUM, REDUCTION_MEAN, REDUCTION_COUNT };

extern const char *const reduction_names[REDUCTION_COUNT];

/* One case.  Every number is a value of the format the case is meant for.
 *   softmax-ce      values: rows×columns logits, targets: rows indices < columns
 *   bce-prob        values: 1 probability, labels: 1 label
 *   bce-prob-batch  values: rows×columns probabilities, labels: as many
 *   bce-logit       values: 1 logit, labels: 1 label
 * Matrices are row-major.  rows ≥ 1, columns ≥ 1. */
struct input_case {
    enum problem_id problem;
    enum reduction reduction;
    size_t rows, columns;
    const double *values;
    const double *labels;  /* NULL for softmax-ce */
    const size_t *targets; /* NULL but for softmax-ce */
};

/* What the reduction divides by: rows or elements. */
size_t input_case_divisor(const struct input_case *input);

#endif
