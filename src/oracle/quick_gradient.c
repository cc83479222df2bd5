/* Gradients of all problems on the fast path: the formulas of the problems'
 * own files, in balls.  A component whose ball decides nothing (one that is 0
 * exactly, or cancels) is left to them. */
#include "oracle/quick_options.h"
#include "oracle/quick_rows.h"

#include <math.h>
#include <stdlib.h>

static const struct approximation undecided = {0, 0, INFINITY, 0};

/* Below 2^−1100 in magnitude where d > QUICK_VANISHING, which what multiplies e^−d
 * must not undo: at most 1. */
static struct approximation vanishing_or(double d, struct ball ball, int sign)
{
    if (d > QUICK_VANISHING)
        return (struct approximation){0, 0, 0, sign};
    return quick_value_of(ball, sign);
}

/* --- rows of logits --------------------------------------------------------------- */

struct row_gradient {
    struct quick_row row;
    struct ball sum; /* 1 + S */
    struct ball divisor;
    struct ball *exponentials;
};

static double distance(const struct row_gradient *g, size_t j)
{
    return g->row.x[g->row.top] - g->row.x[j];
}

/* p_j/D > 0 */
static struct approximation probability(const struct row_gradient *g, size_t j)
{
    if (isinf(g->row.x[j]))
        return undecided; /* 0 exactly */
    struct ball p = ball_divide(ball_divide(g->exponentials[j], g->sum), g->divisor);
    return vanishing_or(distance(g, j), p, +1); /* D ≥ 1 without weights */
}

/* (p_t − 1)/D = −Σ_{k ≠ t} e^{x_k − m} / (1 + S) / D */
static struct approximation target_component(const struct row_gradient *g, size_t t)
{
    bool greatest = t == g->row.top;
    struct ball others = g->row.rest;
    if (!greatest)
        others = ball_subtract(g->sum, g->exponentials[t]);
    struct ball p = ball_negate(ball_divide(ball_divide(others, g->sum), g->divisor));
    if (greatest)
        return vanishing_or(g->row.nearest, p, -1);
    return quick_value_of(p, -1);
}

/* (A·p_j − a_j)/D */
static struct approximation weighted_component(const struct row_gradient *g, struct ball total,
                                               struct ball a, size_t j)
{
    struct ball p = ball_multiply(total, ball_divide(g->exponentials[j], g->sum));
    bool positive = ball_is_zero(a);
    if (isinf(g->row.x[j]))
        return undecided;
    return quick_value_of(ball_divide(ball_subtract(p, a), g->divisor), positive ? +1 : 0);
}

static bool weighted_row(const struct input_case *input, size_t i, const struct row_gradient *g,
                         struct approximation *components)
{
    struct ball total = ball_of_double(0);
    for (size_t j = 0; j < input->columns; j++)
        total = ball_add(total, quick_coefficient(input, i, j));
    if (ball_is_zero(total))
        return false;
    for (size_t j = 0; j < input->columns; j++) {
        bool counts = options_positive(input, i, j);
        struct ball a = counts ? quick_coefficient(input, i, j) : ball_of_double(0);
        components[j] = weighted_component(g, total, a, j);
    }
    return true;
}

static bool fill_row(const struct input_case *input, size_t i, const struct row_gradient *g,
                     struct approximation *components)
{
    bool softmax_ce = input->problem == PROBLEM_softmax_ce;
    if (softmax_ce && !quick_plain(input))
        return weighted_row(input, i, g, components);
    for (size_t j = 0; j < input->columns; j++)
        components[j] = probability(g, j);
    if (softmax_ce) {
        size_t t = input->targets[i];
        if (isinf(g->row.x[t]))
            return false;
        components[t] = target_component(g, t);
    }
    return true;
}

static bool exponential_row(const struct input_case *input, size_t i, struct ball divisor,
                            struct approximation *components)
{
    struct row_gradient g = {.divisor = divisor};
    if (input->problem == PROBLEM_softmax_ce && !options_row_valid(input, i))
        return false;
    g.exponentials = malloc(input->columns * sizeof *g.exponentials);
    if (g.exponentials == NULL)
        return false; /* MPFR may find room, or says that there is none */
    bool usable = QUICK(quick_row_sum)(input->values + i * input->columns, input->columns, &g.row,
                                       g.exponentials);
    g.sum = ball_add(ball_of_double(1), g.row.rest);
    usable = usable && fill_row(input, i, &g, components);
    free(g.exponentials);
    return usable;
}

/* --- stablemax ---------------------------------------------------------------------- */

/* s'(x) = 1, or s(x)² below 0. */
static struct ball stable_slope(double x)
{
    struct ball s = quick_stable(x);
    return x >= 0 ? ball_of_double(1) : ball_multiply(s, s);
}

