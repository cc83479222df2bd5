/* Invariants that are sums.  Inside src/sweep only. */
#ifndef XULP_SWEEP_INVARIANT_SUMS_H
#define XULP_SWEEP_INVARIANT_SUMS_H

#include "sweep/invariants.h"

/* Keeps the greatest break. */
void verdict_keep(struct verdict *verdict, double by, double value, double other);

/* |other − (value + s)| ≤ ½ulp(value) + ½ulp(other) of a log-sum-exp.  False: nothing
 * to compare. */
bool translation_compare(struct invariant_case *at, double value, double other, double s,
                         double *by);

/* |Σ_t f_t(x) − 1| against the proven bound. */
int check_sum_one(struct invariant_case *at, const struct computed *computed,
                  struct verdict *verdict, struct error *error);

/* |Σ_j g_j| ≤ Σ_j ½ulp(g_j), row by row. */
void check_sum_zero(struct invariant_case *at, const struct computed *computed,
                    struct verdict *verdict);

#endif
