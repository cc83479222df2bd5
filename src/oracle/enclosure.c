/* The forms of an exact value: NaN, an infinity, a rational number, or
 * R ± F with R rational, F > 0 transcendental.
 *
 * R is rounded only after it is known exactly, and F's lower end is never below
 * 0.  So where R is a number of the working precision, R itself is the end of
 * the enclosure on the side of F = 0: an F too small for any precision leaves
 * the question "v > R?" answered. */
#include "oracle/problems.h"

void enclosure_init(struct enclosure *enclosure)
{
    /* This thread's MPFR may use its widest exponent range from here on. */
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    enclosure->kind = EXACT_UNDEFINED;
    enclosure->quantity = quantity_loss(0);
    enclosure->side = 0;
    enclosure->precision = MPFR_PREC_MIN;
    mpfr_init2(enclosure->lo, 64);
    mpfr_init2(enclosure->hi, 64);
    mpq_init(enclosure->rational);
}

void enclosure_clear(struct enclosure *enclosure)
{
    mpfr_clear(enclosure->lo);
    mpfr_clear(enclosure->hi);
    mpq_clear(enclosure->rational);
}

void enclosure_set_undefined(struct enclosure *enclosure)
{
    enclosure->kind = EXACT_UNDEFINED;
    enclosure->side = 0;
    mpfr_set_nan(enclosure->lo);
    mpfr_set_nan(enclosure->hi);
}

void enclosure_set_infinite(struct enclosure *enclosure, int sign)
{
    enclosure->kind = EXACT_INFINITE;
    enclosure->side = 0;
    mpfr_set_inf(enclosure->lo, sign);
    mpfr_set_inf(enclosure->hi, sign);
}

void enclosure_set_rational(struct enclosure *enclosure, const mpq_t value)
{
    enclosure->kind = EXACT_RATIONAL;
    enclosure->side = 0;
    mpfr_set_prec(enclosure->lo, enclosure->precision);
    mpfr_set_prec(enclosure->hi, enclosure->precision);
    mpfr_set_q(enclosure->lo, value, MPFR_RNDD);
    mpfr_set_q(enclosure->hi, value, MPFR_RNDU);
    mpq_set(enclosure->rational, value);
}

void enclosure_set_zero(struct enclosure *enclosure)
{
    mpq_t zero;
    mpq_init(zero);
    enclosure_set_rational(enclosure, zero);
    mpq_clear(zero);
}

void enclosure_set_sum(struct enclosure *enclosure, const mpq_t exact, int side,
                       struct interval *rest)
{
    struct interval value;
    interval_init(&value, enclosure->precision);
    interval_set_rational(&value, exact);
    if (side < 0)
        interval_negate(rest);
    interval_add(&value, rest);
    mpfr_swap(enclosure->lo, value.lo);
    mpfr_swap(enclosure->hi, value.hi);
    interval_clear(&value);
    enclosure->kind = EXACT_TRANSCENDENTAL;
    enclosure->side = side;
    mpq_set(enclosure->rational, exact);
}

bool kinds_finite(const struct kinds *kinds, struct enclosure *enclosure)
{
    if (kinds->undefined || (kinds->plus_infinite && kinds->minus_infinite))
        enclosure_set_undefined(enclosure);
    else if (kinds->plus_infinite || kinds->minus_infinite)
        enclosure_set_infinite(enclosure, kinds->plus_infinite ? +1 : -1);
    else
        return true;
    return false;
}
