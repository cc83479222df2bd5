/* What the sources compiled once a build and the registry share. */
#ifndef XULP_IMPL_REGISTRY_H
#define XULP_IMPL_REGISTRY_H

#include "core/problem.h"
#include "impl/impl.h"

#include <stdint.h>

enum formulation_id {
#define FORMULATION(identifier, ...) FORMULATION_##identifier,
#include "impl/formulations.def"
#undef FORMULATION
    FORMULATION_COUNT
};

/* One evaluation, in the thread's context (impl/context.h). */
struct evaluation {
    enum formulation_id id;
    const struct input_case *input;
    struct workspace *workspace;
    double *losses;   /* input_case_losses() of them */
    double *gradient; /* of builds that make one: input_case_values() numbers */
};

/* evaluate_BUILD, src/impl/evaluate.c: the loss, and on a tape its gradient. */
typedef int evaluate_function(const struct evaluation *evaluation, struct error *error);

/* evaluate_block_BUILD, src/impl/evaluate_block.c: formulation_block() in the
 * thread's context. */
typedef int evaluate_block_function(enum formulation_id id, const struct case_block *block,
                                    struct workspace *workspace, double *losses,
                                    struct error *error);

/* Calls a build with the context of the format and of formulations[index]. */
int registry_evaluate(evaluate_function *function, size_t index, const struct format *format,
                      struct evaluation *evaluation, struct error *error);

/* The builds that are there once, for any format. */
evaluate_function evaluate_counted, evaluate_tape, evaluate_blamed;

/* At least so many bytes, uninitialised; NULL where there are none. */
void *workspace_reserve(struct workspace *workspace, size_t bytes);

/* Reals of intermediate arrays for N rows of C columns. */
size_t formulation_memory(enum formulation_id id, size_t N, size_t C);

#endif
