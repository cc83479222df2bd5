/* Numbers as bytes, the same on every machine: a growing buffer, and a reader
 * that never leaves what it was given. */
#ifndef XULP_CORE_BYTES_H
#define XULP_CORE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 0 to begin with.  Where memory fails, failed is set and stays: it is asked
 * once, at the end. */
struct bytes {
    unsigned char *data;
    size_t count, capacity;
    bool failed;
};

void bytes_put(struct bytes *bytes, const void *data, size_t count);
/* In as many groups of 7 bits as it takes, the lowest first (LEB128): small
 * counts, which are most, take a byte. */
void bytes_put_count(struct bytes *bytes, uint64_t count);
/* The 64 bits of a double, the lowest byte first. */
void bytes_put_double(struct bytes *bytes, double x);
void bytes_put_fixed(struct bytes *bytes, uint64_t x, size_t width);
void bytes_clear(struct bytes *bytes);

/* failed is set, and stays, where a number is cut off or too long; numbers are
 * then 0. */
struct byte_reader {
    const unsigned char *at, *end;
    bool failed;
};

uint64_t bytes_take_count(struct byte_reader *reader);
double bytes_take_double(struct byte_reader *reader);
uint64_t bytes_take_fixed(struct byte_reader *reader, size_t width);

#endif
