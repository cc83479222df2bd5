/* The error and the class of many results at once, against exact losses that the
 * fast path gives (oracle/quick_block.h). */
#ifndef XULP_MEASURE_QUICK_MEASURE_H
#define XULP_MEASURE_QUICK_MEASURE_H

#include "core/format.h"
#include "oracle/quick_block.h"

#include <stdint.h>

/* What of count ≤ QUICK_BLOCK results is decided: the same as measure() says, errors to
 * 2^−20 ulp or 50 digits.  The others ask oracle_certify() and measure(). */
struct quick_measured {
    double ulp_error[QUICK_BLOCK]; /* of a failure: ∞, or NaN for NaN */
    uint8_t class[QUICK_BLOCK];    /* enum result_class, or QUICK_OPEN */
};

enum { QUICK_OPEN = 0xff };

void quick_measure_block(const struct quick_block *v, const struct format *format,
                         const double *got, size_t count, struct quick_measured *measured);

/* The builds that this processor runs, the fastest first; all give the same bytes. */
typedef void quick_measure_function(const struct quick_block *v, const struct format *format,
                                    const double *got, size_t count,
                                    struct quick_measured *measured);
size_t quick_measure_builds(quick_measure_function *builds[]);

#endif
