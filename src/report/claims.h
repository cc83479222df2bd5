/* Claims about the formulations, and the verdict of the results on each.
 * report/claims.yaml states them; docs/report.md documents the file. */
#ifndef XULP_REPORT_CLAIMS_H
#define XULP_REPORT_CLAIMS_H

#include "report/results.h"

#include <stdio.h>

/* A comparison that speaks for or against a claim. */
struct evidence {
    char *when;     /* see query_compare() */
    char *sentence; /* said where it holds */
    bool holds;
    char *text; /* the sentence with its numbers; NULL where it does not hold */
};

enum verdict { VERDICT_HELD, VERDICT_REFUTED, VERDICT_CONDITIONAL };

extern const char *const verdict_names[];

struct claim {
    char *name;   /* its heading */
    char *claim;  /* what is claimed */
    char *source; /* by whom */
    struct evidence *supports, *contradicts;
    uint32_t supports_count, contradicts_count;
    char **charts; /* names in plots/ */
    uint32_t charts_count;
    char **tables; /* names of experiments */
    uint32_t tables_count;
    enum verdict verdict;
};

struct claims {
    struct claim *claims;
    uint32_t count;
};

/* Loads the file and judges each claim: where only supporting comparisons
 * hold, it is held; where only contradicting ones do, refuted; where both do,
 * held with conditions.  Where none does, that is an error: the claim, or what
 * it is measured by, has to be stated anew. */
int claims_load(const char *path, const struct results *results, struct claims **claims,
                struct error *error);
void claims_free(struct claims *claims);

/* A table of claims and verdicts, and a section for each claim. */
void claims_write_verdicts(FILE *out, const struct claims *claims);
void claims_write_evidence(FILE *out, const struct claims *claims);

#endif
