/* Options of a loss as balls: the divisor of a mean, and the coefficients
 * a_j = w_j·((1 − ε)·q_j + ε/n) of softmax-ce (options.c has them exactly). */
#ifndef XULP_ORACLE_QUICK_OPTIONS_H
#define XULP_ORACLE_QUICK_OPTIONS_H

#include "oracle/problems.h"
#include "oracle/quick.h"

/* A coefficient that every build multiplies by alike: 0, or so near 1 that neither
 * products nor their errors underflow or overflow where the value that comes of them is
 * taken, at least QUICK_LEAST.  False for NaN. */
static inline bool quick_coefficient_usable(double x)
{
    return x == 0 || (x >= 0x1p-40 && x <= 0x1p40);
}

/* Whether the options of softmax-ce are in their domains, and usable. */
static inline bool quick_options_usable(const struct input_case *input)
{
    bool soft = input->problem == PROBLEM_softmax_ce && input->targets == NULL;
    for (size_t j = 0; j < input->columns && input->weights != NULL; j++)
        if (!quick_coefficient_usable(input->weights[j]))
            return false;
    for (size_t i = 0; soft && i < input_case_values(input); i++)
        if (!quick_coefficient_usable(input->labels[i]))
            return false;
    return quick_coefficient_usable(input->label_smoothing) && input->label_smoothing <= 1;
}

/* The label of an element: in [0, 1], and usable. */
static inline bool quick_label_usable(double y)
{
    return quick_coefficient_usable(y) && y <= 1;
}

/* Not 0 but where a mean is of nothing. */
static inline struct ball quick_divisor(const struct input_case *input)
{
    if (input->reduction != REDUCTION_MEAN)
        return ball_of_double(1);
    bool weighted =
        input->problem == PROBLEM_softmax_ce && input->weights != NULL && input->targets != NULL;
    if (!weighted)
        return ball_of_double((double)input_case_count(input));
    struct ball sum = ball_of_double(0);
    for (size_t i = 0; i < input->rows; i++)
        if (input->targets[i] < input->columns)
            sum = ball_add(sum, ball_of_double(input->weights[input->targets[i]]));
    return sum;
}

static inline struct ball quick_coefficient(const struct input_case *input, size_t row, size_t j)
{
    double q = input->targets == NULL     ? input->labels[row * input->columns + j]
               : input->targets[row] == j ? 1
                                          : 0;
    struct ball a = ball_of_double(q);
    if (input->label_smoothing > 0) {
        struct ball part = ball_divide(ball_of_double(input->label_smoothing),
                                       ball_of_double((double)input->columns));
        a = ball_multiply(ball_sum(1, -input->label_smoothing), a);
        a = ball_add(a, part);
    }
    return input->weights == NULL ? a : ball_multiply(a, ball_of_double(input->weights[j]));
}

/* Whether every a_j of the row is 0 but that of its target, which is 1. */
static inline bool quick_plain(const struct input_case *input)
{
    return input->targets != NULL && input->weights == NULL && input->label_smoothing == 0;
}

#endif
