/* Floating-point formats as data: their parameters, rounding into them, and
 * the walk from one value to its neighbours. */
#ifndef XULP_CORE_FORMAT_H
#define XULP_CORE_FORMAT_H

#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum format_id {
#define FORMAT(identifier, ...) FORMAT_##identifier,
#include "core/formats.def"
#undef FORMAT
    FORMAT_COUNT
};

struct format {
    const char *name;
    const char *alias;
    int precision;               /* p, with the implicit bit */
    int emin;                    /* exponent of the least normal number */
    int emax;                    /* exponent of the last binade */
    enum format_id computation;  /* what operations round to */
    enum format_id accumulation; /* what the additions of a sum round to */
    bool flush;                  /* subnormal results of operations become 0 */
    bool usual;                  /* meant where no format is named */
};

extern const struct format formats[FORMAT_COUNT];

/* The format of that name or alias, or NULL. */
const struct format *format_find(const char *name);

/* All names, joined by ", ": for sentences about an unknown format. */
const char *format_names(void);

static inline enum format_id format_id_of(const struct format *format)
{
    return (enum format_id)(format - formats);
}

/* x rounded to nearest, ties to even, with the format's subnormals and
 * overflow threshold (IEEE 754-2019, 4.3.1).  Exact in the returned double. */
double format_round(const struct format *format, mpfr_srcptr x);

/* The same for a double; NaN and infinities pass.  Integer operations on the
 * bits of x, so that no rounding mode and no compiler matters. */
double format_round_double(const struct format *format, double x);

double format_largest(const struct format *format);
double format_least(const struct format *format); /* least subnormal */
double format_least_normal(const struct format *format);

/* Bytes of a value in the interchange encoding: sign, exponent and p − 1 bits. */
size_t format_bytes(const struct format *format);

/* ulp(v) = 2^q with q = max(⌊log2|v|⌋, emin) − p + 1 for finite v ≠ 0 whose
 * ⌊log2|v|⌋ is given.  Muller et al., Handbook of Floating-Point Arithmetic
 * (2nd ed. 2018), 2.3.2, bounded below by the subnormal spacing. */
int format_ulp_exponent(const struct format *format, long floor_log2);

/* Ordinals number the non-NaN values of a format in increasing order:
 * ordinal(0) = 0, ordinal(−x) = −ordinal(x), neighbours differ by 1, and the
 * infinities stand one past the largest finite values.  −0 counts as 0. */
int64_t format_ordinal(const struct format *format, double x);
double format_from_ordinal(const struct format *format, int64_t ordinal);

#endif
