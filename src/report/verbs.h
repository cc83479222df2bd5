/* The verbs of queries.  Inside src/report only. */
#ifndef XULP_REPORT_VERBS_H
#define XULP_REPORT_VERBS_H

#include "report/query.h"

struct verb {
    const char *name;
    size_t words; /* that follow it */
    int (*answer)(struct query *query, const struct word *words, struct answer *answer);
    const char *usage;
};

/* INVARIANT EXPERIMENT SWEEP FORMAT FORMULATION (invariant_verbs.c). */
int verb_checked(struct query *query, const struct word *words, struct answer *answer);
int verb_broken(struct query *query, const struct word *words, struct answer *answer);
int verb_break(struct query *query, const struct word *words, struct answer *answer);
int verb_break_partner(struct query *query, const struct word *words, struct answer *answer);

extern const struct verb verbs[];
extern const size_t verb_count;

#endif
