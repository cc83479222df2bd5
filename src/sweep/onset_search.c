/* Searching a walk for the first number where a condition holds.
 *
 * Every number looked at is remembered with the conditions of all lanes, and
 * moves their earliest hits.  From the earliest hit h of one condition:
 *   1. bisection between h and the grid's last number before it, which is free
 *      of the condition, to a hit whose predecessor is free;
 *   2. the ONSET_NEIGHBOURS numbers before it, each;
 *   3. draws before it: RESCAN_DRAWS from each octave of distance out to the
 *      grid, then as many from each of the RESCAN_CELLS cells of the grid
 *      before; a hit in 2 or 3 starts over from there.
 * It ends, as h decreases.  Draws depend on their interval alone, so lanes that
 * meet at one h share them, and no order of work shows in the result.
 *
 * What is found is a first number among those looked at.  Where conditions are
 * monotone from the last grid number before h on, it is the first of all. */
#include "sweep/onset_search.h"

#include "sweep/onset_family.h"

#include <stdlib.h>
#include <string.h>

enum { RESCAN_DRAWS = 8, RESCAN_CELLS = 16 };

/* Numbers looked at, in an open-addressed table; at most half full. */
struct memo {
    uint64_t *keys; /* ONSET_NOWHERE: free */
    uint8_t *masks; /* lanes a slot */
    size_t slots, used;
};

struct search {
    const struct onset_probe *probe;
    const uint64_t *grid;
    size_t grid_count;
    struct memo memo;
    uint64_t *first, *settled; /* by lane and condition */
    struct error *error;
};

/* --- numbers looked at ------------------------------------------------------------ */

static int memo_make(struct memo *memo, size_t slots, size_t lanes, struct error *error)
{
    *memo = (struct memo){.slots = slots};
    memo->keys = malloc(slots * sizeof *memo->keys);
    memo->masks = malloc(slots * lanes + 1);
    if (memo->keys == NULL || memo->masks == NULL) {
        free(memo->keys);
        free(memo->masks);
        *memo = (struct memo){0};
        return error_no_memory(error);
    }
    memset(memo->keys, 0xff, slots * sizeof *memo->keys);
    return OK;
}

static void memo_clear(struct memo *memo)
{
    free(memo->keys);
    free(memo->masks);
}

/* The slot of a key, or the free one where it belongs (Knuth, TAOCP 3, 6.4:
 * linear probing, multiplicative hashing). */
static size_t memo_slot(const struct memo *memo, uint64_t key)
{
    size_t slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (memo->slots - 1);
    while (memo->keys[slot] != key && memo->keys[slot] != ONSET_NOWHERE)
        slot = (slot + 1) & (memo->slots - 1);
    return slot;
}

static bool memo_has(const struct memo *memo, uint64_t key)
{
    return memo->keys[memo_slot(memo, key)] == key;
}

static int memo_grow(struct memo *memo, size_t lanes, struct error *error)
{
    struct memo larger;
    if (2 * memo->used < memo->slots)
        return OK;
    int code = memo_make(&larger, 2 * memo->slots, lanes, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < memo->slots; i++) {
        if (memo->keys[i] == ONSET_NOWHERE)
            continue;
        size_t slot = memo_slot(&larger, memo->keys[i]);
        larger.keys[slot] = memo->keys[i];
        memcpy(larger.masks + slot * lanes, memo->masks + i * lanes, lanes);
    }
    larger.used = memo->used;
    memo_clear(memo);
    *memo = larger;
    return OK;
}

/* Notes that these conditions hold at a number. */
static void note(uint64_t *first, uint64_t index, const uint8_t *masks, size_t lanes)
{
    for (size_t lane = 0; lane < lanes; lane++) {
        uint64_t *of_lane = first + lane * ONSET_CONDITION_COUNT;
        for (unsigned c = 0; masks[lane] >> c != 0; c++)
            if ((masks[lane] >> c & 1) != 0 && index < of_lane[c])
                of_lane[c] = index;
    }
}

/* The masks of a number, which is looked at now if it was not before. */
static int look(struct search *search, uint64_t index, const uint8_t **masks)
{
    struct memo *memo = &search->memo;
    size_t lanes = search->probe->lanes, slot = memo_slot(memo, index);
    if (memo->keys[slot] != index) {
        int code = memo_grow(memo, lanes, search->error);
        if (code != OK)
            return code;
        slot = memo_slot(memo, index);
        code = search->probe->masks(search->probe->context, index, memo->masks + slot * lanes,
                                    search->error);
        if (code != OK)
            return code;
        memo->keys[slot] = index;
        memo->used++;
        note(search->first, index, memo->masks + slot * lanes, lanes);
    }
    if (masks != NULL)
        *masks = memo->masks + slot * lanes;
    return OK;
}

/* --- the search -------------------------------------------------------------------- */

