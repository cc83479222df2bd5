/* Minimising: changes are tried in one order, from those that take most away to
 * those that take least, and the first that is kept begins the round anew:
 *   a column less; a value 0; one value subtracted from all; a label 0, 1, ½ or
 *   a weight 1; all numbers cut to k significant bits, k = 1, 2, …, down or up;
 *   one number likewise; one number's exponent nearer to 0.
 * A change must lessen the burden, so that it ends (Zeller & Hildebrandt,
 * Simplifying and isolating failure-inducing input, IEEE TSE 28(2), 2002, for
 * inputs that are lists). */
#include "sweep/hunt_minimise.h"

#include <math.h>

struct minimiser {
    const struct hunt_probe *probe;
    enum hunt_kind kind;
    double enough; /* of a greatest error */
    struct hunt_find *find;
    unsigned looks;
    bool gained; /* in this round */
    int code;
    struct error *error;
};

static const struct format *format_of(const struct minimiser *minimiser)
{
    return minimiser->probe->space.format;
}

static bool is_kept(const struct minimiser *minimiser, const struct hunt_sight *sight)
{
    if (!hunt_is_find(minimiser->kind, sight))
        return false;
    return minimiser->kind != HUNT_greatest_error || sight->ulp_error >= minimiser->enough;
}

/* Takes the case over if it is less and a find still; whether it did. */
static bool try(struct minimiser *minimiser, const struct hunt_case *point)
{
    const struct hunt_space *space = &minimiser->probe->space;
    struct hunt_sight sight;
    if (minimiser->code != OK || minimiser->looks == HUNT_MOST_LOOKS ||
        !hunt_space_has(space, point))
        return false;
    struct hunt_burden burden = hunt_burden(space, point);
    if (hunt_burden_compare(&burden, &minimiser->find->burden) >= 0)
        return false;
    minimiser->looks++;
    minimiser->code =
        minimiser->probe->look(minimiser->probe->context, point, &sight, minimiser->error);
    if (minimiser->code != OK || !is_kept(minimiser, &sight))
        return false;
    hunt_copy(&minimiser->find->point, point);
    minimiser->find->burden = burden;
    minimiser->find->sight = sight;
    minimiser->gained = true;
    return true;
}

/* --- what is taken away whole ------------------------------------------------------- */

static bool drop_column(struct minimiser *minimiser)
{
    const struct hunt_case *now = &minimiser->find->point;
    bool targets = case_parts[minimiser->probe->space.problem].targets;
    for (size_t dropped = now->columns; dropped-- > 0;) {
        struct hunt_case next;
        if (now->columns == minimiser->probe->space.least_columns ||
            (targets && dropped == now->target))
            continue;
        hunt_copy(&next, now);
        next.columns--;
        next.target -= now->target > dropped;
        for (size_t k = dropped; k < next.columns; k++) {
            next.values[k] = now->values[k + 1];
            next.labels[k] = now->labels[k + 1];
        }
        if (try(minimiser, &next))
            return true;
    }
    return false;
}

static bool zero_value(struct minimiser *minimiser)
{
    struct hunt_case next;
    for (size_t k = 0; k < minimiser->find->point.columns; k++) {
        hunt_copy(&next, &minimiser->find->point);
        next.values[k] = 0;
        if (try(minimiser, &next))
            return true;
    }
    return false;
}

/* One value subtracted from all of them, rounded. */
static bool shift_to_zero(struct minimiser *minimiser)
{
    const struct hunt_case *now = &minimiser->find->point;
    const struct format *format = format_of(minimiser);
    struct hunt_case next;
    for (size_t k = 0; k < now->columns; k++) {
        double shift = format_from_ordinal(format, now->values[k]);
        hunt_copy(&next, now);
        for (size_t j = 0; j < now->columns; j++) {
            double x = format_from_ordinal(format, now->values[j]) - shift;
            next.values[j] = format_ordinal(format, format_round_double(format, x));
        }
        if (try(minimiser, &next))
            return true;
    }
    return false;
}

