/* The comparison of assert_close against exact values: where it changes sides,
 * by tolerances computed by hand. */
#include "../suite.h"

#include "measure/assert_close.h"

#include <math.h>

/* v is the loss of one logit x with label 0, log(1 + e^x), or its gradient
 * σ(x).  The allowed error beside it is atol + rtol·v by hand. */
static const struct {
    enum format_id format;
    enum quantity_kind quantity;
    double x, got;
    bool passes;
} comparisons[] = {
    /* v = ln 2 = 0.693147180559945: 1e-5 + 1.3e-6·v = 1.09011e-5. */
    {FORMAT_binary32, QUANTITY_LOSS, 0, 0.693147180559945 + 1.0899e-5, true},
    {FORMAT_binary32, QUANTITY_LOSS, 0, 0.693147180559945 + 1.0903e-5, false},
    {FORMAT_binary32, QUANTITY_LOSS, 0, 0.693147180559945 - 1.0899e-5, true},
    {FORMAT_binary32, QUANTITY_LOSS, 0, 0.693147180559945 - 1.0903e-5, false},
    {FORMAT_binary32, QUANTITY_LOSS, 0, 0x1.62e43p-1, true}, /* ln 2 itself, rounded */
    /* A false zero passes where v ≤ 1e-5 + 1.3e-6·v. */
    {FORMAT_binary32, QUANTITY_LOSS, -11.6, 0, true},  /* v = 9.166e-6 */
    {FORMAT_binary32, QUANTITY_LOSS, -11.4, 0, false}, /* v = 1.1195e-5 */
    {FORMAT_binary64, QUANTITY_LOSS, -16.2, 0, true},  /* v = 9.21e-8 */
    {FORMAT_binary64, QUANTITY_LOSS, -16, 0, false},   /* v = 1.1254e-7 */
    {FORMAT_binary16, QUANTITY_LOSS, -11.4, 0, false},
    {FORMAT_bfloat16_binary32, QUANTITY_LOSS, -11.4, 0, false},
    {FORMAT_bfloat16, QUANTITY_LOSS, -12, 0, true}, /* v = 6.1e-6 */
    /* A wrong sign does too. */
    {FORMAT_binary64, QUANTITY_LOSS, -40, -0x1p-52, true},
    /* v = log(1 + e^100) = 100 + 3.7e-44: 1e-5 + 1.6e-2·v = 1.60001. */
    {FORMAT_bfloat16, QUANTITY_LOSS, 100, 101.5, true},
    {FORMAT_bfloat16, QUANTITY_LOSS, 100, 102, false},
    {FORMAT_binary16, QUANTITY_LOSS, 100, 100.0625, true}, /* 0.10001 */
    {FORMAT_binary16, QUANTITY_LOSS, 100, 100.125, false},
    /* The gradient 1/2, a rational number: 1e-7 + 5e-8. */
    {FORMAT_binary64, QUANTITY_GRADIENT, 0, 0.5 + 1.49e-7, true},
    {FORMAT_binary64, QUANTITY_GRADIENT, 0, 0.5 + 1.51e-7, false},
    {FORMAT_binary64, QUANTITY_GRADIENT, 0, 0.5 - 1.51e-7, false},
    {FORMAT_binary64, QUANTITY_GRADIENT, 0, 0.5, true},
    /* No number, and infinities. */
    {FORMAT_binary32, QUANTITY_LOSS, 0, NAN, false},
    {FORMAT_binary32, QUANTITY_LOSS, NAN, NAN, false},
    {FORMAT_binary32, QUANTITY_LOSS, 0, INFINITY, false},
    {FORMAT_binary32, QUANTITY_LOSS, INFINITY, INFINITY, true},
    {FORMAT_binary32, QUANTITY_LOSS, INFINITY, -INFINITY, false},
    {FORMAT_binary32, QUANTITY_LOSS, INFINITY, 0x1.fffffep+127, false},
};

START_TEST(assert_close_is_decided)
{
    const struct format *format = &formats[comparisons[_i].format];
    double x = format_round_double(format, comparisons[_i].x), label = 0;
    const struct input_case input = {
        .problem = PROBLEM_bce_logit, .rows = 1, .columns = 1, .values = &x, .labels = &label};
    struct quantity quantity = {comparisons[_i].quantity, 0};
    struct enclosure enclosure;
    struct error error;
    bool passes;
    enclosure_init(&enclosure);
    ck_assert_int_eq(oracle_certify(&input, quantity, format, &enclosure, &error), OK);
    while (!assert_close_passes(&enclosure, format, comparisons[_i].got, &passes))
        ck_assert_int_eq(oracle_refine(&input, quantity, &enclosure, &error), OK);
    ck_assert_int_eq(passes, comparisons[_i].passes);
    enclosure_clear(&enclosure);
    oracle_thread_done();
}
END_TEST

/* A wide enclosure leaves it open and is refined: [0, 1] may hold anything. */
START_TEST(a_wide_enclosure_leaves_it_open)
{
    struct enclosure enclosure;
    bool passes;
    enclosure_init(&enclosure);
    enclosure.kind = EXACT_TRANSCENDENTAL;
    mpfr_set_ui(enclosure.lo, 0, MPFR_RNDD);
    mpfr_set_ui(enclosure.hi, 1, MPFR_RNDU);
    ck_assert(!assert_close_passes(&enclosure, &formats[FORMAT_binary32], 0.5, &passes));
    ck_assert(!assert_close_passes(&enclosure, &formats[FORMAT_binary32], 0, &passes));
    ck_assert(assert_close_passes(&enclosure, &formats[FORMAT_binary32], 2, &passes));
    ck_assert(!passes);
    enclosure_clear(&enclosure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("assert_close");
    TCase *wide = tcase_create("wide");
    tcase_add_test(wide, a_wide_enclosure_leaves_it_open);
    suite_add_tcase(suite, wide);
    suite_add_rows(suite, "comparisons", NULL, NULL, assert_close_is_decided, ROWS(comparisons));
    return suite_run(suite);
}
