/* The registry of formulations, and the way to each of their builds. */
#include "impl/registry.h"

#include <stdlib.h>
#include <string.h>

const struct formulation formulations[] = {
#define FORMULATION(identifier, signature, memory, problem, name, formula, source) \
    [FORMULATION_##identifier] = {name, PROBLEM_##problem, formula, source},
#include "impl/formulations.def"
#undef FORMULATION
};

const size_t formulation_count = FORMULATION_COUNT;

const char *const math_names[MATH_COUNT] = {
    [MATH_canonical] = "canonical",
    [MATH_libm] = "libm",
    [MATH_counted] = "counted",
};

_Thread_local uint64_t counted_operations;

#define FORMAT(identifier, ...)                                                        \
    evaluate_function evaluate_##identifier##_canonical, evaluate_##identifier##_libm, \
        evaluate_##identifier##_counted;
#include "core/formats.def"
#undef FORMAT

static evaluate_function *const evaluators[FORMAT_COUNT][MATH_COUNT] = {
#define FORMAT(identifier, ...)                                                               \
    [FORMAT_##identifier] = {evaluate_##identifier##_canonical, evaluate_##identifier##_libm, \
                             evaluate_##identifier##_counted},
#include "core/formats.def"
#undef FORMAT
};

size_t formulation_find(const char *name)
{
    size_t i = 0;
    while (i < FORMULATION_COUNT && strcmp(name, formulations[i].name) != 0)
        i++;
    return i;
}

void *workspace_reserve(struct workspace *workspace, size_t bytes)
{
    if (bytes > workspace->bytes) {
        free(workspace->memory);
        workspace->memory = malloc(bytes);
        workspace->bytes = workspace->memory == NULL ? 0 : bytes;
    }
    return workspace->memory;
}

void workspace_clear(struct workspace *workspace)
{
    free(workspace->memory);
    *workspace = (struct workspace){0};
}

size_t formulation_memory(enum formulation_id id, size_t N, size_t C)
{
    switch (id) {
#define FORMULATION(identifier, signature, memory, ...) \
    case FORMULATION_##identifier:                      \
        return memory;
#include "impl/formulations.def"
#undef FORMULATION
    case FORMULATION_COUNT:
        break;
    }
    (void)N, (void)C;
    return 0;
}

int formulation_loss(size_t index, const struct format *format, enum math_id math,
                     const struct input_case *input, struct workspace *workspace, double *loss,
                     struct error *error)
{
    evaluate_function *evaluate = evaluators[format_id_of(format)][math];
    return evaluate((enum formulation_id)index, input, workspace, loss, error);
}

int formulation_cost(size_t index, const struct format *format, const struct input_case *input,
                     struct workspace *workspace, struct cost *cost, struct error *error)
{
    double loss;
    counted_operations = 0;
    int code = formulation_loss(index, format, MATH_counted, input, workspace, &loss, error);
    cost->operations = counted_operations;
    cost->bytes = format_bytes(format) *
                  formulation_memory((enum formulation_id)index, input->rows, input->columns);
    return code;
}
