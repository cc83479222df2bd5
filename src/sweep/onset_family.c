/* The families as data, and their walks.
 *
 * A walk is the ordinals of the format in order, so that value number i and its
 * neighbours are integer arithmetic.  RN(scale·v + offset) is one rounding: one
 * of scale·v and offset is exact or 0 in each row, and 53 ≥ 2p + 2 makes the
 * rounding through binary64 harmless for the narrower formats (Figueroa 1995). */
#include "sweep/onset_family.h"

#include "core/random.h"

#include <math.h>
#include <stdlib.h>

const struct onset_family onset_families[] = {
    {"gap-ahead", "logits (v, 0), target 0", ONSET_ROW, ONSET_UP, 2, .scale = {1, 0}, .target = 0},
    {"gap-behind", "logits (v, 0), target 1", ONSET_ROW, ONSET_UP, 2, .scale = {1, 0}, .target = 1,
     .same_values = true},
    {"magnitude-right", "logits v·(1, 1/2, −1/4), target 0", ONSET_ROW, ONSET_UP, 3,
     .scale = {1, 0.5, -0.25}, .target = 0},
    {"magnitude-wrong", "logits v·(1, 1/2, −1/4), target 2", ONSET_ROW, ONSET_UP, 3,
     .scale = {1, 0.5, -0.25}, .target = 2, .same_values = true},
    {"magnitude-negative", "logits −v·(1, 1/2, 3/4), target 2", ONSET_ROW, ONSET_UP, 3,
     .scale = {-1, -0.5, -0.75}, .target = 2},
    {"shift-up", "logits (1/2, −5/4, 3/4) + v, target 0", ONSET_ROW, ONSET_UP, 3,
     .scale = {1, 1, 1}, .offset = {0.5, -1.25, 0.75}, .target = 0},
    {"shift-down", "logits (1/2, −5/4, 3/4) − v, target 0", ONSET_ROW, ONSET_UP, 3,
     .scale = {-1, -1, -1}, .offset = {0.5, -1.25, 0.75}, .target = 0},
    {"logit-up-label-0", "logit v, label 0", ONSET_LOGIT, ONSET_UP, 1, .scale = {1}, .label = 0},
    {"logit-up-label-1", "logit v, label 1", ONSET_LOGIT, ONSET_UP, 1, .scale = {1}, .label = 1},
    {"logit-down-label-0", "logit −v, label 0", ONSET_LOGIT, ONSET_UP, 1, .scale = {-1},
     .label = 0},
    {"logit-down-label-1", "logit −v, label 1", ONSET_LOGIT, ONSET_UP, 1, .scale = {-1},
     .label = 1},
    {"p-to-0-label-0", "probability v, label 0", ONSET_PROBABILITY, ONSET_TO_ZERO, 1, .scale = {1},
     .label = 0},
    {"p-to-0-label-1", "probability v, label 1", ONSET_PROBABILITY, ONSET_TO_ZERO, 1, .scale = {1},
     .label = 1},
    {"p-to-1-label-0", "probability v, label 0", ONSET_PROBABILITY, ONSET_TO_ONE, 1, .scale = {1},
     .label = 0},
    {"p-to-1-label-1", "probability v, label 1", ONSET_PROBABILITY, ONSET_TO_ONE, 1, .scale = {1},
     .label = 1},
};

const size_t onset_family_count = sizeof onset_families / sizeof *onset_families;

bool onset_family_is_of(const struct onset_family *family, enum problem_id problem)
{
    if (family->same_values && !case_parts[problem].targets)
        return false;
    switch (family->shape) {
    case ONSET_ROW:
        return problem_has_rows(problem);
    case ONSET_PROBABILITY:
        return problem == PROBLEM_bce_prob || problem == PROBLEM_bce_prob_batch;
    case ONSET_LOGIT:
        return problem == PROBLEM_bce_logit;
    }
    return false;
}

/* --- the walk ------------------------------------------------------------------ */

uint64_t onset_walk_count(const struct onset_family *family, const struct format *format)
{
    int64_t half = format_ordinal(format, 0.5), one = format_ordinal(format, 1);
    switch (family->walk) {
    case ONSET_UP:
        return (uint64_t)format_ordinal(format, format_largest(format)) + 1;
    case ONSET_TO_ZERO:
        return (uint64_t)half + 1;
    case ONSET_TO_ONE:
        return (uint64_t)(one - half) + 1;
    }
    return 0;
}

