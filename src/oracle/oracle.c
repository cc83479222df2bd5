/* The escalation that all problems share: enclose, ask whether the enclosure
 * decides the question, double the precision where it does not.
 *
 * The enclosed value v is transcendental, so it lies strictly between lo and
 * hi, and the questions are asked of the open interval (Ziv, ACM TOMS 17(3),
 * 1991, for the strategy).  Points next to its ends stand for it: lo with one
 * more bit set is above lo and, because every midpoint and machine number of
 * the format fits the working precision, on the same side of each of them as
 * all of the interval near lo.  (Where lo = 0 is all that MPFR can hold of a
 * positive v, the points are 0 and the least positive number, both far below
 * every threshold.) */
#include "oracle/oracle.h"

#include "oracle/problems.h"

#include <math.h>

enum {
    ERROR_BITS = 21, /* v is known to 2^−21 ulp(v) */
    GUARD_BITS = 4,
};

void enclosure_init(struct enclosure *enclosure)
{
    /* This thread's MPFR may use its widest exponent range from here on. */
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    enclosure->kind = EXACT_UNDEFINED;
    enclosure->precision = MPFR_PREC_MIN;
    mpfr_init2(enclosure->lo, 64);
    mpfr_init2(enclosure->hi, 64);
}

void enclosure_clear(struct enclosure *enclosure)
{
    mpfr_clear(enclosure->lo);
    mpfr_clear(enclosure->hi);
}

void oracle_thread_done(void)
{
    mpfr_free_cache();
}

static enum exact_kind kind_of(const struct input_case *input)
{
    switch (input->problem) {
#define PROBLEM(identifier, ...) \
    case PROBLEM_##identifier:   \
        return identifier##_kind(input);
#include "core/problems.def"
#undef PROBLEM
    case PROBLEM_COUNT:
        break;
    }
    return EXACT_UNDEFINED;
}

static void enclose_loss(const struct input_case *input, struct interval *value)
{
    switch (input->problem) {
#define PROBLEM(identifier, ...)         \
    case PROBLEM_##identifier:           \
        identifier##_loss(input, value); \
        break;
#include "core/problems.def"
#undef PROBLEM
    case PROBLEM_COUNT:
        break;
    }
}

static void enclose_at(const struct input_case *input, mpfr_prec_t precision,
                       struct enclosure *enclosure)
{
    struct interval value;
    interval_init(&value, precision);
    enclose_loss(input, &value);
    mpfr_swap(enclosure->lo, value.lo);
    mpfr_swap(enclosure->hi, value.hi);
    enclosure->precision = precision;
    interval_clear(&value);
}

/* Where the value needs no interval, says so. */
static bool enclose_trivial(struct enclosure *enclosure)
{
    switch (enclosure->kind) {
    case EXACT_UNDEFINED:
        mpfr_set_nan(enclosure->lo);
        mpfr_set_nan(enclosure->hi);
        return true;
    case EXACT_INFINITE:
        mpfr_set_inf(enclosure->lo, +1);
        mpfr_set_inf(enclosure->hi, +1);
        return true;
    case EXACT_ZERO:
        mpfr_set_zero(enclosure->lo, +1);
        mpfr_set_zero(enclosure->hi, +1);
        return true;
    case EXACT_TRANSCENDENTAL:
        break;
    }
    return false;
}

void oracle_enclose(const struct input_case *input, enum quantity quantity, mpfr_prec_t precision,
                    struct enclosure *enclosure)
{
    (void)quantity; /* the loss is the only one yet */
    enclosure->kind = kind_of(input);
    if (!enclose_trivial(enclosure))
        enclose_at(input, precision, enclosure);
}

/* inner becomes a point of (lo, hi) next to lo, or next to hi. */
static void next_to_lo(mpfr_ptr inner, const struct enclosure *enclosure)
{
    mpfr_set_prec(inner, enclosure->precision + 1);
    mpfr_set(inner, enclosure->lo, MPFR_RNDN);
    mpfr_nextabove(inner);
}

