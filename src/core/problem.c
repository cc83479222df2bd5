/* The table of problems. */
#include "core/problem.h"

#include <string.h>

const struct problem problems[PROBLEM_COUNT] = {
#define PROBLEM(identifier, name, inputs, function) \
    [PROBLEM_##identifier] = {name, inputs, function},
#include "core/problems.def"
#undef PROBLEM
};

const char *const quantity_names[QUANTITY_COUNT] = {[QUANTITY_LOSS] = "loss"};

const char *const reduction_names[REDUCTION_COUNT] = {
    [REDUCTION_SUM] = "sum",
    [REDUCTION_MEAN] = "mean",
};

const struct problem *problem_find(const char *name)
{
    for (size_t i = 0; i < PROBLEM_COUNT; i++)
        if (strcmp(name, problems[i].name) == 0)
            return &problems[i];
    return NULL;
}

const char *problem_names(void)
{
    static const char names[] =
#define PROBLEM(identifier, name, ...) ", " name
#include "core/problems.def"
#undef PROBLEM
        ;
    return names + 2; /* past the first comma */
}

size_t input_case_divisor(const struct input_case *input)
{
    if (input->reduction == REDUCTION_SUM)
        return 1;
    return input->problem == PROBLEM_softmax_ce ? input->rows : input->rows * input->columns;
}
