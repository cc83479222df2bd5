/* The checks of a provenance: it has a source, its models are formulations
 * that the experiment runs, and its component is one that every case has. */
#include "core/number.h"
#include "impl/impl.h"
#include "sweep/experiment_check.h"

static const yaml_node_t *value(const struct sweep_place *at, const char *key)
{
    return yaml_file_value(at->file, at->node, key);
}

static bool is_run(const struct experiment *experiment, size_t formulation)
{
    for (uint32_t f = 0; f < experiment->formulations_count; f++)
        if (experiment->formulations[f] == formulation)
            return true;
    return false;
}

static int check_models(const struct sweep_place *at, struct error *error)
{
    const struct provenance *provenance = &at->sweep->provenance;
    const yaml_node_t *list = value(at, "models");
    for (uint32_t i = 0; i < provenance->models_count; i++) {
        const yaml_node_t *node = yaml_file_item(at->file, list, i);
        size_t index = formulation_find(provenance->models[i]);
        if (index == formulation_total)
            return yaml_file_error(at->file, node, error, "models: unknown formulation '%.80s'",
                                   provenance->models[i]);
        if (formulations[index].problem != at->sweep->problem)
            return yaml_file_error(
                at->file, node, error, "models: '%s' computes %s, not %s", provenance->models[i],
                problems[formulations[index].problem].name, problems[at->sweep->problem].name);
        if (!is_run(at->experiment, index))
            return yaml_file_error(at->file, node, error,
                                   "models: '%s' is not among this file's formulations",
                                   provenance->models[i]);
    }
    return OK;
}

/* The component is below the number of values of every case. */
static int check_component(const struct sweep_place *at, struct error *error)
{
    const struct provenance *provenance = &at->sweep->provenance;
    const yaml_node_t *node = value(at, "component");
    if (node != NULL && provenance->quantity != QUANTITY_GRADIENT)
        return yaml_file_error(at->file, node, error, "component: a loss has none");
    for (uint32_t i = 0; provenance->quantity == QUANTITY_GRADIENT && i < at->sweep->cases_count;
         i++) {
        struct number_list list = {0};
        struct error ignored; /* a mistake in the list itself is plan_make()'s to name */
        int code = number_list_parse(at->experiment->formats[0], "values",
                                     at->sweep->cases[i].values, &list, &ignored);
        bool within = code != OK || provenance->component < list.count;
        number_list_clear(&list);
        if (!within)
            return yaml_file_error(at->file, node, error, "component: case %u has no component %u",
                                   i + 1, provenance->component);
    }
    return OK;
}

int provenance_check(const struct sweep_place *at, struct error *error)
{
    static const char *const keys[] = {"observed", "note", "models", "quantity", "component"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (value(at, keys[i]) != NULL && at->sweep->provenance.source == NULL)
            return yaml_file_error(at->file, value(at, keys[i]), error,
                                   "%s: whose? The sweep has no source", keys[i]);
    for (uint32_t i = 0; i < at->sweep->cases_count; i++)
        if (at->sweep->cases[i].observed != NULL && at->sweep->provenance.source == NULL)
            return yaml_file_error(at->file, at->node, error,
                                   "observed: whose? The sweep of case %u has no source", i + 1);
    int code = check_models(at, error);
    return code == OK ? check_component(at, error) : code;
}
