/* The table of formats, rounding into a format, and ordinals.
 *
 * Rounding: x is scaled by 2^−q, q the exponent of the format's last place
 * at x, so that the significand becomes an integer; rounding that integer to
 * nearest, ties to even, rounds x, in the subnormal range too.  The scaled
 * integer has at most p + 1 ≤ 54 bits and is exact in a double after the
 * tie is settled (2^p itself is exact).  Doubles are rounded on their bits. */
#include "core/format.h"

#include <math.h>
#include <string.h>

const struct format formats[FORMAT_COUNT] = {
#define FORMAT(identifier, name, alias, precision, emin, emax, computation, accumulation, flush, \
               usual)                                                                            \
    [FORMAT_##identifier] = {                                                                    \
        name,  alias, precision, emin, emax, FORMAT_##computation, FORMAT_##accumulation,        \
        flush, usual},
#include "core/formats.def"
#undef FORMAT
};

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(name, formats[i].name) == 0 || strcmp(name, formats[i].alias) == 0)
            return &formats[i];
    return NULL;
}

const char *format_names(void)
{
    static const char names[] =
#define FORMAT(identifier, name, ...) ", " name
#include "core/formats.def"
#undef FORMAT
        ;
    return names + 2; /* past the first comma */
}

double format_largest(const struct format *format)
{
    return ldexp(2 - ldexp(1, 1 - format->precision), format->emax);
}

double format_least(const struct format *format)
{
    return ldexp(1, format->emin - format->precision + 1);
}

double format_least_normal(const struct format *format)
{
    return ldexp(1, format->emin);
}

size_t format_bytes(const struct format *format)
{
    int exponent_bits = ilogb(format->emax) + 2; /* emax = 2^(bits − 1) − 1 */
    return (size_t)(format->precision + exponent_bits) / 8;
}

int format_ulp_exponent(const struct format *format, long floor_log2)
{
    long exponent = floor_log2 > format->emin ? floor_log2 : format->emin;
    return (int)(exponent - format->precision + 1);
}

double format_round(const struct format *format, mpfr_srcptr x)
{
    if (!mpfr_regular_p(x))
        return mpfr_get_d(x, MPFR_RNDN);
    mpfr_exp_t floor_log2 = mpfr_get_exp(x) - 1;
    double sign = mpfr_signbit(x) ? -1 : 1;
    if (floor_log2 > format->emax)
        return sign * INFINITY;
    int least = format->emin - format->precision + 1;
    if (floor_log2 < least - 1) /* below half the least subnormal */
        return sign * 0.0;

    int q = format_ulp_exponent(format, floor_log2);
    MPFR_DECL_INIT(significand, 64); /* at most p + 1 ≤ 54 bits are kept */
    mpfr_t scaled;                   /* x·2^−q: the limbs of x under another exponent */
    mpfr_custom_init_set(scaled, mpfr_signbit(x) ? -MPFR_REGULAR_KIND : MPFR_REGULAR_KIND,
                         mpfr_get_exp(x) - q, mpfr_get_prec(x), mpfr_custom_get_significand(x));
    mpfr_roundeven(significand, scaled);
    double rounded = ldexp(mpfr_get_d(significand, MPFR_RNDN), q);
    return fabs(rounded) > format_largest(format) ? sign * INFINITY : rounded;
}

/* Adds half of the last place kept, less one unit where the kept part is even,
 * and cuts: the carry runs into the exponent by itself.  Where all 52 stored
 * digits are dropped, the last one kept is the implicit 1. */
static uint64_t round_bits(uint64_t bits, int dropped)
{
    if (dropped == 0)
        return bits;
    uint64_t odd = dropped == 52 ? 1 : bits >> dropped & 1;
    return (bits + (UINT64_C(1) << (dropped - 1)) - 1 + odd) >> dropped << dropped;
}

double format_round_double(const struct format *format, double x)
{
    uint64_t bits, sign;
    memcpy(&bits, &x, sizeof bits);
    sign = bits & UINT64_C(1) << 63;
    bits ^= sign;
    int exponent = (int)(bits >> 52) - 1023;
    if (exponent == 1024 || format->precision == 53)
        return x; /* infinite, NaN, or binary64 itself */
    int least = format->emin - format->precision + 1;
    if (exponent < least - 1) {
        bits = 0; /* below half the least subnormal; binary64's subnormals are */
    } else if (exponent == least - 1) {
        /* from half of it up; the half itself is a tie, and 0 is even */
        bool half = bits << 12 == 0;
        bits = half ? 0 : (uint64_t)(least + 1023) << 52;
    } else {
        int kept = exponent >= format->emin ? format->precision : exponent - least + 1;
        bits = round_bits(bits, 53 - kept);
        if ((int)(bits >> 52) - 1023 > format->emax)
            bits = UINT64_C(0x7ff) << 52;
    }
    bits |= sign;
    memcpy(&x, &bits, sizeof x);
    return x;
}

int64_t format_ordinal(const struct format *format, double x)
{
    if (x < 0)
        return -format_ordinal(format, -x);
    if (x == 0)
        return 0;
    int64_t per_binade = INT64_C(1) << (format->precision - 1);
    if (isinf(x))
        return (format->emax - format->emin + 2) * per_binade;
    int exponent = ilogb(x) > format->emin ? ilogb(x) : format->emin;
    int64_t significand = (int64_t)ldexp(x, format->precision - 1 - exponent);
    return (exponent - format->emin) * per_binade + significand;
}

double format_from_ordinal(const struct format *format, int64_t ordinal)
{
    if (ordinal < 0)
        return -format_from_ordinal(format, -ordinal);
    int64_t per_binade = INT64_C(1) << (format->precision - 1);
    int64_t binade = ordinal / per_binade;
    if (binade > format->emax - format->emin + 1)
        return INFINITY;
    int64_t significand = ordinal % per_binade;
    int exponent = format->emin;
    if (binade > 0) {
        significand += per_binade;
        exponent += (int)(binade - 1);
    }
    return ldexp((double)significand, exponent - format->precision + 1);
}
