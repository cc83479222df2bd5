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

extern const struct verb verbs[];
extern const size_t verb_count;

#endif
