/* Counter-based random numbers: the n-th draw of a stream is a pure function
 * of (seed, stream, n), so that case i needs no case before it. */
#ifndef XULP_CORE_RANDOM_H
#define XULP_CORE_RANDOM_H

#include "core/format.h"

#include <stdint.h>

struct random_stream {
    uint64_t seed;
    uint64_t stream; /* one per case */
    uint64_t drawn;
};

struct random_stream random_stream(uint64_t seed, uint64_t stream);

/* The next 64 random bits. */
uint64_t random_bits(struct random_stream *stream);

/* An integer in [0, bound), bound ≥ 1; bias below bound·2^−64. */
uint64_t random_below(struct random_stream *stream, uint64_t bound);

/* Uniform in [0, 1): a multiple of 2^−53. */
double random_unit(struct random_stream *stream);

/* The block function itself, for its known answers. */
void philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#endif
