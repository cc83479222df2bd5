/* A-priori bounds on the error of a formulation, from its inputs alone. */
#ifndef XULP_THEORY_BOUNDS_H
#define XULP_THEORY_BOUNDS_H

#include "core/format.h"
#include "core/problem.h"
#include "impl/impl.h"
#include "measure/measure.h"

#include <stdbool.h>

/* What the bounds need to know of a row of logits. */
struct theory_row {
    bool there; /* one row of finite numbers, hard target, no options */
    size_t n;
    double maximum, least; /* m = max x_k, min x_k */
    double magnitude;      /* max |x_k| */
    double target;         /* x_t; m where there is no target */
    size_t maxima;         /* how often m occurs */
    double others;         /* s = Σ e^{x_k−m} over all k but one at the maximum */
    double weighted;       /* Σ (m − x_k)e^{x_k−m} */
    double log_sum;        /* log(1 + s) */
    double lse;            /* m + log(1 + s) */
};

struct theory_row theory_row(const struct input_case *input);

/* Bounds on |got − v|; NaN where none applies: outside the hypotheses, or
 * where nobody has derived one. */
struct bound {
    double proven;  /* holds for the operations as written, every one of them */
    double printed; /* as the paper prints it, to first order, c·u/(1 − c·u) for c·u */
};

/* Of formulations[f] in a format, canonical elementary functions, for a row
 * whose exact value is v (in binary64). */
struct bound theory_bound(size_t f, const struct format *format, const struct theory_row *row,
                          double v);

/* A bound on |Σ_t f_t − 1| of the components f_t of a softmax, each by formulations[f]
 * for the same row; NaN where one of them has no proven bound. */
double theory_softmax_sum_bound(size_t f, const struct format *format,
                                const struct input_case *input);

/* Whether a result is a finding: further from the exact value than the bound
 * allows, or no number at all.  A bound that is NaN allows everything. */
bool theory_beyond(double bound, const struct measurement *measurement);

#endif
