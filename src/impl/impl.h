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

/* Where exp, log and log1p come from, and how the formulations are compiled:
 * maths.def. */
enum math_id {
#define MATH(identifier, ...) MATH_##identifier,
#include "impl/maths.def"
#undef MATH
    MATH_COUNT
};

struct math {
    const char *name;
    const char *how;
    const char *compiled; /* compiler, flags and version, as the build itself was told */
};

extern const struct math maths[MATH_COUNT];

/* Whether the math is there for the format: some are for the machine's own
 * types, binary32 and binary64, alone. */
bool math_has_format(enum math_id math, const struct format *format);

/* The BLAS that the math `blas` multiplies with: its version and the processor
 * that it chose its kernels for. */
enum { IMPL_BLAS_TEXT = 256 };
void impl_blas(char text[IMPL_BLAS_TEXT]);

/* The order in which sums are added: impl/sum.h has the algorithms and bounds. */
enum summation {
    SUMMATION_left,
    SUMMATION_pairwise,
    SUMMATION_cascade,
    SUMMATION_neumaier,
    SUMMATION_COUNT
};

extern const char *const summation_names[SUMMATION_COUNT];

struct formulation {
    const char *name; /* NAME, or NAME+SUMMATION where it does not add left to right */
    enum problem_id problem;
    const char *formula;
    const char *source; /* who writes it that way */
    enum summation summation;
};

/* formulation_count formulations that add left to right, then the same with
 * every other summation: formulation_total in all. */
extern const struct formulation formulations[];
extern const size_t formulation_count, formulation_total;

/* The index of the formulation of that name, or formulation_total. */
size_t formulation_find(const char *name);

/* The index of the same formulation with its sums added left to right. */
size_t formulation_base(size_t index);

/* Memory a formulation works in, kept from case to case. */
struct workspace {
    void *memory;
    size_t bytes;
    struct tape *tape;   /* of gradients by the chain rule */
    struct blame *blame; /* of formulation_blamed() */
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

/* Cases that differ in their values only: `columns` numbers each, one where the problem
 * is one of elements; without options.  Every number is a value of the format. */
struct case_block {
    enum problem_id problem;
    size_t count, columns;
    const double *values; /* count×columns */
    double label;         /* of every element, where the problem has labels */
    size_t target;        /* of every row, where the problem has targets */
};

/* The losses of a block's cases, bit for bit those of formulation_loss() (but for the
 * sign of a zero by a math whose compiler is free of it: fastmath, clangfast).  Where
 * the formulation takes weights of the positive label, they are 1. */
int formulation_block(size_t index, const struct format *format, enum math_id math,
                      const struct case_block *block, struct workspace *workspace, double *losses,
                      struct error *error);

/* Where a gradient comes from. */
enum gradient_way {
    GRADIENT_chain,  /* reverse mode through the operations as written, each
                        rounded: what autograd makes of the code */
    GRADIENT_closed, /* the closed form that its authors ship */
    GRADIENT_WAYS
};

extern const char *const gradient_way_names[GRADIENT_WAYS];

/* A closed form: src/impl/gradients/NAME.c. */
struct closed_form {
    const char *name;
    const char *formula;
    const char *source; /* who ships it */
};

extern const struct closed_form closed_forms[];
extern const size_t closed_form_count;

/* That of a formulation; NULL where its authors ship none. */
const struct closed_form *formulation_closed_form(size_t index);

/* Whether there is one. */
bool formulation_has_gradient(size_t index, enum gradient_way way);

/* The gradient of the loss (of the sum, where the reduction is none) with
 * respect to the case's values: rows×columns numbers of the format.
 * Canonical elementary functions. */
int formulation_gradient(size_t index, const struct format *format, enum gradient_way way,
                         const struct input_case *input, struct workspace *workspace,
                         double *gradient, struct error *error);

/* --- the operation to blame ----------------------------------------------------- */

/* A rounding: one operation in the source of a formulation. */
struct rounding {
    const char *kind;      /* add, subtract, multiply, divide, exp, log, sum, store, constant */
    const char *operation; /* its text */
    const char *file;
    int line;
    int number; /* counts the sites of the sources, in reading order, operands first */
};

/* The text with the names of the arithmetic as operators: "(x[t] - m) - log(s)".
 * Cut where it does not fit size ≥ 1 characters. */
void rounding_formula(const struct rounding *rounding, char *text, size_t size);

enum { MOST_ROUNDINGS = 64 };

struct rounding_list {
    const struct rounding *site[MOST_ROUNDINGS];
    size_t count;
};

/* Which roundings are on: all, or one, or (only NULL) none. */
struct blame_request {
    bool all;
    const struct rounding *only;
    mpfr_prec_t precision;      /* in bits, of what is not rounded; at least 2p + 64 */
    struct rounding_list *seen; /* the roundings that the evaluation passed, in that order;
                                   may be NULL */
};

/* The loss of one case by formulations[index] with canonical elementary
 * functions and only the requested roundings, to the request's precision.  The
 * reduction is not none. */
int formulation_blamed(size_t index, const struct format *format, const struct input_case *input,
                       const struct blame_request *request, struct workspace *workspace,
                       mpfr_ptr loss, struct error *error);

/* What one evaluation costs: roundings counted, not timed, and the bytes of
 * intermediate arrays (inputs are not counted). */
struct cost {
    uint64_t operations;
    size_t bytes;
};

int formulation_cost(size_t index, const struct format *format, const struct input_case *input,
                     struct workspace *workspace, struct cost *cost, struct error *error);

#endif
