/* The certified exact values of a case, kept from case to case, and results
 * held against them. */
#ifndef XULP_SWEEP_EXACT_H
#define XULP_SWEEP_EXACT_H

#include "measure/assert_close.h"
#include "measure/measure.h"

/* Who settled how many exact values: the fast path; MPFR; and what is NaN, infinite or
 * rational, told by the kind of the input and computed in mpq. */
struct settled {
    uint64_t quick, mpfr, kind;
};

/* Values of one kind: the losses of a case, or its gradient.  0 to begin with. */
struct exact_values {
    enum quantity_kind kind;
    const struct input_case *input; /* the case at hand */
    const struct format *format;
    struct enclosure *items;
    size_t count; /* of the case at hand */
    size_t made;  /* initialised */
};

/* Certifies every value of that kind: input_case_losses() or
 * input_case_values() of them.  The input is kept, not copied. */
int exact_certify(struct exact_values *exact, enum quantity_kind kind,
                  const struct input_case *input, const struct format *format, struct error *error);
void exact_clear(struct exact_values *exact);

/* Counts the values of the case at hand, as its questions left them. */
void exact_count(const struct exact_values *exact, struct settled *settled);

/* Measures as many results, refining until their classes are decided. */
int exact_measure(struct exact_values *exact, const double *got,
                  struct vector_measurement *measurement, struct error *error);

/* Whether all of them pass assert_close. */
int exact_passes(struct exact_values *exact, const double *got, bool *passes, struct error *error);

#endif
