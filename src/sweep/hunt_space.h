/* The inputs that a hunt looks at: one row, or one element, of finite numbers
 * in the problem's domain, each held by its ordinal, so that a step is a step
 * from one number of the format to another. */
#ifndef XULP_SWEEP_HUNT_SPACE_H
#define XULP_SWEEP_HUNT_SPACE_H

#include "core/format.h"
#include "sweep/case_store.h"

#include <stdbool.h>
#include <stdint.h>

enum { HUNT_MOST_COLUMNS = 256, HUNT_MOST_NUMBERS = 2 * HUNT_MOST_COLUMNS + 1 };

/* One input: ordinals in the format.  Zeros are +0. */
struct hunt_case {
    size_t columns;
    size_t target;                     /* of problems of targets */
    int64_t values[HUNT_MOST_COLUMNS]; /* logits or probabilities */
    int64_t labels[HUNT_MOST_COLUMNS]; /* of problems of labels: one for each value */
    int64_t weight;                    /* of the positive label, where the space has one */
};

/* Which inputs there are. */
struct hunt_space {
    enum problem_id problem;
    const struct format *format;
    size_t columns;       /* of a row or a batch, at most; 1 for problems of one element */
    size_t least_columns; /* 2 of a row: one class is no choice */
    bool weighted;        /* with pos_weight > 0 */
    bool hard_labels;     /* labels are 0 or 1; else in [0, 1] */
    int64_t one, largest;
};

/* The inputs of formulations[index].  columns is taken for rows and batches. */
struct hunt_space hunt_space_of(size_t formulation, const struct format *format, size_t columns);

/* What a case is made of: its numbers in one order: values, labels, weight. */
struct hunt_numbers {
    size_t count;
    int64_t *number[HUNT_MOST_NUMBERS];
    int64_t least[HUNT_MOST_NUMBERS], greatest[HUNT_MOST_NUMBERS];
};

void hunt_numbers_of(const struct hunt_space *space, struct hunt_case *point,
                     struct hunt_numbers *numbers);

/* Copies what is used. */
void hunt_copy(struct hunt_case *to, const struct hunt_case *from);

/* Whether all of it lies in the space, in so many columns or fewer. */
bool hunt_space_has(const struct hunt_space *space, const struct hunt_case *point);

/* The case as the oracle and the formulations take it. */
int hunt_case_store(const struct hunt_space *space, const struct hunt_case *point,
                    struct case_store *store, struct error *error);

/* The reverse; false where the input is of another shape than the space's. */
bool hunt_case_of(const struct hunt_space *space, const struct input_case *input,
                  struct hunt_case *point);

/* How much there is to read in a case.  Less is compared in the order of the
 * members. */
struct hunt_burden {
    size_t nonzero; /* values other than 0 */
    size_t columns;
    size_t length; /* of all numbers: hunt_length() */
};

/* 0 for 0; else the significant bits of x and the bits of its exponent. */
size_t hunt_length(double x);
struct hunt_burden hunt_burden(const struct hunt_space *space, const struct hunt_case *point);
int hunt_burden_compare(const struct hunt_burden *a, const struct hunt_burden *b);

/* A total order of the cases of a space, for ties. */
int hunt_case_compare(const struct hunt_space *space, const struct hunt_case *a,
                      const struct hunt_case *b);

#endif
