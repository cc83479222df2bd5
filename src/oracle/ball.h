/* Balls: a double-double and a radius.  A ball holds a real number v when
 * |v − (hi + lo)| ≤ radius; every operation here makes of balls that hold their
 * operands a ball that holds the result (midpoint-radius arithmetic: Johansson,
 * Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE
 * Trans. Computers 66(8), 2017, here with double-doubles as midpoints).
 *
 * The midpoints lose at most DD_UNIT of their magnitude an operation
 * (double_double.h), and where a product's low part underflows, less than
 * BALL_TINY.  A radius is a sum of at most a dozen numbers ≥ 0, each rounded with
 * a relative error of 2^−53: ball_up() covers them all.  Where something
 * overflows the radius becomes infinite or NaN, and nothing is decided by it. */
#ifndef XULP_ORACLE_BALL_H
#define XULP_ORACLE_BALL_H

#include "oracle/double_double.h"
#include "oracle/quick_kernel.h"

#include <stdbool.h>

struct ball {
    struct double_double middle;
    double radius;
};

/* 16 u², u = 2^−53: the greatest bound of an operation of double_double.h is
 * that of the quotient, 15 u² + 56 u³. */
#define DD_UNIT   0x1p-102
#define BALL_TINY 0x1p-1060

static inline double ball_up(double radius)
{
    return radius * (1 + 0x1p-48) + BALL_TINY;
}

static inline double ball_size(struct ball a)
{
    return __builtin_fabs(a.middle.hi);
}

/* Whether it holds 0 and nothing else. */
static inline bool ball_is_zero(struct ball a)
{
    return a.middle.hi == 0 && a.radius == 0;
}

static inline bool ball_is_one(struct ball a)
{
    return a.middle.hi == 1 && a.middle.lo == 0 && a.radius == 0;
}

static inline struct ball ball_of(struct double_double middle)
{
    return (struct ball){middle, 0};
}

static inline struct ball ball_of_double(double x)
{
    return ball_of((struct double_double){x, 0});
}

/* x + y and x·y of doubles, without error but for underflow.  (A sum or a product with 0
 * is exact here and below: whether a value is 0 exactly matters.) */
static inline struct ball ball_sum(double x, double y)
{
    return ball_of(two_sum(x, y));
}

static inline struct ball ball_product(double x, double y)
{
    return (struct ball){two_prod(x, y), x == 0 || y == 0 ? 0 : BALL_TINY};
}

static inline struct ball ball_negate(struct ball a)
{
    return (struct ball){{-a.middle.hi, -a.middle.lo}, a.radius};
}

static inline struct ball ball_add(struct ball a, struct ball b)
{
    if (ball_is_zero(a) || ball_is_zero(b))
        return ball_is_zero(a) ? b : a;
    struct double_double sum = dd_add(a.middle, b.middle);
    return (struct ball){sum, ball_up(a.radius + b.radius + __builtin_fabs(sum.hi) * DD_UNIT)};
}

static inline struct ball ball_subtract(struct ball a, struct ball b)
{
    return ball_add(a, ball_negate(b));
}

/* |ab − a'b'| ≤ |a|·δb + |b|·δa + δa·δb; 1.01·|hi| is above |hi + lo|. */
static inline struct ball ball_multiply(struct ball a, struct ball b)
{
    if (ball_is_zero(a) || ball_is_zero(b))
        return ball_of_double(0);
    struct double_double product = dd_mul(a.middle, b.middle);
    double spread = 1.01 * (ball_size(a) * b.radius + ball_size(b) * a.radius);
    return (struct ball){
        product, ball_up(spread + a.radius * b.radius + __builtin_fabs(product.hi) * DD_UNIT)};
}

/* |a/b − a'/b'| ≤ (δa + |a/b|·δb)/(|b| − δb); undecided where b may be 0.  What
 * underflow takes from the remainder, the division by b magnifies. */
static inline struct ball ball_divide(struct ball a, struct ball b)
{
    if (ball_is_zero(a))
        return a;
    struct double_double quotient = dd_div(a.middle, b.middle);
    double least = 0.99 * ball_size(b) - b.radius;
    double spread = (a.radius + 1.01 * __builtin_fabs(quotient.hi) * b.radius + BALL_TINY) / least;
    double radius = ball_up(1.01 * spread + __builtin_fabs(quotient.hi) * DD_UNIT);
    return (struct ball){quotient, least > 0 ? radius : __builtin_inf()};
}

/* log(1 + a), a > −1: the derivative is at most 1/(1 + a − δ) within the ball. */
static inline struct ball ball_log1p(struct ball a)
{
    struct double_double logarithm = dd_log1p(a.middle);
    struct double_double least = dd_add((struct double_double){1, 0}, a.middle);
    double slope = 1 / (0.99 * least.hi - a.radius);
    double radius =
        ball_up(1.01 * slope * a.radius + __builtin_fabs(logarithm.hi) * (1.01 * DD_LOG1P_ERROR));
    return (struct ball){logarithm, slope > 0 ? radius : __builtin_inf()};
}

#endif
