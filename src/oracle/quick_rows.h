/* Rows of logits in double-doubles: what softmax-ce, log-sum-exp and softmax
 * share on the fast path. */
#ifndef XULP_ORACLE_QUICK_ROWS_H
#define XULP_ORACLE_QUICK_ROWS_H

#include "oracle/quick.h"

static inline struct approximation quick_value_of(struct ball ball, int sign)
{
    return (struct approximation){ball.middle.hi, ball.middle.lo, ball.radius, sign};
}

/* s(x) of stablemax: x + 1, or 1/(1 − x) below 0; 0 at −∞. */
static inline struct ball quick_stable(double x)
{
    if (x == -__builtin_inf())
        return ball_of_double(0);
    return x >= 0 ? ball_sum(x, 1) : ball_divide(ball_of_double(1), ball_sum(1, -x));
}

/* e^−d, d ≥ 0: a ball that holds 0 where d > QUICK_FARTHEST. */
static inline struct ball quick_exponential(struct double_double d)
{
    if (d.hi > QUICK_FARTHEST)
        return (struct ball){{0, 0}, QUICK_LEFT_OUT};
    struct double_double power = dd_exp((struct double_double){-d.hi, -d.lo});
    return (struct ball){power, ball_up(power.hi * (1.01 * DD_EXP_ERROR))};
}

/* log(1 + e^−d), d ≥ 0. */
static inline struct approximation quick_softplus(double d)
{
    if (d > QUICK_VANISHING)
        return (struct approximation){0, 0, 0, +1};
    return quick_value_of(ball_log1p(quick_exponential((struct double_double){d, 0})), +1);
}

/* Sums the row.  False where it is not for the fast path: NaN, +∞, numbers
 * above 2^900, fewer than two finite numbers.  exponentials: NULL, or columns
 * of them to be filled: e^{x_k − x_top}, 0 where it is left out or x_k = −∞. */
bool QUICK(quick_row_sum)(const double *x, size_t columns, struct quick_row *row,
                          struct ball *exponentials);

/* log(1 + S), with what is known of it where S is too small for doubles. */
struct approximation QUICK(quick_row_logarithm)(const struct quick_row *row);

#endif
