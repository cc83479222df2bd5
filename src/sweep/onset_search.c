/* Searching a walk for the first number where a condition holds.
 *
 * Every number looked at is remembered, and moves the earliest hit of every
 * condition.  The search looks at the grid, and, where the exact value changes
 * its sign between two numbers of it, at the NEAR_WALK numbers on both sides of
 * the zero: cancellation shows next to it and nowhere else.  From the earliest hit h of one
 * condition:
 *   1. bisection between h and the grid's last number before it, which is free
 *      of the condition, to a hit whose predecessor is free;
 *   2. draws before it, NEAR_DRAWS from each of the last NEAR_CELLS cells of the
 *      grid in which the error was seen above half of the bound, CELL_DRAWS from
 *      each of the last CELLS, and OCTAVE_DRAWS from each octave of distance to
 *      h; farthest first;
 *      Where ulp(v) falls from one end of such a cell to the other, an error in
 *      ulp rises: the NEAR_WALK numbers from there on, each;
 *   3. each of the ONSET_NEIGHBOURS numbers before it.
 * A hit in 2 or 3 starts over from there; it ends, as h decreases.  Where hits
 * are noise whose density falls off, 2 jumps by the scale of the density's
 * change, and 3 has only the last stretch left.
 *
 * What is found is the first number among those looked at.  Where the condition
 * is monotone from the last grid number before it on, it is the first of all. */
#include "sweep/onset_search.h"

#include "sweep/onset_family.h"
#include "sweep/onset_memo.h"

#include <stdlib.h>

enum {
    NEAR_CELLS = 64,
    NEAR_DRAWS = 128,
    CELLS = 64,
    CELL_DRAWS = 4,
    OCTAVE_DRAWS = 16,
    NEAR_WALK = 512
};

struct search {
    const struct onset_probe *probe;
    const uint64_t *grid;
    size_t grid_count;
    struct onset_memo memo; /* struct onset_sight */
    uint8_t *cells;         /* of each cell of the grid: all that was seen there */
    uint64_t first[ONSET_CONDITION_COUNT], settled[ONSET_CONDITION_COUNT];
    struct error *error;
};

/* How many of the sorted numbers are below the limit. */
static size_t count_below(const uint64_t *sorted, size_t count, uint64_t limit)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The position of the grid's greatest number below h, which is above 0: the cell
 * that h is in, from there to the next of the grid. */
static size_t grid_below(const struct search *search, uint64_t h)
{
    return count_below(search->grid, search->grid_count, h) - 1;
}

/* Looks at a number, if it was not before. */
static int look(struct search *search, uint64_t index)
{
    struct onset_sight sight;
    if (onset_memo_find(&search->memo, index) != NULL)
        return OK;
    int code = search->probe->look(search->probe->context, index, &sight, search->error);
    if (code == OK)
        code = onset_memo_add(&search->memo, index, &sight, search->error);
    if (code != OK)
        return code;
    if (index > 0)
        search->cells[grid_below(search, index)] |= sight.holding;
    for (unsigned c = 0; c < ONSET_CONDITION_COUNT; c++)
        if ((sight.holding >> c & 1) != 0 && index < search->first[c])
            search->first[c] = index;
    return OK;
}

/* What is seen at a number. */
static int see(struct search *search, uint64_t index, struct onset_sight *sight)
{
    int code = look(search, index);
    if (code == OK)
        *sight = *(struct onset_sight *)onset_memo_find(&search->memo, index);
    return code;
}

static int bisect(struct search *search, const uint64_t *first)
{
    uint64_t low = search->grid[grid_below(search, *first)];
    int code = OK;
    while (*first - low > 1 && code == OK) {
        uint64_t before = *first, middle = low + (before - low) / 2;
        code = look(search, middle);
        if (*first == before)
            low = middle;
    }
    return code;
}

static int look_between(struct search *search, uint64_t first, uint64_t last, size_t draws)
{
    uint64_t numbers[NEAR_DRAWS];
    size_t count = onset_draw(first, last, draws, numbers);
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++)
        code = look(search, numbers[i]);
    return code;
}

