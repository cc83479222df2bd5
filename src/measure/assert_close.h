/* Whether a result would pass the comparison that test suites make. */
#ifndef XULP_MEASURE_ASSERT_CLOSE_H
#define XULP_MEASURE_ASSERT_CLOSE_H

#include "measure/measure.h"

/* What torch.testing.assert_close takes for a dtype where nothing is said. */
struct tolerance {
    double relative, absolute;
};

/* By the format of the stored result: mixed and flushed formats have that of
 * their storage. */
struct tolerance assert_close_tolerance(const struct format *format);

/* What a comparison is there to notice, in a result that is no failure. */
static inline bool class_is_wrong(enum result_class class)
{
    return class == CLASS_false_zero || class == CLASS_wrong_sign || class == CLASS_degraded ||
           class == CLASS_lost;
}

/* Whether |got − v| ≤ atol + rtol·|v|; infinities pass only where the result
 * rounds to the same one, NaN never does (equal_nan=False).  False where the
 * enclosure leaves it open: refine it and ask again. */
bool assert_close_passes(const struct enclosure *enclosure, const struct format *format, double got,
                         bool *passes);

#endif
