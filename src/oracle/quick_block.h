/* Exact values of many cases at once: for whole formats (xulp exhaustive). */
#ifndef XULP_ORACLE_QUICK_BLOCK_H
#define XULP_ORACLE_QUICK_BLOCK_H

#include <stddef.h>

enum { QUICK_BLOCK = 512 };

/* Smaller values are not taken from the fast path, unless all that matters is how
 * small they are: below it the error of a product may underflow, and a build with
 * an fma find another one than a build without. */
#define QUICK_LEAST     0x1p-900
#define QUICK_LEAST_LOW 0x1p-980 /* likewise of low parts */

/* The exact loss v of case i: |v − (hi + lo)| ≤ radius and v > 0.  An infinite
 * radius: not known here, ask oracle_certify().  0, 0, 0: 0 < v < 2^−1100. */
struct quick_block {
    double hi[QUICK_BLOCK], lo[QUICK_BLOCK], radius[QUICK_BLOCK];
};

/* Binary cross-entropy of count ≤ QUICK_BLOCK logits x, or probabilities p, with the
 * label 0 or 1. */
void quick_block_bce_logit(const double *x, double label, size_t count, struct quick_block *v);
void quick_block_bce_prob(const double *p, double label, size_t count, struct quick_block *v);

/* Softmax cross-entropy of the rows (x0, x1) with that target, 0 or 1. */
void quick_block_softmax_ce_2(const double *x0, const double *x1, size_t target, size_t count,
                              struct quick_block *v);

#endif
