/* The functions that src/impl/formulations/ defines, in this format and math. */
#ifndef XULP_IMPL_FORMULATIONS_H
#define XULP_IMPL_FORMULATIONS_H

#include "core/format.h"
#include "impl/real.h"

/* n logits x, target t < n. */
#define SIGNATURE_row (const real *x, size_t n, size_t t)
/* The same, and memory for n reals. */
#define SIGNATURE_row_with_memory (const real *x, size_t n, size_t t, real *memory)
/* A probability or a logit x, and its label y. */
#define SIGNATURE_element (real x, real y)
/* N×C probabilities p and labels y, row-major. */
#define SIGNATURE_batch (const real *p, const real *y, size_t N, size_t C)
/* The same, and memory for as many reals as the registry says. */
#define SIGNATURE_batch_with_memory (const real *p, const real *y, size_t N, size_t C, real *memory)

#define FORMULATION(identifier, signature, ...) real NAME(identifier) SIGNATURE_##signature;
#include "impl/formulations.def"
#undef FORMULATION

#endif
