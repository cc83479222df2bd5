/* The oracle against a second, independent one (second_oracle.h).
 *
 * Every property is asserted in the one form "low < v·scale < high":
 * containment in an enclosure, the correctly rounded value (v lies between two
 * midpoints), the ulp, decimal digits.  Arb's precision rises until the claim
 * is proven or refuted; one that stays open fails too.
 *
 * XULP_QUICK=1 runs a fraction of the cases. */
#include "../suite.h"

#include "cases.h"
#include "second_oracle.h"

#include "oracle/oracle.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CASES = 10000, /* of each problem in each format */
    QUICK_CASES = 500,
    SEED = 20240607,
    FIRST_BITS = 448, /* Arb's, at first */
    LAST_BITS = 1 << 15,
};

/* --- claims ----------------------------------------------------------------- */

/* A claim is made of one case and its second value. */
struct subject {
    const struct input_case *input;
    const struct format *format;
    struct second v;
};

static void refute(const struct subject *subject, const char *claim, const char *how)
{
    const struct input_case *input = subject->input;
    fprintf(stderr, "%s, %s, %s, %zu×%zu:", subject->format->name, problems[input->problem].name,
            reduction_names[input->reduction], input->rows, input->columns);
    for (size_t i = 0; i < input->rows * input->columns; i++) {
        fprintf(stderr, " %a", input->values[i]);
        if (input->labels != NULL)
            fprintf(stderr, " (label %a)", input->labels[i]);
        if (input->targets != NULL && i % input->columns == input->targets[i / input->columns])
            fprintf(stderr, " (target)");
    }
    char *sum = arb_get_str(subject->v.sum, 40, 0);
    fprintf(stderr, "\nArb: v·%zu = %s\n", input_case_divisor(input), sum);
    flint_free(sum);
    ck_abort_msg("%s: %s", claim, how);
}

