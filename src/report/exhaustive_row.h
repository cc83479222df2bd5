/* A row of the tables of exhaustive runs: what the tallies say, and the cases they
 * name, made and measured again. */
#ifndef XULP_REPORT_EXHAUSTIVE_ROW_H
#define XULP_REPORT_EXHAUSTIVE_ROW_H

#include "sweep/exhaustive.h"

/* A case that a tally names. */
struct named_case {
    uint64_t number;                /* NO_CASE: none, and nothing below is set */
    struct measurement measurement; /* certified */
    double kappa;
    char *input; /* as arguments of xulp eval */
};

struct exhaustive_row {
    struct tally all; /* results of every size */
    uint64_t by_mpfr;
    struct named_case worst, worst_by_size[RESULT_SIZES], failure;
};

/* The row of some spans' part; clear it afterwards, whether this failed or not. */
int exhaustive_row_make(const struct exhaustive_unit *unit, const struct exhaustive_part *part,
                        struct exhaustive_row *row, struct error *error);
void exhaustive_row_clear(struct exhaustive_row *row);

/* The share of the row's cases that MPFR decided. */
double exhaustive_row_share(const struct exhaustive_row *row);

#endif
