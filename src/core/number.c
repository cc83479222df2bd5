/* Numbers as text.
 *
 * Parsing rounds once: MPFR reads the text toward zero into 128 bits, and a
 * remainder is remembered in one more bit ("round to odd", Boldo & Melquiond
 * 2008), so that rounding the 129 bits into a format with p ≤ 127 − 2 equals
 * rounding the text itself. */
#include "core/number.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_PRECISION = 128, LONGEST_LIST = 1 << 24 };

bool number_parse(const struct format *format, const char *text, double *value)
{
    if (text[0] == '\0' || isspace((unsigned char)text[0]))
        return false;
    MPFR_DECL_INIT(cut, TEXT_PRECISION);
    char *end;
    int inexact = mpfr_strtofr(cut, text, &end, 0, MPFR_RNDZ);
    /* MPFR also takes nan(…), @inf@ and 0b…: not in our notation. */
    const char *digits = text + (text[0] == '-' || text[0] == '+');
    bool binary = digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B');
    if (*end != '\0' || strpbrk(text, "@_()") != NULL || binary)
        return false;
    MPFR_DECL_INIT(odd, TEXT_PRECISION + 1);
    mpfr_set(odd, cut, MPFR_RNDZ);
    if (inexact && mpfr_regular_p(odd)) {
        if (mpfr_signbit(odd))
            mpfr_nextbelow(odd);
        else
            mpfr_nextabove(odd);
    }
    *value = format_round(format, odd);
    return true;
}

void number_hex(double x, char text[NUMBER_TEXT])
{
    if (isnan(x)) /* its sign bit means nothing and differs between machines */
        snprintf(text, NUMBER_TEXT, "nan");
    else
        snprintf(text, NUMBER_TEXT, "%a", x);
}

void number_decimal(const struct format *format, double x, char text[NUMBER_TEXT])
{
    int digits = 2 + format->precision * 30103 / 100000; /* at most 17 */
    if (isnan(x))
        snprintf(text, NUMBER_TEXT, "nan");
    else
        snprintf(text, NUMBER_TEXT, "%.*g", digits < 17 ? digits : 17, x);
}

void number_list_clear(struct number_list *list)
{
    free(list->values);
    *list = (struct number_list){0};
}

static int append(struct number_list *list, double value, size_t times, const char *what,
                  struct error *error)
{
    if (times > LONGEST_LIST - list->count)
        return error_set(error, BAD_INPUT, "%s: more than %d numbers", what, (int)LONGEST_LIST);
    if (list->count + times > list->capacity) {
        size_t capacity = 2 * list->capacity + times;
        double *values = realloc(list->values, capacity * sizeof *values);
        if (values == NULL)
            return error_no_memory(error);
        list->values = values;
        list->capacity = capacity;
    }
    for (size_t i = 0; i < times; i++)
        list->values[list->count++] = value;
    return OK;
}

/* One item: NUMBER or NUMBER*TIMES.  Cuts item at the star. */
static int parse_item(const struct format *format, const char *what, char *item,
                      struct number_list *list, struct error *error)
{
    size_t times = 1;
    char *star = strchr(item, '*');
    if (star != NULL) {
        char *end;
        errno = 0;
        unsigned long long parsed = strtoull(star + 1, &end, 10);
        if (!isdigit((unsigned char)star[1]) || *end != '\0' || errno != 0 || parsed == 0)
            return error_set(error, BAD_INPUT, "%s: '%.80s' is not a repetition NUMBER*TIMES", what,
                             item);
        times = parsed;
        *star = '\0';
    }
    double value;
    if (!number_parse(format, item, &value))
        return error_set(error, BAD_INPUT,
                         "%s: item %zu, '%.80s', is not a number (decimal, hex float, inf, nan)",
                         what, list->count + 1, item);
    return append(list, value, times, what, error);
}

/* Splits text in place at commas and white space.  Two commas with nothing
 * between them are a mistake, not a shorter list. */
static int parse_text(const struct format *format, const char *what, char *text,
                      struct number_list *list, struct error *error)
{
    char *at = text + strspn(text, " \t\r\n");
    if (*at == '\0')
        return error_set(error, BAD_INPUT, "%s: the list is empty", what);
    while (*at != '\0') {
        size_t length = strcspn(at, ", \t\r\n");
        char *next = at + length;
        next += strspn(next, " \t\r\n");
        if (*next == ',') {
            next++;
            next += strspn(next, " \t\r\n");
            if (*next == '\0')
                return error_set(error, BAD_INPUT, "%s: the list ends with a comma", what);
        }
        at[length] = '\0';
        int code = parse_item(format, what, at, list, error);
        if (code != OK)
            return code;
        at = next;
    }
    return OK;
}

int number_list_parse(const struct format *format, const char *what, const char *text,
                      struct number_list *list, struct error *error)
{
    char *copy = strdup(text);
    if (copy == NULL)
        return error_no_memory(error);
    int code = parse_text(format, what, copy, list, error);
    free(copy);
    return code;
}
