/* Invariants of the exact values, checked of the computed ones. */
#ifndef XULP_SWEEP_INVARIANTS_H
#define XULP_SWEEP_INVARIANTS_H

#include "impl/impl.h"
#include "measure/invariant.h"
#include "sweep/exact.h"
#include "sweep/partner.h"

enum {
    /* Cases of more numbers are compared with one partner each, in turn by their
     * number, and a row of more is not computed component by component. */
    INVARIANT_SHORT_CASE = 64,
};

/* The case at hand, what all formulations share of it, and memory; of one thread.  0
 * to begin with. */
struct invariant_case {
    const struct input_case *input;
    const struct format *format;
    uint64_t number;
    struct {
        bool made, there; /* for this case */
        struct partner partner;
    } partners[PARTNER_COUNT];
    struct case_store component; /* of softmax */
    double *results;             /* of a partner */
    size_t capacity;
    mpfr_t sum, bound; /* exact */
    bool sums_made;
};

/* A new case; it is kept, not copied. */
void invariant_case_begin(struct invariant_case *at, const struct input_case *input,
                          const struct format *format, uint64_t number);
void invariant_case_clear(struct invariant_case *at);

/* What a formulation gave for the case: its losses, or its gradient. */
struct computed {
    size_t formulation;
    enum math_id math;
    enum quantity_kind quantity;
    const double *results;
    /* Certified, as many: where one is NaN, nothing holds.  NULL: none is. */
    const struct exact_values *exact;
    struct workspace *workspace;
};

/* A check. */
struct verdict {
    bool checked; /* there was something to compare */
    /* How far the invariant is broken, 0 where it holds: in numbers of the format
     * between the two results, ∞ where one of the two alone is NaN; of sums in
     * multiples of the bound. */
    double by;
    double value, other;     /* the result and its partner's; a sum and its bound */
    enum partner_id partner; /* PARTNER_COUNT: none was computed */
};

/* Checks one invariant, which applies to the problem and the quantity.  Of several
 * losses or rows that break it the one that does most, the first of equals. */
int invariant_check(struct invariant_case *at, enum invariant_id id,
                    const struct computed *computed, struct verdict *verdict, struct error *error);

/* Checks every invariant that applies, and counts: counts[INVARIANT_COUNT]. */
int invariants_count(struct invariant_case *at, const struct computed *computed,
                     struct invariant_count *counts, struct error *error);

#endif
