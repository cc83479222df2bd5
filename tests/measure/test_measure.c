/* The class and the errors of a result, against values worked out by hand.
 *
 * v is given as an open interval base + (from, to)·2^−1300: narrower than any
 * spacing, so that "just above 1" is (1, 1 + 2^−1300).  Where a row says
 * "just", the class has to be found although the number that separates it from
 * the next class is an end of the interval. */
#include "../oracle/input_rows.h"
#include "../suite.h"
#include "rational.h"

#include "measure/measure.h"

#include <math.h>
#include <stdlib.h>

enum { BITS = 4096, FINE = -1300 };

static struct enclosure enclosure;
static struct measurement measurement;

static void start(void)
{
    enclosure_init(&enclosure);
}

static void done(void)
{
    enclosure_clear(&enclosure);
    oracle_thread_done();
}

static void set_end(mpfr_ptr end, const char *base, int steps)
{
    mpfr_t offset;
    mpfr_init2(offset, 64);
    mpfr_set_si_2exp(offset, steps, FINE, MPFR_RNDN);
    mpfr_set_prec(end, BITS);
    ck_assert_int_eq(mpfr_set_str(end, base, 0, MPFR_RNDN), 0);
    ck_assert_int_eq(mpfr_add(end, end, offset, MPFR_RNDN), 0); /* exact */
    mpfr_clear(offset);
}

static void set_enclosure(const char *base, int from, int to)
{
    enclosure.kind = EXACT_TRANSCENDENTAL;
    enclosure.precision = BITS;
    set_end(enclosure.lo, base, from);
    set_end(enclosure.hi, base, to);
}

#define LEAST       0x1p-1074
#define LEAST32     0x1p-149
#define ONE_ULP     0x1p-52
#define THRESHOLD   "0x1.fffffffffffff8p+1023" /* 2^1024 − 2^970: largest + ulp/2 */
#define THRESHOLD32 "0x1.ffffffp+127"          /* 2^128 − 2^103 */

struct row {
    enum format_id format;
    const char *base;
    int from, to;
    double got;
    enum result_class class;
    double ulp, rel, abs;
};

