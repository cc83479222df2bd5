/* Where formulations break: for each family of inputs, format and formulation,
 * the first input at which each condition holds.  docs/onset.md. */
#ifndef XULP_SWEEP_ONSET_H
#define XULP_SWEEP_ONSET_H

#include "impl/impl.h"
#include "measure/measure.h"
#include "sweep/onset_family.h"
#include "sweep/onset_search.h"

/* What to find.  Every combination that there is becomes rows. */
struct onset_request {
    const struct onset_family *const *families;
    size_t family_count;
    const struct format *const *formats;
    size_t format_count;
    const size_t *formulations; /* indices into formulations[] */
    size_t formulation_count;
    bool search; /* also where walking every value is cheap: for tests of the search */
};

/* A result at one input of a walk. */
struct onset_point {
    double v;
    double got;
    struct measurement measurement;
};

enum { ONSET_DIGITS = 17, ONSET_EXACT_TEXT = ONSET_DIGITS + 32 };

/* What was found for one condition of one formulation on one walk in one
 * format: the first input where it holds, and the one before. */
struct onset_row {
    const struct onset_family *family;
    const struct format *format;
    size_t formulation;
    enum onset_condition condition;
    struct onset_found found;
    bool exhaustive;                  /* every input of the walk was looked at */
    struct onset_point first, before; /* before: unless first is the walk's first */
    char exact[ONSET_EXACT_TEXT];     /* the exact value at first; "" where it has no digits */
    char *input;                      /* first as arguments of xulp eval */
};

/* Rows in the order of the request: families, formats, formulations, conditions. */
struct onset_result {
    struct onset_row *rows;
    size_t count;
};

/* Called from time to time, by one thread at a time. */
struct onset_progress {
    void (*report)(void *context, size_t walks_done, size_t walks);
    void *context;
};

/* Runs on the OpenMP threads there are.  On an error nothing is left in
 * *result. */
int onset_find(const struct onset_request *request, const struct onset_progress *progress,
               struct onset_result *result, struct error *error);

void onset_result_clear(struct onset_result *result);

#endif
