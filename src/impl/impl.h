/* The formulations, as data: what can be evaluated, in which format, with
 * which elementary functions.  This is all that the rest of the program sees
 * of src/impl. */
#ifndef XULP_IMPL_IMPL_H
#define XULP_IMPL_IMPL_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where exp, log and log1p come from. */
enum math_id {
    MATH_canonical, /* correctly rounded in the format: the same on every machine */
    MATH_libm,      /* the machine's own */
    MATH_counted,   /* canonical, and every rounded operation is counted */
    MATH_COUNT
};

extern const char *const math_names[MATH_COUNT];

struct formulation {
    const char *name;
    enum problem_id problem;
    const char *formula;
    const char *source; /* who writes it that way */
};

extern const struct formulation formulations[];
extern const size_t formulation_count;

/* The index of the formulation of that name, or formulation_count. */
size_t formulation_find(const char *name);

/* Memory a formulation works in, kept from case to case. */
struct workspace {
    void *memory;
    size_t bytes;
};

void workspace_clear(struct workspace *workspace);

/* Whether a formulation computes this case in this format with this math: some
 * take options that others do not (pos_weight, soft targets). */
bool formulation_applies(size_t index, const struct format *format, enum math_id math,
                         const struct input_case *input);

/* The loss of one case by formulations[index], computed as the format says; as
 * many as input_case_losses().  The case is of the formulation's problem and
 * the formulation applies; its numbers are values of the format.  Fails only
 * where memory does. */
int formulation_loss(size_t index, const struct format *format, enum math_id math,
                     const struct input_case *input, struct workspace *workspace, double *losses,
                     struct error *error);

/* Where a gradient comes from. */
enum gradient_way {
    GRADIENT_chain, /* reverse mode through the operations as written, each
                       rounded: what autograd makes of the code */
    GRADIENT_closed, /* the closed form that its authors ship */
    GRADIENT_WAYS
};

extern const char *const gradient_way_names[GRADIENT_WAYS];

/* Whether there is one. */
bool formulation_has_gradient(size_t index, enum gradient_way way);

/* The gradient of the loss (of the sum, where the reduction is none) with
 * respect to the case's values: rows×columns numbers of the format.
 * Canonical elementary functions. */
int formulation_gradient(size_t index, const struct format *format, enum gradient_way way,
                         const struct input_case *input, struct workspace *workspace,
                         double *gradient, struct error *error);

/* What one evaluation costs: roundings counted, not timed, and the bytes of
 * intermediate arrays (inputs are not counted). */
struct cost {
    uint64_t operations;
    size_t bytes;
};

int formulation_cost(size_t index, const struct format *format, const struct input_case *input,
                     struct workspace *workspace, struct cost *cost, struct error *error);

#endif
