/* Numbers as text: decimal or hexadecimal in, both out, exactly. */
#ifndef XULP_CORE_NUMBER_H
#define XULP_CORE_NUMBER_H

#include "core/error.h"
#include "core/format.h"

#include <stdbool.h>

/* Room for any number these functions print. */
enum { NUMBER_TEXT = 64 };

/* text (decimal, hex float, inf, nan, with a sign) as the nearest value of
 * the format, rounded once, ties to even.  False where text is not wholly one
 * number. */
bool number_parse(const struct format *format, const char *text, double *value);

/* x as a hex float: 0x1.8p+3, inf, -inf, nan, 0x0p+0. */
void number_hex(double x, char text[NUMBER_TEXT]);

/* x in the fewest of 9 (binary32), 17 (binary64), … significant digits that
 * every value of the format needs to be told from its neighbours:
 * ⌈1 + p·log10 2⌉ (Matula 1968). */
void number_decimal(const struct format *format, double x, char text[NUMBER_TEXT]);

/* A growing list of numbers. */
struct number_list {
    double *values;
    size_t count, capacity;
};

void number_list_clear(struct number_list *list);

/* Reads a list: numbers separated by commas, white space or line ends, each
 * with an optional repetition (0x1p+0*999 is 999 times 1).  what names the
 * list in errors. */
int number_list_parse(const struct format *format, const char *what, const char *text,
                      struct number_list *list, struct error *error);

#endif
