/* Roundings that can be left out: all of them give the canonical result, none
 * the value of the formula, and one what is known of that operation. */
#include "../suite.h"

#include "core/random.h"
#include "impl/impl.h"
#include "oracle/oracle.h"
#include "sweep/attribute.h"
#include "sweep/case_store.h"

#include <math.h>
#include <string.h>

static struct case_store store;
static struct workspace workspace;
static struct enclosure enclosure;
static struct error error;

static void start(void)
{
    enclosure_init(&enclosure); /* and MPFR's widest exponents */
}

static void done(void)
{
    enclosure_clear(&enclosure);
    workspace_clear(&workspace);
    case_store_clear(&store);
}

/* A number of a magnitude uniform in its exponent, or none at all. */
static double wide(struct random_stream *stream, const struct format *format, int least, int most)
{
    static const double special[] = {0, INFINITY, -INFINITY, NAN, 1, -1};
    if (random_below(stream, 16) == 0)
        return special[random_below(stream, 6)];
    double x =
        ldexp(1 + random_unit(stream), least + (int)random_below(stream, (uint64_t)(most - least)));
    return format_round_double(format, random_below(stream, 2) == 0 ? x : -x);
}

static double within_1(struct random_stream *stream, const struct format *format)
{
    double p = random_unit(stream);
    if (random_below(stream, 4) == 0)
        p = ldexp(p, -(int)random_below(stream, 160));
    if (random_below(stream, 4) == 0)
        p = 1 - p;
    return format_round_double(format, p);
}

/* Class weights or the weights of positive labels, subnormal ones among them: a
 * flushed format takes those to 0 where it stores or adds them. */
static void add_weights(enum problem_id problem, const struct format *format,
                        struct random_stream *stream)
{
    if (problem != PROBLEM_softmax_ce && problem != PROBLEM_bce_logit)
        return;
    for (size_t j = 0; j < store.input.columns; j++)
        store.weights[j] =
            format_round_double(format, random_below(stream, 2) == 0 ? 4 * random_unit(stream)
                                                                     : format_least(format) * 3);
    store.input.weights = store.weights;
}

