/* Philox4x32-10: Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy
 * as 1, 2, 3 (SC 2011).  Multipliers and Weyl constants are the paper's. */
#include "core/random.h"

void philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = UINT64_C(0xD2511F53) * c0;
        uint64_t product1 = UINT64_C(0xCD9E8D57) * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

struct random_stream random_stream(uint64_t seed, uint64_t stream)
{
    return (struct random_stream){.seed = seed, .stream = stream, .drawn = 0};
}

uint64_t random_bits(struct random_stream *stream)
{
    uint64_t n = stream->drawn++;
    const uint32_t counter[4] = {(uint32_t)n, (uint32_t)(n >> 32), (uint32_t)stream->stream,
                                 (uint32_t)(stream->stream >> 32)};
    const uint32_t key[2] = {(uint32_t)stream->seed, (uint32_t)(stream->seed >> 32)};
    uint32_t out[4];
    philox4x32_10(counter, key, out);
    return (uint64_t)out[1] << 32 | out[0];
}

uint64_t random_below(struct random_stream *stream, uint64_t bound)
{
    return (uint64_t)(((unsigned __int128)random_bits(stream) * bound) >> 64);
}

double random_unit(struct random_stream *stream)
{
    return (double)(random_bits(stream) >> 11) * 0x1p-53;
}
