/* Partners of cases: they are what they say, exactly. */
#include "invariant_bench.h"

/* x_k + s in MPFR, s a power of two, is what the partner holds. */
START_TEST(a_shift_is_exact)
{
    static const struct format *const of[] = {BINARY16, BFLOAT16, BINARY32, BINARY64};
    struct bench bench = {0};
    struct partner partner = {0};
    struct error error;
    mpfr_t sum;
    uint64_t found = 0, of_its_size = 0;
    mpfr_init2(sum, 2200);
    for (uint64_t i = 0; i < 4000; i++) {
        const struct format *format = of[i % 4];
        bool there;
        random_row(&bench, PROBLEM_softmax_ce, format, i);
        ck_assert_int_eq(partner_make(&partner, PARTNER_shifted, &bench.store.input, format, i / 4,
                                      &there, &error),
                         OK);
        if (!there)
            continue;
        int exponent;
        ck_assert(fabs(frexp(partner.shift, &exponent)) == 0.5);
        double most = 0;
        for (size_t k = 0; k < bench.store.input.columns; k++) {
            double x = bench.store.values[k], shifted = partner.store.values[k];
            ck_assert(isinf(x) || isfinite(shifted));
            ck_assert(format_round_double(format, shifted) == shifted);
            mpfr_set_d(sum, x, MPFR_RNDN);
            ck_assert_int_eq(mpfr_add_d(sum, sum, partner.shift, MPFR_RNDN), 0);
            ck_assert_int_eq(mpfr_cmp_d(sum, shifted), 0);
            most = isfinite(x) ? fmax(most, fabs(x)) : most;
        }
        found++;
        of_its_size += most > 0 && exponent - 1 == ilogb(most);
    }
    ck_assert_uint_ge(found, 3000);
    ck_assert_uint_ge(of_its_size, 1000);
    mpfr_clear(sum);
    case_store_clear(&partner.store);
    bench_clear(&bench);
}
END_TEST

START_TEST(a_reversed_case_has_everything_reversed)
{
    struct bench bench = {0};
    struct partner partner = {0};
    struct error error;
    bool there;
    make_case(&bench, PROBLEM_softmax_ce, BINARY32,
              (struct case_text){.values = "1,2,3,4,5,6",
                                 .targets = "2,-100",
                                 .columns = 3,
                                 .reduction = REDUCTION_MEAN,
                                 .options = {.weights = "1,2,4", .label_smoothing = "0.5"}});
    ck_assert_int_eq(
        partner_make(&partner, PARTNER_reversed, &bench.store.input, BINARY32, 0, &there, &error),
        OK);
    char *text = case_arguments(&partner.store.input, BINARY32, 1000);
    ck_assert(there);
    ck_assert_str_eq(text, "softmax-ce --logits "
                           "0x1.8p+1,0x1p+1,0x1p+0,0x1.8p+2,0x1.4p+2,0x1p+2 --target 0,-100 "
                           "--columns 3 --weights 0x1p+2,0x1p+1,0x1p+0 --label-smoothing 0x1p-1 "
                           "--reduction mean --format binary32");
    free(text);
    case_store_clear(&partner.store);
    bench_clear(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("partner");
    TCase *cases = tcase_create("partner");
    tcase_add_test(cases, a_shift_is_exact);
    tcase_add_test(cases, a_reversed_case_has_everything_reversed);
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
