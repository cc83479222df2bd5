/* Problems, quantities, and a case: one set of inputs of a problem. */
#ifndef XULP_CORE_PROBLEM_H
#define XULP_CORE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* What is measured of a case: its value, the loss as a rule, or a component of
 * the gradient with respect to values. */
enum quantity_kind { QUANTITY_LOSS, QUANTITY_GRADIENT };

struct quantity {
    enum quantity_kind kind;
    size_t index; /* the row or element where the reduction is none, else 0; the component */
};

static inline struct quantity quantity_loss(size_t index)
{
    return (struct quantity){QUANTITY_LOSS, index};
}

static inline struct quantity quantity_gradient(size_t index)
{
    return (struct quantity){QUANTITY_GRADIENT, index};
}

/* How the losses of a batch become one: not at all, their sum, or their mean:
 * the sum over input_case_count(), and where softmax-ce has hard targets and
 * weights, over Σ w_t of the rows that count.  The gradient of losses that are
 * not reduced is that of their sum. */
enum reduction { REDUCTION_SUM, REDUCTION_MEAN, REDUCTION_NONE, REDUCTION_COUNT };

extern const char *const reduction_names[REDUCTION_COUNT];

/* A row whose target is this one has no part in the loss (ignore_index). */
#define TARGET_IGNORED SIZE_MAX

/* One case.  Every number is a value of the format the case is meant for.
 *   softmax-ce      values: rows×columns logits; targets: rows indices < columns,
 *                   or TARGET_IGNORED; or labels: rows×columns soft targets q;
 *                   weights: columns class weights; label_smoothing
 *   stablemax-ce    values: rows×columns logits, targets as above
 *   log-sum-exp     values: rows×columns numbers, no targets, no labels
 *   softmax         values: 1×columns logits, targets: the component
 *   bce-prob        values: rows×columns probabilities, labels: as many
 *   bce-prob-batch  the same, as an N×C matrix
 *   bce-logit       values: rows×columns logits, labels: as many;
 *                   weights: columns weights of the positive label (pos_weight)
 * Matrices are row-major.  rows ≥ 1, columns ≥ 1.
 *
 * The loss of a row of softmax-ce is Σ_j a_j·(LSE(x) − x_j) with
 *   a_j = w_j·((1 − ε)·q_j + ε/n),  q = 1 at a hard target and else 0,
 * ε label_smoothing, w weights (1 where there are none).  With hard targets and
 * smoothing this is PyTorch's (1 − ε)·w_t·nll_t + (ε/n)·Σ_j w_j·nll_j. */
struct input_case {
    enum problem_id problem;
    enum reduction reduction;
    size_t rows, columns;
    const double *values;
    const double *labels;   /* NULL: none */
    const size_t *targets;  /* NULL: none */
    const double *weights;  /* NULL: none */
    double label_smoothing; /* ε in [0, 1] */
};

/* How many losses a case has: 1, or with the reduction none one for each row
 * (problems of rows) or element. */
size_t input_case_losses(const struct input_case *input);

/* Rows (of problems of rows) or elements whose loss counts: all but ignored ones. */
size_t input_case_count(const struct input_case *input);

/* Components of the gradient: rows×columns. */
static inline size_t input_case_values(const struct input_case *input)
{
    return input->rows * input->columns;
}

/* Whether a problem's loss is one for each row (softmax-ce, stablemax-ce,
 * log-sum-exp, softmax) and not for each element. */
bool problem_has_rows(enum problem_id problem);

#endif
