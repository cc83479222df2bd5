/* A block of points.  Every class and every error is certified: what is said of a
 * point is what oracle_certify() and measure() say of it. */
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

/* The formulation's losses. */
static int compute_losses(const struct exhaustive_unit *unit, struct block *block,
                          struct error *error)
{
    size_t columns = exhaustive_columns(unit);
    int code = OK;
    for (size_t i = 0; i < block->count && code == OK; i++) {
        const struct input_case input = exhaustive_input(unit, block->values + i * columns);
        code = formulation_loss(unit->formulation, unit->format, unit->math, &input,
                                &block->workspace, &block->losses[i], error);
    }
    return code;
}

int block_measure(const struct exhaustive_unit *unit, struct block *block, struct error *error)
{
    size_t columns = exhaustive_columns(unit);
    int code = compute_losses(unit, block, error);
    for (size_t i = 0; i < block->count && code == OK; i++) {
        struct measurement measurement = {0};
        code = block_point(unit, block->values + i * columns, block->losses[i], &block->enclosure,
                           &measurement, error);
        block->classes[i] = (uint8_t)measurement.class;
        block->ulp_errors[i] = measurement.ulp_error;
        block->by_mpfr++;
    }
    return code;
}
