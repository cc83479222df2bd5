/* Finds, and the order among them. */
#include "sweep/hunt_find.h"

const char *const hunt_kind_names[HUNT_KINDS] = {
    [HUNT_greatest_error] = "greatest-error", [HUNT_false_zero] = "false-zero",
    [HUNT_wrong_sign] = "wrong-sign",         [HUNT_spurious_inf] = "spurious-inf",
    [HUNT_spurious_nan] = "spurious-nan",     [HUNT_missed_inf] = "missed-inf",
};

static const enum result_class kind_class[HUNT_KINDS] = {
    [HUNT_greatest_error] = CLASS_COUNT,      [HUNT_false_zero] = CLASS_false_zero,
    [HUNT_wrong_sign] = CLASS_wrong_sign,     [HUNT_spurious_inf] = CLASS_spurious_inf,
    [HUNT_spurious_nan] = CLASS_spurious_nan, [HUNT_missed_inf] = CLASS_missed_inf,
};

bool hunt_is_find(enum hunt_kind kind, const struct hunt_sight *sight)
{
    if (kind == HUNT_greatest_error)
        return !class_is_failure(sight->class);
    return sight->class == kind_class[kind];
}

void hunt_finds_clear(struct hunt_finds *finds)
{
    for (size_t k = 0; k < HUNT_KINDS; k++)
        finds->kind[k].first = HUNT_NEVER;
}

int hunt_find_compare(enum hunt_kind kind, const struct hunt_space *space,
                      const struct hunt_find *a, const struct hunt_find *b)
{
    if (kind == HUNT_greatest_error && a->sight.ulp_error != b->sight.ulp_error)
        return a->sight.ulp_error > b->sight.ulp_error ? -1 : 1;
    int order = hunt_burden_compare(&a->burden, &b->burden);
    return order != 0 ? order : hunt_case_compare(space, &a->point, &b->point);
}

static void copy(struct hunt_find *to, const struct hunt_find *from)
{
    hunt_copy(&to->point, &from->point);
    to->burden = from->burden;
    to->sight = from->sight;
}

/* Takes over what is better.  Of a failure the first case counts, of the
 * greatest error the first that shows it. */
static void take(struct hunt_find *best, enum hunt_kind kind, const struct hunt_space *space,
                 const struct hunt_find *other)
{
    int order = best->first == HUNT_NEVER ? -1 : hunt_find_compare(kind, space, other, best);
    if (order < 0)
        copy(best, other);
    if (kind == HUNT_greatest_error && order < 0)
        best->first = other->first;
    if ((kind != HUNT_greatest_error || order == 0) && other->first < best->first)
        best->first = other->first;
}

void hunt_finds_add(struct hunt_finds *finds, const struct hunt_space *space,
                    const struct hunt_case *point, const struct hunt_sight *sight, uint64_t number)
{
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        struct hunt_find *best = &finds->kind[k];
        if (!hunt_is_find((enum hunt_kind)k, sight))
            continue;
        /* Most cases are no better by far: told before anything is copied. */
        if (k == HUNT_greatest_error && best->first != HUNT_NEVER &&
            sight->ulp_error < best->sight.ulp_error)
            continue;
        struct hunt_find find = {
            .first = number, .burden = hunt_burden(space, point), .sight = *sight};
        if (k != HUNT_greatest_error && best->first != HUNT_NEVER &&
            hunt_burden_compare(&find.burden, &best->burden) > 0)
            continue;
        hunt_copy(&find.point, point);
        take(best, (enum hunt_kind)k, space, &find);
    }
}

void hunt_finds_merge(struct hunt_finds *into, const struct hunt_finds *from,
                      const struct hunt_space *space, uint64_t offset)
{
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        if (from->kind[k].first == HUNT_NEVER)
            continue;
        struct hunt_find other;
        copy(&other, &from->kind[k]);
        other.first = from->kind[k].first + offset;
        take(&into->kind[k], (enum hunt_kind)k, space, &other);
    }
}

/* --- as bytes --------------------------------------------------------------------------- */

static void write_ordinals(const int64_t *ordinals, size_t count, struct bytes *bytes)
{
    for (size_t i = 0; i < count; i++)
        bytes_put_fixed(bytes, (uint64_t)ordinals[i], sizeof *ordinals);
}

static void read_ordinals(int64_t *ordinals, size_t count, struct byte_reader *reader)
{
    for (size_t i = 0; i < count; i++)
        ordinals[i] = (int64_t)bytes_take_fixed(reader, sizeof *ordinals);
}

/* The burden is that of the case, and not written. */
void hunt_finds_write(const struct hunt_finds *finds, struct bytes *bytes)
{
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        const struct hunt_find *find = &finds->kind[k];
        bytes_put_count(bytes, find->first + 1); /* 0: never */
        if (find->first == HUNT_NEVER)
            continue;
        bytes_put_count(bytes, find->sight.class);
        bytes_put_double(bytes, find->sight.ulp_error);
        bytes_put_double(bytes, find->sight.got);
        bytes_put_count(bytes, find->point.columns);
        bytes_put_count(bytes, find->point.target);
        write_ordinals(find->point.values, find->point.columns, bytes);
        write_ordinals(find->point.labels, find->point.columns, bytes);
        write_ordinals(&find->point.weight, 1, bytes);
    }
}

static bool read_find(struct hunt_find *find, enum hunt_kind kind, const struct hunt_space *space,
                      struct byte_reader *reader)
{
    uint64_t class = bytes_take_count(reader);
    find->sight.class = class < CLASS_COUNT ? (enum result_class) class : CLASS_COUNT;
    find->sight.ulp_error = bytes_take_double(reader);
    find->sight.got = bytes_take_double(reader);
    find->point.columns = bytes_take_count(reader);
    find->point.target = bytes_take_count(reader);
    if (find->point.columns > HUNT_MOST_COLUMNS)
        return false;
    read_ordinals(find->point.values, find->point.columns, reader);
    read_ordinals(find->point.labels, find->point.columns, reader);
    read_ordinals(&find->point.weight, 1, reader);
    if (reader->failed || !hunt_space_has(space, &find->point))
        return false;
    find->burden = hunt_burden(space, &find->point);
    return find->sight.class != CLASS_COUNT && hunt_is_find(kind, &find->sight);
}

bool hunt_finds_read(struct hunt_finds *finds, const struct hunt_space *space,
                     struct byte_reader *reader)
{
    for (size_t k = 0; k < HUNT_KINDS; k++) {
        struct hunt_find *find = &finds->kind[k];
        find->first = bytes_take_count(reader) - 1;
        if (find->first != HUNT_NEVER && !read_find(find, (enum hunt_kind)k, space, reader))
            return false;
    }
    return !reader->failed;
}
