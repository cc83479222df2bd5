/* How much of a formulation's error comes from each of its roundings. */
#ifndef XULP_SWEEP_ATTRIBUTE_H
#define XULP_SWEEP_ATTRIBUTE_H

#include "impl/impl.h"
#include "measure/measure.h"

/* One rounding. */
struct part {
    const struct rounding *site;
    double ulp; /* (with it alone − with none)/ulp(v), signed; not finite where a result is not */
    enum result_class class; /* of the result with it alone, rounded to the format */
};

/* All errors are signed and in ulp(v), v the exact value, to 2^−20 ulp. */
struct attribution {
    double got;              /* the result: all roundings on */
    enum result_class class; /* of it */
    double total;            /* (got − v)/ulp(v) */
    double formula;          /* (with none − v)/ulp(v): 0 but for a formula that is no identity */
    double sum;              /* formula + Σ parts */
    double remainder;        /* total − sum */
    struct part parts[MOST_ROUNDINGS]; /* in the order in which they are passed */
    size_t count;
};

/* Attributes the loss of a case whose reduction is not none by formulations[f],
 * which applies, with canonical elementary functions.  The enclosure is the
 * certified one of that loss, and may come back refined.  False in *there, and
 * nothing else, where the exact value is not a finite number. */
int attribute(size_t f, const struct format *format, const struct input_case *input,
              struct enclosure *enclosure, struct workspace *workspace,
              struct attribution *attribution, bool *there, struct error *error);

#endif
