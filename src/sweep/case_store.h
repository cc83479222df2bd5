/* A case that owns its numbers, and its two texts: the lists that a user
 * writes, and the arguments of `xulp eval` that give it back. */
#ifndef XULP_SWEEP_CASE_STORE_H
#define XULP_SWEEP_CASE_STORE_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"

#include <stdint.h>

struct case_store {
    struct input_case input; /* points into the arrays below */
    double *values, *labels;
    size_t *targets;
    size_t capacity; /* of each array */
};

/* Makes the store a case of that shape, with its numbers unset. */
int case_store_shape(struct case_store *store, enum problem_id problem, size_t rows, size_t columns,
                     struct error *error);
void case_store_clear(struct case_store *store);

/* A case as lists of numbers (see number_list_parse()) and what to call each
 * list in an error: "--logits", "sweep 'example', case 1: values". */
struct case_text {
    const char *values, *values_name;
    const char *labels, *labels_name;   /* NULL: none */
    const char *targets, *targets_name; /* NULL: none */
    size_t columns;                     /* 0: all values are one row (bce-prob-batch: one column) */
    enum reduction reduction;
};

/* Reads a case in a format; an error is one sentence naming the list. */
int case_store_parse(struct case_store *store, enum problem_id problem, const struct format *format,
                     const struct case_text *text, struct error *error);

/* The option of xulp eval that takes a problem's values: "--logits", … */
extern const char *const case_values_options[PROBLEM_COUNT];

/* What follows `xulp eval ` to give this case back: "softmax-ce --logits
 * 0x1p+3,0x0p+0*999 --target 0 --format binary32".  To be freed; NULL where
 * memory failed.  At most longest characters; "" where it would be more. */
char *case_arguments(const struct input_case *input, const struct format *format, size_t longest);

#endif
