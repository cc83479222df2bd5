/* Steps.  All are symmetric in the columns but for the target, and none knows
 * of any formulation. */
#include "sweep/hunt_move.h"

#include <math.h>

struct mover {
    const struct hunt_space *space;
    struct random_stream *stream;
    unsigned size;
    struct hunt_case *point;
    struct hunt_numbers numbers;
};

static size_t any_below(const struct mover *mover, size_t count)
{
    return (size_t)random_below(mover->stream, count);
}

static int64_t clamped(int64_t x, int64_t least, int64_t greatest)
{
    return x < least ? least : x > greatest ? greatest : x;
}

/* A random length in (2^(size − 1), 2^size], of either sign: ±1 for size 0.
 * Ordinals are below 2^63, and so is a sum of one and a length. */
static int64_t step(const struct mover *mover)
{
    uint64_t half = mover->size == 0 ? 0 : UINT64_C(1) << (mover->size - 1);
    int64_t length = (int64_t)(half + 1 + (half == 0 ? 0 : random_below(mover->stream, half)));
    return random_below(mover->stream, 2) == 0 ? -length : length;
}

static int64_t moved(int64_t from, int64_t by, int64_t least, int64_t greatest)
{
    int64_t to;
    if (__builtin_add_overflow(from, by, &to))
        return by < 0 ? least : greatest;
    return clamped(to, least, greatest);
}

static double value_of(const struct mover *mover, size_t k)
{
    return format_from_ordinal(mover->space->format, mover->point->values[k]);
}

unsigned hunt_sizes(const struct hunt_space *space)
{
    unsigned bits = 0;
    for (int64_t n = space->largest; n > 0; n /= 2)
        bits++;
    return bits + 1;
}

/* Sets value k to a number rounded to the format, and clamped to the domain. */
static void set_value(struct mover *mover, size_t k, double x)
{
    const struct format *format = mover->space->format;
    if (isnan(x))
        return;
    mover->point->values[k] = clamped(format_ordinal(format, format_round_double(format, x)),
                                      mover->numbers.least[k], mover->numbers.greatest[k]);
}

/* --- the steps ----------------------------------------------------------------------- */

/* One number goes so many places up or down. */
static void step_one(struct mover *mover)
{
    size_t i = any_below(mover, mover->numbers.count);
    *mover->numbers.number[i] = moved(*mover->numbers.number[i], step(mover),
                                      mover->numbers.least[i], mover->numbers.greatest[i]);
}

/* Every number, each by a step of its own. */
static void step_all(struct mover *mover)
{
    for (size_t i = 0; i < mover->numbers.count; i++)
        *mover->numbers.number[i] = moved(*mover->numbers.number[i], step(mover),
                                          mover->numbers.least[i], mover->numbers.greatest[i]);
}

/* The difference of two values goes so many places, and the rest stays: the gap
 * between the target, where there is one, and the greatest of the others. */
static void step_gap(struct mover *mover)
{
    const struct hunt_space *space = mover->space;
    size_t columns = mover->point->columns;
    size_t k =
        case_parts[space->problem].targets ? mover->point->target : any_below(mover, columns);
    size_t other = k == 0 ? columns - 1 : 0;
    for (size_t j = 0; j < columns; j++)
        if (j != k && mover->point->values[j] > mover->point->values[other])
            other = j;
    double gap = value_of(mover, k) - value_of(mover, other);
    int64_t ordinal = format_ordinal(space->format, format_round_double(space->format, gap));
    ordinal = moved(ordinal, step(mover), -space->largest, space->largest);
    set_value(mover, k, value_of(mover, other) + format_from_ordinal(space->format, ordinal));
}

/* All values are shifted by as much as one of them goes. */
static void shift(struct mover *mover)
{
    size_t columns = mover->point->columns, k = any_below(mover, columns);
    int64_t to = moved(mover->point->values[k], step(mover), mover->numbers.least[k],
                       mover->numbers.greatest[k]);
    double by = format_from_ordinal(mover->space->format, to) - value_of(mover, k);
    for (size_t j = 0; j < columns; j++)
        if (j == k)
            mover->point->values[j] = to;
        else
            set_value(mover, j, value_of(mover, j) + by);
}

