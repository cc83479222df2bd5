/* Losses of many cases of one shape: the formulas of bce_logit.c, bce_prob.c and
 * softmax_ce.c as loops without branches, for the compiler to vectorise.
 *
 * Binary losses of logits and of two classes are
 *     slope·a + log1p(e^−a),   a = |x| or |x_0 − x_1|, slope 0 or 1.
 * Error: log1p has relative condition at most 1 where its argument is ≥ 0, so the
 * errors of exp and log1p add up; a + log adds DD_UNIT.  For a ≤ 2^−10, where most of
 * a format's binades are, with y = a/2
 *     log1p(e^−a) = ln 2 − y + log cosh y,
 *     log cosh y = y²/2 − y⁴/12 + y⁶/45 − θ,  0 ≤ θ ≤ 17 y⁸/2520 < 2^−95
 * (alternating, with terms that fall); y² is exact but for y.lo², and the terms in
 * y⁴, below 2^−47, are computed in binary64, to 2^−98.  Together far below the error
 * that is given to all of them.  Where a is too far, e^−a < 2^−952 is left out.
 *
 * Which formula a value gets depends on the value alone, so that a case has
 * the same ball in any block. */
#include "oracle/quick.h"

#define NEAR_ZERO 0x1p-10
/* 1.01 for products of errors, 2 DD_UNIT for additions and for ln 2 itself. */
#define LOGARITHM_ERROR (1.01 * (DD_EXP_ERROR + DD_LOG1P_ERROR + 2 * DD_UNIT))

/* |a| and whether the loss has it as a term. */
struct distances {
    double hi[QUICK_BLOCK], lo[QUICK_BLOCK];
    double slope[QUICK_BLOCK]; /* 0 or 1 */
};

static const struct double_double ln_2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

/* v = log1p(e^−a) where a is not far; where it is, what is put there is not used. */
static void logarithms(const struct distances *a, size_t count, struct quick_block *v)
{
    for (size_t i = 0; i < count; i++) {
        int near = a->hi[i] <= QUICK_FARTHEST;
        struct double_double x = {quick_select(near, -a->hi[i], 0),
                                  quick_select(near, -a->lo[i], 0)};
        struct double_double logarithm = dd_log1p(dd_exp(x));
        v->hi[i] = logarithm.hi;
        v->lo[i] = logarithm.lo;
    }
}

/* The series at 0, a ≤ NEAR_ZERO. */
static inline struct double_double series(double hi, double lo)
{
    struct double_double y = {0.5 * hi, 0.5 * lo}, square = two_prod(y.hi, y.hi);
    square.lo += 2 * y.hi * y.lo;
    double rest = square.hi * square.hi * (square.hi * (1.0 / 45) - 1.0 / 12);
    struct double_double even = {0.5 * square.hi, 0.5 * square.lo + rest};
    return dd_add(dd_add(ln_2, dd_negate(y)), fast_two_sum(even.hi, even.lo));
}

static void all_series(const struct distances *a, size_t count, struct quick_block *v)
{
    for (size_t i = 0; i < count; i++) {
        int small = a->hi[i] < NEAR_ZERO;
        struct double_double near_zero =
            series(quick_select(small, a->hi[i], 0), quick_select(small, a->lo[i], 0));
        v->hi[i] = quick_select(small, near_zero.hi, v->hi[i]);
        v->lo[i] = quick_select(small, near_zero.lo, v->lo[i]);
    }
}

/* Each formula where a value of the block asks for it: blocks of consecutive numbers
 * mostly ask for one. */
static void fill_logarithms(const struct distances *a, size_t count, struct quick_block *v)
{
    int any = 0, any_small = 0;
    for (size_t i = 0; i < count; i++) {
        any |= (a->hi[i] >= NEAR_ZERO) & (a->hi[i] <= QUICK_FARTHEST);
        any_small |= a->hi[i] < NEAR_ZERO;
    }
    if (any)
        logarithms(a, count, v);
    else
        for (size_t i = 0; i < count; i++)
            v->hi[i] = v->lo[i] = 0;
    if (any_small)
        all_series(a, count, v);
}

static void losses(const struct distances *a, size_t count, struct quick_block *v)
{
    fill_logarithms(a, count, v);
    for (size_t i = 0; i < count; i++) {
        double distance = a->hi[i], slope = a->slope[i];
        int far = distance > QUICK_FARTHEST;
        struct double_double logarithm = {quick_select(far, 0, v->hi[i]),
                                          quick_select(far, 0, v->lo[i])};
        struct double_double loss =
            dd_add((struct double_double){slope * distance, slope * a->lo[i]}, logarithm);
        int left_out = far & !((slope == 0) & (distance > QUICK_VANISHING));
        double absolute = quick_select(far, quick_select(left_out, QUICK_LEFT_OUT, 0), BALL_TINY);
        double radius = loss.hi * LOGARITHM_ERROR + absolute;
        int usable = distance <= 0x1p900; /* no NaN, whose bits may differ, is left */
        v->hi[i] = quick_select(usable, loss.hi, 0);
        v->lo[i] = quick_select(usable, loss.lo, 0);
        v->radius[i] = quick_select(usable, radius, __builtin_inf());
    }
}

void QUICK(quick_block_bce_logit)(const double *x, double label, size_t count,
                                  struct quick_block *v)
{
    struct distances a;
    double toward = label == 1 ? -1 : +1; /* where the loss grows */
    for (size_t i = 0; i < count; i++) {
        a.hi[i] = __builtin_fabs(x[i]);
        a.lo[i] = 0;
        a.slope[i] = x[i] * toward > 0 ? 1 : 0;
    }
    losses(&a, count, v);
}

void QUICK(quick_block_softmax_ce_2)(const double *x0, const double *x1, size_t target,
                                     size_t count, struct quick_block *v)
{
    struct distances a;
    const double *at = target == 0 ? x0 : x1, *other = target == 0 ? x1 : x0;
    for (size_t i = 0; i < count; i++) {
        struct double_double gap = two_sum(other[i], -at[i]);
        double sign = gap.hi < 0 ? -1 : +1;
        a.hi[i] = sign * gap.hi;
        a.lo[i] = sign * gap.lo;
        a.slope[i] = gap.hi > 0 ? 1 : 0;
    }
    losses(&a, count, v);
}

/* −log p for the label 1, −log(1 − p) for 0. */
void QUICK(quick_block_bce_prob)(const double *p, double label, size_t count, struct quick_block *v)
{
    for (size_t i = 0; i < count; i++) {
        int inside = (p[i] >= 0x1p-900) & (p[i] < 1);
        double probability = quick_select(inside, p[i], 0.5);
        struct double_double below = two_sum(probability, -1);
        struct double_double f = {label == 1 ? below.hi : -probability, label == 1 ? below.lo : 0};
        struct double_double logarithm = dd_log1p(f);
        v->hi[i] = -logarithm.hi;
        v->lo[i] = -logarithm.lo;
        double radius = -logarithm.hi * (1.01 * DD_LOG1P_ERROR) + BALL_TINY;
        v->radius[i] = quick_select(inside, radius, __builtin_inf());
    }
}
