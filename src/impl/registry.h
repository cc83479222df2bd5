/* What the compiled-per-format sources and the registry share. */
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

/* Rounded operations of this thread, in the counted build. */
extern _Thread_local uint64_t counted_operations;

/* At least so many bytes, uninitialised; NULL where there are none. */
void *workspace_reserve(struct workspace *workspace, size_t bytes);

/* Evaluates in one format with one math (src/impl/evaluate.c). */
typedef int evaluate_function(enum formulation_id id, const struct input_case *input,
                              struct workspace *workspace, double *loss, struct error *error);

/* Reals of intermediate arrays for N rows of C columns. */
size_t formulation_memory(enum formulation_id id, size_t N, size_t C);

#endif
