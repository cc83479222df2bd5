/* An experiment file: read (yaml_file.c), loaded by its schema (yaml_load.c,
 * experiment_schema.c), its names looked up here, its sweeps checked
 * (experiment_sweep.c, experiment_axis.c). */
#include "sweep/experiment.h"

#include "core/file.h"
#include "impl/impl.h"
#include "sweep/experiment_check.h"
#include "sweep/experiment_schema.h"
#include "sweep/yaml_load.h"

#include <stdlib.h>
#include <string.h>

/* DIRECTORY/NAME.yaml: where NAME starts, and how long it is. */
static int find_name(const char *path, const char **name, size_t *length, struct error *error)
{
    static const char extension[] = ".yaml";
    const char *slash = strrchr(path, '/');
    *name = slash != NULL ? slash + 1 : path;
    size_t whole = strlen(*name);
    *length = whole >= strlen(extension) ? whole - strlen(extension) : 0;
    if (strcmp(*name + *length, extension) == 0 && name_is_plain(*name, *length))
        return OK;
    return error_set(error, BAD_INPUT,
                     "%s: the file of an experiment is named NAME.yaml, NAME of a-z, 0-9 and -",
                     path);
}

static int find_formats(const struct yaml_file *file, struct experiment_file *loaded,
                        struct error *error)
{
    struct experiment *experiment = &loaded->experiment;
    uint32_t count = loaded->formats_count > 0 ? loaded->formats_count : FORMAT_COUNT;
    experiment->formats = calloc(count, sizeof *experiment->formats);
    if (experiment->formats == NULL)
        return error_no_memory(error);
    if (loaded->formats_count == 0) {
        for (uint32_t i = 0; i < count; i++)
            if (formats[i].usual)
                experiment->formats[experiment->formats_count++] = &formats[i];
        return OK;
    }
    experiment->formats_count = count;
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "formats");
    for (uint32_t i = 0; i < count; i++) {
        const yaml_node_t *node = yaml_file_item(file, list, i);
        experiment->formats[i] = format_find(loaded->formats[i]);
        if (experiment->formats[i] == NULL)
            return yaml_file_error(file, node, error, "unknown format '%.80s' (%s)",
                                   loaded->formats[i], format_names());
        for (uint32_t j = 0; j < i; j++)
            if (experiment->formats[j] == experiment->formats[i])
                return yaml_file_error(file, node, error, "the format %s stands twice",
                                       experiment->formats[i]->name);
    }
    return OK;
}

/* Whether a sweep is of this problem. */
static bool has_problem(const struct experiment *experiment, enum problem_id problem)
{
    for (uint32_t i = 0; i < experiment->sweeps_count; i++)
        if (experiment->sweeps[i].problem == problem)
            return true;
    return false;
}

/* The index of a formulation of one of the experiment's problems. */
static int find_formulation(const struct yaml_file *file, const struct experiment *experiment,
                            const yaml_node_t *node, size_t *index, struct error *error)
{
    const char *name = yaml_file_text(node);
    *index = formulation_find(name);
    if (*index < formulation_total && has_problem(experiment, formulations[*index].problem))
        return OK;
    if (*index < formulation_total)
        return yaml_file_error(file, node, error, "formulation '%s' computes %s, not %s", name,
                               problems[formulations[*index].problem].name,
                               problems[experiment->problem].name);
    struct error_names names = {0};
    for (size_t i = 0; i < formulation_count; i++)
        if (has_problem(experiment, formulations[i].problem))
            error_names_add(&names, formulations[i].name);
    return yaml_file_error(file, node, error, "unknown formulation '%.80s' (%s)", name, names.text);
}

static bool has_formulation(const struct experiment *experiment, size_t index)
{
    for (uint32_t i = 0; i < experiment->formulations_count; i++)
        if (experiment->formulations[i] == index)
            return true;
    return false;
}

static int find_formulations(const struct yaml_file *file, struct experiment_file *loaded,
                             struct error *error)
{
    struct experiment *experiment = &loaded->experiment;
    size_t most = loaded->formulations_count > 0 ? loaded->formulations_count : formulation_count;
    experiment->formulations = calloc(most, sizeof *experiment->formulations);
    if (experiment->formulations == NULL)
        return error_no_memory(error);
    if (loaded->formulations_count == 0) {
        for (size_t i = 0; i < formulation_count; i++)
            if (has_problem(experiment, formulations[i].problem))
                experiment->formulations[experiment->formulations_count++] = i;
        return OK;
    }
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "formulations");
    for (uint32_t i = 0; i < loaded->formulations_count; i++) {
        const yaml_node_t *node = yaml_file_item(file, list, i);
        size_t index;
        int code = find_formulation(file, experiment, node, &index, error);
        if (code != OK)
            return code;
        if (has_formulation(experiment, index))
            return yaml_file_error(file, node, error, "the formulation %s stands twice",
                                   formulations[index].name);
        experiment->formulations[experiment->formulations_count++] = index;
    }
    return OK;
}

/* Both of a pair are run, and they are two. */
static int check_pairs(const struct yaml_file *file, const struct experiment *experiment,
                       struct error *error)
{
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "identical");
    for (uint32_t i = 0; i < experiment->pairs_count; i++) {
        const yaml_node_t *pair = yaml_file_item(file, list, i);
        for (size_t side = 0; side < 2; side++) {
            const yaml_node_t *node = yaml_file_item(file, pair, side);
            size_t index;
            int code = find_formulation(file, experiment, node, &index, error);
            if (code != OK)
                return code;
            if (!has_formulation(experiment, index))
                return yaml_file_error(file, node, error,
                                       "identical: '%s' is not among this file's formulations",
                                       formulations[index].name);
        }
        if (strcmp(experiment->pairs[i].first, experiment->pairs[i].second) == 0)
            return yaml_file_error(file, pair, error, "identical: '%s' is compared with itself",
                                   experiment->pairs[i].first);
    }
    return OK;
}

