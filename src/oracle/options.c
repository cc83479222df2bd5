/* The options of a loss as exact rational numbers: what a mean divides by, and
 * the coefficients a_j = w_j·((1 − ε)·q_j + ε/n) of softmax-ce.
 *
 * Source of the conventions: PyTorch's cross_entropy (reduction, weight,
 * ignore_index, label_smoothing, probabilities as targets); docs/method.md,
 * "Options", states them. */
#include "oracle/problems.h"

#include <math.h>

static bool in_domain(double weight)
{
    return weight >= 0 && isfinite(weight);
}

/* Σ w_t over the rows that count. */
static void target_weights(const struct input_case *input, mpq_t sum)
{
    mpq_t weight;
    mpq_init(weight);
    mpq_set_ui(sum, 0, 1);
    for (size_t i = 0; i < input->rows; i++) {
        size_t t = input->targets[i];
        if (t >= input->columns || !in_domain(input->weights[t]))
            continue; /* ignored; or undefined, which the loss finds out */
        mpq_set_d(weight, input->weights[t]);
        mpq_add(sum, sum, weight);
    }
    mpq_clear(weight);
}

void options_divisor(const struct input_case *input, mpq_t divisor)
{
    if (input->reduction != REDUCTION_MEAN)
        mpq_set_ui(divisor, 1, 1);
    else if (input->problem == PROBLEM_softmax_ce && input->weights != NULL &&
             input->targets != NULL)
        target_weights(input, divisor);
    else
        mpq_set_ui(divisor, input_case_count(input), 1);
}

bool options_valid(const struct input_case *input)
{
    for (size_t j = 0; j < input->columns && input->weights != NULL; j++)
        if (!in_domain(input->weights[j]))
            return false;
    return input->label_smoothing >= 0 && input->label_smoothing <= 1;
}

bool options_row_valid(const struct input_case *input, size_t row)
{
    if (input->targets != NULL)
        return input->targets[row] < input->columns;
    for (size_t j = 0; j < input->columns; j++)
        if (!in_domain(input->labels[row * input->columns + j]))
            return false;
    return true;
}

static double soft_target(const struct input_case *input, size_t row, size_t j)
{
    if (input->targets != NULL)
        return input->targets[row] == j ? 1 : 0;
    return input->labels[row * input->columns + j];
}

bool options_positive(const struct input_case *input, size_t row, size_t j)
{
    double smoothing = input->label_smoothing;
    return (input->weights == NULL || input->weights[j] > 0) &&
           (smoothing > 0 || soft_target(input, row, j) > 0);
}

void options_coefficient(const struct input_case *input, size_t row, size_t j, mpq_t a)
{
    mpq_set_d(a, soft_target(input, row, j));
    if (input->label_smoothing > 0) {
        mpq_t smoothing, rest;
        mpq_inits(smoothing, rest, (mpq_ptr)0);
        mpq_set_d(smoothing, input->label_smoothing);
        mpq_set_ui(rest, 1, 1);
        mpq_sub(rest, rest, smoothing);
        mpq_mul(a, a, rest); /* (1 − ε) q_j */
        mpq_set_ui(rest, input->columns, 1);
        mpq_div(smoothing, smoothing, rest);
        mpq_add(a, a, smoothing);
        mpq_clears(smoothing, rest, (mpq_ptr)0);
    }
    if (input->weights != NULL) {
        mpq_t weight;
        mpq_init(weight);
        mpq_set_d(weight, input->weights[j]);
        mpq_mul(a, a, weight);
        mpq_clear(weight);
    }
}

void options_total(const struct input_case *input, size_t row, mpq_t total)
{
    if (input->targets != NULL && input->label_smoothing == 0) {
        options_coefficient(input, row, input->targets[row], total);
        return;
    }
    mpq_t a;
    mpq_init(a);
    mpq_set_ui(total, 0, 1);
    for (size_t j = 0; j < input->columns; j++) {
        options_coefficient(input, row, j, a);
        mpq_add(total, total, a);
    }
    mpq_clear(a);
}
