/* A block of points.  Every class and every error is certified: by the fast path, or
 * by oracle_certify() and measure() where it leaves a point open. */
#include "sweep/exhaustive_block.h"

#include "oracle/oracle.h"

void block_begin(struct block *block)
{
    block->by_mpfr = 0;
    block->workspace = (struct workspace){0};
    enclosure_init(&block->enclosure);
}

void block_end(struct block *block)
{
    workspace_clear(&block->workspace);
    enclosure_clear(&block->enclosure);
    oracle_thread_done();
}

int block_point(const struct exhaustive_unit *unit, const double *values, double got,
                struct enclosure *enclosure, struct measurement *measurement, struct error *error)
{
    const struct format *format = unit->format;
    const struct input_case input = exhaustive_input(unit, values);
    int code = oracle_certify(&input, quantity_loss(0), format, enclosure, error);
    while (code == OK && !measure(enclosure, format, got, measurement))
        code = oracle_refine(&input, quantity_loss(0), enclosure, error);
    return code;
}

int block_compute(const struct exhaustive_unit *unit, struct block *block, struct error *error)
{
    const struct case_block cases = {
        .problem = exhaustive_problem(unit),
        .count = block->count,
        .columns = exhaustive_columns(unit),
        .values = block->values,
        .label = unit->label,
        .target = unit->target,
    };
    return formulation_block(unit->formulation, unit->format, unit->math, &cases, &block->workspace,
                             block->losses, error);
}

static void exact_pairs(const struct exhaustive_unit *unit, struct block *block)
{
    double first[BLOCK_POINTS], second[BLOCK_POINTS];
    for (size_t i = 0; i < block->count; i++) {
        first[i] = block->values[2 * i];
        second[i] = block->values[2 * i + 1];
    }
    quick_block_softmax_ce_2(first, second, unit->target, block->count, &block->exact);
}

void block_exact(const struct exhaustive_unit *unit, struct block *block)
{
    enum problem_id problem = exhaustive_problem(unit);
    if (problem == PROBLEM_softmax_ce)
        exact_pairs(unit, block);
    else if (problem == PROBLEM_bce_logit)
        quick_block_bce_logit(block->values, unit->label, block->count, &block->exact);
    else
        quick_block_bce_prob(block->values, unit->label, block->count, &block->exact);
}

/* What the fast path leaves open. */
static int measure_open(const struct exhaustive_unit *unit, struct block *block, size_t i,
                        struct error *error)
{
    struct measurement measurement = {0};
    int code = block_point(unit, block->values + i * exhaustive_columns(unit), block->losses[i],
                           &block->enclosure, &measurement, error);
    block->measured.class[i] = (uint8_t)measurement.class;
    block->measured.ulp_error[i] = measurement.ulp_error;
    block->by_mpfr++;
    return code;
}

int block_measure(const struct exhaustive_unit *unit, struct block *block, struct error *error)
{
    int code = OK;
    quick_measure_block(&block->exact, unit->format, block->losses, block->count, &block->measured);
    for (size_t i = 0; i < block->count && code == OK; i++)
        if (block->measured.class[i] == QUICK_OPEN)
            code = measure_open(unit, block, i, error);
    return code;
}
