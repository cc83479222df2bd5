/* Σ_{k ≠ top} e^{x_k − m}, m = x_top the maximum, in double-doubles, eight lanes
 * side by side.
 *
 * Error: x_k − m is exact (TwoSum), each exponential has the relative error
 * DD_EXP_ERROR, and a term takes part in at most ⌈n/8⌉ + 8 additions of numbers
 * ≥ 0, each of relative error below DD_UNIT.  Since every term is ≥ 0 the errors
 * are relative to the sum.  An exponential below e^−660 is left out, and counted. */
#include "oracle/quick_rows.h"

#include <math.h>

enum { LANES = 8 };

struct lanes {
    double hi[LANES], lo[LANES];
};

/* Where the greatest stands first, and how many numbers are finite; false for
 * rows that are not for the fast path. */
static bool survey(const double *x, size_t columns, size_t *top)
{
    size_t finite = 0, at = 0;
    bool usable = columns <= QUICK_LONGEST;
    for (size_t k = 0; k < columns; k++) {
        usable &= x[k] <= 0x1p900 && (x[k] >= -0x1p900 || x[k] == -INFINITY);
        finite += x[k] >= -0x1p900;
        if (x[k] > x[at])
            at = k;
    }
    *top = at;
    return usable && finite > 1;
}

/* The numbers k, k + 1, … of the row as distances below m in double-doubles;
 * +∞ for what does not count: m itself, once, and what is past the end. */
static void distances(const double *x, size_t columns, size_t top, size_t k, struct lanes *below)
{
    double m = x[top];
    for (size_t j = 0; j < LANES; j++) {
        bool counts = k + j < columns && k + j != top;
        double number = counts ? x[k + j] : -INFINITY;
        bool finite = number > -INFINITY;
        struct double_double d = two_sum(m, finite ? -number : 0);
        below->hi[j] = finite ? d.hi : INFINITY;
        below->lo[j] = finite ? d.lo : 0;
    }
}

/* e^−d; 0 where d > QUICK_FARTHEST. */
static void exponentials_of(const struct lanes *below, struct lanes *e)
{
    for (size_t j = 0; j < LANES; j++) {
        bool near = below->hi[j] <= QUICK_FARTHEST;
        struct double_double d = {near ? -below->hi[j] : 0, near ? -below->lo[j] : 0};
        struct double_double power = dd_exp(d);
        e->hi[j] = near ? power.hi : 0;
        e->lo[j] = near ? power.lo : 0;
    }
}

static void accumulate(struct lanes *sum, const struct lanes *e)
{
    for (size_t j = 0; j < LANES; j++) {
        struct double_double total = dd_add((struct double_double){sum->hi[j], sum->lo[j]},
                                            (struct double_double){e->hi[j], e->lo[j]});
        sum->hi[j] = total.hi;
        sum->lo[j] = total.lo;
    }
}

static struct double_double lanes_total(const struct lanes *sum)
{
    struct double_double total = {sum->hi[0], sum->lo[0]};
    for (size_t j = 1; j < LANES; j++)
        total = dd_add(total, (struct double_double){sum->hi[j], sum->lo[j]});
    return total;
}

/* The numbers k, … as balls. */
static void keep(const struct lanes *below, const struct lanes *e, size_t k, size_t columns,
                 struct ball *exponentials)
{
    for (size_t j = 0; j < LANES && k + j < columns; j++) {
        struct double_double middle = {e->hi[j], e->lo[j]};
        bool left_out = below->hi[j] > QUICK_FARTHEST && below->hi[j] < INFINITY;
        double radius = left_out ? QUICK_LEFT_OUT : ball_up(middle.hi * (1.01 * DD_EXP_ERROR));
        exponentials[k + j] = (struct ball){middle, radius};
    }
}

static size_t count_left_out(const struct lanes *below)
{
    size_t count = 0;
    for (size_t j = 0; j < LANES; j++)
        count += below->hi[j] > QUICK_FARTHEST && below->hi[j] < INFINITY;
    return count;
}

bool QUICK(quick_row_sum)(const double *x, size_t columns, struct quick_row *row,
                          struct ball *exponentials)
{
    *row = (struct quick_row){.x = x, .columns = columns, .nearest = INFINITY};
    if (!survey(x, columns, &row->top))
        return false;
    struct lanes below, e, sum = {0};
    size_t left_out = 0;
    for (size_t k = 0; k < columns; k += LANES) {
        distances(x, columns, row->top, k, &below);
        exponentials_of(&below, &e);
        accumulate(&sum, &e);
        left_out += count_left_out(&below);
        for (size_t j = 0; j < LANES; j++)
            row->nearest = below.hi[j] < row->nearest ? below.hi[j] : row->nearest;
        if (exponentials != NULL)
            keep(&below, &e, k, columns, exponentials);
    }
    if (exponentials != NULL)
        exponentials[row->top] = ball_of_double(1);
    double relative = DD_EXP_ERROR + (double)(columns / LANES + 9) * DD_UNIT;
    row->rest.middle = lanes_total(&sum);
    row->rest.radius =
        ball_up(1.01 * row->rest.middle.hi * relative + (double)left_out * QUICK_LEFT_OUT);
    return true;
}

struct approximation QUICK(quick_row_logarithm)(const struct quick_row *row)
{
    if (row->nearest > QUICK_VANISHING)
        return (struct approximation){0, 0, 0, +1};
    return quick_value_of(ball_log1p(row->rest), +1);
}
