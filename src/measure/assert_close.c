/* |got − v| ≤ atol + rtol·|v|, against the exact v and not against a result
 * in a wider format: decided in mpq where v is rational, and else by bounds of
 * |got − v| − rtol·|v| over the enclosure, rounded outward.
 *
 * Source: torch.testing.assert_close, its table of default tolerances by dtype
 * (torch/testing/_comparison.py), with equal_nan=False. */
#include "measure/assert_close.h"

#include <math.h>

struct tolerance assert_close_tolerance(const struct format *format)
{
    switch (format->precision) {
    case 8: /* bfloat16 */
        return (struct tolerance){1.6e-2, 1e-5};
    case 11: /* binary16 */
        return (struct tolerance){1e-3, 1e-5};
    case 24: /* binary32 */
        return (struct tolerance){1.3e-6, 1e-5};
    default: /* binary64 */
        return (struct tolerance){1e-7, 1e-7};
    }
}

/* v exactly. */
static bool passes_rational(const mpq_t v, const struct tolerance *tolerance, double got)
{
    mpq_t error, allowed, part;
    mpq_inits(error, allowed, part, (mpq_ptr)0);
    mpq_set_d(error, got);
    mpq_sub(error, error, v);
    mpq_abs(error, error);
    mpq_set_d(allowed, tolerance->relative);
    mpq_abs(part, v);
    mpq_mul(allowed, allowed, part);
    mpq_set_d(part, tolerance->absolute);
    mpq_add(allowed, allowed, part);
    bool passes = mpq_cmp(error, allowed) <= 0;
    mpq_clears(error, allowed, part, (mpq_ptr)0);
    return passes;
}

/* |got − end| − rtol·|end| − atol, rounded in one direction.  As rtol < 1, it
 * falls as v approaches got, from either side, 0 passed or not. */
static void excess(mpfr_srcptr end, const struct tolerance *tolerance, double got, mpfr_rnd_t up,
                   mpfr_ptr result)
{
    mpfr_rnd_t down = up == MPFR_RNDU ? MPFR_RNDD : MPFR_RNDU;
    mpfr_t allowed;
    mpfr_init2(allowed, mpfr_get_prec(result));
    mpfr_abs(allowed, end, down);
    mpfr_mul_d(allowed, allowed, tolerance->relative, down);
    mpfr_add_d(allowed, allowed, tolerance->absolute, down);
    mpfr_sub_d(result, end, got, mpfr_cmp_d(end, got) >= 0 ? up : down);
    mpfr_abs(result, result, up);
    mpfr_sub(result, result, allowed, up);
    mpfr_clear(allowed);
}

/* Whether the number is inside the enclosure. */
static bool holds(const struct enclosure *enclosure, double number)
{
    return mpfr_cmp_d(enclosure->lo, number) < 0 && mpfr_cmp_d(enclosure->hi, number) > 0;
}

static bool passes_interval(const struct enclosure *enclosure, const struct tolerance *tolerance,
                            double got, bool *passes)
{
    mpfr_t at_lo, at_hi;
    mpfr_inits2(enclosure->precision + 64, at_lo, at_hi, (mpfr_ptr)0);
    excess(enclosure->lo, tolerance, got, MPFR_RNDU, at_lo);
    excess(enclosure->hi, tolerance, got, MPFR_RNDU, at_hi);
    /* Greatest at one of the ends. */
    bool decided = *passes = mpfr_sgn(at_lo) <= 0 && mpfr_sgn(at_hi) <= 0;
    /* Where got is not inside, least at one of them, and more between. */
    if (!decided && !holds(enclosure, got)) {
        excess(enclosure->lo, tolerance, got, MPFR_RNDD, at_lo);
        excess(enclosure->hi, tolerance, got, MPFR_RNDD, at_hi);
        decided = mpfr_sgn(at_lo) >= 0 && mpfr_sgn(at_hi) >= 0;
    }
    mpfr_clears(at_lo, at_hi, (mpfr_ptr)0);
    return decided;
}

/* Over a ball: |got − v| and rtol·|v| + atol, each to a few roundings of its own. */
static bool passes_quick(const struct approximation *v, const struct tolerance *tolerance,
                         double got, bool *passes)
{
    double distance = fabs((got - v->hi) - v->lo);
    double allowed = tolerance->absolute + tolerance->relative * fabs(v->hi);
    double slack = 2 * v->radius + 0x1p-50 * (distance + fabs(v->hi) + allowed);
    *passes = distance + slack <= allowed;
    return *passes || distance - slack > allowed;
}

bool assert_close_passes(const struct enclosure *enclosure, const struct format *format, double got,
                         bool *passes)
{
    const struct tolerance tolerance = assert_close_tolerance(format);
    bool number = enclosure->kind == EXACT_RATIONAL || enclosure->kind == EXACT_TRANSCENDENTAL ||
                  enclosure->kind == EXACT_QUICK;
    double rounded = oracle_rounded(enclosure, format);
    if (!number || !isfinite(got) || !isfinite(rounded)) {
        *passes = got == rounded; /* NaN equals nothing */
        return true;
    }
    if (enclosure->kind == EXACT_QUICK)
        return passes_quick(&enclosure->quick, &tolerance, got, passes);
    if (enclosure->kind == EXACT_RATIONAL) {
        *passes = passes_rational(enclosure->rational, &tolerance, got);
        return true;
    }
    return passes_interval(enclosure, &tolerance, got, passes);
}