/* All values are scaled as one of them is. */
static void scale(struct mover *mover)
{
    size_t columns = mover->point->columns, k = any_below(mover, columns);
    double from = value_of(mover, k);
    int64_t to = moved(mover->point->values[k], step(mover), mover->numbers.least[k],
                       mover->numbers.greatest[k]);
    double factor = format_from_ordinal(mover->space->format, to) / from;
    for (size_t j = 0; j < columns && isfinite(factor); j++)
        if (j == k)
            mover->point->values[j] = to;
        else
            set_value(mover, j, value_of(mover, j) * factor);
}

static void swap(struct mover *mover)
{
    size_t j = any_below(mover, mover->point->columns), k = any_below(mover, mover->point->columns);
    int64_t value = mover->point->values[j];
    mover->point->values[j] = mover->point->values[k];
    mover->point->values[k] = value;
}

/* One value becomes another's; or all but the target's do. */
static void equalise(struct mover *mover)
{
    size_t columns = mover->point->columns, j = any_below(mover, columns);
    int64_t value = mover->point->values[j];
    if (random_below(mover->stream, 2) == 0) {
        mover->point->values[any_below(mover, columns)] = value;
        return;
    }
    for (size_t k = 0; k < columns; k++)
        if (k != mover->point->target)
            mover->point->values[k] = value;
}

/* Of a logit; a probability p becomes 1 − p. */
static void reflect(struct mover *mover)
{
    size_t k = any_below(mover, mover->point->columns);
    if (mover->numbers.least[k] < 0)
        mover->point->values[k] = -mover->point->values[k];
    else
        set_value(mover, k, 1 - value_of(mover, k));
}

static void retarget(struct mover *mover)
{
    if (case_parts[mover->space->problem].targets)
        mover->point->target = any_below(mover, mover->point->columns);
}

/* A label becomes 0, 1 or ½. */
static void relabel(struct mover *mover)
{
    const struct hunt_space *space = mover->space;
    const int64_t labels[] = {0, space->one, format_ordinal(space->format, 0.5)};
    mover->point->labels[any_below(mover, mover->point->columns)] =
        labels[any_below(mover, space->hard_labels ? 2 : 3)];
}

/* What is done how often, of so many. */
static const struct {
    void (*step)(struct mover *mover);
    unsigned share;
} row_steps[] = {{step_one, 8}, {step_all, 2}, {step_gap, 4}, {shift, 2},   {scale, 1},
                 {swap, 1},     {equalise, 1}, {reflect, 1},  {retarget, 1}},
  element_steps[] = {{step_one, 12}, {step_all, 2}, {reflect, 1}, {relabel, 2}};

/* Labels that are 0 or 1 do not go place by place. */
static void harden(const struct hunt_space *space, struct hunt_case *point)
{
    for (size_t k = 0; space->hard_labels && k < point->columns; k++)
        point->labels[k] = 2 * point->labels[k] >= space->one ? space->one : 0;
}

void hunt_move(const struct hunt_space *space, struct random_stream *stream, unsigned size,
               struct hunt_case *point)
{
    struct mover mover; /* large: only what is used of it is set */
    mover.space = space;
    mover.stream = stream;
    mover.size = size;
    mover.point = point;
    bool row = problem_has_rows(space->problem);
    size_t count =
        row ? sizeof row_steps / sizeof *row_steps : sizeof element_steps / sizeof *element_steps;
    uint64_t shares = 0;
    hunt_numbers_of(space, point, &mover.numbers);
    for (size_t i = 0; i < count; i++)
        shares += row ? row_steps[i].share : element_steps[i].share;
    uint64_t draw = random_below(stream, shares);
    for (size_t i = 0; i < count; i++) {
        unsigned share = row ? row_steps[i].share : element_steps[i].share;
        if (draw < share) {
            (row ? row_steps[i].step : element_steps[i].step)(&mover);
            break;
        }
        draw -= share;
    }
    harden(space, point);
}
