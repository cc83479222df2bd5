/* A block of cases without options through one formulation in this build: what
 * evaluate.c makes of each, without its preparations for each.
 *
 * The formulation is called where it stands in the table of entries, as
 * evaluate.c calls it: a math whose compiler may rearrange operations would make
 * another function of one that it copies into a loop. */
#include "impl/entry.h"

#ifdef REAL_CARRIER /* in builds of numbers */

/* The reduced, stored loss of a case of one part. */
static double block_loss(real part)
{
    return real_value(rstore(sum_of_one(part)));
}

static void elements(const struct entry *entry, const struct case_block *block, double *losses)
{
    real y = real_of(block->label), weight = real_of(1);
    if (entry->signature == SIGNATURE_ID_element)
        for (size_t i = 0; i < block->count; i++)
            losses[i] = block_loss(entry->loss.element(real_of(block->values[i]), y));
    else
        for (size_t i = 0; i < block->count; i++)
            losses[i] =
                block_loss(entry->loss.weighted_element(real_of(block->values[i]), y, weight));
}

/* A batch of one row, which adds up its elements itself. */
static real batch_loss(const struct entry *entry, const real *p, const real *y, size_t C,
                       real *memory)
{
    if (entry->signature == SIGNATURE_ID_batch)
        return entry->loss.batch(p, y, 1, C);
    return entry->loss.batch_with_memory(p, y, 1, C, memory);
}

/* Values and labels of one case at a time, and behind them the formulation's memory. */
static int rows(const struct entry *entry, enum formulation_id id, const struct case_block *block,
                struct workspace *workspace, double *losses, struct error *error)
{
    bool has_rows = problem_has_rows(block->problem);
    size_t n = block->columns;
    real *x = workspace_reserve(workspace, (2 * n + formulation_memory(id, 1, n)) * sizeof(real));
    if (x == NULL)
        return error_no_memory(error);
    real *labels = x + n, *memory = labels + n;
    for (size_t k = 0; k < n; k++)
        labels[k] = real_of(block->label);
    for (size_t i = 0; i < block->count; i++) {
        for (size_t k = 0; k < n; k++)
            x[k] = real_of(block->values[i * n + k]);
        if (has_rows)
            losses[i] = block_loss(entry_row_loss(entry, x, n, block->target, memory));
        else
            losses[i] = real_value(rstore(batch_loss(entry, x, labels, n, memory)));
    }
    return OK;
}

int NAME(evaluate_block)(enum formulation_id id, const struct case_block *block,
                         struct workspace *workspace, double *losses, struct error *error)
{
    const struct entry *entry = &NAME(entries)[id];
    if (entry->signature != SIGNATURE_ID_element &&
        entry->signature != SIGNATURE_ID_weighted_element)
        return rows(entry, id, block, workspace, losses, error);
    elements(entry, block, losses);
    return OK;
}

#endif
