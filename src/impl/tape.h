/* Reverse-mode differentiation on a tape: what automatic differentiation of a
 * framework makes of the operations as written.  Inside src/impl only. */
#ifndef XULP_IMPL_TAPE_H
#define XULP_IMPL_TAPE_H

#include "impl/impl.h"

#include <stdint.h>

/* TAPE_OPERATION(identifier) */
enum tape_operation {
    TAPE_input,
    TAPE_add,
    TAPE_sub,
    TAPE_mul,
    TAPE_div,
    TAPE_acc,   /* an addition of a sum */
    TAPE_round, /* to the computation */
    TAPE_store, /* to the storage */
    TAPE_exp,
    TAPE_exp2,
    TAPE_expm1,
    TAPE_log,
    TAPE_log1p,
    TAPE_neg,
    TAPE_abs,
    TAPE_max,
    TAPE_min,
    TAPE_clamp,
    TAPE_pick,    /* a of a vector, b being dropped */
    TAPE_derived, /* a, with the derivatives of b */
};

/* A value and the node that made it; node 0: a constant. */
struct tape_number {
    double value;
    uint32_t node;
};

/* Starts a tape in the workspace, for the calling thread, whose first nodes
 * are the inputs. */
int tape_begin(struct workspace *workspace, size_t inputs, struct error *error);

struct tape_number tape_input(double value, size_t i);
struct tape_number tape_unary(enum tape_operation operation, struct tape_number a);
struct tape_number tape_binary(enum tape_operation operation, struct tape_number a,
                               struct tape_number b);
struct tape_number tape_clamp(struct tape_number a, double low, double high);

/* ∂loss/∂input, in the format of storage; 0 for an input that the loss does
 * not depend on.  NULL: not asked for. */
int tape_gradient(struct tape_number loss, double *gradient, struct error *error);

/* Frees a workspace's tape. */
void tape_free(struct tape *tape);

#endif
