/* An open-addressed table, at most half full: linear probing with
 * multiplicative hashing (Knuth, TAOCP 3, 2nd ed. 1998, 6.4). */
#include "sweep/onset_memo.h"

#include <stdlib.h>
#include <string.h>

#define NO_KEY UINT64_MAX

enum { FIRST_SLOTS = 1 << 12 };

static int make(struct onset_memo *memo, size_t slots, size_t size, struct error *error)
{
    *memo = (struct onset_memo){.slots = slots, .size = size};
    memo->keys = malloc(slots * sizeof *memo->keys);
    memo->values = malloc(slots * size);
    if (memo->keys == NULL || memo->values == NULL) {
        onset_memo_clear(memo);
        return error_no_memory(error);
    }
    memset(memo->keys, 0xff, slots * sizeof *memo->keys);
    return OK;
}

int onset_memo_make(struct onset_memo *memo, size_t size, struct error *error)
{
    return make(memo, FIRST_SLOTS, size, error);
}

void onset_memo_clear(struct onset_memo *memo)
{
    free(memo->keys);
    free(memo->values);
    *memo = (struct onset_memo){0};
}

/* The slot of a key, or the free one where it belongs: by the highest bits of
 * the product, since keys may end in many zeros. */
static size_t slot_of(const struct onset_memo *memo, uint64_t key)
{
    int shift = 64 - __builtin_ctzll(memo->slots);
    size_t slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> shift);
    while (memo->keys[slot] != key && memo->keys[slot] != NO_KEY)
        slot = (slot + 1) & (memo->slots - 1);
    return slot;
}

void *onset_memo_find(const struct onset_memo *memo, uint64_t key)
{
    size_t slot = slot_of(memo, key);
    return memo->keys[slot] == key ? memo->values + slot * memo->size : NULL;
}

static void put(struct onset_memo *memo, uint64_t key, const void *value)
{
    size_t slot = slot_of(memo, key);
    memo->keys[slot] = key;
    memcpy(memo->values + slot * memo->size, value, memo->size);
    memo->used++;
}

int onset_memo_add(struct onset_memo *memo, uint64_t key, const void *value, struct error *error)
{
    if (2 * memo->used >= memo->slots) {
        struct onset_memo larger;
        int code = make(&larger, 2 * memo->slots, memo->size, error);
        if (code != OK)
            return code;
        for (size_t slot = 0; slot < memo->slots; slot++)
            if (memo->keys[slot] != NO_KEY)
                put(&larger, memo->keys[slot], memo->values + slot * memo->size);
        onset_memo_clear(memo);
        *memo = larger;
    }
    put(memo, key, value);
    return OK;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

uint64_t *onset_memo_sorted(const struct onset_memo *memo)
{
    uint64_t *sorted = malloc((memo->used + 1) * sizeof *sorted);
    size_t count = 0;
    if (sorted == NULL)
        return NULL;
    for (size_t slot = 0; slot < memo->slots; slot++)
        if (memo->keys[slot] != NO_KEY)
            sorted[count++] = memo->keys[slot];
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    return sorted;
}
