/* Where a hunt begins, and how it goes on from one input to another. */
#ifndef XULP_SWEEP_HUNT_MOVE_H
#define XULP_SWEEP_HUNT_MOVE_H

#include "core/random.h"
#include "sweep/hunt_space.h"

/* Start number `number` of a stream.  Magnitudes go binade by binade: even
 * numbers through every binade of the format, odd ones through those within
 * 2^±(p + HUNT_REACH), in which a sum of two numbers, one of them 1, is neither. */
enum { HUNT_REACH = 16 };

void hunt_start(const struct hunt_space *space, struct random_stream *stream, uint64_t number,
                struct hunt_case *point);

/* One random step from a case of the space to another; `size` is the logarithm
 * of its length in ordinals, 0 … hunt_sizes() − 1. */
void hunt_move(const struct hunt_space *space, struct random_stream *stream, unsigned size,
               struct hunt_case *point);

/* The greatest length leads from one end of the format to the other. */
unsigned hunt_sizes(const struct hunt_space *space);

#endif
