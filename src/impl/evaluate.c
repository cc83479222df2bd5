/* From a case to its loss by a formulation in this build: the options of a
 * loss, and the reduction of a batch, in the order of operations of PyTorch's
 * cross_entropy_loss (aten/src/ATen/native/LossNLL.cpp) and
 * binary_cross_entropy (Loss.cpp).
 *
 * Class weights multiply a row's loss.  Label smoothing reduces the loss of the
 * targets and that of all classes apart and joins them last,
 * (1 − ε)·nll + (ε/n)·smooth.  Soft targets are smoothed first.  A mean divides
 * the sum once. */
#include "impl/entry.h"

/* Row i's loss for target j. */
static real row_loss(const struct reals *in, size_t i, size_t j)
{
    size_t n = in->input->columns;
    return entry_row_loss(in->entry, in->values + i * n, n, j, in->memory);
}

static real nll_of_row(const struct reals *in, size_t i)
{
    size_t target = in->input->targets == NULL ? 0 : in->input->targets[i];
    if (target == TARGET_IGNORED)
        return real_of(0);
    real loss = row_loss(in, i, target);
    return in->input->weights == NULL ? loss : rmul(loss, in->weights[target]);
}

/* Σ_j w_j·loss_j, the part of the row that is smoothed over. */
static real smooth_of_row(const struct reals *in, size_t i)
{
    size_t n = in->input->columns;
    if (in->input->targets[i] == TARGET_IGNORED)
        return real_of(0);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t j = 0; j < n; j++) {
        real loss = row_loss(in, i, j);
        sum_add(&sum, in->input->weights == NULL ? loss : rmul(loss, in->weights[j]));
    }
    return sum_total(&sum);
}

/* Σ_j loss_j·q_j·w_j */
static real soft_of_row(const struct reals *in, size_t i)
{
    bool guarded = in->entry->signature == SIGNATURE_ID_guarded_row;
    size_t n = in->input->columns;
    struct sum sum;
    sum_start(&sum, n);
    for (size_t j = 0; j < n; j++) {
        real q = NAME(soft_target)(in, i, j);
        if (guarded && real_value(q) == 0)
            continue;
        real term = rmul(row_loss(in, i, j), q);
        sum_add(&sum, in->input->weights == NULL ? term : rmul(term, in->weights[j]));
    }
    return sum_total(&sum);
}

static real element_loss(const struct reals *in, size_t i)
{
    const struct entry *entry = in->entry;
    real y = in->labels[i];
    if (entry->signature == SIGNATURE_ID_element)
        return entry->loss.element(in->values[i], y);
    return entry->loss.weighted_element(in->values[i], y, in->weights[i % in->input->columns]);
}

/* (1 − ε)·nll + (ε/n)·smooth */
static real smoothed(const struct reals *in, real nll, real smooth)
{
    double smoothing = in->input->label_smoothing;
    real first = rmul(real_constant(1 - smoothing), nll);
    return radd(first, rmul(real_constant(smoothing / (double)in->input->columns), smooth));
}

static bool is_smoothed(const struct input_case *input)
{
    return input->label_smoothing != 0 && input->labels == NULL;
}

/* What is added up for row or element i. */
static real part(const struct reals *in, size_t i)
{
    const struct input_case *input = in->input;
    if (!problem_has_rows(input->problem))
        return element_loss(in, i);
    if (input->labels != NULL)
        return soft_of_row(in, i);
    return nll_of_row(in, i);
}

static real reduced(const struct input_case *input, const struct sum *sum, real divisor)
{
    real total = sum_total(sum);
    return input->reduction == REDUCTION_MEAN ? rdiv(total, divisor) : total;
}

/* The loss of the batch. */
static real total(const struct reals *in)
{
    const struct input_case *input = in->input;
    size_t N = input->rows, C = input->columns;
    real divisor = input->reduction == REDUCTION_MEAN ? NAME(mean_divisor)(in) : real_of(1);
    if (in->entry->signature == SIGNATURE_ID_batch ||
        in->entry->signature == SIGNATURE_ID_batch_with_memory) {
        real sum =
            in->entry->signature == SIGNATURE_ID_batch
                ? in->entry->loss.batch(in->values, in->labels, N, C)
                : in->entry->loss.batch_with_memory(in->values, in->labels, N, C, in->memory);
        return input->reduction == REDUCTION_MEAN ? rdiv(sum, divisor) : sum;
    }
    size_t parts = problem_has_rows(input->problem) ? N : N * C;
    struct sum losses, smooth;
    sum_start(&losses, parts);
    sum_start(&smooth, parts);
    for (size_t i = 0; i < parts; i++) {
        sum_add(&losses, part(in, i));
        if (is_smoothed(input))
            sum_add(&smooth, smooth_of_row(in, i));
    }
    real loss = reduced(input, &losses, divisor);
    return is_smoothed(input) ? smoothed(in, loss, reduced(input, &smooth, divisor)) : loss;
}

/* One of the losses of a batch that is not reduced. */
static real single(const struct reals *in, size_t i)
{
    real loss = part(in, i);
    return is_smoothed(in->input) ? smoothed(in, loss, smooth_of_row(in, i)) : loss;
}

int NAME(evaluate)(const struct evaluation *evaluation, struct error *error)
{
    struct reals in;
    int code = real_begin(evaluation->workspace, input_case_values(evaluation->input), error);
    if (code == OK)
        code = NAME(reals_make)(evaluation, 0, &in, error);
    if (code != OK)
        return code;
    if (evaluation->input->reduction != REDUCTION_NONE) {
        real loss = rstore(total(&in));
        evaluation->losses[0] = real_value(loss);
        return real_end(loss, evaluation->gradient, error);
    }
    size_t losses = input_case_losses(evaluation->input);
    struct sum sum; /* of which the gradient is taken */
    sum_start(&sum, losses);
    for (size_t i = 0; i < losses; i++) {
        real loss = rstore(single(&in, i));
        evaluation->losses[i] = real_value(loss);
        sum_add(&sum, loss);
    }
    return real_end(sum_total(&sum), evaluation->gradient, error);
}
