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

/* What is remembered of a certified exact value: enough to decide the conditions
 * of nearly every result without its enclosure. */
struct onset_exact {
    double rounded;       /* RN(v) */
    double near;          /* |near − v| ≤ 2^slack_exponent, where it is finite */
    int16_t ulp_exponent; /* ulp(v) = 2^q */
    int16_t slack_exponent;
    int8_t kind; /* enum exact_kind */
    int8_t sign; /* of v; 0 where v is 0 or NaN */
};

struct onset_exact onset_exact(const struct enclosure *enclosure, const struct format *format);

/* Of the conditions that bound the error: whether it is above half of the bound,
 * or thereabouts.  A search looks closer where it is. */
enum { ONSET_NEAR = 1 << ONSET_CONDITION_COUNT }; /* of over_percent; twice it: of over_16_ulp */

static inline uint8_t onset_near(unsigned condition)
{
    if (condition < ONSET_over_percent)
        return 0;
    return (uint8_t)(ONSET_NEAR << (condition - ONSET_over_percent));
}

/* The set of conditions, 1 << condition each, that hold for got, a value of the
 * format, and of what it is near to.  False where that takes the enclosure and it is NULL, or where
 * it leaves one open: refine it and ask again. */
bool onset_conditions_of(const struct onset_exact *exact, const struct enclosure *enclosure,
                         double got, uint8_t *holding);

#endif
