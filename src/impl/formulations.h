/* The functions that src/impl/formulations/ defines, in this build. */
#ifndef XULP_IMPL_FORMULATIONS_H
#define XULP_IMPL_FORMULATIONS_H

#include "impl/real.h"
#include "impl/sum.h"

/* n logits x, target t < n. */
#define SIGNATURE_row (const real *x, size_t n, size_t t)
/* The same; a soft target of 0 leaves its class out, though its logit be −∞. */
#define SIGNATURE_guarded_row SIGNATURE_row
/* A row, and memory for as many reals as the registry says. */
#define SIGNATURE_row_with_memory (const real *x, size_t n, size_t t, real *memory)
/* n numbers x. */
#define SIGNATURE_vector (const real *x, size_t n)
/* A probability or a logit x, and its label y. */
#define SIGNATURE_element (real x, real y)
/* The same, and the weight w of the positive label. */
#define SIGNATURE_weighted_element (real x, real y, real w)
/* N×C probabilities p and labels y, row-major. */
#define SIGNATURE_batch (const real *p, const real *y, size_t N, size_t C)
/* The same, and memory for as many reals as the registry says. */
#define SIGNATURE_batch_with_memory (const real *p, const real *y, size_t N, size_t C, real *memory)

/* Closed forms of gradients, by the signature of the loss.  `upstream` is the
 * derivative of the reduced loss by this one (1, or 1/N).
 *
 * A row: upstream[j] is the derivative by the log-probability of class j, −1 at
 * the target where nothing weighs; gradient[j] becomes that by x_j. */
#define GRADIENT_row                      (const real *x, size_t n, const real *upstream, real *gradient)
#define GRADIENT_guarded_row              GRADIENT_row
#define GRADIENT_row_with_memory          GRADIENT_row
#define GRADIENT_vector                   (const real *x, size_t n, real upstream, real *gradient)
#define GRADIENT_element                  (real x, real y, real upstream)
#define GRADIENT_weighted_element         (real x, real y, real w, real upstream)
#define GRADIENT_batch                    GRADIENT_element
#define GRADIENT_batch_with_memory        GRADIENT_element
#define GRADIENT_RESULT_row               void
#define GRADIENT_RESULT_guarded_row       void
#define GRADIENT_RESULT_row_with_memory   void
#define GRADIENT_RESULT_vector            void
#define GRADIENT_RESULT_element           real
#define GRADIENT_RESULT_weighted_element  real
#define GRADIENT_RESULT_batch             real
#define GRADIENT_RESULT_batch_with_memory real

#define FORMULATION(identifier, signature, ...) real NAME(identifier) SIGNATURE_##signature;
#include "impl/formulations.def"
#undef FORMULATION

/* The closed forms: closed_forms.def. */
#define CLOSED_FORM(identifier, signature, ...) \
    GRADIENT_RESULT_##signature NAME(identifier) GRADIENT_##signature;
#include "impl/closed_forms.def"
#undef CLOSED_FORM

#endif
