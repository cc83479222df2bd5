/* Losses of all problems on the fast path: the formulas of softmax_ce.c,
 * log_sum_exp.c, softmax.c, stablemax_ce.c, bce_prob.c and bce_logit.c, in balls.
 *
 * Only for ordinary numbers: what is infinite, certain, outside a domain or not
 * a transcendental number for a reason that the kind of the input tells is left
 * to those files.  All losses are > 0, and said to be, but for log-sum-exp. */
#include "oracle/quick_rows.h"

#include "oracle/quick_options.h"

#include <math.h>

static struct ball ball_of_value(const struct approximation *value)
{
    bool vanishing = value->sign != 0 && value->hi == 0 && value->radius == 0;
    return (struct ball){{value->hi, value->lo}, vanishing ? BALL_TINY : value->radius};
}

/* What a row or an element adds. */
typedef bool part_function(const struct input_case *input, size_t i, struct approximation *part);

/* coefficient·(offset + logarithm), which stays as it is where that is all. */
static struct approximation scaled_sum(struct ball offset, struct ball coefficient,
                                       struct approximation logarithm)
{
    if (ball_is_zero(offset) && ball_is_one(coefficient))
        return logarithm;
    struct ball product = ball_multiply(coefficient, ball_of_value(&logarithm));
    return quick_value_of(ball_add(offset, product), +1);
}

/* Σ_j a_j·(m − x_j) and A = Σ_j a_j. */
static bool weigh(const struct input_case *input, size_t i, const struct quick_row *row,
                  struct ball *offset, struct ball *total)
{
    *offset = *total = ball_of_double(0);
    for (size_t j = 0; j < row->columns; j++) {
        if (!options_positive(input, i, j))
            continue;
        if (isinf(row->x[j]))
            return false;
        struct ball a = quick_coefficient(input, i, j);
        *total = ball_add(*total, a);
        *offset = ball_add(*offset, ball_multiply(a, ball_sum(row->x[row->top], -row->x[j])));
    }
    return !ball_is_zero(*total);
}

static bool softmax_ce_part(const struct input_case *input, size_t i, struct approximation *part)
{
    struct quick_row row;
    struct ball offset, total = ball_of_double(1);
    if (!options_row_valid(input, i) ||
        !QUICK(quick_row_sum)(input->values + i * input->columns, input->columns, &row, NULL))
        return false;
    if (quick_plain(input)) {
        double target = row.x[input->targets[i]];
        if (isinf(target))
            return false;
        offset = ball_sum(row.x[row.top], -target);
    } else if (!weigh(input, i, &row, &offset, &total)) {
        return false;
    }
    *part = scaled_sum(offset, total, QUICK(quick_row_logarithm)(&row));
    return true;
}

static bool log_sum_exp_part(const struct input_case *input, size_t i, struct approximation *part)
{
    struct quick_row row;
    if (!QUICK(quick_row_sum)(input->values + i * input->columns, input->columns, &row, NULL))
        return false;
    struct ball maximum = ball_of_double(row.x[row.top]);
    *part = scaled_sum(maximum, ball_of_double(1), QUICK(quick_row_logarithm)(&row));
    part->sign = row.x[row.top] >= 0 ? +1 : 0;
    return true;
}

/* p_t = e^{x_t − m}/(1 + S) */
static bool softmax_part(const struct input_case *input, size_t i, struct approximation *part)
{
    struct quick_row row;
    size_t t = input->targets[i];
    if (!options_row_valid(input, i) ||
        !QUICK(quick_row_sum)(input->values + i * input->columns, input->columns, &row, NULL) ||
        isinf(row.x[t]))
        return false;
    struct double_double distance = two_sum(row.x[row.top], -row.x[t]);
    struct ball numerator = quick_exponential(distance);
    *part = quick_value_of(ball_divide(numerator, ball_add(ball_of_double(1), row.rest)), +1);
    if (distance.hi > QUICK_VANISHING)
        *part = (struct approximation){0, 0, 0, +1};
    return true;
}

