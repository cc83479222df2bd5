/* From a case to a call of a formulation in this format, and the reduction of
 * a batch: rows are added left to right, the mean divides the sum once, as
 * PyTorch's reduction='mean' does up to its order of summation. */
#include "impl/formulations.h"
#include "impl/registry.h"

/* A case as numbers of the format. */
struct reals {
    const struct input_case *input;
    real *values, *labels, *memory;
};

static real mean_or_sum(real sum, const struct input_case *input)
{
    if (input->reduction == REDUCTION_SUM)
        return sum;
    return rdiv(sum, real_of((double)input_case_divisor(input)));
}

typedef real row_function SIGNATURE_row;
typedef real row_with_memory_function SIGNATURE_row_with_memory;
typedef real element_function SIGNATURE_element;
typedef real batch_function SIGNATURE_batch;
typedef real batch_with_memory_function SIGNATURE_batch_with_memory;

static real call_row(row_function *formulation, const struct reals *in)
{
    size_t n = in->input->columns;
    real sum = formulation(in->values, n, in->input->targets[0]);
    for (size_t i = 1; i < in->input->rows; i++)
        sum = radd(sum, formulation(in->values + i * n, n, in->input->targets[i]));
    return mean_or_sum(sum, in->input);
}

static real call_row_with_memory(row_with_memory_function *formulation, const struct reals *in)
{
    size_t n = in->input->columns;
    real sum = formulation(in->values, n, in->input->targets[0], in->memory);
    for (size_t i = 1; i < in->input->rows; i++)
        sum = radd(sum, formulation(in->values + i * n, n, in->input->targets[i], in->memory));
    return mean_or_sum(sum, in->input);
}

static real call_element(element_function *formulation, const struct reals *in)
{
    return formulation(in->values[0], in->labels[0]);
}

static real call_batch(batch_function *formulation, const struct reals *in)
{
    real sum = formulation(in->values, in->labels, in->input->rows, in->input->columns);
    return mean_or_sum(sum, in->input);
}

static real call_batch_with_memory(batch_with_memory_function *formulation, const struct reals *in)
{
    real sum = formulation(in->values, in->labels, in->input->rows, in->input->columns, in->memory);
    return mean_or_sum(sum, in->input);
}

static real call(enum formulation_id id, const struct reals *in)
{
    switch (id) {
#define FORMULATION(identifier, signature, ...) \
    case FORMULATION_##identifier:              \
        return call_##signature(NAME(identifier), in);
#include "impl/formulations.def"
#undef FORMULATION
    case FORMULATION_COUNT:
        break;
    }
    return real_of(0);
}

evaluate_function NAME(evaluate);

int NAME(evaluate)(enum formulation_id id, const struct input_case *input,
                   struct workspace *workspace, double *loss, struct error *error)
{
    size_t count = input->rows * input->columns;
    size_t memory = formulation_memory(id, input->rows, input->columns);
    struct reals in = {.input = input};
    in.values = workspace_reserve(workspace, (2 * count + memory) * sizeof(real));
    if (in.values == NULL)
        return error_no_memory(error);
    in.labels = in.values + count;
    in.memory = in.labels + count;
    for (size_t i = 0; i < count; i++)
        in.values[i] = real_of(input->values[i]);
    if (input->labels != NULL)
        for (size_t i = 0; i < count; i++)
            in.labels[i] = real_of(input->labels[i]);
    *loss = (double)call(id, &in).value;
    return OK;
}
