/* Claims about one quantity of one case, for test_arb.c.
 *
 * Every property of a transcendental value is asserted in the one form
 * "low < v·scale < high": containment in an enclosure, the correctly rounded
 * value (v lies between two midpoints), the ulp, decimal digits.  Arb's
 * precision rises until the claim is proven or refuted; one that stays open
 * fails too.  rational_claims.h has those of a
 * rational value. */
#ifndef XULP_TESTS_CLAIMS_H
#define XULP_TESTS_CLAIMS_H

#include "second_oracle.h"

#include "oracle/oracle.h"

#include <check.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>

enum {
    FIRST_BITS = 448, /* Arb's, at first */
    LAST_BITS = 1 << 15,
};

/* A claim is made of one quantity of one case, and its second value. */
struct subject {
    const struct input_case *input;
    const struct format *format;
    struct quantity quantity;
    struct second v;
    fmpq_t rational; /* the value where it is rational */
};

static void refute(const struct subject *subject, const char *claim, const char *how)
{
    const struct input_case *input = subject->input;
    fprintf(stderr, "%s, %s, %s, ε %a, %zu×%zu, %s %zu:", subject->format->name,
            problems[input->problem].name, reduction_names[input->reduction],
            input->label_smoothing, input->rows, input->columns,
            subject->quantity.kind == QUANTITY_LOSS ? "loss" : "gradient", subject->quantity.index);
    for (size_t j = 0; j < input->columns && input->weights != NULL; j++)
        fprintf(stderr, " (weight %a)", input->weights[j]);
    for (size_t i = 0; i < input->rows * input->columns; i++) {
        fprintf(stderr, " %a", input->values[i]);
        if (input->labels != NULL)
            fprintf(stderr, " (label %a)", input->labels[i]);
        if (input->targets != NULL && i % input->columns == input->targets[i / input->columns])
            fprintf(stderr, " (target)");
    }
    char *sum = arb_get_str(subject->v.sum, 40, 0);
    fprintf(stderr, "\nArb: v·divisor = %s\n", sum);
    flint_free(sum);
    ck_abort_msg("%s: %s", claim, how);
}

/* Proves low < v·scale < high at whatever precision that takes. */
static void require_between(struct subject *subject, const arb_t low, const arb_t high,
                            const arb_t scale, const char *claim)
{
    struct second *v = &subject->v;
    arb_t least, greatest, lower, upper;
    arb_init(least);
    arb_init(greatest);
    arb_init(lower);
    arb_init(upper);
    bool holds, refuted;
    for (;;) {
        arb_mul_arf(least, low, v->divisor, ARF_PREC_EXACT);
        arb_mul_arf(greatest, high, v->divisor, ARF_PREC_EXACT);
        arb_mul_arf(lower, scale, v->lower, ARF_PREC_EXACT);
        arb_mul_arf(upper, scale, v->upper, ARF_PREC_EXACT);
        if (arb_is_negative(scale))
            arb_swap(lower, upper);
        holds = arb_le(least, lower) && arb_le(upper, greatest);
        refuted = arb_ge(least, upper) || arb_le(greatest, lower);
        if (holds || refuted || v->bits >= LAST_BITS)
            break;
        second_at(v, subject->input, subject->quantity, 2 * v->bits);
    }
    arb_clear(least);
    arb_clear(greatest);
    arb_clear(lower);
    arb_clear(upper);
    if (!holds)
        refute(subject, claim, refuted ? "refuted" : "stays open");
}

/* Proves lo < v < hi.  Stronger than that the enclosure and Arb's ball overlap. */
static void require_contained(struct subject *subject, const struct enclosure *enclosure,
                              const char *claim)
{
    arb_t lo, hi, one;
    arb_init(lo);
    arb_init(hi);
    arb_init(one);
    arb_one(one);
    arf_set_mpfr(arb_midref(lo), enclosure->lo);
    arf_set_mpfr(arb_midref(hi), enclosure->hi);
    ck_assert(mpfr_less_p(enclosure->lo, enclosure->hi));
    require_between(subject, lo, hi, one, claim);
    arb_clear(lo);
    arb_clear(hi);
    arb_clear(one);
}