static bool stablemax_ce_part(const struct input_case *input, size_t i, struct approximation *part)
{
    const double *x = input->values + i * input->columns;
    struct ball others = ball_of_double(0);
    size_t finite = 0;
    if (!options_row_valid(input, i))
        return false;
    for (size_t k = 0; k < input->columns; k++) {
        bool minus_infinite = x[k] == -INFINITY;
        if (!(fabs(x[k]) <= 0x1p200) && !minus_infinite)
            return false;
        finite += !minus_infinite;
        if (k != input->targets[i] && !minus_infinite)
            others = ball_add(others, quick_stable(x[k]));
    }
    if (finite < 2 || isinf(x[input->targets[i]]))
        return false;
    *part = quick_value_of(ball_log1p(ball_divide(others, quick_stable(x[input->targets[i]]))), +1);
    return true;
}

/* −log p, p in (0, 1). */
static struct ball surprise(double p)
{
    return ball_negate(ball_log1p(ball_sum(p, -1)));
}

/* −log(1 − p) */
static struct ball other_surprise(double p)
{
    return ball_negate(ball_log1p(ball_of_double(-p)));
}

static bool bce_prob_part(const struct input_case *input, size_t i, struct approximation *part)
{
    double p = input->values[i], y = input->labels[i];
    if (!(p >= 0x1p-900 && p < 1) || !quick_label_usable(y))
        return false;
    struct ball sum = ball_of_double(0);
    if (y > 0)
        sum = ball_multiply(ball_of_double(y), surprise(p));
    if (y < 1)
        sum = ball_add(sum, ball_multiply(ball_sum(1, -y), other_surprise(p)));
    *part = quick_value_of(sum, +1);
    return true;
}

static bool bce_logit_part(const struct input_case *input, size_t i, struct approximation *part)
{
    double y = input->labels[i], distance = fabs(input->values[i]);
    double w = input->weights == NULL ? 1 : input->weights[i % input->columns];
    if (!(distance <= 0x1p900) || !quick_label_usable(y))
        return false;
    struct ball alpha = ball_sum(1, -y), beta = ball_product(w, y);
    if (w == 1)
        beta = ball_of_double(y);
    struct ball slope = input->values[i] < 0 ? beta : alpha;
    struct ball total = w == 1 ? ball_of_double(1) : ball_add(alpha, beta);
    if (ball_is_zero(total))
        return false;
    struct ball offset = ball_of_double(0);
    if (!ball_is_zero(slope))
        offset = ball_multiply(slope, ball_of_double(distance));
    *part = scaled_sum(offset, total, quick_softplus(distance));
    return true;
}

static part_function *const part_functions[PROBLEM_COUNT] = {
    [PROBLEM_softmax_ce] = softmax_ce_part,   [PROBLEM_stablemax_ce] = stablemax_ce_part,
    [PROBLEM_log_sum_exp] = log_sum_exp_part, [PROBLEM_softmax] = softmax_part,
    [PROBLEM_bce_prob] = bce_prob_part,       [PROBLEM_bce_prob_batch] = bce_prob_part,
    [PROBLEM_bce_logit] = bce_logit_part,
};

bool QUICK(quick_loss)(const struct input_case *input, size_t first, size_t last,
                       struct approximation *value)
{
    struct ball divisor = quick_divisor(input), sum = ball_of_double(0);
    struct approximation part;
    bool whole = ball_is_one(divisor);
    size_t parts = 0;
    int sign = +1;
    if (!(divisor.middle.hi > 0) || !quick_options_usable(input))
        return false;
    for (size_t i = first; i < last; i++) {
        if (problem_has_rows(input->problem) && !options_row_counts(input, i))
            continue;
        if (!part_functions[input->problem](input, i, &part))
            return false;
        parts++;
        sign = part.sign == +1 ? sign : 0;
        sum = ball_add(sum, ball_of_value(&part));
    }
    if (parts == 0)
        return false;
    if (parts > 1 || !whole)
        part = quick_value_of(ball_divide(sum, divisor), sign);
    *value = part;
    return true;
}