static bool stablemax_row(const struct input_case *input, size_t i, struct ball divisor,
                          struct approximation *components)
{
    const double *x = input->values + i * input->columns;
    struct ball sum = ball_of_double(0), others = ball_of_double(0);
    if (!options_row_valid(input, i))
        return false;
    size_t t = input->targets[i], finite = 0;
    for (size_t k = 0; k < input->columns; k++) {
        if (!(fabs(x[k]) <= 0x1p200) && x[k] != -INFINITY)
            return false;
        finite += x[k] != -INFINITY;
        sum = ball_add(sum, quick_stable(x[k]));
        if (k != t)
            others = ball_add(others, quick_stable(x[k]));
    }
    if (finite < 2)
        return false;
    for (size_t j = 0; j < input->columns; j++) {
        struct ball g = ball_divide(ball_divide(stable_slope(x[j]), sum), divisor);
        if (j == t)
            g = ball_negate(ball_divide(ball_multiply(g, others), quick_stable(x[t])));
        components[j] =
            isinf(x[j]) || isinf(x[t]) ? undecided : quick_value_of(g, j == t ? -1 : +1);
    }
    return true;
}

/* --- elements ------------------------------------------------------------------------ */

/* (p − y)/(p·(1 − p))/D */
static struct approximation bce_prob_component(double p, double y, struct ball divisor)
{
    if (!(p >= 0x1p-400 && p < 1) || !quick_label_usable(y) || p == y)
        return undecided;
    struct ball product = ball_multiply(ball_of_double(p), ball_sum(1, -p));
    struct ball g = ball_divide(ball_divide(ball_sum(p, -y), product), divisor);
    return quick_value_of(g, p > y ? +1 : -1);
}

/* For x > 0, with e = e^−x:
 *     (α − β·e)/(1 + e) = ((α − β) − β·expm1(−x))/(1 + e),
 * the second where e is near 1 and α may be near β.  For x < 0 the same with α
 * and β changed over, negated. */
static struct approximation bce_logit_component(double x, double y, double w, struct ball divisor)
{
    double d = fabs(x);
    if (!(d <= 0x1p900 && d >= 0x1p-400) || !quick_label_usable(y))
        return undecided;
    struct ball alpha = ball_sum(1, -y), beta = w == 1 ? ball_of_double(y) : ball_product(w, y);
    struct ball near = x > 0 ? alpha : beta, far = x > 0 ? beta : alpha;
    if (ball_is_zero(near) && ball_is_zero(far))
        return undecided; /* 0 exactly */
    struct ball e = quick_exponential((struct double_double){d, 0}), numerator;
    if (d < 0.5) {
        struct double_double middle = dd_expm1((struct double_double){-d, 0});
        struct ball less_1 = {middle, ball_up(__builtin_fabs(middle.hi) * (1.01 * DD_EXPM1_ERROR))};
        numerator = ball_subtract(ball_subtract(near, far), ball_multiply(far, less_1));
    } else {
        numerator = ball_subtract(near, ball_multiply(far, e));
    }
    struct ball g = ball_divide(ball_divide(numerator, ball_add(ball_of_double(1), e)), divisor);
    int side = ball_is_zero(far) ? +1 : ball_is_zero(near) ? -1 : 0; /* of g for x > 0 */
    int sign = x > 0 ? side : -side;
    if (x < 0)
        g = ball_negate(g);
    if (ball_is_zero(near) && ball_size(far) <= 1 && divisor.middle.hi >= 1)
        return vanishing_or(d, g, sign);
    return quick_value_of(g, sign);
}

static void element_row(const struct input_case *input, size_t row, struct ball divisor,
                        struct approximation *components)
{
    for (size_t j = 0; j < input->columns; j++) {
        size_t i = row * input->columns + j;
        double x = input->values[i], y = input->labels[i];
        double w = input->weights == NULL ? 1 : input->weights[j];
        components[j] = input->problem == PROBLEM_bce_logit ? bce_logit_component(x, y, w, divisor)
                                                            : bce_prob_component(x, y, divisor);
    }
}

bool QUICK(quick_gradient)(const struct input_case *input, size_t row,
                           struct approximation *components)
{
    struct ball divisor = quick_divisor(input);
    if (!(divisor.middle.hi > 0) || !quick_options_usable(input))
        return false;
    if (!problem_has_rows(input->problem)) {
        element_row(input, row, divisor, components);
        return true;
    }
    if (input->problem == PROBLEM_softmax || !options_row_counts(input, row))
        return false;
    return input->problem == PROBLEM_stablemax_ce
               ? stablemax_row(input, row, divisor, components)
               : exponential_row(input, row, divisor, components);
}
