/* Numbers as a sentence holds them: grouped, rounded, with × 10ⁿ for what is
 * very large or very small. */
#include "report/prose.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "−" /* U+2212 */

/* Puts a comma before every third digit from the right of the whole part. */
static void group(const char *plain, char text[PROSE_TEXT])
{
    size_t sign = *plain == '-', whole = sign + strspn(plain + sign, "0123456789"), out = 0;
    for (size_t i = 0; plain[i] != '\0' && out < PROSE_TEXT - 4; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0)
            text[out++] = ',';
        if (plain[i] == '-')
            out += (size_t)sprintf(text + out, "%s", MINUS);
        else
            text[out++] = plain[i];
    }
    text[out] = '\0';
}

void prose_count(double count, char text[PROSE_TEXT])
{
    char plain[PROSE_TEXT];
    snprintf(plain, sizeof plain, "%.0f", count);
    group(plain, text);
}

void prose_share(double part, double whole, char text[PROSE_TEXT])
{
    double percent = 100 * part / whole;
    int decimals = part == 0 || part == whole ? 0 : 1;
    do {
        snprintf(text, PROSE_TEXT, "%.*f%%", decimals, percent);
        double shown = strtod(text, NULL);
        if ((shown != 0 && shown != 100) || part == 0 || part == whole)
            return;
    } while (++decimals <= 12);
}

static void trim_zeros(char *decimal)
{
    if (strchr(decimal, '.') == NULL)
        return;
    size_t length = strlen(decimal);
    while (decimal[length - 1] == '0')
        decimal[--length] = '\0';
    if (decimal[length - 1] == '.')
        decimal[length - 1] = '\0';
}

static void power_of_ten(double x, int digits, char text[PROSE_TEXT])
{
    static const char *const superscripts[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char decimal[PROSE_TEXT];
    snprintf(decimal, sizeof decimal, "%.*e", digits - 1, x);
    char *exponent = strchr(decimal, 'e');
    *exponent++ = '\0';
    trim_zeros(decimal);
    bool negative = decimal[0] == '-';
    int length = snprintf(text, PROSE_TEXT, "%s%s×10", negative ? MINUS : "", decimal + negative);
    if (*exponent == '-')
        length += sprintf(text + length, "⁻");
    exponent++;
    while (exponent[0] == '0' && exponent[1] != '\0')
        exponent++;
    for (; *exponent != '\0'; exponent++)
        length += sprintf(text + length, "%s", superscripts[*exponent - '0']);
}

void prose_number(double x, int digits, char text[PROSE_TEXT])
{
    char plain[PROSE_TEXT];
    if (isnan(x) || isinf(x)) {
        snprintf(text, PROSE_TEXT, "%s", isnan(x) ? "NaN" : x > 0 ? "∞" : MINUS "∞");
        return;
    }
    double size = fabs(x);
    if (size < 1e6 && size == floor(size)) {
        prose_count(x, text);
        return;
    }
    if (size < 1e-3 || size >= 1e5) {
        power_of_ten(x, digits > 0 ? digits : PROSE_DIGITS - 1, text);
        return;
    }
    int significant = digits > 0 ? digits : PROSE_DIGITS;
    int decimals = significant - 1 - (int)floor(log10(size));
    snprintf(plain, sizeof plain, "%.*f", decimals > 0 ? decimals : 0, x);
    trim_zeros(plain);
    group(plain, text);
}

const char *prose_table_number(const char *number)
{
    if (strcmp(number, "inf") == 0)
        return "+∞";
    if (strcmp(number, "-inf") == 0)
        return "−∞";
    return strcmp(number, "nan") == 0 ? "NaN" : number;
}
