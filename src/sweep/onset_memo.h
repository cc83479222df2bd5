/* What is known of numbers of a walk: a table from numbers to values of one
 * size. */
#ifndef XULP_SWEEP_ONSET_MEMO_H
#define XULP_SWEEP_ONSET_MEMO_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

struct onset_memo {
    uint64_t *keys; /* UINT64_MAX: free */
    char *values;
    size_t slots, used, size;
};

/* A table of values of that many bytes. */
int onset_memo_make(struct onset_memo *memo, size_t size, struct error *error);
void onset_memo_clear(struct onset_memo *memo);

/* The value of a number, or NULL; valid until the next one is added. */
void *onset_memo_find(const struct onset_memo *memo, uint64_t key);

/* Adds a number that is not there. */
int onset_memo_add(struct onset_memo *memo, uint64_t key, const void *value, struct error *error);

/* The numbers there are, in increasing order: memo->used of them.  To be
 * freed; NULL where memory failed. */
uint64_t *onset_memo_sorted(const struct onset_memo *memo);

#endif
