/* The table of a build, and what its losses and its gradients share. */
#include "impl/entry.h"

const struct entry NAME(entries)[FORMULATION_COUNT] = {
#define FORMULATION(identifier, signature, memory, problem, name, closed, ...) \
    [FORMULATION_##identifier] = {                                             \
        SIGNATURE_ID_##signature, {.signature = NAME(identifier)}, {.signature = closed}},
#define CLOSED(identifier) NAME(identifier)
#define NOT_CLOSED         NULL
#include "impl/formulations.def"
#undef NOT_CLOSED
#undef CLOSED
#undef FORMULATION
};

const char NAME(compiled)[] = REAL_COMPILED " (" __VERSION__ ")";

int NAME(reals_make)(const struct evaluation *evaluation, size_t extra, struct reals *in,
                     struct error *error)
{
    const struct input_case *input = evaluation->input;
    size_t count = input_case_values(input);
    size_t memory = formulation_memory(evaluation->id, input->rows, input->columns);
    *in = (struct reals){.input = input, .entry = &NAME(entries)[evaluation->id]};
    in->values = workspace_reserve(evaluation->workspace,
                                   (2 * count + input->columns + memory + extra) * sizeof(real));
    if (in->values == NULL)
        return error_no_memory(error);
    in->labels = in->values + count;
    in->weights = in->labels + count;
    in->memory = in->weights + input->columns;
    for (size_t i = 0; i < count; i++)
        in->values[i] = real_input(input->values[i], i);
    for (size_t i = 0; i < count && input->labels != NULL; i++)
        in->labels[i] = real_of(input->labels[i]);
    for (size_t j = 0; j < input->columns && input->weights != NULL; j++)
        in->weights[j] = real_of(input->weights[j]);
    return OK;
}

real NAME(mean_divisor)(const struct reals *in)
{
    const struct input_case *input = in->input;
    if (input->problem != PROBLEM_softmax_ce || input->targets == NULL || input->weights == NULL)
        return real_constant((double)input_case_count(input));
    struct sum sum;
    sum_start(&sum, input->rows);
    for (size_t i = 0; i < input->rows; i++)
        if (input->targets[i] != TARGET_IGNORED)
            sum_add(&sum, in->weights[input->targets[i]]);
    return sum_total(&sum);
}

real NAME(soft_target)(const struct reals *in, size_t i, size_t j)
{
    double smoothing = in->input->label_smoothing;
    real q = in->labels[i * in->input->columns + j];
    if (smoothing == 0)
        return q;
    return radd(rmul(q, real_constant(1 - smoothing)),
                real_constant(smoothing / (double)in->input->columns));
}
