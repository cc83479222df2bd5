/* Exhaustive runs.  A chunk is a run of consecutive values in one span of the
 * domain, of pairs some first values with all second ones; its payload is the
 * span's part that it adds. */
#include "sweep/exhaustive.h"

#include "sweep/exhaustive_block.h"

#include <math.h>
#include <stdlib.h>

void exhaustive_part_init(struct exhaustive_part *part)
{
    part->by_mpfr = 0;
    for (size_t size = 0; size < RESULT_SIZES; size++)
        tally_init(&part->results[size]);
}

void exhaustive_part_merge(struct exhaustive_part *into, const struct exhaustive_part *from)
{
    into->by_mpfr += from->by_mpfr;
    for (size_t size = 0; size < RESULT_SIZES; size++)
        tally_merge(&into->results[size], &from->results[size]);
}

void exhaustive_case(const struct exhaustive_unit *unit, uint64_t case_number, double values[2])
{
    uint32_t last = (uint32_t)case_number;
    size_t columns = exhaustive_columns(unit);
    if (columns == 2) {
        values[0] = value_of_encoding(unit->format, last >> 16);
        last &= 0xffff;
    }
    values[columns - 1] = value_of_encoding(unit->format, last);
}

struct input_case exhaustive_input(const struct exhaustive_unit *unit, const double *values)
{
    static const double weight = 1;
    struct input_case input = {
        .problem = exhaustive_problem(unit),
        .reduction = REDUCTION_SUM,
        .rows = 1,
        .columns = exhaustive_columns(unit),
        .values = values,
    };
    if (input.columns == 2)
        input.targets = &unit->target;
    else
        input.labels = &unit->label;
    /* A formulation for weighted positive labels is run with the weight 1. */
    if (input.problem == PROBLEM_bce_logit &&
        !formulation_applies(unit->formulation, unit->format, unit->math, &input))
        input.weights = &weight;
    return input;
}

/* --- one chunk ------------------------------------------------------------------------ */

/* What a thread works with. */
struct worker {
    const struct exhaustive_result *result;
    struct exhaustive_part part;
    double least_normal;
    struct block block;
};

static void *thread_begin(void *context, struct error *error)
{
    struct worker *worker = malloc(sizeof *worker);
    if (worker == NULL) {
        error_no_memory(error);
        return NULL;
    }
    worker->result = context;
    worker->least_normal = format_least_normal(worker->result->unit.format);
    block_begin(&worker->block);
    return worker;
}

static void thread_end(void *thread)
{
    struct worker *worker = thread;
    block_end(&worker->block);
    free(worker);
}

/* Measures the block, whose cases are numbered from first_case on. */
static int add_block(struct worker *worker, uint64_t first_case, struct error *error)
{
    struct block *block = &worker->block;
    int code = chunks_stopped(error);
    if (code == OK)
        code = block_compute(&worker->result->unit, block, error);
    if (code == OK) {
        block_exact(&worker->result->unit, block);
        code = block_measure(&worker->result->unit, block, error);
    }
    for (size_t i = 0; i < block->count && code == OK; i++) {
        bool small = fabs(block->losses[i]) < worker->least_normal;
        tally_add_point(&worker->part.results[small ? RESULT_subnormal : RESULT_normal],
                        (enum result_class)block->measured.class[i], block -> measured.ulp_error[i],
                        first_case + i);
    }
    return code;
}

static int run_elements(struct worker *worker, const struct domain_chunk *chunk,
                        struct error *error)
{
    const struct domain *domain = &worker->result->domain;
    struct block *block = &worker->block;
    int code = OK;
    for (uint32_t done = 0; done < chunk->count && code == OK; done += BLOCK_POINTS) {
        uint32_t rest = chunk->count - done, first = chunk->first + done;
        block->count = rest < BLOCK_POINTS ? rest : BLOCK_POINTS;
        span_values(domain, &domain->spans[chunk->span], first, block->count, block->values);
        code = add_block(worker, first, error);
    }
    return code;
}

/* One first value with every second one. */
static int run_row(struct worker *worker, uint32_t encoding, struct error *error)
{
    const struct domain *domain = &worker->result->domain;
    struct block *block = &worker->block;
    double x = value_of_encoding(domain->format, encoding);
    int code = OK;
    for (size_t r = 0; r < domain->run_count && code == OK; r++) {
        const struct span_run *run = &domain->runs[r];
        for (uint32_t done = 0; done < run->count && code == OK; done += BLOCK_POINTS) {
            uint32_t rest = run->count - done;
            const double *second = domain->list + run->offset + done;
            block->count = rest < BLOCK_POINTS ? rest : BLOCK_POINTS;
            for (size_t i = 0; i < block->count; i++) {
                block->values[2 * i] = x;
                block->values[2 * i + 1] = second[i];
            }
            code = add_block(worker, ((uint64_t)encoding << 16) + run->first + done, error);
        }
    }
    return code;
}

static void write_part(const struct exhaustive_part *part, struct bytes *bytes)
{
    bytes_put_count(bytes, part->by_mpfr);
    for (size_t size = 0; size < RESULT_SIZES; size++)
        tally_write(&part->results[size], bytes);
}

static int compute(void *thread, uint64_t number, struct bytes *payload, struct error *error)
{
    struct worker *worker = thread;
    const struct domain *domain = &worker->result->domain;
    struct domain_chunk chunk = domain_chunk(domain, number);
    int code = OK;
    exhaustive_part_init(&worker->part);
    worker->block.by_mpfr = 0;
    if (domain->columns == 1)
        code = run_elements(worker, &chunk, error);
    for (uint32_t i = 0; i < chunk.count && domain->columns == 2 && code == OK; i++)
        code = run_row(worker, chunk.first + i, error);
    worker->part.by_mpfr = worker->block.by_mpfr;
    if (code == OK)
        write_part(&worker->part, payload);
    return code;
}

static int merge(void *context, uint64_t chunk, struct byte_reader *payload, double *worst,
                 struct error *error)
{
    struct exhaustive_result *result = context;
    struct exhaustive_part part;
    (void)error;
    part.by_mpfr = bytes_take_count(payload);
    for (size_t size = 0; size < RESULT_SIZES; size++) {
        tally_read(&part.results[size], payload);
        *worst = fmax(*worst, part.results[size].worst.ulp_error);
    }
    if (!payload->failed)
        exhaustive_part_merge(&result->parts[domain_chunk(&result->domain, chunk).span], &part);
    return OK;
}

static uint64_t points(const void *context, uint64_t chunk)
{
    const struct exhaustive_result *result = context;
    return domain_chunk_cases(&result->domain, chunk);
}

/* --- the whole ------------------------------------------------------------------------- */

static struct chunk_job chunk_job(struct exhaustive_result *result)
{
    return (struct chunk_job){
        .text = result->job,
        .count = result->domain.chunks,
        .context = result,
        .thread_begin = thread_begin,
        .thread_end = thread_end,
        .compute = compute,
        .merge = merge,
        .points = points,
    };
}

int exhaustive_run(const struct chunk_store *store, struct exhaustive_result *result,
                   struct error *error)
{
    const struct chunk_job job = chunk_job(result);
    return chunks_run(&job, store, error);
}

int exhaustive_collect(char *const *directories, size_t count, struct exhaustive_result *result,
                       struct error *error)
{
    const struct chunk_job job = chunk_job(result);
    return chunks_collect(&job, directories, count, error);
}
