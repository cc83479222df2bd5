/* Every input of a domain through one formulation, each result certified: what
 * comes out holds for the whole domain and not for a sample. */
#ifndef XULP_SWEEP_EXHAUSTIVE_H
#define XULP_SWEEP_EXHAUSTIVE_H

#include "impl/impl.h"
#include "measure/tally.h"
#include "sweep/chunks.h"
#include "sweep/exhaustive_domain.h"

/* One formulation in one format with one label or target: a job of its own. */
struct exhaustive_unit {
    size_t formulation;
    const struct format *format;
    enum math_id math;
    double label;  /* bce-logit, bce-prob: 0 or 1 */
    size_t target; /* softmax-ce: 0 or 1 */
    struct binades binades;
};

static inline enum problem_id exhaustive_problem(const struct exhaustive_unit *unit)
{
    return formulations[unit->formulation].problem;
}

/* Two logits, or one element. */
static inline size_t exhaustive_columns(const struct exhaustive_unit *unit)
{
    return exhaustive_problem(unit) == PROBLEM_softmax_ce ? 2 : 1;
}

/* BAD_INPUT where there is no such run: another problem, a format too wide, a
 * formulation that wants options, binades that the format has not. */
int exhaustive_check(const struct exhaustive_unit *unit, struct error *error);

/* Sorts units into the order of the tables, by formulation, format, math, label or
 * target, and drops those that are there twice; returns how many are left. */
size_t exhaustive_sort(struct exhaustive_unit *units, size_t count);

/* Whether a result is a normal number, or a failure; or subnormal, or 0. */
enum result_size { RESULT_normal, RESULT_subnormal, RESULT_SIZES };

/* What is known of a span. */
struct exhaustive_part {
    struct tally results[RESULT_SIZES]; /* case numbers as struct domain has them */
    uint64_t by_mpfr;                   /* cases that MPFR decided */
};

void exhaustive_part_init(struct exhaustive_part *part);
void exhaustive_part_merge(struct exhaustive_part *into, const struct exhaustive_part *from);

struct exhaustive_result {
    struct exhaustive_unit unit;
    struct domain domain;
    char *job;                     /* what all this depends on */
    struct exhaustive_part *parts; /* one for each span of the domain */
};

/* Nothing known yet.  Clear it afterwards, whether this failed or not. */
int exhaustive_result_make(const struct exhaustive_unit *unit, struct exhaustive_result *result,
                           struct error *error);
void exhaustive_result_clear(struct exhaustive_result *result);

/* Runs the chunks of the store's shard; the result is merged from them. */
int exhaustive_run(const struct chunk_store *store, struct exhaustive_result *result,
                   struct error *error);

/* Merges the chunks that logs hold: all of them, or an error. */
int exhaustive_collect(char *const *directories, size_t count, struct exhaustive_result *result,
                       struct error *error);

/* The unit of a job's text; false where it is a job of another kind. */
bool exhaustive_parse(const char *job, struct exhaustive_unit *unit);

/* The case of so many values: it points to them, and into the unit. */
struct input_case exhaustive_input(const struct exhaustive_unit *unit, const double *values);

/* The values of a case number. */
void exhaustive_case(const struct exhaustive_unit *unit, uint64_t case_number, double values[2]);

#endif