static int look_into_cell(struct search *search, size_t cell, size_t draws)
{
    return look_between(search, search->grid[cell] + 1, search->grid[cell + 1], draws);
}

/* Whether from one number to a later one the exact value changes so that errors
 * may show that did not before. */
typedef bool change(const struct onset_sight *earlier, const struct onset_sight *later);

static bool ulp_falls(const struct onset_sight *earlier, const struct onset_sight *later)
{
    return later->ulp_exponent < earlier->ulp_exponent;
}

static bool sign_changes(const struct onset_sight *earlier, const struct onset_sight *later)
{
    return later->sign != earlier->sign;
}

/* Where the exact value changes so in a cell, the NEAR_WALK numbers from there
 * on, and as many before where `both`. */
static int walk_from_change(struct search *search, size_t cell, change *changes, bool both)
{
    uint64_t low = search->grid[cell], high = search->grid[cell + 1];
    struct onset_sight before, after;
    int code = see(search, low, &before);
    if (code == OK)
        code = see(search, high, &after);
    if (code != OK || !changes(&before, &after))
        return code;
    while (high - low > 1 && code == OK) {
        uint64_t between = low + (high - low) / 2;
        code = see(search, between, &after);
        if (changes(&before, &after))
            high = between;
        else
            low = between;
    }
    for (uint64_t k = 0; k < NEAR_WALK && high + k < search->probe->count && code == OK; k++)
        code = look(search, high + k);
    for (uint64_t k = 1; both && k <= NEAR_WALK && k <= high && code == OK; k++)
        code = look(search, high - k);
    return code;
}

/* The cells before the one that h is in, as step 2 says, up to the first hit. */
static int draw_from_cells(struct search *search, const uint64_t *first, unsigned condition)
{
    uint64_t h = *first;
    size_t last = grid_below(search, h), cell = last;
    uint8_t near = onset_near(condition);
    for (size_t found = 0; cell > 0 && found < NEAR_CELLS; cell--)
        found += (search->cells[cell - 1] & near) != 0;
    if (last - cell < CELLS)
        cell = last > CELLS ? last - CELLS : 0;
    int code = OK;
    for (; cell < last && *first == h && code == OK; cell++) {
        if (last - cell <= CELLS)
            code = look_into_cell(search, cell, CELL_DRAWS);
        if (code == OK && (search->cells[cell] & near) != 0)
            code = look_into_cell(search, cell, NEAR_DRAWS);
        if (code == OK && (search->cells[cell] & near) != 0)
            code = walk_from_change(search, cell, ulp_falls, false);
    }
    return code;
}

/* The part before h of the cell that it is in. */
static int draw_from_own_cell(struct search *search, uint64_t h, unsigned condition)
{
    size_t cell = grid_below(search, h);
    uint64_t reach = h - search->grid[cell];
    size_t draws = (search->cells[cell] & onset_near(condition)) != 0 ? NEAR_DRAWS : CELL_DRAWS;
    int code = reach > 1 ? look_between(search, search->grid[cell] + 1, h - 1, draws) : OK;
    if (code == OK && (search->cells[cell] & onset_near(condition)) != 0)
        code = walk_from_change(search, cell, ulp_falls, false);
    for (uint64_t d = ONSET_NEIGHBOURS; d < reach && code == OK; d *= 2)
        code = look_between(search, h - (2 * d < reach ? 2 * d : reach), h - d, OCTAVE_DRAWS);
    return code;
}

static int walk_neighbours(struct search *search, uint64_t h)
{
    int code = OK;
    for (uint64_t k = 1; k <= ONSET_NEIGHBOURS && k <= h && code == OK; k++)
        code = look(search, h - k);
    return code;
}

