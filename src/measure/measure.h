/* The error of one result, or of a vector of results, against enclosures. */
#ifndef XULP_MEASURE_MEASURE_H
#define XULP_MEASURE_MEASURE_H

#include "core/format.h"
#include "oracle/oracle.h"

#include <stdbool.h>

/* The class of a result: the first that applies. */
enum result_class {
#define RESULT_CLASS(identifier, ...) CLASS_##identifier,
#include "measure/classes.def"
#undef RESULT_CLASS
    CLASS_COUNT
};

extern const char *const class_names[CLASS_COUNT];

/* Where the result is not a finite number that can have an error in ulp. */
static inline bool class_is_failure(enum result_class class)
{
    return class <= CLASS_missed_inf;
}

struct measurement {
    enum result_class class;
    /* Known to 2^−20 ulp; an error below that is 0. */
    double ulp_error; /* |got − v| / ulp(v); ∞ or NaN for a failure, as got is */
    double rel_error; /* |got − v| / |v|, 1 where got = 0 ≠ v; for v = 0: 0 or ∞ */
    double abs_error; /* |got − v|; may round to 0 or ∞ */
};

/* Measures got, a value of the format, against a certified enclosure.  False
 * where the enclosure leaves the class open: refine it and ask again. */
bool measure(const struct enclosure *enclosure, const struct format *format, double got,
             struct measurement *measurement);

/* What a gradient is worth as a whole. */
struct vector_measurement {
    /* The component of the gravest class: a failure, then wrong-sign and
     * false-zero, lost, degraded, close, faithful, correct; ties to the greater
     * ulp error, NaN being the greatest, then to the lowest index. */
    struct measurement worst;
    size_t worst_index;
    /* ‖got − g‖∞ / ‖g‖∞: 0 where both are 0, ∞ where only g is, NaN where a
     * component failed or is NaN in g. */
    double norm_error;
};

/* Measures count ≥ 1 results against as many certified enclosures.  False where
 * one of them leaves its class open: refine enclosure *open and ask again. */
bool measure_vector(const struct enclosure *enclosures, const struct format *format,
                    const double *got, size_t count, struct vector_measurement *measurement,
                    size_t *open);

#endif
