/* Numbers as bytes, lowest first whatever the machine's own order is. */
#include "core/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 1 << 10, LONGEST_COUNT = 10 /* ⌈64/7⌉ */ };

static bool reserve(struct bytes *bytes, size_t more)
{
    if (bytes->failed)
        return false;
    size_t wanted = bytes->count + more;
    size_t capacity = bytes->capacity == 0 ? FIRST_CAPACITY : bytes->capacity;
    while (capacity < wanted)
        capacity *= 2;
    if (capacity == bytes->capacity)
        return true;
    unsigned char *larger = realloc(bytes->data, capacity);
    bytes->failed = larger == NULL;
    if (bytes->failed)
        return false;
    bytes->data = larger;
    bytes->capacity = capacity;
    return true;
}

void bytes_put(struct bytes *bytes, const void *data, size_t count)
{
    if (count == 0 || !reserve(bytes, count))
        return;
    memcpy(bytes->data + bytes->count, data, count);
    bytes->count += count;
}

void bytes_put_fixed(struct bytes *bytes, uint64_t x, size_t width)
{
    unsigned char text[sizeof x];
    for (size_t i = 0; i < width; i++)
        text[i] = (unsigned char)(x >> 8 * i);
    bytes_put(bytes, text, width);
}

void bytes_put_count(struct bytes *bytes, uint64_t count)
{
    unsigned char text[LONGEST_COUNT];
    size_t length = 0;
    for (; count >= 0x80; count >>= 7)
        text[length++] = (unsigned char)(count | 0x80);
    text[length++] = (unsigned char)count;
    bytes_put(bytes, text, length);
}

void bytes_put_double(struct bytes *bytes, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bytes_put_fixed(bytes, bits, sizeof bits);
}

void bytes_clear(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

uint64_t bytes_take_fixed(struct byte_reader *reader, size_t width)
{
    uint64_t x = 0;
    if (reader->failed || (size_t)(reader->end - reader->at) < width) {
        reader->failed = true;
        return 0;
    }
    for (size_t i = 0; i < width; i++)
        x |= (uint64_t)reader->at[i] << 8 * i;
    reader->at += width;
    return x;
}

uint64_t bytes_take_count(struct byte_reader *reader)
{
    uint64_t count = 0;
    for (unsigned shift = 0; shift < 7 * LONGEST_COUNT; shift += 7) {
        if (reader->failed || reader->at == reader->end)
            break;
        uint64_t group = *reader->at++;
        bool fits = shift < 63 || group <= 1;
        count |= (group & 0x7f) << shift;
        if (group < 0x80 && fits)
            return count;
    }
    reader->failed = true;
    return 0;
}

double bytes_take_double(struct byte_reader *reader)
{
    double x;
    uint64_t bits = bytes_take_fixed(reader, sizeof bits);
    memcpy(&x, &bits, sizeof x);
    return x;
}
