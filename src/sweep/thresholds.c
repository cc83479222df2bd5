/* Numbers by name.
 *
 * A name's number is exact, or the logarithm of an exact number taken at 128
 * bits; format_round() then rounds it to the format.  The error before that
 * rounding, 2^−127 relative, is far below the distance of any of these
 * logarithms to a midpoint of a format with p ≤ 53; and a sweep walks past a
 * threshold anyway, it does not rest on it. */
#include "sweep/thresholds.h"

#include "core/number.h"

#include <math.h>
#include <string.h>

enum { LOGARITHM_PRECISION = 128 };

struct threshold {
    const char *name;
    uint64_t significand;
    int exponent;
    double logs;
};

static double evaluate(const struct format *format, const struct threshold *threshold)
{
    MPFR_DECL_INIT(x, LOGARITHM_PRECISION);
    mpfr_set_ui_2exp(x, threshold->significand, threshold->exponent, MPFR_RNDN);
    if (threshold->logs != 0) {
        mpfr_log(x, x, MPFR_RNDN);
        mpfr_mul_d(x, x, threshold->logs, MPFR_RNDN);
    }
    return format_round(format, x);
}

static bool find(const struct format *format, const char *name, double *value)
{
    const int p = format->precision, emin = format->emin, emax = format->emax;
    const struct threshold thresholds[] = {
#define THRESHOLD(...) {__VA_ARGS__},
#include "sweep/thresholds.def"
#undef THRESHOLD
    };
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++)
        if (strcmp(name, thresholds[i].name) == 0) {
            *value = evaluate(format, &thresholds[i]);
            return true;
        }
    return false;
}

bool threshold_parse(const struct format *format, const char *text, double *value)
{
    bool signed_text = text[0] == '-' || text[0] == '+';
    if (number_parse(format, text, value)) {
        bool infinity_written = strchr("iI", text[signed_text]) != NULL;
        return isfinite(*value) || (isinf(*value) && infinity_written);
    }
    if (text[0] != '-')
        return find(format, text, value);
    if (!find(format, text + 1, value))
        return false;
    *value = -*value;
    return true;
}

const char *threshold_names(void)
{
    static const char names[] =
#define THRESHOLD(name, ...) ", " name
#include "sweep/thresholds.def"
#undef THRESHOLD
        ;
    return names + 2; /* past the first comma */
}
