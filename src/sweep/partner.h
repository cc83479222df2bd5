/* The partner of a case: another case whose exact value is known from that of the
 * first, equal to it or on one side of it.  What a formulation gives for the two is
 * then compared, without an oracle. */
#ifndef XULP_SWEEP_PARTNER_H
#define XULP_SWEEP_PARTNER_H

#include "measure/invariant.h"
#include "sweep/case_store.h"

enum partner_id {
    PARTNER_shifted,  /* every x_k + s, exactly */
    PARTNER_mirrored, /* (−x, 1 − y); (1 − p, 1 − y), exactly; y = 0 or 1 */
    /* The next number of the format in the place of one input: */
    PARTNER_raised,       /* the target's logit of a row; an element */
    PARTNER_raised_other, /* the greatest logit of a row but the target's */
    PARTNER_reversed,     /* the classes of each row in reverse order */
    PARTNER_COUNT
};

/* What is true of the exact losses v of a case and v' of its partner. */
enum relation {
    RELATION_same,     /* v' = v */
    RELATION_shifted,  /* v' = v + s */
    RELATION_not_less, /* v' ≥ v */
    RELATION_not_more, /* v' ≤ v */
};

struct partner {
    struct case_store store;
    enum relation relation;
    double shift; /* s of a shifted case */
};

/* Makes the partner of a case, where it has one: *there.  The case number chooses
 * among several that there might be: a pure function of case and number. */
int partner_make(struct partner *partner, enum partner_id id, const struct input_case *input,
                 const struct format *format, uint64_t case_number, bool *there,
                 struct error *error);

#endif
