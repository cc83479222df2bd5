/* The table of problems. */
#include "core/problem.h"

#include <string.h>

const struct problem problems[PROBLEM_COUNT] = {
#define PROBLEM(identifier, name, inputs, function) \
    [PROBLEM_##identifier] = {name, inputs, function},
#include "core/problems.def"
#undef PROBLEM
};

const char *const reduction_names[REDUCTION_COUNT] = {
    [REDUCTION_NONE] = "none",
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

bool problem_has_rows(enum problem_id problem)
{
    return problem != PROBLEM_bce_prob && problem != PROBLEM_bce_prob_batch &&
           problem != PROBLEM_bce_logit;
}

size_t input_case_losses(const struct input_case *input)
{
    if (input->reduction != REDUCTION_NONE)
        return 1;
    return problem_has_rows(input->problem) ? input->rows : input_case_values(input);
}

size_t input_case_count(const struct input_case *input)
{
    if (!problem_has_rows(input->problem))
        return input_case_values(input);
    size_t count = input->rows;
    for (size_t i = 0; i < input->rows && input->targets != NULL; i++)
        count -= input->targets[i] == TARGET_IGNORED;
    return count;
}
