/* Numbers by name: where exp overflows, the least subnormal, … of a format. */
#ifndef XULP_SWEEP_THRESHOLDS_H
#define XULP_SWEEP_THRESHOLDS_H

#include "core/format.h"

#include <stdbool.h>

/* text, a number as number_parse() reads it or a name of thresholds.def with
 * or without a '-' before it, as the nearest value of the format.  False where
 * it is neither, is NaN, or is a finite number that rounds to infinity. */
bool threshold_parse(const struct format *format, const char *text, double *value);

/* All names, joined by ", ". */
const char *threshold_names(void);

#endif
