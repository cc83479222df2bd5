/* The families: how a case is made from the axis value v. */
#ifndef XULP_SWEEP_FAMILY_H
#define XULP_SWEEP_FAMILY_H

#include "sweep/plan.h"

/* The case at v; what is random in it is drawn from the stream. */
int family_case(enum problem_id problem, const struct segment *segment, double v,
                struct random_stream *stream, struct case_store *store, struct error *error);

/* Literal case i of a sweep. */
int literal_case(const struct experiment *experiment, const struct segment *segment, uint64_t i,
                 struct case_store *store, struct error *error);

#endif
