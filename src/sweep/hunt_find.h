/* What a hunt finds: for each kind of find the best input seen. */
#ifndef XULP_SWEEP_HUNT_FIND_H
#define XULP_SWEEP_HUNT_FIND_H

#include "core/bytes.h"
#include "measure/measure.h"
#include "sweep/hunt_space.h"

/* The kinds: the greatest error among results that are no failure, and one for
 * each class in which nothing of the value is left.  Exact values of a hunt are
 * never NaN, so that none can be missed. */
enum hunt_kind {
    HUNT_greatest_error,
    HUNT_false_zero,
    HUNT_wrong_sign,
    HUNT_spurious_inf,
    HUNT_spurious_nan,
    HUNT_missed_inf,
    HUNT_KINDS
};

extern const char *const hunt_kind_names[HUNT_KINDS];

/* What is seen of a case. */
struct hunt_sight {
    enum result_class class;
    double ulp_error; /* ∞ or NaN for a failure */
    double got;
};

/* Whether a case of this sight is a find of the kind. */
bool hunt_is_find(enum hunt_kind kind, const struct hunt_sight *sight);

#define HUNT_NEVER UINT64_MAX

/* The best of one kind.  Among failures the one that takes least to read; among
 * errors the greatest, then the one that takes least to read. */
struct hunt_find {
    uint64_t first; /* number of the first case of the class, or of that error; HUNT_NEVER: none */
    struct hunt_case point;
    struct hunt_burden burden;
    struct hunt_sight sight;
};

struct hunt_finds {
    struct hunt_find kind[HUNT_KINDS];
};

void hunt_finds_clear(struct hunt_finds *finds);

/* Case number `number` was seen; numbers increase from call to call. */
void hunt_finds_add(struct hunt_finds *finds, const struct hunt_space *space,
                    const struct hunt_case *point, const struct hunt_sight *sight, uint64_t number);

/* Adds the finds of other cases, whose numbers count from `offset`.  Associative
 * and commutative: the better of two finds is that of a total order. */
void hunt_finds_merge(struct hunt_finds *into, const struct hunt_finds *from,
                      const struct hunt_space *space, uint64_t offset);

/* As bytes, and back; false where the bytes are no finds of the space. */
void hunt_finds_write(const struct hunt_finds *finds, struct bytes *bytes);
bool hunt_finds_read(struct hunt_finds *finds, const struct hunt_space *space,
                     struct byte_reader *reader);

/* Less than 0 where a is the better find of the kind. */
int hunt_find_compare(enum hunt_kind kind, const struct hunt_space *space,
                      const struct hunt_find *a, const struct hunt_find *b);

#endif
