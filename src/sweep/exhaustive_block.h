/* A block of points through a formulation and the exact side: the inner loop of
 * exhaustive runs. */
#ifndef XULP_SWEEP_EXHAUSTIVE_BLOCK_H
#define XULP_SWEEP_EXHAUSTIVE_BLOCK_H

#include "impl/impl.h"
#include "measure/measure.h"
#include "measure/quick_measure.h"
#include "sweep/exhaustive.h"

enum { BLOCK_POINTS = QUICK_BLOCK };

/* Points and what comes of them; kept by a thread from block to block. */
struct block {
    size_t count;
    double values[2 * BLOCK_POINTS]; /* count × columns of the domain */
    double losses[BLOCK_POINTS];
    struct quick_block exact; /* as far as the fast path has them */
    struct quick_measured measured;
    uint64_t by_mpfr; /* points that went past the fast path, of all blocks so far */
    struct workspace workspace;
    struct enclosure enclosure;
};

void block_begin(struct block *block);
void block_end(struct block *block);

/* Fills losses and what is measured of the block's points, in steps. */
int block_compute(const struct exhaustive_unit *unit, struct block *block, struct error *error);
void block_exact(const struct exhaustive_unit *unit, struct block *block);
int block_measure(const struct exhaustive_unit *unit, struct block *block, struct error *error);

/* One point by the oracle that decides everything; *got is the formulation's
 * result.  The enclosure is that of the point. */
int block_point(const struct exhaustive_unit *unit, const double *values, double got,
                struct enclosure *enclosure, struct measurement *measurement, struct error *error);

#endif
