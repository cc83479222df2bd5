/* One-parameter families of inputs, and the walk along each: from where a
 * formulation is harmless to where the format ends, ordinal by ordinal. */
#ifndef XULP_SWEEP_ONSET_FAMILY_H
#define XULP_SWEEP_ONSET_FAMILY_H

#include "core/format.h"
#include "sweep/case_store.h"

#include <stdbool.h>
#include <stdint.h>

/* What the cases of a family are inputs of. */
enum onset_shape {
    ONSET_ROW,         /* problems of rows */
    ONSET_PROBABILITY, /* bce-prob, bce-prob-batch */
    ONSET_LOGIT,       /* bce-logit */
};

/* The values v of a walk, in its order. */
enum onset_walk {
    ONSET_UP,      /* every value from 0 up to the largest finite number */
    ONSET_TO_ZERO, /* every value from 1/2 down to 0 */
    ONSET_TO_ONE,  /* every value from 1/2 up to 1 */
};

enum { ONSET_MOST_COLUMNS = 3 };

/* The case at v has the values x_k = RN(scale_k·v + offset_k). */
struct onset_family {
    const char *name;
    const char *what;
    enum onset_shape shape;
    enum onset_walk walk;
    size_t columns;
    double scale[ONSET_MOST_COLUMNS], offset[ONSET_MOST_COLUMNS];
    size_t target;
    double label;
    bool same_values; /* as the family before it, with another target */
};

extern const struct onset_family onset_families[];
extern const size_t onset_family_count;

/* Whether its cases are of the problem, and not the ones of the family before
 * it once more. */
bool onset_family_is_of(const struct onset_family *family, enum problem_id problem);

/* How many values the walk has: they are numbered from 0. */
uint64_t onset_walk_count(const struct onset_family *family, const struct format *format);
double onset_walk_value(const struct onset_family *family, const struct format *format,
                        uint64_t index);

/* The case at value number `index`. */
int onset_family_case(const struct onset_family *family, enum problem_id problem,
                      const struct format *format, uint64_t index, struct case_store *store,
                      struct error *error);

/* The numbers that a search begins with, increasing, first and last included:
 * in every binade (of v, or of 1 − v on the walk to 1) its two ends, and one
 * number drawn from each of ONSET_DENSE equal parts; from each of ONSET_SPARSE
 * where |log2 v| > p + ONSET_REACH, beyond p·ln 2, 2^p, 2^−p and the logarithms
 * of the format's ends.  To be freed; NULL where memory failed. */
enum { ONSET_DENSE = 64, ONSET_SPARSE = 1, ONSET_REACH = 16 };

uint64_t *onset_grid(const struct onset_family *family, const struct format *format, size_t *count);

/* One number from each of `parts` equal parts of first … last, or all of them
 * where they are no more; drawn as a function of the arguments alone.  Returns
 * how many. */
size_t onset_draw(uint64_t first, uint64_t last, size_t parts, uint64_t *numbers);

#endif