/* A case of any size of number; where `moderate`, logits in ±8 and p in (0, 1). */
static void make_case(enum problem_id problem, const struct format *format, bool moderate,
                      struct random_stream *stream)
{
    bool one_row = problem == PROBLEM_softmax;
    size_t rows = one_row ? 1 : 1 + random_below(stream, 3), columns = 1 + random_below(stream, 5);
    ck_assert_int_eq(case_store_shape(&store, problem, rows, columns, &error), OK);
    store.input.reduction = random_below(stream, 2) == 0 ? REDUCTION_SUM : REDUCTION_MEAN;
    bool probability = problem == PROBLEM_bce_prob || problem == PROBLEM_bce_prob_batch;
    for (size_t k = 0; k < rows * columns; k++) {
        if (probability)
            store.values[k] =
                moderate ? format_round_double(format, 0.0625 + 0.875 * random_unit(stream))
                         : within_1(stream, format);
        else
            store.values[k] = moderate ? format_round_double(format, 16 * random_unit(stream) - 8)
                                       : wide(stream, format, -6, 9);
        store.labels[k] = moderate || random_below(stream, 2) == 0
                              ? format_round_double(format, random_unit(stream))
                              : (double)random_below(stream, 2);
    }
    for (size_t i = 0; i < rows; i++)
        store.targets[i] = random_below(stream, columns);
    if (random_below(stream, 4) == 0)
        add_weights(problem, format, stream);
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* All roundings on: the canonical result bit for bit, the sign of a zero
 * included. */
START_TEST(all_give_the_canonical_result)
{
    const struct format *format = &formats[_i];
    mpfr_t loss;
    mpfr_init2(loss, 2);
    for (size_t f = 0; f < formulation_total; f++) {
        struct random_stream stream = random_stream(5, f);
        for (int k = 0; k < 60; k++) {
            double canonical;
            struct blame_request request = {.all = true, .precision = 2 * 53 + 64};
            make_case(formulations[f].problem, format, k % 4 == 0, &stream);
            if (!formulation_applies(f, format, MATH_canonical, &store.input))
                continue;
            ck_assert_int_eq(formulation_loss(f, format, MATH_canonical, &store.input, &workspace,
                                              &canonical, &error),
                             OK);
            ck_assert_int_eq(
                formulation_blamed(f, format, &store.input, &request, &workspace, loss, &error),
                OK);
            double blamed = mpfr_get_d(loss, MPFR_RNDN);
            ck_assert_msg(same(canonical, blamed), "%s in %s, case %d: %a, with all roundings %a",
                          formulations[f].name, format->name, k, canonical, blamed);
        }
    }
    mpfr_clear(loss);
}
END_TEST

/* Formulations that compute something else than the loss: without any rounding
 * they still differ from it. */
static const char *const no_identities[] = {
    "raw-trace-bce",                    /* a logit in the place of a probability */
    "base2-softmax",       "lse-base2", /* log₂ e is a binary64 number */
    "clipped-softmax",                  /* 1e-7 beside the least probabilities */
    "epsilon-bce",                      /* 1e-7 is added */
    "signed-softplus-bce", "stan-bce",  /* labels of 0 and 1 only */
};

static bool is_identity(size_t f)
{
    const char *name = formulations[formulation_base(f)].name;
    for (int i = 0; i < ROWS(no_identities); i++)
        if (strcmp(name, no_identities[i]) == 0)
            return false;
    return true;
}

/* No rounding: the exact value to 2^−40 ulp of binary64 relative to the
 * greatest intermediate number, here at most 2^5; only formulas that are no
 * identities differ, and each of those does. */
START_TEST(none_gives_the_exact_value)
{
    const struct format *format = &formats[FORMAT_binary64];
    mpfr_t loss, bound;
    mpfr_init2(loss, 2);
    mpfr_init2(bound, 64);
    for (size_t f = 0; f < formulation_total; f++) {
        struct random_stream stream = random_stream(6, f);
        bool different = false;
        for (int k = 0; k < 100; k++) {
            struct blame_request request = {.precision = 2 * 53 + 64};
            make_case(formulations[f].problem, format, true, &stream);
            if (!formulation_applies(f, format, MATH_canonical, &store.input))
                continue;
            oracle_enclose(&store.input, quantity_loss(0), 512, &enclosure);
            if (enclosure.kind != EXACT_TRANSCENDENTAL && enclosure.kind != EXACT_RATIONAL)
                continue;
            ck_assert_int_eq(
                formulation_blamed(f, format, &store.input, &request, &workspace, loss, &error),
                OK);
            mpfr_sub(bound, loss, enclosure.lo, MPFR_RNDN);
            mpfr_abs(bound, bound, MPFR_RNDN);
            bool differs = mpfr_nan_p(bound) || mpfr_cmp_ui_2exp(bound, 1, 5 - 53 - 40) > 0;
            different |= differs;
            ck_assert_msg(!differs || !is_identity(f), "%s, case %d: off by %g without rounding",
                          formulations[f].name, k, mpfr_get_d(bound, MPFR_RNDN));
        }
        ck_assert_msg(different != is_identity(f), "%s is an identity", formulations[f].name);
    }
    mpfr_clears(loss, bound, (mpfr_ptr)0);
}
END_TEST

/* The kinds of the roundings passed, in their order. */
static const struct passed {
    const char *formulation;
    enum format_id format;
    const char *kinds;
} passed[] = {
    {"naive-softmax", FORMAT_binary32, "exp sum divide log"},
    {"fused-log-softmax", FORMAT_binary32, "subtract exp sum subtract log subtract"},
    /* mixed: the sum is rounded into the computation's format, the same site … */
    {"fused-log-softmax", FORMAT_binary32_binary64, "subtract exp sum subtract log subtract"},
    /* … and probability and loss into the stored one. */
    {"naive-softmax", FORMAT_bfloat16_binary32, "exp sum divide store log store"},
    {"log1p-lse", FORMAT_binary64, "subtract exp sum subtract log add"},
};

static void two_classes(double first, double second, size_t target)
{
    ck_assert_int_eq(case_store_shape(&store, PROBLEM_softmax_ce, 1, 2, &error), OK);
    store.values[0] = first;
    store.values[1] = second;
    store.targets[0] = target;
}

START_TEST(roundings_passed_are_seen)
{
    const struct passed *row = &passed[_i];
    struct rounding_list seen;
    struct blame_request request = {.all = true, .precision = 192, .seen = &seen};
    char kinds[200] = "";
    mpfr_t loss;
    mpfr_init2(loss, 2);
    ck_assert_int_eq(case_store_shape(&store, PROBLEM_softmax_ce, 1, 3, &error), OK);
    for (size_t k = 0; k < 3; k++)
        store.values[k] = (double)k;
    store.targets[0] = 1;
    ck_assert_int_eq(formulation_blamed(formulation_find(row->formulation), &formats[row->format],
                                        &store.input, &request, &workspace, loss, &error),
                     OK);
    for (size_t i = 0; i < seen.count; i++) {
        strcat(kinds, i > 0 ? " " : "");
        strcat(kinds, seen.site[i]->kind);
        ck_assert_ptr_nonnull(strstr(seen.site[i]->file, "src/impl/"));
    }
    ck_assert_str_eq(kinds, row->kinds);
    mpfr_clear(loss);
}
END_TEST

static void attribute_case(const char *formulation, const struct format *format,
                           struct attribution *attribution)
{
    bool there;
    ck_assert_int_eq(oracle_certify(&store.input, quantity_loss(0), format, &enclosure, &error),
                     OK);
    ck_assert_int_eq(attribute(formulation_find(formulation), format, &store.input, &enclosure,
                               &workspace, attribution, &there, &error),
                     OK);
    ck_assert(there);
}

static const struct part *part_of(const struct attribution *attribution, const char *kind)
{
    for (size_t i = 0; i < attribution->count; i++)
        if (strcmp(attribution->parts[i].site->kind, kind) == 0)
            return &attribution->parts[i];
    ck_abort_msg("no rounding of the kind %s", kind);
}

/* A gap of 20 in binary32.  1 + e^−20 rounds to 1: the sum alone loses the whole
 * value, −v/ulp(v) = −9282610.676 (v = log(1 + e^−20), ulp = 2^−52).  exp alone:
 * e^−20 to half an ulp, of a value that is v but for 1 part in 10^9.  Left out
 * of the sum, nothing is lost, and no part is above 1 ulp. */
START_TEST(the_sum_is_to_blame_for_a_false_zero)
{
    const struct format *format = &formats[FORMAT_binary32];
    struct attribution attribution;
    two_classes(20, 0, 0);
    attribute_case("fused-log-softmax", format, &attribution);
    ck_assert_int_eq(attribution.class, CLASS_false_zero);
    ck_assert_double_eq_tol(part_of(&attribution, "sum")->ulp, -9282610.676, 0.01);
    ck_assert_int_eq(part_of(&attribution, "sum")->class, CLASS_false_zero);
    ck_assert_double_le(fabs(part_of(&attribution, "exp")->ulp), 0.5 + 1e-6);
    ck_assert_double_eq(part_of(&attribution, "subtract")->ulp, 0); /* 20 − 0 is exact */
    ck_assert_double_eq(attribution.formula, 0);
    attribute_case("log1p-lse", format, &attribution);
    for (size_t i = 0; i < attribution.count; i++)
        ck_assert_double_le(fabs(attribution.parts[i].ulp), 1);
}
END_TEST

/* x = −100, label 0, in binary32: v = log1p(e^−100) = 26.547349·2^−149 (e^x to 60
 * digits) is 149 binades below the 1 of e^−100 + 1.  Without roundings that sum
 * keeps v: the formula is an identity.  exp alone gives 27·2^−149, the sum alone
 * 1 and so 0. */
START_TEST(a_sum_keeps_what_is_binades_below)
{
    const struct format *format = &formats[FORMAT_binary32];
    struct attribution attribution;
    ck_assert_int_eq(case_store_shape(&store, PROBLEM_bce_logit, 1, 1, &error), OK);
    store.values[0] = -100;
    store.labels[0] = 0;
    attribute_case("logits-bce-old", format, &attribution);
    ck_assert_double_eq(attribution.formula, 0);
    ck_assert_double_eq_tol(part_of(&attribution, "exp")->ulp, 27 - 26.547349, 1e-6);
    ck_assert_double_eq_tol(part_of(&attribution, "add")->ulp, -26.547349, 1e-6);
    ck_assert_int_eq(part_of(&attribution, "add")->class, CLASS_false_zero);
    ck_assert_int_eq(part_of(&attribution, "log")->class, CLASS_correct);
}
END_TEST

/* e^100 overflows in binary32: with exp alone rounded, ∞/∞ already. */
START_TEST(exp_is_to_blame_for_a_nan)
{
    struct attribution attribution;
    two_classes(100, 0, 0);
    attribute_case("naive-softmax", &formats[FORMAT_binary32], &attribution);
    ck_assert_int_eq(attribution.class, CLASS_spurious_nan);
    for (size_t i = 0; i < attribution.count; i++) {
        /* exp in the sum: x/∞ = 0 and log 0 = −∞; the target's: ∞/x and −log ∞ = −∞;
         * the sum is a number of the format's range only where exp is: ∞ too */
        bool overflows = strcmp(attribution.parts[i].site->kind, "exp") == 0 ||
                         strcmp(attribution.parts[i].site->kind, "sum") == 0;
        ck_assert_int_eq(class_is_failure(attribution.parts[i].class), overflows);
    }
}
END_TEST

/* y = 1: −(1·log p + 0·log(1 − p)).  Only the logarithm rounds to anything else
 * than its operand, and it is the whole error.  Alone the product rounds as
 * well, for its operand is then the unrounded logarithm: the same error,
 * counted twice, and what the remainder takes off again. */
START_TEST(one_rounding_may_be_counted_twice)
{
    struct attribution attribution;
    const struct format *format = &formats[_i];
    struct random_stream stream = random_stream(8, (uint64_t)_i);
    if (format->computation != (enum format_id)_i)
        return;
    for (int k = 0; k < 100; k++) {
        ck_assert_int_eq(case_store_shape(&store, PROBLEM_bce_prob, 1, 1, &error), OK);
        store.values[0] = format_round_double(format, 0.125 + 0.75 * random_unit(&stream));
        store.labels[0] = 1;
        attribute_case("prob-bce", format, &attribution);
        double log_ulp = part_of(&attribution, "log")->ulp;
        ck_assert_double_eq_tol(attribution.total, log_ulp, 1e-6);
        ck_assert_double_eq(part_of(&attribution, "multiply")->ulp, log_ulp);
        ck_assert_double_eq(part_of(&attribution, "subtract")->ulp, 0); /* 1 − y */
        ck_assert_double_eq_tol(attribution.remainder, attribution.total - attribution.sum, 1e-12);
    }
}
END_TEST

/* Not more than half an ulp of its own result is what a rounding alone can do:
 * the parts of a sum of benign terms stay within what Higham's first-order
 * analysis allows, here u(|x_t − m| + …)/ulp(v) < 64 ulp, and what they leave
 * unexplained does. */
START_TEST(parts_are_of_the_size_of_the_error)
{
    const struct format *format = &formats[FORMAT_binary32];
    struct random_stream stream = random_stream(9, 0);
    for (int k = 0; k < 300; k++) {
        struct attribution attribution;
        two_classes(format_round_double(format, 2 * random_unit(&stream)),
                    format_round_double(format, 2 * random_unit(&stream)), (size_t)(k % 2));
        attribute_case("fused-log-softmax", format, &attribution);
        double magnitude = 0;
        for (size_t i = 0; i < attribution.count; i++)
            magnitude = fmax(magnitude, fabs(attribution.parts[i].ulp));
        ck_assert_double_le(magnitude, 8);
        ck_assert_double_le(fabs(attribution.remainder), 16);
        ck_assert_double_eq(attribution.formula, 0);
    }
}
END_TEST

static const struct formula_row {
    const char *operation, *formula;
} formulas[] = {
    {"x[k] - m", "x[k] - m"},
    {"exp(rsub(x[k], m))", "exp(x[k] - m)"},
    {"rsub(x[t], m) - rlog(sum_total(&sum))", "(x[t] - m) - log(sum)"},
    {"log1p(rexp(rneg(rabs(x))))", "log1p(exp(-|x|))"},
    {"one / radd(one, rexp(rneg(x)))", "one / (one + exp(-x))"},
    {"A[i * C + c] * B[j * C + c]", "A[i * C + c] * B[j * C + c]"},
    {"rdiv(one, radd(one, x))", "one / (one + x)"},
    {"f(a, (b)) + rmul(c, d)", "f(a, (b)) + (c * d)"},
};

START_TEST(operations_read_like_formulas)
{
    struct rounding rounding = {.operation = formulas[_i].operation};
    char text[100];
    rounding_formula(&rounding, text, sizeof text);
    ck_assert_str_eq(text, formulas[_i].formula);
    rounding_formula(&rounding, text, 5);
    ck_assert_int_eq((int)strlen(text), 4); /* cut */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("blame");
    suite_add_rows(suite, "all on", start, done, all_give_the_canonical_result, FORMAT_COUNT);
    suite_add_rows(suite, "none on", start, done, none_gives_the_exact_value, 1);
    suite_add_rows(suite, "seen", start, done, roundings_passed_are_seen, ROWS(passed));
    suite_add_rows(suite, "false zero", start, done, the_sum_is_to_blame_for_a_false_zero, 1);
    suite_add_rows(suite, "binades", start, done, a_sum_keeps_what_is_binades_below, 1);
    suite_add_rows(suite, "NaN", start, done, exp_is_to_blame_for_a_nan, 1);
    suite_add_rows(suite, "twice", start, done, one_rounding_may_be_counted_twice, FORMAT_COUNT);
    suite_add_rows(suite, "size", start, done, parts_are_of_the_size_of_the_error, 1);
    suite_add_rows(suite, "text", start, done, operations_read_like_formulas, ROWS(formulas));
    return suite_run(suite);
}
