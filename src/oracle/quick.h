/* The fast path in front of MPFR: exact values as balls of double-doubles, made
 * in a fraction of a microsecond and given only where the ball is small enough.
 *
 * The sources quick_rows.c, quick_loss.c, quick_gradient.c and quick_block.c are compiled once for
 * each instruction set that the processor may have (the Makefile's QUICK_BUILDS;
 * -DQUICK_BUILD names it) and chosen at run time.  All builds give the same bytes: no
 * contraction, every rounding is written, and a product's error is the same
 * number whether an fma or Dekker's algorithm finds it. */
#ifndef XULP_ORACLE_QUICK_H
#define XULP_ORACLE_QUICK_H

#include "core/problem.h"
#include "oracle/ball.h"
#include "oracle/oracle.h"
#include "oracle/quick_block.h"
#include "oracle/quick_builds.h"

enum {
    QUICK_FARTHEST = 660,    /* e^−d is computed for d up to this: dd_log1p takes 2^−960 */
    QUICK_VANISHING = 780,   /* n·e^−d < n·2^−1125 ≤ 2^−1100 beyond it, for n ≤ 2^25 */
    QUICK_LONGEST = 1 << 25, /* columns */
};

/* Above every e^−d that is not computed: e^−660 < 2^−952. */
#define QUICK_LEFT_OUT 0x1p-952

/* A row of logits about the first of its greatest numbers. */
struct quick_row {
    const double *x;
    size_t columns;
    size_t top;       /* where the greatest stands first */
    double nearest;   /* the least distance of another logit from it; ∞: there is none */
    struct ball rest; /* S = Σ_{k ≠ top} e^{x_k − x_top} */
};

/* What the builds have: the value of a quantity, losses or gradients of any case. */
typedef bool quick_loss_function(const struct input_case *input, size_t first, size_t last,
                                 struct approximation *value);
typedef bool quick_gradient_function(const struct input_case *input, size_t row,
                                     struct approximation *components);

typedef void quick_element_function(const double *x, double label, size_t count,
                                    struct quick_block *v);
typedef void quick_pair_function(const double *x0, const double *x1, size_t target, size_t count,
                                 struct quick_block *v);

quick_loss_function QUICK(quick_loss);
quick_gradient_function QUICK(quick_gradient);
quick_element_function QUICK(quick_block_bce_logit), QUICK(quick_block_bce_prob);
quick_pair_function QUICK(quick_block_softmax_ce_2);

struct quick_build {
    const char *name;
    quick_loss_function *loss;
    quick_gradient_function *gradient;
    quick_element_function *bce_logit, *bce_prob;
    quick_pair_function *softmax_ce_2;
};

/* The builds that this processor runs, the fastest first; at most QUICK_BUILDS_MOST. */
size_t quick_builds(const struct quick_build *builds[]);

#endif