static bool plain_label(struct minimiser *minimiser)
{
    const struct hunt_space *space = &minimiser->probe->space;
    const int64_t plain[] = {0, space->one, format_ordinal(space->format, 0.5)};
    struct hunt_case next;
    for (size_t k = 0; k < minimiser->find->point.columns; k++)
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
            hunt_copy(&next, &minimiser->find->point);
            next.labels[k] = plain[i];
            if (try(minimiser, &next))
                return true;
        }
    hunt_copy(&next, &minimiser->find->point);
    next.weight = space->one;
    return space->weighted && try(minimiser, &next);
}

/* --- what is cut short -------------------------------------------------------------- */

/* x with `bits` significant bits, away from 0 or towards it. */
static double cut(double x, int bits, bool away)
{
    int exponent;
    double significand = ldexp(frexp(x, &exponent), bits);
    return ldexp(away ? copysign(ceil(fabs(significand)), x) : trunc(significand), exponent - bits);
}

static int64_t cut_ordinal(const struct minimiser *minimiser, int64_t ordinal, int bits, bool away)
{
    double x = cut(format_from_ordinal(format_of(minimiser), ordinal), bits, away);
    return format_ordinal(format_of(minimiser), format_round_double(format_of(minimiser), x));
}

static bool cut_all(struct minimiser *minimiser)
{
    for (int bits = 1; bits < format_of(minimiser)->precision; bits++)
        for (int away = 0; away <= 1; away++) {
            struct hunt_case next;
            struct hunt_numbers numbers;
            hunt_copy(&next, &minimiser->find->point);
            hunt_numbers_of(&minimiser->probe->space, &next, &numbers);
            for (size_t i = 0; i < numbers.count; i++)
                *numbers.number[i] = cut_ordinal(minimiser, *numbers.number[i], bits, away == 1);
            if (try(minimiser, &next))
                return true;
        }
    return false;
}

static bool cut_one(struct minimiser *minimiser)
{
    for (int bits = 1; bits < format_of(minimiser)->precision; bits++)
        for (int away = 0; away <= 1; away++) {
            struct hunt_case next;
            struct hunt_numbers numbers;
            hunt_copy(&next, &minimiser->find->point);
            hunt_numbers_of(&minimiser->probe->space, &next, &numbers);
            for (size_t i = 0; i < numbers.count; i++) {
                int64_t before = *numbers.number[i];
                *numbers.number[i] = cut_ordinal(minimiser, before, bits, away == 1);
                if (try(minimiser, &next))
                    return true;
                *numbers.number[i] = before;
            }
        }
    return false;
}

/* The exponent of a number goes halfway to 0, or less far. */
static bool scale_one(struct minimiser *minimiser)
{
    const struct format *format = format_of(minimiser);
    struct hunt_case next;
    struct hunt_numbers numbers;
    hunt_copy(&next, &minimiser->find->point);
    hunt_numbers_of(&minimiser->probe->space, &next, &numbers);
    for (size_t i = 0; i < numbers.count; i++) {
        int64_t before = *numbers.number[i];
        double x = format_from_ordinal(format, before);
        for (int by = x == 0 ? 0 : -ilogb(x); by != 0; by /= 2) {
            double scaled = format_round_double(format, ldexp(x, by));
            *numbers.number[i] = format_ordinal(format, scaled);
            if (try(minimiser, &next))
                return true;
        }
        *numbers.number[i] = before;
    }
    return false;
}

int hunt_minimise(const struct hunt_probe *probe, enum hunt_kind kind, struct hunt_find *find,
                  struct error *error)
{
    static bool (*const changes[])(struct minimiser *) = {
        drop_column, zero_value, shift_to_zero, plain_label, cut_all, cut_one, scale_one};
    struct minimiser minimiser = {
        .probe = probe,
        .kind = kind,
        .enough = HUNT_KEPT_SHARE * find->sight.ulp_error,
        .find = find,
        .gained = true,
        .code = OK,
        .error = error,
    };
    while (minimiser.gained) {
        minimiser.gained = false;
        for (size_t i = 0; i < sizeof changes / sizeof *changes && !minimiser.gained; i++)
            changes[i](&minimiser);
    }
    return minimiser.code;
}