static const struct row rows[] = {
    /* ulp(1) = 2^−52, and 2^−53 just below 1. */
    {FORMAT_binary64, "1", 0, 1, 1, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "1.25", -1, 1, 1.75, CLASS_lost, 0x1p+51, 0.4, 0.5},
    {FORMAT_binary64, "1.5", -1, 1, 1.5, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "1", 0, 1, 1 + ONE_ULP, CLASS_faithful, 1, 0x1p-52, 0x1p-52}, /* just < 1 */
    {FORMAT_binary64, "1", 0, 1, 1 - ONE_ULP / 2, CLASS_faithful, 0.5, 0x1p-53, 0x1p-53},
    {FORMAT_binary64, "1", -1, 0, 1, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "1", -1, 0, 1 + ONE_ULP, CLASS_close, 2, 0x1p-52, 0x1p-52},
    {FORMAT_binary64, "1", -1, 0, 1 - ONE_ULP / 2, CLASS_faithful, 1, 0x1p-53, 0x1p-53},
    /* Half an ulp, just above and just below. */
    {FORMAT_binary64, "0x1.00000000000008p+0", 0, 1, 1, CLASS_faithful, 0.5, 0x1p-53, 0x1p-53},
    {FORMAT_binary64, "0x1.00000000000008p+0", 0, 1, 1 + ONE_ULP, CLASS_correct, 0.5, 0x1p-53,
     0x1p-53},
    {FORMAT_binary64, "0x1.00000000000008p+0", -1, 0, 1, CLASS_correct, 0.5, 0x1p-53, 0x1p-53},
    {FORMAT_binary64, "0x1.00000000000008p+0", -1, 0, 1 + ONE_ULP, CLASS_faithful, 0.5, 0x1p-53,
     0x1p-53},
    /* One ulp. */
    {FORMAT_binary64, "0x1.0000000000001p+0", -1, 0, 1, CLASS_faithful, 1, 0x1p-52, 0x1p-52},
    {FORMAT_binary64, "0x1.0000000000001p+0", 0, 1, 1, CLASS_close, 1, 0x1p-52, 0x1p-52},
    /* Sixteen. */
    {FORMAT_binary64, "1", 0, 1, 1 + 16 * ONE_ULP, CLASS_close, 16, 0x1p-48, 0x1p-48},
    {FORMAT_binary64, "0x1.0000000000001p+0", -1, 0, 1 + 17 * ONE_ULP, CLASS_degraded, 16, 0x1p-48,
     0x1p-48},
    {FORMAT_binary32, "1", 0, 1, 1 + 0x1p-19, CLASS_close, 16, 0x1p-19, 0x1p-19},
    {FORMAT_binary32, "1", 0, 1, 1 + 0x1.1p-19, CLASS_degraded, 17, 0x1.1p-19, 0x1.1p-19},
    /* A sixteenth of v, from both sides. */
    {FORMAT_binary64, "16", 0, 1, 17, CLASS_degraded, 0x1p+48, 0x1p-4, 1},
    {FORMAT_binary64, "16", -1, 0, 17, CLASS_lost, 0x1p+49, 0x1p-4, 1},
    {FORMAT_binary64, "16", 0, 1, 15, CLASS_lost, 0x1p+48, 0x1p-4, 1},
    {FORMAT_binary64, "16", -1, 0, 15, CLASS_degraded, 0x1p+49, 0x1p-4, 1},
    {FORMAT_binary32, "-16", 0, 1, -15, CLASS_degraded, 0x1p+20, 0x1p-4, 1},
    {FORMAT_binary32, "-16", -1, 0, -15, CLASS_lost, 0x1p+19, 0x1p-4, 1},
    {FORMAT_binary32, "-16", 0, 1, -17, CLASS_lost, 0x1p+20, 0x1p-4, 1},
    {FORMAT_binary32, "-16", -1, 0, -17, CLASS_degraded, 0x1p+19, 0x1p-4, 1},
    /* Signs and zeros. */
    {FORMAT_binary64, "2", 0, 1, -2, CLASS_wrong_sign, 0x1p+53, 2, 4},
    {FORMAT_binary64, "-2", 0, 1, 2, CLASS_wrong_sign, 0x1p+54, 2, 4},
    {FORMAT_binary64, "1", 0, 1, 0, CLASS_false_zero, 0x1p+52, 1, 1},
    {FORMAT_binary64, "1", 0, 1, -0.0, CLASS_false_zero, 0x1p+52, 1, 1},
    {FORMAT_binary32, "-1", -1, 0, 0, CLASS_false_zero, 0x1p+23, 1, 1},
    /* The subnormal ulp is the least number. */
    {FORMAT_binary64, "0x3.4p-1074", -1, 1, 3 * LEAST, CLASS_correct, 0.25, 1.0 / 13, 0},
    {FORMAT_binary64, "0x3.4p-1074", -1, 1, 4 * LEAST, CLASS_faithful, 0.75, 3.0 / 13, LEAST},
    {FORMAT_binary64, "0x3.4p-1074", -1, 1, 19 * LEAST, CLASS_close, 15.75, 63.0 / 13, 16 * LEAST},
    {FORMAT_binary64, "0x3.4p-1074", -1, 1, 20 * LEAST, CLASS_lost, 16.75, 67.0 / 13, 17 * LEAST},
    {FORMAT_binary32, "0x3.4p-149", -1, 1, 3 * LEAST32, CLASS_correct, 0.25, 1.0 / 13, 0x1p-151},
    {FORMAT_binary32, "0x3.4p-149", -1, 1, 19 * LEAST32, CLASS_close, 15.75, 63.0 / 13,
     15.75 * LEAST32},
    {FORMAT_binary32, "0x1p-126", -1, 0, 0x1p-126 - LEAST32, CLASS_faithful, 1, 0x1p-23, LEAST32},
    {FORMAT_binary32, "0x1p-126", 0, 1, 0x1p-126 - LEAST32, CLASS_close, 1, 0x1p-23, LEAST32},
    /* Below half of it 0 is right; above, false. */
    {FORMAT_binary64, "0x1p-1076", -1, 1, 0, CLASS_correct, 0.25, 1, 0},
    {FORMAT_binary64, "0x1p-1076", -1, 1, -0.0, CLASS_correct, 0.25, 1, 0},
    {FORMAT_binary64, "0x1p-1076", -1, 1, LEAST, CLASS_faithful, 0.75, 3, LEAST},
    {FORMAT_binary64, "0x1p-1076", -1, 1, -LEAST, CLASS_wrong_sign, 1.25, 5, LEAST},
    {FORMAT_binary64, "0x1p-1075", -1, 0, 0, CLASS_correct, 0.5, 1, 0},
    {FORMAT_binary64, "0x1p-1075", 0, 1, 0, CLASS_false_zero, 0.5, 1, LEAST},
    {FORMAT_binary64, "0x1p-1075", 0, 1, -0.0, CLASS_false_zero, 0.5, 1, LEAST},
    {FORMAT_binary64, "0x1.8p-1075", -1, 1, 0, CLASS_false_zero, 0.75, 1, LEAST},
    {FORMAT_binary32, "0x1p-150", -1, 0, 0, CLASS_correct, 0.5, 1, 0x1p-150},
    {FORMAT_binary32, "0x1p-150", 0, 1, 0, CLASS_false_zero, 0.5, 1, 0x1p-150},
    {FORMAT_binary64, "0", 0, 1, 0, CLASS_correct, 0, 1, 0},
    /* From largest + ulp/2 on |v| rounds to infinity, and only from there. */
    {FORMAT_binary64, THRESHOLD, -1, 0, LARGEST, CLASS_correct, 0.5, 0x1p-54, 0x1p+970},
    {FORMAT_binary64, THRESHOLD, -1, 0, INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
    {FORMAT_binary64, THRESHOLD, 0, 1, LARGEST, CLASS_missed_inf, 0.5, 0x1p-54, 0x1p+970},
    {FORMAT_binary64, THRESHOLD, 0, 1, INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, THRESHOLD, 0, 1, -INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
    {FORMAT_binary64, THRESHOLD, 0, 1, 0, CLASS_missed_inf, 0x1p+53, 1, INFINITY},
    {FORMAT_binary64, "0x1.8p+1024", -1, 1, INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "0x1p+1025", 0, 1, 0x1p+1023, CLASS_missed_inf, 0x1.8p+51, 0.75, INFINITY},
    {FORMAT_binary64, "-0x1p+1025", 0, 1, -INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "-0x1p+1025", 0, 1, INFINITY, CLASS_spurious_inf, INFINITY, INFINITY,
     INFINITY},
    {FORMAT_binary32, THRESHOLD32, -1, 0, LARGEST32, CLASS_correct, 0.5, 1 / 0x1.ffffffp+24,
     0x1p+103},
    {FORMAT_binary32, THRESHOLD32, -1, 0, INFINITY, CLASS_spurious_inf, INFINITY, INFINITY,
     INFINITY},
    {FORMAT_binary32, THRESHOLD32, 0, 1, LARGEST32, CLASS_missed_inf, 0.5, 1 / 0x1.ffffffp+24,
     0x1p+103},
    {FORMAT_binary32, THRESHOLD32, 0, 1, INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, THRESHOLD32, 0, 1, 0x1.ffffffp+127, CLASS_correct, 0, 0, 0},
    /* NaN and infinity for a number. */
    {FORMAT_binary64, "1", 0, 1, NAN, CLASS_spurious_nan, NAN, NAN, NAN},
    {FORMAT_binary64, "0x1p+1025", 0, 1, NAN, CLASS_spurious_nan, NAN, NAN, NAN},
    {FORMAT_binary64, "1", 0, 1, INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
    {FORMAT_binary64, "1", 0, 1, -INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
};

static void check_error(double error, double expected, double slack, const char *what)
{
    bool same = isnan(expected)   ? isnan(error)
                : isinf(expected) ? error == expected
                                  : fabs(error - expected) <= slack;
    ck_assert_msg(same, "%s error %.17g, not %.17g", what, error, expected);
}

static void check_measurement(enum result_class class, double ulp, double rel, double abs)
{
    ck_assert_str_eq(class_names[measurement.class], class_names[class]);
    check_error(measurement.ulp_error, ulp, 0x1p-20, "ulp");
    check_error(measurement.rel_error, rel, 0x1p-40 * rel, "relative");
    /* An absolute error below the least number rounds to one of its multiples. */
    check_error(measurement.abs_error, abs, fmax(0x1p-40 * abs, LEAST), "absolute");
}

START_TEST(by_hand)
{
    const struct row *row = &rows[_i];
    set_enclosure(row->base, row->from, row->to);
    ck_assert(measure(&enclosure, &formats[row->format], row->got, &measurement));
    check_measurement(row->class, row->ulp, row->rel, row->abs);
}
END_TEST

/* NaN and infinities of either sign. */
static const struct {
    enum exact_kind kind;
    int sign;
    double got;
    enum result_class class;
    double error; /* in ulp, relative and absolute */
} trivial_rows[] = {
    {EXACT_UNDEFINED, 0, NAN, CLASS_correct, 0},
    {EXACT_UNDEFINED, 0, 1, CLASS_missed_nan, NAN},
    {EXACT_UNDEFINED, 0, 0, CLASS_missed_nan, NAN},
    {EXACT_UNDEFINED, 0, INFINITY, CLASS_missed_nan, NAN},
    {EXACT_INFINITE, +1, INFINITY, CLASS_correct, 0},
    {EXACT_INFINITE, +1, -INFINITY, CLASS_spurious_inf, INFINITY},
    {EXACT_INFINITE, +1, NAN, CLASS_spurious_nan, NAN},
    {EXACT_INFINITE, +1, LARGEST, CLASS_missed_inf, INFINITY},
    {EXACT_INFINITE, +1, 0, CLASS_missed_inf, INFINITY},
    {EXACT_INFINITE, -1, -INFINITY, CLASS_correct, 0},
    {EXACT_INFINITE, -1, INFINITY, CLASS_spurious_inf, INFINITY},
    {EXACT_INFINITE, -1, -LARGEST, CLASS_missed_inf, INFINITY},
    {EXACT_INFINITE, -1, NAN, CLASS_spurious_nan, NAN},
};

START_TEST(against_no_number)
{
    enclosure.kind = trivial_rows[_i].kind;
    mpfr_set_nan(enclosure.lo);
    if (enclosure.kind == EXACT_INFINITE)
        mpfr_set_inf(enclosure.lo, trivial_rows[_i].sign);
    mpfr_set(enclosure.hi, enclosure.lo, MPFR_RNDN);
    double error = trivial_rows[_i].error;
    ck_assert(measure(&enclosure, &formats[FORMAT_binary64], trivial_rows[_i].got, &measurement));
    check_measurement(trivial_rows[_i].class, error, error, error);
}
END_TEST

/* Rational values: thresholds are hit exactly. */
static const struct {
    enum format_id format;
    const char *value;
    double got;
    enum result_class class;
    double ulp, rel, abs;
} rational_rows[] = {
    {FORMAT_binary64, "0", 0, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "0", -0.0, CLASS_correct, 0, 0, 0},
    {FORMAT_binary64, "0", LEAST, CLASS_close, 1, INFINITY, LEAST},
    {FORMAT_binary64, "0", 16 * LEAST, CLASS_close, 16, INFINITY, 16 * LEAST},
    {FORMAT_binary64, "0", 17 * LEAST, CLASS_lost, 17, INFINITY, 17 * LEAST},
    {FORMAT_binary64, "0", -LEAST, CLASS_close, 1, INFINITY, LEAST}, /* 0 has no sign to be wrong */
    {FORMAT_binary64, "0", 0x1p-1000, CLASS_lost, 0x1p+74, INFINITY, 0x1p-1000},
    {FORMAT_binary64, "0", 1, CLASS_lost, INFINITY, INFINITY, 1}, /* 2^1074 ulp */
    {FORMAT_binary64, "0", LARGEST, CLASS_lost, INFINITY, INFINITY, LARGEST},
    {FORMAT_binary64, "0", INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
    {FORMAT_binary64, "0", NAN, CLASS_spurious_nan, NAN, NAN, NAN},
    {FORMAT_binary16, "0", 0x1p-24, CLASS_close, 1, INFINITY, 0x1p-24},
    {FORMAT_binary16, "0", 0x1.1p-20, CLASS_lost, 17, INFINITY, 0x1.1p-20},
    /* Half an ulp, either way; one; sixteen. */
    {FORMAT_binary16, "2049/2048", 1, CLASS_correct, 0.5, 1.0 / 2049, 0x1p-11},
    {FORMAT_binary16, "2049/2048", 1 + 0x1p-10, CLASS_correct, 0.5, 1.0 / 2049, 0x1p-11},
    {FORMAT_binary16, "-2049/2048", -1, CLASS_correct, 0.5, 1.0 / 2049, 0x1p-11},
    {FORMAT_binary16, "1025/1024", 1, CLASS_close, 1, 1.0 / 1025, 0x1p-10},
    {FORMAT_bfloat16, "1", 1 + 0x1p-3, CLASS_close, 16, 0x1p-3, 0x1p-3},
    {FORMAT_binary16, "1", 1 + 0x1p-6, CLASS_close, 16, 0x1p-6, 0x1p-6},
    {FORMAT_binary16, "1", 1 + 0x1.1p-6, CLASS_degraded, 17, 0x1.1p-6, 0x1.1p-6},
    /* A sixteenth exactly is lost: 16/15 − 1 = 16/15/16. */
    {FORMAT_binary32, "16/15", 1, CLASS_lost, 0x1p+23 / 15, 0.0625, 1.0 / 15},
    {FORMAT_binary32, "16/17", 1, CLASS_lost, 0x1p+24 / 17, 0.0625, 1.0 / 17},
    {FORMAT_binary32, "-16/17", -1, CLASS_lost, 0x1p+24 / 17, 0.0625, 1.0 / 17},
    {FORMAT_binary32, "15/16", 1 - 0x1p-7, CLASS_degraded, 7 * 0x1p+17, 7.0 / 120, 7 * 0x1p-7},
    /* Not a machine number. */
    {FORMAT_binary64, "1/3", 0x1.5555555555555p-2, CLASS_correct, 1.0 / 3, 0x1p-54, 0x1p-54 / 3},
    {FORMAT_binary64, "1/3", 0x1.5555555555556p-2, CLASS_faithful, 2.0 / 3, 0x1p-53, 0x1p-53 / 3},
    {FORMAT_binary64, "1/3", 0, CLASS_false_zero, 0x1p+54 / 3, 1, 1.0 / 3},
    {FORMAT_binary64, "1/3", -1.0 / 3, CLASS_wrong_sign, 0x1p+55 / 3, 2, 2.0 / 3},
    {FORMAT_binary64, "-1/3", 1.0 / 3, CLASS_wrong_sign, 0x1p+55 / 3, 2, 2.0 / 3},
    /* 1 + 2^−80: an error below 2^−20 ulp is given as 0, as where v is not exact. */
    {FORMAT_binary64, "1208925819614629174706177/1208925819614629174706176", 1, CLASS_correct, 0, 0,
     0},
    /* Below half the least number 0 is right; at the half too, ties to even;
     * a subnormal flushed to 0 is not. */
    {FORMAT_binary16, "1/33554432", 0, CLASS_correct, 0.5, 1, 0x1p-25},
    {FORMAT_binary16, "-1/33554432", 0, CLASS_correct, 0.5, 1, 0x1p-25},
    {FORMAT_binary16, "3/67108864", 0, CLASS_false_zero, 0.75, 1, 0x3p-26},
    {FORMAT_binary16_ftz, "3/1048576", 0, CLASS_false_zero, 48, 1, 0x3p-20},
    {FORMAT_binary16_ftz, "3/1048576", 0x3p-20, CLASS_correct, 0, 0, 0},
    {FORMAT_binary16_binary32, "1/3", 0x1.554p-2, CLASS_correct, 1.0 / 3, 0x1p-12, 0x1p-12 / 3},
    /* From 65520 on binary16 is infinite. */
    {FORMAT_binary16, "65520", INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary16, "-65520", -INFINITY, CLASS_correct, 0, 0, 0},
    {FORMAT_binary16, "-65520", INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
    {FORMAT_binary16, "65520", 65504, CLASS_missed_inf, 0.5, 1.0 / 4095, 16},
    {FORMAT_binary16, "131039/2", 65504, CLASS_correct, 31.0 / 64, 31.0 / 131039, 15.5},
    {FORMAT_binary16, "131039/2", INFINITY, CLASS_spurious_inf, INFINITY, INFINITY, INFINITY},
};

START_TEST(against_rational)
{
    set_rational(&enclosure, rational_rows[_i].value, 64);
    ck_assert(measure(&enclosure, &formats[rational_rows[_i].format], rational_rows[_i].got,
                      &measurement));
    check_measurement(rational_rows[_i].class, rational_rows[_i].ulp, rational_rows[_i].rel,
                      rational_rows[_i].abs);
}
END_TEST

/* v is 16/15 or 16/17 and something that no precision shows: the bound beside
 * the interval decides whether it is more than a sixteenth from 1. */
static const struct {
    const char *bound;
    int side;
    double got;
    enum result_class class;
} bound_rows[] = {
    {"16/15", +1, 1, CLASS_lost},       {"16/15", -1, 1, CLASS_degraded},
    {"16/17", +1, 1, CLASS_degraded},   {"16/17", -1, 1, CLASS_lost},
    {"-16/15", -1, -1, CLASS_lost},     {"-16/15", +1, -1, CLASS_degraded},
    {"-16/17", -1, -1, CLASS_degraded}, {"-16/17", +1, -1, CLASS_lost},
};

START_TEST(against_a_bound)
{
    set_rational(&enclosure, bound_rows[_i].bound, 128);
    enclosure.kind = EXACT_TRANSCENDENTAL;
    ck_assert(!measure(&enclosure, &formats[FORMAT_binary64], bound_rows[_i].got, &measurement));
    enclosure.side = bound_rows[_i].side;
    ck_assert(measure(&enclosure, &formats[FORMAT_binary64], bound_rows[_i].got, &measurement));
    ck_assert_str_eq(class_names[measurement.class], class_names[bound_rows[_i].class]);
}
END_TEST

/* An interval that holds the number at which the class changes decides nothing. */
static const struct {
    const char *base;
    double got;
} open_rows[] = {
    {"0x1.00000000000008p+0", 1},               /* 0.5 ulp */
    {"0x1.0000000000001p+0", 1},                /* 1 ulp */
    {"0x1.0000000000001p+0", 1 + 17 * ONE_ULP}, /* 16 ulp */
    {"20", 21.25},                              /* 20/16 off */
    {"20", 18.75},
};

START_TEST(left_open)
{
    set_enclosure(open_rows[_i].base, -1, 1);
    ck_assert(!measure(&enclosure, &formats[FORMAT_binary64], open_rows[_i].got, &measurement));
}
END_TEST

/* Certified cases whose value no precision tells from a dyadic number. */
static const struct {
    struct input_case input;
    double got;
    enum result_class class;
    double ulp;
} certified_rows[] = {
#define TARGET_1(...) ROW(2, 1, __VA_ARGS__)
    /* 1e300 + e^−1e300 */
    {LOGIT(1e300, 0), 1e300, CLASS_correct, 0},
    {LOGIT(1e300, 0), 0x1.7e43c8800759dp+996, CLASS_faithful, 1},
    {LOGIT(1e300, 0), 0x1.7e43c8800759bp+996, CLASS_close, 1},
    /* e^−1.8e308, far below the least number */
    {LOGIT(LARGEST, 1), 0, CLASS_correct, 0},
    {LOGIT(LARGEST, 1), LEAST, CLASS_faithful, 1},
    {LOGIT(LARGEST, 1), 2 * LEAST, CLASS_close, 2},
    {LOGIT(LARGEST, 1), -LEAST, CLASS_wrong_sign, 1},
    /* 2^53 + 1 + e^−(2^53 + 1), half way */
    {TARGET_1(0x1p+53, -1), 0x1p+53, CLASS_faithful, 0.5},
    {TARGET_1(0x1p+53, -1), 0x1p+53 + 2, CLASS_correct, 0.5},
    /* largest + ulp/2 + e^−…: infinite */
    {TARGET_1(LARGEST, -0x1p+970), INFINITY, CLASS_correct, 0},
    {TARGET_1(LARGEST, -0x1p+970), LARGEST, CLASS_missed_inf, 0.5},
    {TARGET_1(LARGEST, -0x1.fffffffffffffp+969), INFINITY, CLASS_spurious_inf, INFINITY},
    {TARGET_1(LARGEST, -0x1.fffffffffffffp+969), LARGEST, CLASS_correct, 0.5},
};

START_TEST(against_certified)
{
    const struct input_case *input = &certified_rows[_i].input;
    const struct format *format = &formats[FORMAT_binary64];
    struct error error;
    ck_assert_int_eq(oracle_certify(input, quantity_loss(0), format, &enclosure, &error), OK);
    while (!measure(&enclosure, format, certified_rows[_i].got, &measurement)) {
        ck_assert_int_eq(oracle_refine(input, quantity_loss(0), &enclosure, &error), OK);
        ck_assert_int_le(enclosure.precision, ORACLE_PRECISION_CAP / 16);
    }
    ck_assert_str_eq(class_names[measurement.class], class_names[certified_rows[_i].class]);
    check_error(measurement.ulp_error, certified_rows[_i].ulp, 0x1p-20, "ulp");
}
END_TEST

/* DESIGN, "ULP error": the names, in the order in which the classes are tried. */
START_TEST(classes)
{
    static const char *const names[] = {"spurious-nan", "missed-nan", "spurious-inf", "missed-inf",
                                        "false-zero",   "wrong-sign", "correct",      "faithful",
                                        "close",        "degraded",   "lost"};
    ck_assert_int_eq(CLASS_COUNT, sizeof names / sizeof *names);
    for (int class = 0; class < CLASS_COUNT; class ++) {
        ck_assert_str_eq(class_names[class], names[class]);
        ck_assert(class_is_failure((enum result_class) class) == (class < 4));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure");
    suite_add_rows(suite, "by hand", start, done, by_hand, ROWS(rows));
    suite_add_rows(suite, "no number", start, done, against_no_number, ROWS(trivial_rows));
    suite_add_rows(suite, "rational", start, done, against_rational, ROWS(rational_rows));
    suite_add_rows(suite, "bound", start, done, against_a_bound, ROWS(bound_rows));
    suite_add_rows(suite, "open", start, done, left_open, ROWS(open_rows));
    suite_add_rows(suite, "certified", start, done, against_certified, ROWS(certified_rows));
    suite_add_rows(suite, "classes", start, done, classes, 1);
    return suite_run(suite);
}
