/* Arguments of the kernels: of all sizes, at the edges of their reductions, and
 * in the corners of their domains.  Argument i is a function of (kernel, i). */
#ifndef XULP_TESTS_KERNEL_ARGUMENTS_H
#define XULP_TESTS_KERNEL_ARGUMENTS_H

#include "core/random.h"
#include "kernel_reference.h"

enum { ARGUMENT_SEED = 4107 };

static inline double between(struct random_stream *draws, double low, double high)
{
    return low + (high - low) * random_unit(draws);
}

static inline double sign(struct random_stream *draws)
{
    return random_below(draws, 2) ? 1 : -1;
}

/* The significand of 53 bits at random, exponent in [least, most]. */
static inline double of_binade(struct random_stream *draws, int least, int most)
{
    int exponent = least + (int)random_below(draws, (uint64_t)(most - least + 1));
    return ldexp(1 + random_unit(draws), exponent);
}

/* x moved by up to four places. */
static inline double about(struct random_stream *draws, double x)
{
    int steps = (int)random_below(draws, 5);
    double toward = sign(draws) * INFINITY;
    while (steps-- > 0)
        x = nextafter(x, toward);
    return x;
}

/* With a low part: none, or up to half a unit in the last place. */
static inline struct double_double with_low_part(struct random_stream *draws, double hi)
{
    double lo = random_below(draws, 4) == 0 ? 0 : hi * 0x1p-53 * between(draws, -1, 1);
    return two_sum(hi, lo);
}

/* −708 ≤ x ≤ 708, 0 among them. */
static inline struct double_double exponent_argument(struct random_stream *draws, uint64_t i)
{
    static const double corners[] = {0, 708, -708, -670, 670, 1, -1, 0x1p-960, -0x1p-960, 0x1p-120};
    const double step = 0x1.62e42fefa39efp-8; /* ln 2/128 */
    switch (i % 8) {
    case 0:
    case 1:
        return with_low_part(draws, between(draws, -708, 708));
    case 2:
        return with_low_part(draws, between(draws, -1, 1));
    case 3:
        return with_low_part(draws, sign(draws) * of_binade(draws, -960, 8));
    case 4: /* between two k */
        return with_low_part(draws,
                             about(draws, (rint(between(draws, -130000, 130000)) + 0.5) * step));
    case 5: /* r about 0 */
        return with_low_part(draws, about(draws, rint(between(draws, -1000, 1000)) * step));
    case 6: /* k = 0 */
        return with_low_part(draws, between(draws, -step / 2, step / 2));
    default: {
        double x = corners[random_below(draws, sizeof corners / sizeof *corners)];
        double moved = about(draws, x);
        return with_low_part(draws, fabs(moved) > 708 || fabs(moved) < 0x1p-960 ? x : moved);
    }
    }
}

/* The edge of a bin of log's table, in [1/√2, √2]. */
static inline double bin_edge(struct random_stream *draws)
{
    int k = (int)random_below(draws, 257);
    return k < 150 ? (2 * (362 + k) - 1) / 1024.0 : (2 * (106 + k) - 1) / 512.0;
}

/* −1 + 2^−1022 ≤ f ≤ 2^1000, 0 among them. */
static inline struct double_double logarithm_argument(struct random_stream *draws, uint64_t i)
{
    static const double corners[] = {0, 0x1p1000, 0x1p-960, -0x1p-960, 0x1p-9, -0x1p-10, 0x1p-120};
    switch (i % 9) {
    case 0:
        return with_low_part(draws, of_binade(draws, 0, 999));
    case 1:
        return with_low_part(draws, between(draws, -1, 1));
    case 2:
        return with_low_part(draws, sign(draws) * of_binade(draws, -960, -1));
    case 3: /* between two bins, E = 0 */
        return with_low_part(draws, about(draws, bin_edge(draws)) - 1);
    case 4: /* and of any size */
        return two_sum(about(draws, bin_edge(draws)) * ldexp(1, (int)random_below(draws, 1000)),
                       -1);
    case 5: /* a probability less 1 */
        return two_sum(of_binade(draws, -1022, -1), -1);
    case 6: /* in the middle bin and next to it */
        return with_low_part(draws, between(draws, -0x1p-8, 0x1p-7));
    case 7: /* just above −1 */
        return two_sum(-1, of_binade(draws, -60, -50));
    default:
        return with_low_part(
            draws, about(draws, corners[random_below(draws, sizeof corners / sizeof *corners)]));
    }
}

static inline bool in_domain(size_t kernel, struct double_double x)
{
    bool tiny = fabs(x.hi) < 0x1p-960 && x.hi != 0;
    if (kernel == LOG1P)
        return !tiny && (x.hi > -1 || x.lo >= 0x1p-1022) && x.hi <= 0x1p1000;
    return !tiny && fabs(x.hi) <= 708;
}

static inline struct double_double kernel_argument(size_t kernel, uint64_t i)
{
    struct random_stream draws = random_stream(ARGUMENT_SEED, i);
    struct double_double x;
    do {
        x = kernel == LOG1P ? logarithm_argument(&draws, i) : exponent_argument(&draws, i);
    } while (!in_domain(kernel, x));
    return x;
}

#endif
