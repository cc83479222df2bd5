/* The values of an axis in one format: value i, and its bin, from i alone. */
#ifndef XULP_SWEEP_AXIS_H
#define XULP_SWEEP_AXIS_H

#include "core/random.h"
#include "sweep/experiment.h"

/* An axis made concrete for a format. */
struct axis_plan {
    const struct axis *axis;
    const struct format *format;
    uint64_t count; /* values */
    uint32_t bins;
    double from, to;
    int first_binade;
    uint32_t binades;
    double *points; /* what `around` or `values` name in this format */
};

/* The axis was checked by experiment_load(). */
int axis_plan_make(const struct axis *axis, const struct format *format, struct axis_plan *plan,
                   struct error *error);
void axis_plan_clear(struct axis_plan *plan);

/* |v| of value i < count (the sign is the caller's: see axis.negative), a
 * value of the format.  Draws at most once from the stream. */
double axis_value(const struct axis_plan *plan, uint64_t i, struct random_stream *stream);

/* The bin of that value: bins are numbered along the axis. */
uint32_t axis_bin(const struct axis_plan *plan, uint64_t i, double value);

/* The bins that value i may be in, whatever it is drawn to be; they do not
 * decrease with i. */
struct bin_range {
    uint32_t first, last;
};
struct bin_range axis_bin_range(const struct axis_plan *plan, uint64_t i);

#endif
