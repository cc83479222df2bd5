/* What can be wrong with one result, as conditions that hold or do not. */
#ifndef XULP_SWEEP_ONSET_CONDITION_H
#define XULP_SWEEP_ONSET_CONDITION_H

#include "oracle/oracle.h"

#include <stdbool.h>
#include <stdint.h>

enum onset_condition {
#define ONSET_CONDITION(identifier, ...) ONSET_##identifier,
#include "sweep/onset_conditions.def"
#undef ONSET_CONDITION
    ONSET_CONDITION_COUNT
};

struct onset_condition_text {
    const char *name;
    const char *meaning;
};

extern const struct onset_condition_text onset_conditions[ONSET_CONDITION_COUNT];

/* A certified exact value with what is asked of it for every result. */
struct onset_exact {
    const struct enclosure *enclosure;
    double rounded; /* RN(v) */
    double near;    /* |near − v| ≤ slack, where it is finite */
    double slack;
    int ulp_exponent; /* ulp(v) = 2^q */
};

struct onset_exact onset_exact(const struct enclosure *enclosure, const struct format *format);

/* The set of conditions, 1 << condition each, that hold for got, a value of the
 * format.  False where the enclosure leaves one open: refine it and ask again. */
bool onset_conditions_of(const struct onset_exact *exact, double got, uint8_t *holding);

#endif
