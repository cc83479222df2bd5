/* Rows of exhaustive runs.
 *
 * The run tells cases apart by an error that may be known to 2^−10 ulp only; here the
 * case that it chose is measured by oracle_certify() and measure(), to 2^−20. */
#include "report/exhaustive_row.h"

#include "sweep/case_store.h"
#include "sweep/exhaustive_block.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

static int name_case(const struct exhaustive_unit *unit, uint64_t number, struct block *block,
                     struct named_case *named, struct error *error)
{
    double values[2], got;
    named->number = number;
    if (number == NO_CASE)
        return OK;
    exhaustive_case(unit, number, values);
    const struct input_case input = exhaustive_input(unit, values);
    int code = formulation_loss(unit->formulation, unit->format, unit->math, &input,
                                &block->workspace, &got, error);
    if (code == OK)
        code = block_point(unit, values, got, &block->enclosure, &named->measurement, error);
    if (code != OK)
        return code;
    named->kappa = oracle_condition(&input, &block->enclosure);
    named->input = case_arguments(&input, unit->format, INT_MAX);
    return named->input == NULL ? error_no_memory(error) : OK;
}

int exhaustive_row_make(const struct exhaustive_unit *unit, const struct exhaustive_part *part,
                        struct exhaustive_row *row, struct error *error)
{
    *row = (struct exhaustive_row){.by_mpfr = part->by_mpfr};
    struct block *block = calloc(1, sizeof *block);
    if (block == NULL)
        return error_no_memory(error);
    block_begin(block);
    tally_init(&row->all);
    int code = OK;
    for (size_t size = 0; size < RESULT_SIZES && code == OK; size++) {
        const struct tally *tally = &part->results[size];
        tally_merge(&row->all, tally);
        code = name_case(unit, tally->worst_case, block, &row->worst_by_size[size], error);
    }
    if (code == OK)
        code = name_case(unit, row->all.worst_case, block, &row->worst, error);
    if (code == OK)
        code = name_case(unit, row->all.failure_case, block, &row->failure, error);
    block_end(block);
    free(block);
    return code;
}

void exhaustive_row_clear(struct exhaustive_row *row)
{
    free(row->worst.input);
    free(row->failure.input);
    for (size_t size = 0; size < RESULT_SIZES; size++)
        free(row->worst_by_size[size].input);
}

double exhaustive_row_share(const struct exhaustive_row *row)
{
    uint64_t cases = tally_cases(&row->all);
    return cases == 0 ? 0 : (double)row->by_mpfr / (double)cases;
}