static void next_to_hi(mpfr_ptr inner, const struct enclosure *enclosure)
{
    mpfr_set_prec(inner, enclosure->precision + 1);
    mpfr_set(inner, enclosure->hi, MPFR_RNDN);
    mpfr_nextbelow(inner);
}

static int ulp_exponent_at(const struct format *format, mpfr_srcptr x)
{
    return mpfr_zero_p(x) ? format_ulp_exponent(format, format->emin)
                          : format_ulp_exponent(format, mpfr_get_exp(x) - 1);
}

/* Whether all of (lo, hi) rounds to one value, has one ulp, and is no wider
 * than 2^−ERROR_BITS of it. */
static bool decides(const struct enclosure *enclosure, const struct format *format)
{
    mpfr_t low, high;
    mpfr_inits2(64, low, high, (mpfr_ptr)0);
    next_to_lo(low, enclosure);
    next_to_hi(high, enclosure);
    int q = ulp_exponent_at(format, low);
    bool decided = q == ulp_exponent_at(format, high);
    if (decided) {
        double rounded = format_round(format, low);
        /* 0 and −0 differ: the sign must be decided too. */
        decided = rounded == format_round(format, high) && mpfr_signbit(low) == mpfr_signbit(high);
    }
    if (decided) {
        mpfr_sub(low, enclosure->hi, enclosure->lo, MPFR_RNDU);
        decided = mpfr_cmp_ui_2exp(low, 1, q - ERROR_BITS) <= 0;
    }
    mpfr_clears(low, high, (mpfr_ptr)0);
    return decided;
}

/* Enough for a sum of the case's terms to be decided at once, as a rule;
 * whole limbs, because MPFR computes in those. */
static mpfr_prec_t first_precision(const struct input_case *input, const struct format *format)
{
    int terms = ilogb((double)(input->rows * input->columns)) + 1;
    int bits = format->precision + ERROR_BITS + GUARD_BITS + terms;
    return (bits + 63) / 64 * 64;
}

static int cap_reached(const struct input_case *input, struct error *error)
{
    const double *x = input->values;
    return error_set(error, MACHINE_FAILED,
                     "the oracle does not decide this %s case at %d bits: %zu×%zu values, %a%s%a…",
                     problems[input->problem].name, (int)ORACLE_PRECISION_CAP, input->rows,
                     input->columns, x[0], input->columns > 1 ? ", " : " … ",
                     x[input->rows * input->columns > 1 ? 1 : 0]);
}

int oracle_refine(const struct input_case *input, enum quantity quantity,
                  struct enclosure *enclosure, struct error *error)
{
    mpfr_prec_t precision = 2 * enclosure->precision;
    if (precision > ORACLE_PRECISION_CAP)
        return cap_reached(input, error);
    oracle_enclose(input, quantity, precision, enclosure);
    return OK;
}

int oracle_certify(const struct input_case *input, enum quantity quantity,
                   const struct format *format, struct enclosure *enclosure, struct error *error)
{
    oracle_enclose(input, quantity, first_precision(input, format), enclosure);
    while (enclosure->kind == EXACT_TRANSCENDENTAL && !decides(enclosure, format)) {
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
    return OK;
}

double oracle_rounded(const struct enclosure *enclosure, const struct format *format)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL)
        return mpfr_get_d(enclosure->lo, MPFR_RNDN);
    mpfr_t low;
    mpfr_init2(low, 64);
    next_to_lo(low, enclosure);
    double rounded = format_round(format, low);
    mpfr_clear(low);
    return rounded;
}

int oracle_ulp_exponent(const struct enclosure *enclosure, const struct format *format)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL)
        return format_ulp_exponent(format, format->emin);
    mpfr_t low;
    mpfr_init2(low, 64);
    next_to_lo(low, enclosure);
    int q = ulp_exponent_at(format, low);
    mpfr_clear(low);
    return q;
}