double onset_walk_value(const struct onset_family *family, const struct format *format,
                        uint64_t index)
{
    int64_t half = family->walk == ONSET_UP ? 0 : format_ordinal(format, 0.5);
    int64_t i = (int64_t)index;
    return format_from_ordinal(format, family->walk == ONSET_TO_ZERO ? half - i : half + i);
}

int onset_family_case(const struct onset_family *family, enum problem_id problem,
                      const struct format *format, uint64_t index, struct case_store *store,
                      struct error *error)
{
    int code = case_store_shape(store, problem, 1, family->columns, error);
    if (code != OK)
        return code;
    double v = onset_walk_value(family, format, index);
    for (size_t k = 0; k < family->columns; k++)
        store->values[k] = format_round_double(format, family->scale[k] * v + family->offset[k]);
    store->targets[0] = family->target;
    store->labels[0] = family->label;
    return OK;
}

/* --- where a search begins ------------------------------------------------------ */

size_t onset_draw(uint64_t first, uint64_t last, size_t parts, uint64_t *numbers)
{
    uint64_t width = last - first + 1;
    if (width <= parts) {
        for (uint64_t i = 0; i < width; i++)
            numbers[i] = first + i;
        return (size_t)width;
    }
    struct random_stream stream = random_stream(first, last);
    for (size_t j = 0; j < parts; j++) {
        uint64_t from = width / parts * j + width % parts * j / parts;
        uint64_t to = width / parts * (j + 1) + width % parts * (j + 1) / parts;
        numbers[j] = first + from + random_below(&stream, to - from);
    }
    return parts;
}

/* A growing grid in its own coordinate: the ordinal of v, or how many ordinals
 * v is below 1. */
struct grid {
    uint64_t *numbers;
    size_t count;
};

static void add_binade(struct grid *grid, uint64_t first, uint64_t last, size_t parts)
{
    uint64_t *numbers = grid->numbers + grid->count;
    size_t count = 0, drawn;
    numbers[count++] = first;
    if (last - first > 1) {
        drawn = onset_draw(first + 1, last - 1, parts, numbers + count);
        count += drawn;
    }
    if (last > first)
        numbers[count++] = last;
    grid->count += count;
}

/* How many parts the binade from this coordinate on is cut into. */
static size_t density(const struct onset_family *family, const struct format *format,
                      uint64_t first)
{
    if (family->walk == ONSET_TO_ONE)
        return ONSET_DENSE;
    int exponent = ilogb(format_from_ordinal(format, (int64_t)first));
    return abs(exponent) <= format->precision + ONSET_REACH ? ONSET_DENSE : ONSET_SPARSE;
}

uint64_t *onset_grid(const struct onset_family *family, const struct format *format, size_t *count)
{
    uint64_t total = onset_walk_count(family, format);
    uint64_t per_binade = UINT64_C(1) << (format->precision - 1);
    size_t binades = (size_t)(format->emax - format->emin + 2 + format->precision);
    struct grid grid = {.numbers = calloc(1 + binades * (ONSET_DENSE + 2), sizeof(uint64_t))};
    if (grid.numbers == NULL)
        return NULL;
    grid.count = 1; /* 0 itself */
    for (uint64_t first = 1; first < total;) {
        uint64_t last =
            2 * first - 1 < first + per_binade - 1 ? 2 * first - 1 : first + per_binade - 1;
        add_binade(&grid, first, last < total ? last : total - 1, density(family, format, first));
        first = last + 1;
    }
    if (family->walk != ONSET_UP) { /* both other walks go down their coordinate */
        for (size_t i = 0; i < grid.count / 2; i++) {
            uint64_t swapped = grid.numbers[i];
            grid.numbers[i] = total - 1 - grid.numbers[grid.count - 1 - i];
            grid.numbers[grid.count - 1 - i] = total - 1 - swapped;
        }
        if (grid.count % 2 == 1)
            grid.numbers[grid.count / 2] = total - 1 - grid.numbers[grid.count / 2];
    }
    *count = grid.count;
    return grid.numbers;
}