/* Proves low < v·scale < high at whatever precision that takes. */
static void require_between(struct subject *subject, const arb_t low, const arb_t high,
                            const arb_t scale, const char *claim)
{
    struct second *v = &subject->v;
    ulong divisor = input_case_divisor(subject->input);
    arb_t least, greatest, lower, upper;
    arb_init(least);
    arb_init(greatest);
    arb_init(lower);
    arb_init(upper);
    arb_mul_ui(least, low, divisor, ARF_PREC_EXACT);
    arb_mul_ui(greatest, high, divisor, ARF_PREC_EXACT);
    bool holds, refuted;
    for (;;) {
        arb_mul_arf(lower, scale, v->lower, ARF_PREC_EXACT);
        arb_mul_arf(upper, scale, v->upper, ARF_PREC_EXACT);
        holds = arb_le(least, lower) && arb_le(upper, greatest);
        refuted = arb_ge(least, upper) || arb_le(greatest, lower);
        if (holds || refuted || v->bits >= LAST_BITS)
            break;
        second_at(v, subject->input, 2 * v->bits);
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

/* The value of an ordinal; 2^(emax+1) stands one past the largest. */
static void value_of(arb_t value, const struct format *format, int64_t ordinal)
{
    double x = format_from_ordinal(format, ordinal);
    if (isinf(x)) {
        arb_one(value);
        arb_mul_2exp_si(value, value, format->emax + 1);
    } else {
        arb_set_d(value, x);
    }
}

/* v lies between the midpoints below and above rounded: IEEE 754-2019, 4.3.1. */
static void require_rounded(struct subject *subject, double rounded)
{
    const struct format *format = subject->format;
    int64_t ordinal = format_ordinal(format, rounded);
    arb_t low, high, middle, two;
    arb_init(low);
    arb_init(high);
    arb_init(middle);
    arb_init(two);
    arb_set_ui(two, 2);
    value_of(middle, format, ordinal);
    if (rounded > 0) { /* else 0 < v */
        value_of(low, format, ordinal - 1);
        arb_add(low, low, middle, ARF_PREC_EXACT);
    }
    if (isinf(rounded)) {
        arb_pos_inf(high);
    } else {
        value_of(high, format, ordinal + 1);
        arb_add(high, high, middle, ARF_PREC_EXACT);
    }
    require_between(subject, low, high, two, "correctly rounded");
    arb_clear(low);
    arb_clear(high);
    arb_clear(middle);
    arb_clear(two);
}

/* 2^k ≤ v < 2^(k+1), k = q + p − 1, is what makes ulp(v) = 2^q; at the least q
 * v may be smaller. */
static void require_ulp(struct subject *subject, int q)
{
    int k = q + subject->format->precision - 1;
    ck_assert_int_ge(k, subject->format->emin);
    arb_t low, high, one;
    arb_init(low);
    arb_init(high);
    arb_init(one);
    arb_one(one);
    if (k > subject->format->emin)
        arb_mul_2exp_si(low, one, k);
    arb_mul_2exp_si(high, one, k + 1);
    require_between(subject, low, high, one, "ulp");
    arb_clear(low);
    arb_clear(high);
    arb_clear(one);
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
    read_decimal(number, exponent, text, digits);
    fmpz_mul_ui(number, number, 2);
    arb_set_fmpz(low, number);
    arb_set_fmpz(high, number);
    arb_sub_ui(low, low, 1, ARF_PREC_EXACT);
    arb_add_ui(high, high, 1, ARF_PREC_EXACT);
    arb_set_ui(two, 2);
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

/* κ to nine digits, or as far as a double's subnormals go. */
static void require_condition(struct subject *subject, const struct enclosure *enclosure)
{
    double kappa = oracle_condition(subject->input, enclosure);
    struct second *v = &subject->v;
    const slong wanted = 40;
    while ((arb_rel_accuracy_bits(v->slope) < wanted || arb_rel_accuracy_bits(v->sum) < wanted) &&
           !arb_is_zero(v->slope) && v->bits < LAST_BITS)
        second_at(v, subject->input, 2 * v->bits);
    arb_t expected;
    arb_init(expected);
    arb_div(expected, v->slope, v->sum, 64);
    double nearest = arf_get_d(arb_midref(expected), ARF_RND_NEAR);
    arb_clear(expected);
    if (isnan(kappa) && mpfr_zero_p(enclosure->lo))
        return; /* v is below MPFR's range */
    if (kappa != nearest && !(fabs(kappa - nearest) <= fmax(1e-8 * nearest, 0x1p-1074))) {
        char how[80];
        snprintf(how, sizeof how, "%.17g, by Arb %.17g", kappa, nearest);
        refute(subject, "κ", how);
    }
}

/* --- one case --------------------------------------------------------------- */

/* hi − lo ≤ 2^−21 ulp(v). */
static void require_width(struct subject *subject, const struct enclosure *enclosure, int q)
{
    mpfr_t width;
    mpfr_init2(width, 64);
    mpfr_sub(width, enclosure->hi, enclosure->lo, MPFR_RNDU);
    if (mpfr_cmp_ui_2exp(width, 1, q - 21) > 0)
        refute(subject, "width", "above 2^-21 ulp");
    mpfr_clear(width);
}

static void check_raw(struct subject *subject, struct enclosure *enclosure)
{
    static const mpfr_prec_t precisions[] = {24, 53, 64, 113, 200};
    for (size_t i = 0; i < sizeof precisions / sizeof *precisions; i++) {
        oracle_enclose(subject->input, QUANTITY_LOSS, precisions[i], enclosure);
        ck_assert_int_eq(enclosure->kind, EXACT_TRANSCENDENTAL);
        require_contained(subject, enclosure, "raw enclosure");
    }
}

static void check_decimal(struct subject *subject, struct enclosure *enclosure, uint64_t i)
{
    static const int counts[] = {1, 2, 6, 9, 17, 30, 60};
    int digits = counts[i % (sizeof counts / sizeof *counts)];
    char text[128];
    struct error error;
    ck_assert_int_eq(oracle_decimal(subject->input, QUANTITY_LOSS, digits, enclosure, text, &error),
                     OK);
    if (text[0] == '<') /* v is below MPFR's range: 2^(−2^62) > v */
        ck_assert(arf_cmpabs_2exp_si(subject->v.upper, -4611686018427387000) < 0);
    else
        require_decimal(subject, text, digits);
}

static void check_case(struct subject *subject, struct enclosure *enclosure, uint64_t i)
{
    const struct input_case *input = subject->input;
    struct error error;
    ck_assert_int_eq(oracle_certify(input, QUANTITY_LOSS, subject->format, enclosure, &error), OK);
    if (enclosure->kind != second_kind(input))
        refute(subject, "kind", "another");
    if (enclosure->kind != EXACT_TRANSCENDENTAL)
        return;
    second_at(&subject->v, input, FIRST_BITS);
    int q = oracle_ulp_exponent(enclosure, subject->format);
    require_contained(subject, enclosure, "certified enclosure");
    require_ulp(subject, q);
    require_width(subject, enclosure, q);
    require_rounded(subject, oracle_rounded(enclosure, subject->format));
    require_condition(subject, enclosure);
    check_decimal(subject, enclosure, i);
    ck_assert_int_eq(oracle_refine(input, QUANTITY_LOSS, enclosure, &error), OK);
    require_contained(subject, enclosure, "refined enclosure");
    check_raw(subject, enclosure);
}

START_TEST(agrees)
{
    enum problem_id problem = (enum problem_id)(_i / FORMAT_COUNT);
    struct drawn_case drawn;
    struct subject subject = {.input = &drawn.input, .format = &formats[_i % FORMAT_COUNT]};
    struct enclosure enclosure;
    enclosure_init(&enclosure);
    second_init(&subject.v);
    uint64_t cases = getenv("XULP_QUICK") != NULL ? QUICK_CASES : CASES;
    for (uint64_t i = 0; i < cases; i++) {
        draw_case(&drawn, problem, subject.format, SEED, i);
        check_case(&subject, &enclosure, i);
    }
    second_clear(&subject.v);
    enclosure_clear(&enclosure);
}
END_TEST

static void done(void)
{
    flint_cleanup();
    oracle_thread_done();
}

int main(void)
{
    TCase *cases = tcase_create("cases");
    tcase_add_checked_fixture(cases, NULL, done);
    tcase_add_loop_test(cases, agrees, 0, PROBLEM_COUNT * FORMAT_COUNT);
    tcase_set_timeout(cases, 600);
    Suite *suite = suite_create("Arb");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
