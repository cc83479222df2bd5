/* The oracle against a second, independent one (second_oracle.h, claims.h): each
 * case's loss, or one of its losses, and one component of its gradient.
 *
 * XULP_QUICK=1 runs a fraction of the cases. */
#include "../suite.h"

#include "cases.h"
#include "rational_claims.h"

#include <stdlib.h>

enum {
    CASES = 10000, /* of each problem in each format */
    QUICK_CASES = 300,
    SEED = 20240607,
};

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

/* side·(v − rational) > 0 */
static void require_side(struct subject *subject, const struct enclosure *enclosure)
{
    if (enclosure->side == 0)
        return;
    mpfr_t bound;
    mpfr_init2(bound, 8192); /* exact but for thirds and the like */
    arb_t low, high, one;
    arb_init(low);
    arb_init(high);
    arb_init(one);
    arb_one(one);
    arb_neg_inf(low);
    arb_pos_inf(high);
    mpfr_set_q(bound, enclosure->rational, enclosure->side > 0 ? MPFR_RNDD : MPFR_RNDU);
    arf_set_mpfr(arb_midref(enclosure->side > 0 ? low : high), bound);
    require_between(subject, low, high, one, "side");
    mpfr_clear(bound);
    arb_clear(low);
    arb_clear(high);
    arb_clear(one);
}

/* Enclosures at precisions too low to decide anything must hold v as well. */
static void check_raw(struct subject *subject, struct enclosure *enclosure, uint64_t i)
{
    static const mpfr_prec_t precisions[] = {24, 53, 64, 113, 200};
    for (uint64_t k = i; k < i + 2; k++) {
        oracle_enclose(subject->input, subject->quantity, precisions[k % 5], enclosure);
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
    ck_assert_int_eq(
        oracle_decimal(subject->input, subject->quantity, digits, enclosure, text, &error), OK);
    if (enclosure->kind == EXACT_RATIONAL)
        require_rational_decimal(subject, text, digits);
    else if (text[0] == '<') /* v is below MPFR's range: 2^(−2^62) > v */
        ck_assert(arf_cmpabs_2exp_si(subject->v.upper, -4611686018427387000) < 0);
    else if (text[0] == '>')
        ck_assert(arf_cmpabs_2exp_si(subject->v.lower, -4611686018427387000) < 0);
    else
        require_decimal(subject, text, digits);
}

static void check_transcendental(struct subject *subject, struct enclosure *enclosure, uint64_t i)
{
    const struct input_case *input = subject->input;
    struct error error;
    second_at(&subject->v, input, subject->quantity, FIRST_BITS);
    int q = oracle_ulp_exponent(enclosure, subject->format);
    double rounded = oracle_rounded(enclosure, subject->format);
    require_contained(subject, enclosure, "certified enclosure");
    require_side(subject, enclosure);
    require_ulp(subject, q, signbit(rounded));
    require_width(subject, enclosure, q);
    require_rounded(subject, rounded);
    if (subject->quantity.kind == QUANTITY_LOSS && input->columns <= 8)
        require_condition(subject, enclosure);
    check_decimal(subject, enclosure, i);
    ck_assert_int_eq(oracle_refine(input, subject->quantity, enclosure, &error), OK);
    require_contained(subject, enclosure, "refined enclosure");
    check_raw(subject, enclosure, i);
}

static void check_quantity(struct subject *subject, struct enclosure *enclosure, uint64_t i)
{
    struct error error;
    ck_assert_int_eq(
        oracle_certify(subject->input, subject->quantity, subject->format, enclosure, &error), OK);
    if (enclosure->kind !=
        second_kind(subject->rational, &subject->v, subject->input, subject->quantity))
        refute(subject, "kind", "another");
    if (enclosure->kind == EXACT_INFINITE && subject->quantity.kind == QUANTITY_GRADIENT) {
        /* of bce-prob: −∞ at p = 0 */
        ck_assert_int_eq(mpfr_sgn(enclosure->lo), -fmpq_sgn(subject->rational));
    } else if (enclosure->kind == EXACT_RATIONAL) {
        require_fraction(subject, enclosure);
        require_rational_rounded(subject, oracle_rounded(enclosure, subject->format));
        require_rational_ulp(subject, oracle_ulp_exponent(enclosure, subject->format));
        check_decimal(subject, enclosure, i);
    } else if (enclosure->kind == EXACT_TRANSCENDENTAL) {
        check_transcendental(subject, enclosure, i);
    }
}

START_TEST(agrees)
{
    enum problem_id problem = (enum problem_id)(_i / 4);
    static const enum format_id plain[] = {FORMAT_binary16, FORMAT_bfloat16, FORMAT_binary32,
                                           FORMAT_binary64};
    struct drawn_case drawn;
    struct subject subject = {.input = &drawn.input, .format = &formats[plain[_i % 4]]};
    struct enclosure enclosure;
    enclosure_init(&enclosure);
    second_init(&subject.v);
    fmpq_init(subject.rational);
    uint64_t cases = getenv("XULP_QUICK") != NULL ? QUICK_CASES : CASES;
    for (uint64_t i = 0; i < cases; i++) {
        draw_case(&drawn, problem, subject.format, SEED, i);
        subject.quantity = quantity_loss(i % input_case_losses(&drawn.input));
        check_quantity(&subject, &enclosure, i);
        subject.quantity = quantity_gradient(i % input_case_values(&drawn.input));
        check_quantity(&subject, &enclosure, i / 7);
    }
    fmpq_clear(subject.rational);
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
    tcase_add_loop_test(cases, agrees, 0, PROBLEM_COUNT * 4);
    tcase_set_timeout(cases, 900);
    Suite *suite = suite_create("Arb");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
