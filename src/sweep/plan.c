/* Numbering the cases of an experiment. */
#include "sweep/plan.h"

#include "impl/impl.h"
#include "sweep/family.h"

#include <stdlib.h>

static int plan_literal(const struct experiment *experiment, struct segment *segment,
                        struct error *error)
{
    segment->cases = segment->sweep->cases_count;
    segment->bins = segment->sweep->cases_count;
    struct case_store store = {0};
    int code = OK;
    for (uint64_t i = 0; i < segment->cases && code == OK; i++)
        code = literal_case(experiment, segment, i, &store, error);
    case_store_clear(&store);
    return code;
}

/* A segment of no cases where the sweep is not of the format. */
static int plan_segment(const struct experiment *experiment, struct segment *segment,
                        struct error *error)
{
    const struct sweep *sweep = segment->sweep;
    if (!sweep_has_format(sweep, segment->format))
        return OK;
    if (sweep->family == FAMILY_literal)
        return plan_literal(experiment, segment, error);
    int code = axis_plan_make(&sweep->axis, segment->format, &segment->axis, error);
    if (code == OK && sweep->base != NULL)
        code = number_list_parse(segment->format, "base", sweep->base, &segment->base, error);
    const char *weights =
        sweep->options.weights != NULL ? sweep->options.weights : sweep->options.pos_weight;
    if (code == OK && weights != NULL)
        code = number_list_parse(segment->format, "weights", weights, &segment->weights, error);
    segment->cases = segment->axis.count;
    segment->bins = segment->axis.bins;
    return code;
}

static size_t position_of(const struct experiment *experiment, const char *name)
{
    size_t index = formulation_find(name), f = 0;
    while (f < experiment->formulations_count - 1 && experiment->formulations[f] != index)
        f++;
    return f; /* experiment_load() checked that it is there */
}

static int plan_pairs(struct plan *plan, struct error *error)
{
    const struct experiment *experiment = plan->experiment;
    if (experiment->pairs_count == 0)
        return OK;
    plan->pairs = calloc(experiment->pairs_count, sizeof *plan->pairs);
    if (plan->pairs == NULL)
        return error_no_memory(error);
    for (uint32_t p = 0; p < experiment->pairs_count; p++) {
        plan->pairs[p].first = position_of(experiment, experiment->pairs[p].first);
        plan->pairs[p].second = position_of(experiment, experiment->pairs[p].second);
    }
    return OK;
}

int plan_make(const struct experiment *experiment, struct plan *plan, struct error *error)
{
    size_t count = (size_t)experiment->formats_count * experiment->sweeps_count;
    *plan = (struct plan){.experiment = experiment};
    plan->segments = calloc(count, sizeof *plan->segments);
    if (plan->segments == NULL)
        return error_no_memory(error);
    plan->segment_count = count;
    for (size_t s = 0; s < count; s++) {
        struct segment *segment = &plan->segments[s];
        segment->format = experiment->formats[s / experiment->sweeps_count];
        segment->sweep = &experiment->sweeps[s % experiment->sweeps_count];
        segment->first_case = plan->cases;
        segment->first_bin = plan->bins;
        int code = plan_segment(experiment, segment, error);
        if (code != OK) {
            plan_clear(plan);
            return code;
        }
        plan->cases += segment->cases;
        plan->bins += segment->bins;
    }
    int code = plan_pairs(plan, error);
    if (code != OK)
        plan_clear(plan);
    return code;
}

void plan_clear(struct plan *plan)
{
    for (size_t s = 0; s < plan->segment_count; s++) {
        axis_plan_clear(&plan->segments[s].axis);
        number_list_clear(&plan->segments[s].base);
        number_list_clear(&plan->segments[s].weights);
    }
    free(plan->segments);
    free(plan->pairs);
    *plan = (struct plan){0};
}

static const struct segment *segment_of(const struct plan *plan, uint64_t i)
{
    const struct segment *segment = plan->segments;
    while (i >= segment->first_case + segment->cases)
        segment++;
    return segment;
}

int plan_case(const struct plan *plan, uint64_t i, struct case_store *store, struct place *place,
              struct error *error)
{
    const struct segment *segment = segment_of(plan, i);
    uint64_t within = i - segment->first_case;
    place->segment = segment;
    if (segment->sweep->family == FAMILY_literal) {
        place->bin = (uint32_t)within;
        place->axis_value = (double)within;
        return literal_case(plan->experiment, segment, within, store, error);
    }
    struct random_stream stream = random_stream(plan->experiment->seed, i);
    double v = axis_value(&segment->axis, within, &stream);
    place->axis_value = v;
    place->bin = axis_bin(&segment->axis, within, v);
    return family_case(segment->sweep->problem, segment, segment->sweep->axis.negative ? -v : v,
                       &stream, store, error);
}

struct window plan_whole(const struct plan *plan)
{
    return (struct window){0, plan->segment_count, 0, plan->bins};
}

static struct bin_range bin_range(const struct segment *segment, uint64_t i)
{
    uint64_t within = i - segment->first_case;
    if (segment->sweep->family == FAMILY_literal)
        return (struct bin_range){(uint32_t)within, (uint32_t)within};
    return axis_bin_range(&segment->axis, within);
}

struct window plan_window(const struct plan *plan, uint64_t first, uint64_t last)
{
    const struct segment *from = segment_of(plan, first), *to = segment_of(plan, last - 1);
    size_t first_bin = from->first_bin + bin_range(from, first).first;
    size_t last_bin = to->first_bin + bin_range(to, last - 1).last;
    return (struct window){
        .first_segment = (size_t)(from - plan->segments),
        .segments = (size_t)(to - from) + 1,
        .first_bin = first_bin,
        .bins = last_bin - first_bin + 1,
    };
}
