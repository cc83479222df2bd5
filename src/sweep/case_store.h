/* A case that owns its numbers, and its two texts: the lists that a user
 * writes, and the arguments of `xulp eval` that give it back. */
#ifndef XULP_SWEEP_CASE_STORE_H
#define XULP_SWEEP_CASE_STORE_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"

#include <stdbool.h>
#include <stdint.h>

struct case_store {
    struct input_case input; /* points into the arrays below */
    double *values, *labels, *weights;
    size_t *targets;
    size_t capacity; /* of each array */
};

/* Makes the store a case of that shape without options, with its numbers
 * unset: of a problem of targets one with hard targets. */
int case_store_shape(struct case_store *store, enum problem_id problem, size_t rows, size_t columns,
                     struct error *error);
void case_store_clear(struct case_store *store);

/* Options of a loss, as text; NULL: none. */
struct case_options {
    char *soft_targets;    /* softmax-ce: rows×columns numbers ≥ 0, in the place of targets */
    char *weights;         /* softmax-ce: columns class weights ≥ 0 */
    char *label_smoothing; /* softmax-ce: in [0, 1] */
    char *ignore_index;    /* softmax-ce: the target of rows that do not count; default −100 */
    char *pos_weight; /* bce-logit: columns weights ≥ 0 of the positive label, or one for all */
};

/* A case as lists of numbers (see number_list_parse()) and what to call each
 * list in an error: "--logits", "sweep 'example', case 1: values". */
struct case_text {
    const char *values, *values_name;
    const char *labels, *labels_name;   /* NULL: none */
    const char *targets, *targets_name; /* NULL: none */
    const char *options_name;           /* what stands before the name of an option: "--" */
    struct case_options options;
    size_t columns; /* 0: problems of rows: all values are one row; others: one column */
    enum reduction reduction;
};

/* Reads a case in a format; an error is one sentence naming the list. */
int case_store_parse(struct case_store *store, enum problem_id problem, const struct format *format,
                     const struct case_text *text, struct error *error);

/* What a problem's cases are made of besides values, and the option of xulp
 * eval that takes the values: "--logits", … */
struct case_parts {
    const char *values_option;
    bool targets, labels;
};

extern const struct case_parts case_parts[PROBLEM_COUNT];

/* What follows `xulp eval ` to give this case back: "softmax-ce --logits
 * 0x1p+3,0x0p+0*999 --target 0 --format binary32".  To be freed; NULL where
 * memory failed.  At most longest characters; "" where it would be more. */
char *case_arguments(const struct input_case *input, const struct format *format, size_t longest);

#endif
