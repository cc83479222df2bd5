/* Sums whose order is a choice of the context (impl_context.summation).
 *
 *     struct sum sum;
 *     sum_start(&sum, n);                  n, or more, terms will come
 *     for (…) sum_add(&sum, term);
 *     real total = sum_total(&sum);
 *
 * Additions round to the format of accumulation, the total once more to that of
 * the computation.  u is the unit roundoff of accumulation, s = Σ|terms|:
 *
 *   left      ((t₁ + t₂) + t₃) + …: error ≤ (n − 1)u·s (Higham 2002, 4.2)
 *   pairwise  halves added, by a binary counter of partial sums of 2^k terms:
 *             ≤ ⌈log₂ n⌉u·s where n is a power of 2, ≤ 2⌈log₂ n⌉u·s otherwise
 *             (Higham 2002, 4.6)
 *   cascade   eight levels; level j is added to level j + 1 after 2^b terms of
 *             its own, b = max(4, ⌈log₂ n⌉/8): PyTorch, aten/src/ATen/native/
 *             LossNLL.cpp.  ≤ (8·2^b + 8)u·s
 *   neumaier  Kahan–Neumaier: what each addition loses is added up beside
 *             (Neumaier, ZAMM 54, 1974): ≤ u·|Σ| + n²u²·s
 */
#ifndef XULP_IMPL_SUM_H
#define XULP_IMPL_SUM_H

#include "impl/real.h"

enum { SUM_LEVELS = 64, CASCADE_LEVELS = 8, LEAST_LEVEL_POWER = 4 };

struct sum {
    uint64_t count;  /* of terms so far */
    int level_power; /* b of the cascade */
    real level[SUM_LEVELS];
};

/* By address: a sum by value would be copied with all its levels. */
static inline void sum_start(struct sum *sum, size_t n)
{
    sum->count = 0;
    int log2_n = n > 1 ? 64 - __builtin_clzll((unsigned long long)n - 1) : 0;
    sum->level_power =
        log2_n / CASCADE_LEVELS > LEAST_LEVEL_POWER ? log2_n / CASCADE_LEVELS : LEAST_LEVEL_POWER;
    if (impl_context.summation == SUMMATION_cascade)
        for (int j = 0; j < CASCADE_LEVELS; j++)
            sum->level[j] = real_of(0);
    sum->level[1] = real_of(0); /* what neumaier lost */
}

/* Level k holds the sum of 2^k terms where bit k of the count is set. */
static inline void sum_add_pairwise(struct sum *sum, real term)
{
    int k = 0;
    for (uint64_t carry = sum->count; carry & 1; carry >>= 1)
        term = racc(sum->level[k++], term);
    sum->level[k] = term;
}

static inline void sum_add_cascade(struct sum *sum, real term)
{
    uint64_t mask = (UINT64_C(1) << sum->level_power) - 1;
    sum->level[0] = racc(sum->level[0], term);
    for (int j = 0; j + 1 < CASCADE_LEVELS; j++) {
        if ((sum->count & mask << (j * sum->level_power)) != 0)
            break;
        sum->level[j + 1] = racc(sum->level[j + 1], sum->level[j]);
        sum->level[j] = real_of(0);
    }
}

static inline void sum_add_neumaier(struct sum *sum, real term)
{
    real old = sum->level[0], total = racc(old, term);
    bool term_is_larger = rless(rabs(old), rabs(term));
    real larger = term_is_larger ? term : old, smaller = term_is_larger ? old : term;
    real lost = racc(racc(larger, rneg(total)), smaller); /* exact (Dekker 1971) */
    sum->level[1] = racc(sum->level[1], lost);
    sum->level[0] = total;
}

static inline void sum_add(struct sum *sum, real term)
{
    if (impl_context.summation == SUMMATION_pairwise)
        sum_add_pairwise(sum, term);
    else if (impl_context.summation == SUMMATION_cascade)
        sum_add_cascade(sum, term);
    else if (sum->count == 0)
        sum->level[0] = term;
    else if (impl_context.summation == SUMMATION_neumaier)
        sum_add_neumaier(sum, term);
    else
        sum->level[0] = racc(sum->level[0], term);
    sum->count++;
}

/* The partial sums of the binary counter, the shortest first. */
static inline real sum_pairwise_levels(const struct sum *sum)
{
    int k = __builtin_ctzll(sum->count);
    real total = sum->level[k++];
    for (uint64_t rest = sum->count >> k; rest != 0; rest >>= 1, k++)
        if (rest & 1)
            total = racc(sum->level[k], total);
    return total;
}

static inline real sum_total(const struct sum *sum)
{
    if (sum->count == 0)
        return real_of(0);
    real total = sum->level[0];
    if (impl_context.summation == SUMMATION_pairwise)
        total = sum_pairwise_levels(sum);
    else if (impl_context.summation == SUMMATION_cascade)
        for (int j = 1; j < CASCADE_LEVELS; j++)
            total = racc(total, sum->level[j]);
    else if (impl_context.summation == SUMMATION_neumaier)
        total = racc(total, sum->level[1]);
    return rround(total);
}

/* What sum_total() makes of one term: the orders that start from 0 add it to 0, which takes
 * the sign of −0. */
static inline real sum_of_one(real term)
{
    bool from_0 =
        impl_context.summation == SUMMATION_cascade || impl_context.summation == SUMMATION_neumaier;
    return rround(from_0 ? racc(real_of(0), term) : term);
}

#endif
