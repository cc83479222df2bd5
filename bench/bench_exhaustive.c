/* One point of an exhaustive run, on one thread: what the formulation takes, and what
 * the exact value, the measurement and the tally take, over blocks of consecutive inputs
 * spread evenly over the domain. */
#include "clock.h"

#include "measure/tally.h"
#include "sweep/exhaustive_block.h"

enum { BLOCKS = 4096 };

struct times {
    double formulation, exact;
    uint64_t points;
};

static void measure_block(const struct exhaustive_unit *unit, struct block *block,
                          struct tally *tally, struct times *times)
{
    struct error error;
    double start = now();
    int code = block_compute(unit, block, &error);
    double between = now();
    block_exact(unit, block);
    if (code == OK)
        code = block_measure(unit, block, &error);
    for (size_t i = 0; i < block->count; i++)
        tally_add_point(tally, (enum result_class)block->measured.class[i],
                        block -> measured.ulp_error[i], times->points + i);
    times->exact += now() - between;
    times->formulation += between - start;
    times->points += block->count;
    if (code != OK)
        fail(&error);
}

/* Pairs of a first value, spread over the domain, and consecutive second ones. */
static void make_pairs(const struct domain *domain, uint64_t b, struct block *block)
{
    double first = domain->list[b * 7919 % domain->values];
    for (size_t i = 0; i < block->count; i++)
        block->values[2 * i] = first;
}

/* Every binade has its share of the blocks. */
static struct times run(const struct exhaustive_unit *unit, const struct domain *domain,
                        struct block *block, struct tally *tally)
{
    struct times times = {0};
    for (size_t s = 0; s < domain->span_count; s++) {
        const struct span *span = &domain->spans[s];
        uint64_t blocks = (uint64_t)span->count * BLOCKS / domain->values;
        for (uint64_t b = 0; b < blocks; b++) {
            uint32_t first = span->first + (uint32_t)((2 * b + 1) * span->count / (2 * blocks));
            uint32_t left = span->first + span->count - first;
            double values[BLOCK_POINTS];
            block->count = left < BLOCK_POINTS ? left : BLOCK_POINTS;
            span_values(domain, span, first, block->count, values);
            for (size_t i = 0; i < block->count; i++)
                block->values[i * domain->columns + domain->columns - 1] = values[i];
            if (domain->columns == 2)
                make_pairs(domain, s * BLOCKS + b, block);
            measure_block(unit, block, tally, &times);
        }
    }
    return times;
}

/* Returns ns a point of the two. */
static struct times bench(const char *formulation, enum format_id format)
{
    const struct exhaustive_unit unit = {.formulation = formulation_find(formulation),
                                         .format = &formats[format],
                                         .math = MATH_canonical,
                                         .label = 1,
                                         .target = 1,
                                         .binades.all = true};
    static struct block block;
    double own[ROUNDS], exact[ROUNDS];
    struct tally tally;
    struct times times;
    struct domain domain;
    struct error error;
    if (domain_make(exhaustive_problem(&unit), unit.format, unit.binades, &domain, &error) != OK)
        fail(&error);
    tally_init(&tally);
    block_begin(&block);
    for (size_t round = 0; round < ROUNDS; round++) {
        times = run(&unit, &domain, &block, &tally);
        own[round] = times.formulation;
        exact[round] = times.exact;
    }
    double ratio = median_ratio(exact, own), points = (double)times.points;
    double together = (median(own) + median(exact)) / points;
    printf("%-20s %-9s %12.2f %12.2f %9.2f %9.1f %14.0f %12.2g %%\n", formulation,
           unit.format->name, 1e9 * median(own) / points, 1e9 * median(exact) / points, ratio,
           1e-6 / together, together * (double)domain.cases,
           100.0 * (double)block.by_mpfr / (points * ROUNDS));
    block_end(&block);
    domain_clear(&domain);
    return (struct times){1e9 * median(own) / points, 1e9 * median(exact) / points, 1};
}

void bench_exhaustive(void)
{
    printf("Exhaustive runs, one thread, over all values: ns a point of the formulation alone, "
           "and of oracle,\nmeasurement and tally; their ratio; together, million points a second, "
           "and seconds for the whole domain\non one thread; the share of points past the fast "
           "path\n\n"
           "%-20s %-9s %12s %12s %9s %9s %14s %14s\n",
           "formulation", "format", "formulation", "exact side", "ratio", "M/s", "whole in s",
           "to MPFR");
    struct times sum = {0};
    for (size_t f = 0; f < formulation_count; f++) {
        if (formulations[f].problem == PROBLEM_bce_prob)
            bench(formulations[f].name, FORMAT_binary32);
        if (formulations[f].problem != PROBLEM_bce_logit)
            continue;
        struct times times = bench(formulations[f].name, FORMAT_binary32);
        sum.formulation += times.formulation;
        sum.exact += times.exact;
        sum.points++;
    }
    printf("%-20s %-9s %12.2f %12.2f %9.2f\n", "mean of bce-logit", "binary32",
           sum.formulation / (double)sum.points, sum.exact / (double)sum.points,
           sum.exact / sum.formulation);
    bench("fused-log-softmax", FORMAT_binary16);
    bench("naive-softmax", FORMAT_bfloat16);
    printf("\n");
}