/* twice = the sum of the values of two ordinals, twice a midpoint; infinities
 * count as 2^(emax+1). */
static void twice_midpoint(arb_t twice, const struct format *format, int64_t a, int64_t b)
{
    arb_zero(twice);
    for (int i = 0; i < 2; i++) {
        arb_t value;
        arb_init(value);
        double x = format_from_ordinal(format, i == 0 ? a : b);
        if (isinf(x)) {
            arb_set_si(value, x > 0 ? 1 : -1);
            arb_mul_2exp_si(value, value, format->emax + 1);
        } else {
            arb_set_d(value, x);
        }
        arb_add(twice, twice, value, ARF_PREC_EXACT);
        arb_clear(value);
    }
}

/* The midpoints, doubled, below and above a rounded value; 0 and −0 end at 0. */
static void twice_midpoints(arb_t low, arb_t high, const struct format *format, double rounded)
{
    int64_t ordinal = format_ordinal(format, rounded);
    arb_neg_inf(low);
    arb_pos_inf(high);
    if (rounded != -INFINITY)
        twice_midpoint(low, format, ordinal - 1, ordinal);
    if (rounded != INFINITY)
        twice_midpoint(high, format, ordinal, ordinal + 1);
    if (rounded == 0 && signbit(rounded))
        arb_zero(high);
    else if (rounded == 0)
        arb_zero(low);
}

/* v lies between the midpoints below and above rounded: IEEE 754-2019, 4.3.1. */
static void require_rounded(struct subject *subject, double rounded)
{
    arb_t low, high, two;
    arb_init(low);
    arb_init(high);
    arb_init(two);
    arb_set_ui(two, 2);
    twice_midpoints(low, high, subject->format, rounded);
    require_between(subject, low, high, two, "correctly rounded");
    arb_clear(low);
    arb_clear(high);
    arb_clear(two);
}

/* 2^k ≤ |v| < 2^(k+1), k = q + p − 1, is what makes ulp(v) = 2^q; at the least q
 * v may be smaller. */
static void require_ulp(struct subject *subject, int q, bool negative)
{
    int k = q + subject->format->precision - 1;
    ck_assert_int_ge(k, subject->format->emin);
    arb_t low, high, sign;
    arb_init(low);
    arb_init(high);
    arb_init(sign);
    arb_set_si(sign, negative ? -1 : 1);
    arb_one(high);
    if (k > subject->format->emin)
        arb_mul_2exp_si(low, high, k);
    arb_mul_2exp_si(high, high, k + 1);
    require_between(subject, low, high, sign, "ulp");
    arb_clear(low);
    arb_clear(high);
    arb_clear(sign);
}

/* Reads text, digits significant digits without trailing zeros, as
 * number·10^exponent with number of exactly that many digits. */
static void read_decimal(fmpz_t number, fmpz_t exponent, const char *text, int digits)
{
    int taken = 0, after_point = 0;
    bool point = false;
    fmpz_zero(number);
    for (; isdigit((unsigned char)*text) || *text == '.'; text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        after_point += point;
        taken += taken > 0 || *text != '0';
        fmpz_mul_ui(number, number, 10);
        fmpz_add_ui(number, number, (ulong)(*text - '0'));
    }
    fmpz_zero(exponent);
    if (*text == 'e')
        ck_assert_int_eq(fmpz_set_str(exponent, text + 1 + (text[1] == '+'), 10), 0);
    else
        ck_assert_str_eq(text, "");
    fmpz_sub_ui(exponent, exponent, (ulong)after_point);
    for (; taken > digits && fmpz_divisible_si(number, 10); taken--) { /* 120 for two digits */
        fmpz_divexact_ui(number, number, 10);
        fmpz_add_ui(exponent, exponent, 1);
    }
    for (; taken < digits; taken++) {
        fmpz_mul_ui(number, number, 10);
        fmpz_sub_ui(exponent, exponent, 1);
    }
    ck_assert_msg(taken == digits, "%s has %d significant digits of %d", text, taken, digits);
}