static int check_sweeps(const struct yaml_file *file, const struct experiment *experiment,
                        struct error *error)
{
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "sweeps");
    for (uint32_t i = 0; i < experiment->sweeps_count; i++) {
        const struct sweep_place at = {
            .file = file,
            .node = yaml_file_item(file, list, i),
            .experiment = experiment,
            .sweep = &experiment->sweeps[i],
        };
        int code = sweep_check(&at, error);
        if (code != OK)
            return code;
        for (uint32_t j = 0; j < i; j++)
            if (strcmp(experiment->sweeps[j].name, at.sweep->name) == 0)
                return yaml_file_error(file, yaml_file_value(file, at.node, "name"), error,
                                       "name: two sweeps are named '%.80s'", at.sweep->name);
    }
    return OK;
}

/* The loss where nothing is named; no quantity twice. */
static int complete_quantities(const struct yaml_file *file, struct experiment *experiment,
                               struct error *error)
{
    if (experiment->quantities_count == 0) {
        experiment->quantities = calloc(1, sizeof *experiment->quantities);
        if (experiment->quantities == NULL)
            return error_no_memory(error);
        experiment->quantities[experiment->quantities_count++] = MEASURED_loss;
    }
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "quantities");
    for (uint32_t i = 0; i < experiment->quantities_count; i++) {
        if (experiment->problem == PROBLEM_softmax && experiment->quantities[i] != MEASURED_loss)
            return yaml_file_error(file, yaml_file_item(file, list, i), error,
                                   "%s: softmax is no loss and has no gradient here",
                                   measured_names[experiment->quantities[i]]);
        for (uint32_t j = 0; j < i; j++)
            if (experiment->quantities[i] == experiment->quantities[j])
                return yaml_file_error(file, yaml_file_item(file, list, i), error,
                                       "the quantity %s stands twice",
                                       measured_names[experiment->quantities[i]]);
    }
    return OK;
}

/* Sweeps that name no problem are of the experiment's. */
static void complete_problems(const struct yaml_file *file, struct experiment *experiment)
{
    const yaml_node_t *list = yaml_file_value(file, yaml_file_root(file), "sweeps");
    for (uint32_t i = 0; i < experiment->sweeps_count; i++)
        if (yaml_file_value(file, yaml_file_item(file, list, i), "problem") == NULL)
            experiment->sweeps[i].problem = experiment->problem;
}

/* Looks up the names of a loaded file, and checks its sweeps. */
static int complete(const struct yaml_file *file, struct experiment_file *loaded,
                    struct error *error)
{
    struct experiment *experiment = &loaded->experiment;
    if (yaml_file_value(file, yaml_file_root(file), "seed") == NULL)
        experiment->seed = 1;
    complete_problems(file, experiment);
    int code = find_formats(file, loaded, error);
    if (code == OK)
        code = find_formulations(file, loaded, error);
    if (code == OK)
        code = complete_quantities(file, experiment, error);
    if (code == OK)
        code = check_pairs(file, experiment, error);
    return code == OK ? check_sweeps(file, experiment, error) : code;
}

bool sweep_has_format(const struct sweep *sweep, const struct format *format)
{
    for (uint32_t i = 0; i < sweep->formats_count; i++)
        if (format_find(sweep->formats[i]) == format)
            return true;
    return sweep->formats_count == 0;
}

int experiment_parse(const char *path, const char *text, struct experiment **experiment,
                     struct error *error)
{
    *experiment = NULL;
    const char *name;
    size_t length;
    int code = find_name(path, &name, &length, error);
    char *copies[] = {strdup(text), strdup(text)};
    if (code == OK && (copies[0] == NULL || copies[1] == NULL))
        code = error_no_memory(error);
    if (code != OK) {
        free(copies[0]);
        free(copies[1]);
        return code;
    }
    struct yaml_file file;
    void *loaded = NULL; /* a struct experiment_file; its first member is the experiment */
    code = yaml_file_parse(path, copies[0], &file, error);
    if (code == OK)
        code = yaml_load(&file, &experiment_schema, &loaded, error);
    if (code == OK)
        code = complete(&file, loaded, error);
    yaml_file_clear(&file);
    struct experiment *made = loaded;
    if (made != NULL)
        made->text = copies[1];
    else
        free(copies[1]);
    if (code == OK && (made->name = strndup(name, length)) == NULL)
        code = error_no_memory(error);
    if (code == OK)
        *experiment = made;
    else
        experiment_free(made);
    return code;
}

int experiment_load(const char *path, struct experiment **experiment, struct error *error)
{
    const char *name;
    size_t length;
    char *text;
    *experiment = NULL;
    int code = find_name(path, &name, &length, error);
    if (code == OK)
        code = read_file(path, &text, error);
    if (code != OK)
        return code;
    code = experiment_parse(path, text, experiment, error);
    free(text);
    return code;
}

void experiment_free(struct experiment *experiment)
{
    if (experiment == NULL)
        return;
    free(experiment->name);
    free(experiment->text);
    free(experiment->formats);
    free(experiment->formulations);
    yaml_load_free(&experiment_schema, experiment);
}
