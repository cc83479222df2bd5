/* The formulations of one build as a table: the loss and the closed form of
 * its gradient, by signature. */
#ifndef XULP_IMPL_ENTRY_H
#define XULP_IMPL_ENTRY_H

#include "impl/formulations.h"
#include "impl/registry.h"

enum signature {
    SIGNATURE_ID_row,
    SIGNATURE_ID_guarded_row,
    SIGNATURE_ID_row_with_memory,
    SIGNATURE_ID_vector,
    SIGNATURE_ID_element,
    SIGNATURE_ID_weighted_element,
    SIGNATURE_ID_batch,
    SIGNATURE_ID_batch_with_memory,
};

struct entry {
    enum signature signature;
    union {
        real(*row) SIGNATURE_row;
        real(*guarded_row) SIGNATURE_guarded_row;
        real(*row_with_memory) SIGNATURE_row_with_memory;
        real(*vector) SIGNATURE_vector;
        real(*element) SIGNATURE_element;
        real(*weighted_element) SIGNATURE_weighted_element;
        real(*batch) SIGNATURE_batch;
        real(*batch_with_memory) SIGNATURE_batch_with_memory;
    } loss;
    union {
        void(*row) GRADIENT_row;
        void(*guarded_row) GRADIENT_row;
        void(*row_with_memory) GRADIENT_row;
        void(*vector) GRADIENT_vector;
        real(*element) GRADIENT_element;
        real(*weighted_element) GRADIENT_weighted_element;
        real(*batch) GRADIENT_element;
        real(*batch_with_memory) GRADIENT_element;
    } gradient; /* NULL: its authors ship none */
};

extern const struct entry NAME(entries)[FORMULATION_COUNT];

/* A case as numbers of the format. */
struct reals {
    const struct input_case *input;
    const struct entry *entry;
    real *values, *labels, *weights; /* labels, weights: where the case has them */
    real *memory;                    /* what the formulation works in */
};

/* Makes the case's numbers reals, in the workspace, with room for `extra` more
 * behind them. */
int NAME(reals_make)(const struct evaluation *evaluation, size_t extra, struct reals *in,
                     struct error *error);

/* What a mean divides by, as the frameworks compute it: the rows or elements
 * that count, or the sum of the weights of hard targets. */
real NAME(mean_divisor)(const struct reals *in);

/* Soft target of class j in row i, smoothed: q(1 − ε) + ε/n. */
real NAME(soft_target)(const struct reals *in, size_t i, size_t j);

/* The loss of a row for target t. */
static inline real entry_row_loss(const struct entry *entry, const real *x, size_t n, size_t t,
                                  real *memory)
{
    if (entry->signature == SIGNATURE_ID_vector)
        return entry->loss.vector(x, n);
    if (entry->signature == SIGNATURE_ID_row_with_memory)
        return entry->loss.row_with_memory(x, n, t, memory);
    return entry->loss.row(x, n, t);
}

evaluate_function NAME(evaluate), NAME(evaluate_gradient);
evaluate_block_function NAME(evaluate_block);

/* Which compiler made this build, with which flags. */
extern const char NAME(compiled)[];

#endif