/* Moves the earliest hit of a condition until steps 1 to 3 find none before. */
static int settle(struct search *search, unsigned condition)
{
    const uint64_t *first = &search->first[condition];
    uint64_t h;
    int code = OK;
    do {
        if (*first == 0)
            break;
        code = bisect(search, first);
        h = *first;
        if (code == OK)
            code = draw_from_cells(search, first, condition);
        if (code == OK && *first == h)
            code = draw_from_own_cell(search, h, condition);
        if (code == OK && *first == h)
            code = walk_neighbours(search, h);
    } while (code == OK && *first != h);
    h = *first;
    for (uint64_t k = 1; k < ONSET_HOLDS && h + k < search->probe->count && code == OK; k++)
        code = look(search, h + k);
    return code;
}

/* Settles every condition; what one finds may unsettle another. */
static int settle_all(struct search *search)
{
    bool moved = true;
    int code = OK;
    while (moved && code == OK) {
        moved = false;
        for (unsigned c = 0; c < ONSET_CONDITION_COUNT && code == OK; c++) {
            if (search->first[c] == search->settled[c])
                continue;
            code = settle(search, c);
            search->settled[c] = search->first[c];
            moved = true;
        }
    }
    return code;
}

static bool holds_at(const struct search *search, uint64_t index, unsigned condition)
{
    const struct onset_sight *sight = onset_memo_find(&search->memo, index);
    return sight != NULL && (sight->holding >> condition & 1) != 0;
}

static int describe(const struct search *search, struct onset_found *found)
{
    uint64_t *sorted = onset_memo_sorted(&search->memo);
    if (sorted == NULL)
        return error_no_memory(search->error);
    for (unsigned c = 0; c < ONSET_CONDITION_COUNT; c++) {
        uint64_t first = search->first[c];
        found[c] = (struct onset_found){.first = first,
                                        .looked = count_below(sorted, search->memo.used, first)};
        if (first == ONSET_NOWHERE)
            continue;
        while (found[c].clean < first &&
               onset_memo_find(&search->memo, first - found[c].clean - 1) != NULL)
            found[c].clean++;
        while (found[c].holds < ONSET_HOLDS && holds_at(search, first + found[c].holds, c))
            found[c].holds++;
    }
    free(sorted);
    return OK;
}

int onset_search(const struct onset_probe *probe, const uint64_t *grid, size_t grid_count,
                 struct onset_found found[ONSET_CONDITION_COUNT], struct error *error)
{
    struct search search = {.probe = probe, .grid = grid, .grid_count = grid_count, .error = error};
    for (size_t c = 0; c < ONSET_CONDITION_COUNT; c++)
        search.first[c] = search.settled[c] = ONSET_NOWHERE;
    search.cells = calloc(grid_count, sizeof *search.cells);
    if (search.cells == NULL)
        return error_no_memory(error);
    int code = onset_memo_make(&search.memo, sizeof(struct onset_sight), error);
    for (size_t i = 0; i < grid_count && code == OK; i++)
        code = look(&search, grid[i]);
    for (size_t i = 0; i + 1 < grid_count && code == OK; i++)
        code = walk_from_change(&search, i, sign_changes, true);
    if (code == OK)
        code = settle_all(&search);
    if (code == OK)
        code = describe(&search, found);
    onset_memo_clear(&search.memo);
    free(search.cells);
    return code;
}

int onset_walk_all(const struct onset_probe *probe, struct onset_found found[ONSET_CONDITION_COUNT],
                   struct error *error)
{
    for (size_t c = 0; c < ONSET_CONDITION_COUNT; c++)
        found[c] = (struct onset_found){.first = ONSET_NOWHERE, .looked = probe->count};
    for (uint64_t index = 0; index < probe->count; index++) {
        struct onset_sight sight;
        int code = probe->look(probe->context, index, &sight, error);
        if (code != OK)
            return code;
        for (unsigned c = 0; c < ONSET_CONDITION_COUNT; c++) {
            if ((sight.holding >> c & 1) == 0)
                continue;
            if (found[c].first == ONSET_NOWHERE)
                found[c] = (struct onset_found){index, index, 0, index};
            if (found[c].holds < ONSET_HOLDS && index == found[c].first + found[c].holds)
                found[c].holds++;
        }
    }
    return OK;
}
