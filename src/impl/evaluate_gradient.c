/* From a case to the gradient of its loss by the closed form that goes with a
 * formulation, with the options and reductions of src/impl/evaluate.c: the
 * derivative by each row's log-probabilities first, as PyTorch's
 * nll_loss_backward and the chain rule through its smoothing make it, then the
 * closed form from there to the logits. */
#include "impl/entry.h"

/* upstream[j] = −a_j/D, in the order of the frameworks. */
static void row_upstream(const struct reals *in, size_t i, real scale, real *upstream)
{
    const struct input_case *input = in->input;
    size_t n = input->columns;
    real grad = rneg(scale);
    bool hard = input->labels == NULL;
    bool smoothing = input->label_smoothing != 0 && hard;
    bool ignored = hard && input->targets[i] == TARGET_IGNORED;
    real share = real_constant(input->label_smoothing / (double)n);
    for (size_t j = 0; j < n; j++) {
        real weighted = input->weights == NULL ? grad : rmul(grad, in->weights[j]);
        if (ignored || (hard && !smoothing && j != input->targets[i]))
            upstream[j] = real_of(0);
        else if (!hard)
            upstream[j] = rmul(weighted, NAME(soft_target)(in, i, j));
        else if (!smoothing)
            upstream[j] = weighted;
        else if (j != input->targets[i])
            upstream[j] = rmul(weighted, share);
        else
            upstream[j] = radd(rmul(weighted, real_constant(1 - input->label_smoothing)),
                               rmul(weighted, share));
    }
}

static void row_gradient(const struct reals *in, size_t i, real scale, real *upstream,
                         real *gradient)
{
    size_t n = in->input->columns;
    const real *x = in->values + i * n;
    if (in->entry->signature == SIGNATURE_ID_vector) {
        in->entry->gradient.vector(x, n, scale, gradient);
        return;
    }
    row_upstream(in, i, scale, upstream);
    in->entry->gradient.row(x, n, upstream, gradient);
}

static real element_gradient(const struct reals *in, size_t i, real scale)
{
    real y = in->labels[i];
    if (in->entry->signature == SIGNATURE_ID_weighted_element)
        return in->entry->gradient.weighted_element(in->values[i], y,
                                                    in->weights[i % in->input->columns], scale);
    return in->entry->gradient.element(in->values[i], y, scale);
}

int NAME(evaluate_gradient)(const struct evaluation *evaluation, struct error *error)
{
    const struct input_case *input = evaluation->input;
    size_t n = input->columns;
    struct reals in;
    int code = NAME(reals_make)(evaluation, 2 * n, &in, error);
    if (code != OK)
        return code;
    real *gradient = in.memory + formulation_memory(evaluation->id, input->rows, n);
    real *upstream = gradient + n;
    real scale = real_of(1);
    if (input->reduction == REDUCTION_MEAN)
        scale = rdiv(scale, NAME(mean_divisor)(&in));
    for (size_t i = 0; i < input->rows; i++) {
        if (problem_has_rows(input->problem))
            row_gradient(&in, i, scale, upstream, gradient);
        for (size_t j = 0; j < n; j++) {
            size_t at = i * n + j;
            real component =
                problem_has_rows(input->problem) ? gradient[j] : element_gradient(&in, at, scale);
            evaluation->gradient[at] = real_value(rstore(component));
        }
    }
    return OK;
}
