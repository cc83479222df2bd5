/* manifest.json of a run: what was run, with what (docs/tables.md). */
#ifndef XULP_REPORT_MANIFEST_H
#define XULP_REPORT_MANIFEST_H

#include "impl/impl.h"
#include "sweep/exact.h"
#include "sweep/plan.h"

/* One experiment of a run. */
struct manifest_entry {
    const struct plan *plan;
    uint64_t results; /* measurements made */
    mpfr_prec_t widest_precision;
    struct settled settled;
};

int manifest_write(const struct manifest_entry *entries, size_t count, enum math_id math,
                   const char *directory, struct error *error);

#endif