/* (2N − 1)·10^e < 2v < (2N + 1)·10^e for the text N·10^e. */
static void require_decimal(struct subject *subject, const char *text, int digits)
{
    fmpz_t number, exponent;
    arb_t low, high, power, two;
    fmpz_init(number);
    fmpz_init(exponent);
    arb_init(low);
    arb_init(high);
    arb_init(power);
    arb_init(two);
    bool minus = text[0] == '-';
    read_decimal(number, exponent, text + minus, digits);
    fmpz_mul_ui(number, number, 2);
    arb_set_fmpz(low, number);
    arb_set_fmpz(high, number);
    arb_sub_ui(low, low, 1, ARF_PREC_EXACT);
    arb_add_ui(high, high, 1, ARF_PREC_EXACT);
    arb_set_si(two, minus ? -2 : 2);
    arb_set_ui(power, 10);
    bool negative = fmpz_sgn(exponent) < 0;
    fmpz_abs(exponent, exponent);
    arb_pow_fmpz(power, power, exponent, 2048); /* exact to 10^600, where ties may matter */
    if (negative) {
        arb_mul(two, two, power, ARF_PREC_EXACT);
    } else {
        arb_mul(low, low, power, ARF_PREC_EXACT);
        arb_mul(high, high, power, ARF_PREC_EXACT);
    }
    require_between(subject, low, high, two, text);
    fmpz_clear(number);
    fmpz_clear(exponent);
    arb_clear(low);
    arb_clear(high);
    arb_clear(power);
    arb_clear(two);
}

/* κ = Σ |x_i ∂v/∂x_i| / |v| as a ball, or with the softmax's ∂p_t/∂x_j =
 * p_t ([j = t] − p_j) that of the cross-entropy's gradients. */
static void second_condition(arb_t kappa, const struct subject *subject, slong bits)
{
    struct input_case input = *subject->input;
    size_t losses = has_rows(&input) ? input.rows : input.rows * input.columns;
    size_t each = input.rows * input.columns / losses, first = 0, last = losses * each;
    if (input.reduction == REDUCTION_NONE) {
        first = subject->quantity.index * each;
        last = first + each;
    }
    if (input.problem == PROBLEM_softmax)
        input.problem = PROBLEM_softmax_ce;
    struct second g;
    second_init(&g);
    arb_zero(kappa);
    for (size_t i = first; i < last; i++) {
        if (!isfinite(input.values[i]) || input.values[i] == 0)
            continue;
        second_at(&g, &input, (struct quantity){QUANTITY_GRADIENT, i}, bits);
        arf_set_d(g.gap, fabs(input.values[i]));
        arb_mul_arf(g.sum, g.sum, g.gap, bits);
        arb_div_arf(g.sum, g.sum, g.divisor, bits);
        arb_abs(g.sum, g.sum);
        arb_add(kappa, kappa, g.sum, bits);
    }
    if (subject->input->problem != PROBLEM_softmax) {
        second_at(&g, subject->input, subject->quantity, bits);
        arb_div_arf(g.sum, g.sum, g.divisor, bits);
        arb_div(kappa, kappa, g.sum, bits);
        arb_abs(kappa, kappa);
    }
    second_clear(&g);
}

/* κ to nine digits, or as far as a double's subnormals go. */
static void require_condition(struct subject *subject, const struct enclosure *enclosure)
{
    double kappa = oracle_condition(subject->input, enclosure);
    if (isnan(kappa) && (mpfr_zero_p(enclosure->lo) || mpfr_zero_p(enclosure->hi)))
        return; /* v is below MPFR's range */
    arb_t expected;
    arb_init(expected);
    slong bits = FIRST_BITS;
    do {
        second_condition(expected, subject, bits);
        bits *= 2;
    } while (arb_rel_accuracy_bits(expected) < 40 && !arb_is_zero(expected) && bits < LAST_BITS);
    bool gave_up = !arb_is_finite(expected); /* on an e^x with |x| near 2^LAST_BITS */
    double nearest = arf_get_d(arb_midref(expected), ARF_RND_NEAR);
    arb_clear(expected);
    if (gave_up)
        return;
    if (kappa != nearest && !(fabs(kappa - nearest) <= fmax(1e-8 * nearest, 0x1p-1074))) {
        char how[80];
        snprintf(how, sizeof how, "%.17g, by Arb %.17g", kappa, nearest);
        refute(subject, "κ", how);
    }
}

#endif
