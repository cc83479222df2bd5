/* What the oracle of one problem is to the escalation: its kind, told apart
 * before any arithmetic, and an enclosure of its value at one precision. */
#ifndef XULP_ORACLE_PROBLEMS_H
#define XULP_ORACLE_PROBLEMS_H

#include "core/problem.h"
#include "oracle/interval.h"
#include "oracle/oracle.h"

/* PROBLEM_kind: which kind the loss of a case is.
 * PROBLEM_loss: for a transcendental one, value becomes an interval that holds
 * it; value's endpoints have the working precision. */
#define PROBLEM(identifier, ...)                                       \
    enum exact_kind identifier##_kind(const struct input_case *input); \
    void identifier##_loss(const struct input_case *input, struct interval *value);
#include "core/problems.def"
#undef PROBLEM

/* The kind of a sum of losses: undefined if one is, else infinite if one is,
 * else transcendental if one is: a sum of losses that are ≥ 0 and each 0 or
 * transcendental is so itself (docs/method.md, "Termination"). */
static inline enum exact_kind kind_of_sum(enum exact_kind a, enum exact_kind b)
{
    if (a == EXACT_UNDEFINED || b == EXACT_UNDEFINED)
        return EXACT_UNDEFINED;
    if (a == EXACT_INFINITE || b == EXACT_INFINITE)
        return EXACT_INFINITE;
    return a == EXACT_ZERO ? b : a;
}

/* max x_k of a row; n ≥ 1. */
double softmax_ce_maximum(const double *x, size_t n);

/* One element of bce-prob, which bce-prob-batch sums. */
enum exact_kind bce_prob_element_kind(double p, double y);

/* sum += −(y log p + (1−y) log(1−p)), finite and not 0.  a and b are scratch
 * of the working precision. */
void bce_prob_element_add(double p, double y, struct interval *sum, struct interval *a,
                          struct interval *b);

#endif