/* The position of the grid's greatest number below h, which is above 0. */
static size_t grid_below(const struct search *search, uint64_t h)
{
    size_t low = 0, high = search->grid_count; /* grid[low] < h ≤ grid[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (search->grid[middle] < h)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int bisect(struct search *search, const uint64_t *first)
{
    uint64_t low = search->grid[grid_below(search, *first)];
    int code = OK;
    while (*first - low > 1 && code == OK) {
        uint64_t before = *first, middle = low + (before - low) / 2;
        code = look(search, middle, NULL);
        if (*first == before)
            low = middle;
    }
    return code;
}

static int walk_neighbours(struct search *search, uint64_t h)
{
    int code = OK;
    for (uint64_t k = 1; k <= ONSET_NEIGHBOURS && k <= h && code == OK; k++)
        code = look(search, h - k, NULL);
    return code;
}

static int look_between(struct search *search, uint64_t first, uint64_t last)
{
    uint64_t numbers[RESCAN_DRAWS];
    size_t count = onset_draw(first, last, RESCAN_DRAWS, numbers);
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++)
        code = look(search, numbers[i], NULL);
    return code;
}

static int rescan(struct search *search, uint64_t h)
{
    size_t cell = grid_below(search, h);
    uint64_t reach = h - search->grid[cell];
    int code = OK;
    for (uint64_t d = ONSET_NEIGHBOURS + 1; d < reach && code == OK; d *= 2)
        code = look_between(search, h - (2 * d - 1 < reach ? 2 * d - 1 : reach), h - d);
    for (size_t i = 0; i < RESCAN_CELLS && cell > 0 && code == OK; i++, cell--)
        code = look_between(search, search->grid[cell - 1], search->grid[cell]);
    return code;
}

/* Moves the earliest hit at *first until steps 1 to 3 find none before it. */
static int settle(struct search *search, const uint64_t *first)
{
    uint64_t h;
    int code = OK;
    do {
        h = *first;
        if (h == 0)
            break;
        code = bisect(search, first);
        h = *first;
        if (code == OK)
            code = walk_neighbours(search, h);
        if (code == OK && *first == h)
            code = rescan(search, h);
    } while (code == OK && *first != h);
    for (uint64_t k = 1; k < ONSET_HOLDS && h + k < search->probe->count && code == OK; k++)
        code = look(search, h + k, NULL);
    return code;
}

/* Settles every condition of every lane; what one finds may unsettle another. */
static int settle_all(struct search *search)
{
    size_t count = search->probe->lanes * ONSET_CONDITION_COUNT;
    bool moved = true;
    int code = OK;
    while (moved && code == OK) {
        moved = false;
        for (size_t i = 0; i < count && code == OK; i++) {
            if (search->first[i] == search->settled[i])
                continue;
            code = settle(search, &search->first[i]);
            search->settled[i] = search->first[i];
            moved = true;
        }
    }
    return code;
}

/* --- what was found ----------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted numbers are below the limit. */
static uint64_t count_below(const uint64_t *sorted, size_t count, uint64_t limit)
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

static void describe(const struct search *search, size_t lane, unsigned condition,
                     struct onset_found *found)
{
    const struct memo *memo = &search->memo;
    found->clean = found->holds = 0;
    if (found->first == ONSET_NOWHERE)
        return;
    while (found->clean < found->first && memo_has(memo, found->first - found->clean - 1))
        found->clean++;
    while (found->holds < ONSET_HOLDS) {
        size_t slot = memo_slot(memo, found->first + found->holds);
        if (memo->keys[slot] == ONSET_NOWHERE ||
            (memo->masks[slot * search->probe->lanes + lane] >> condition & 1) == 0)
            break;
        found->holds++;
    }
}

static int describe_all(const struct search *search, struct onset_found *found)
{
    const struct memo *memo = &search->memo;
    size_t lanes = search->probe->lanes, count = 0;
    uint64_t *sorted = malloc((memo->used + 1) * sizeof *sorted);
    if (sorted == NULL)
        return error_no_memory(search->error);
    for (size_t slot = 0; slot < memo->slots; slot++)
        if (memo->keys[slot] != ONSET_NOWHERE)
            sorted[count++] = memo->keys[slot];
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    for (size_t i = 0; i < lanes * ONSET_CONDITION_COUNT; i++) {
        found[i].first = search->first[i];
        describe(search, i / ONSET_CONDITION_COUNT, (unsigned)(i % ONSET_CONDITION_COUNT),
                 &found[i]);
        found[i].looked = count_below(sorted, count, found[i].first);
    }
    free(sorted);
    return OK;
}

int onset_search(const struct onset_probe *probe, const uint64_t *grid, size_t grid_count,
                 struct onset_found *found, struct error *error)
{
    size_t count = probe->lanes * ONSET_CONDITION_COUNT;
    struct search search = {.probe = probe, .grid = grid, .grid_count = grid_count, .error = error};
    search.first = malloc(2 * (count + 1) * sizeof *search.first);
    if (search.first == NULL)
        return error_no_memory(error);
    search.settled = search.first + count;
    memset(search.first, 0xff, 2 * count * sizeof *search.first);
    int code = memo_make(&search.memo, 1 << 16, probe->lanes, error);
    for (size_t i = 0; i < grid_count && code == OK; i++)
        code = look(&search, grid[i], NULL);
    if (code == OK)
        code = settle_all(&search);
    if (code == OK)
        code = describe_all(&search, found);
    memo_clear(&search.memo);
    free(search.first);
    return code;
}

int onset_walk_all(const struct onset_probe *probe, struct onset_found *found, struct error *error)
{
    size_t count = probe->lanes * ONSET_CONDITION_COUNT;
    uint8_t *masks = malloc(probe->lanes + 1);
    if (masks == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        found[i] = (struct onset_found){.first = ONSET_NOWHERE, .looked = probe->count};
    int code = OK;
    for (uint64_t index = 0; index < probe->count && code == OK; index++) {
        code = probe->masks(probe->context, index, masks, error);
        for (size_t i = 0; i < count && code == OK; i++) {
            bool holds = (masks[i / ONSET_CONDITION_COUNT] >> i % ONSET_CONDITION_COUNT & 1) != 0;
            if (holds && found[i].first == ONSET_NOWHERE)
                found[i] = (struct onset_found){index, index, 0, index};
            if (holds && found[i].holds < ONSET_HOLDS && index == found[i].first + found[i].holds)
                found[i].holds++;
        }
    }
    free(masks);
    return code;
}
