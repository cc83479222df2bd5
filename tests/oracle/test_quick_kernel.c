/* The kernels against MPFR, their arithmetic against its bounds, and one bit of a
 * constant changed at a time: every bit that is worth it must be noticed. */
#define QUICK_STORAGE static

#include "../suite.h"

#include "kernel_arguments.h"

#include <stddef.h>
#include <stdio.h>

enum {
    ARGUMENTS = 100000, /* of each kernel */
    OPERATIONS = 20000, /* of each operation */
    POOL = 2048,        /* arguments that look for a planted mistake */
};

/* Worst measured here, of the bound: exp 0.14 (2^−97.8), expm1 0.34 (2^−92.5), log1p 0.32
 * (2^−90.6).  XULP_VERBOSE=1 prints it. */
START_TEST(kernel_within_its_bound)
{
    const struct kernel *kernel = &kernels[_i];
    mpfr_t exact;
    mpfr_init2(exact, REFERENCE_BITS);
    double worst = 0;
    for (uint64_t i = 0; i < ARGUMENTS; i++) {
        struct double_double x = kernel_argument((size_t)_i, i);
        struct double_double y = kernel->function(x);
        kernel_reference(kernel, x, exact);
        double error = relative_error(y, exact, kernel->underflow);
        if (mpfr_zero_p(exact))
            error = y.hi == 0 && y.lo == 0 ? 0 : INFINITY;
        ck_assert_msg(error <= kernel->bound, "%s(%a + %a) = %a + %a: error %g", kernel->name, x.hi,
                      x.lo, y.hi, y.lo, error);
        ck_assert_msg(y.hi + y.lo == y.hi || x.hi < -670, "%s(%a + %a) is not normalised",
                      kernel->name, x.hi, x.lo);
        worst = fmax(worst, error);
    }
    if (getenv("XULP_VERBOSE") != NULL)
        printf("%s: worst error 2^%.2f, %.2f of the bound\n", kernel->name, log2(worst),
               worst / kernel->bound);
    mpfr_clear(exact);
}
END_TEST

/* Outside the domain: nothing undefined, NaN stays NaN, small terms stay small. */
START_TEST(outside_the_domain)
{
    const struct double_double least = dd_exp((struct double_double){-708, 0});
    const double below[] = {-709, -1e5, -0x1p1023, -INFINITY};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        struct double_double x = {below[i], below[i] * 0x1p-54};
        struct double_double e = dd_exp(x);
        ck_assert(e.hi == least.hi && e.lo == least.lo);
        struct double_double e1 = dd_expm1(x);
        ck_assert(e1.hi == -1 && fabs(e1.lo) <= 0x1p-1000);
    }
    ck_assert(isnan(dd_exp((struct double_double){NAN, 0}).hi));
    ck_assert(isnan(dd_expm1((struct double_double){NAN, 0}).hi));
    ck_assert(isnan(dd_log1p((struct double_double){NAN, 0}).hi));
    const double any[] = {INFINITY, -INFINITY, -1, -2, 0x1p-1074, 0x1p1023};
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) {
        dd_exp((struct double_double){any[i], 0});
        dd_expm1((struct double_double){any[i], 0});
        dd_log1p((struct double_double){any[i], 0});
    }
}
END_TEST

/* --- the arithmetic --------------------------------------------------------------- */

/* The error of a product is the same by fma and by splitting. */
START_TEST(products_agree)
{
    struct random_stream draws = random_stream(ARGUMENT_SEED, 0);
    for (int i = 0; i < OPERATIONS; i++) {
        double a = sign(&draws) * of_binade(&draws, -480, 490);
        double b = sign(&draws) * of_binade(&draws, -480, 490);
        struct double_double p = two_prod(a, b), q = two_prod_dekker(a, b);
        ck_assert(p.hi == a * b && q.hi == a * b);
        ck_assert(p.lo == fma(a, b, -p.hi) && q.lo == p.lo);
    }
}
END_TEST

enum operation { ADD, ADD_SAME_SIGN, ADD_DOUBLE, MUL_DOUBLE, MUL, DIV, OPERATION_KINDS };

static struct double_double operate(enum operation operation, struct double_double x,
                                    struct double_double y, mpfr_t exact, double *bound)
{
    static const double bounds[] = {DD_ADD_ERROR,        DD_ADD_SAME_SIGN_ERROR,
                                    DD_ADD_DOUBLE_ERROR, DD_MUL_DOUBLE_ERROR,
                                    DD_MUL_ERROR,        DD_DIV_ERROR};
    mpfr_t other;
    mpfr_init2(other, REFERENCE_BITS);
    set_double_double(exact, x);
    if (operation == ADD_DOUBLE || operation == MUL_DOUBLE)
        y.lo = 0;
    set_double_double(other, y);
    if (operation <= ADD_DOUBLE)
        mpfr_add(exact, exact, other, MPFR_RNDN);
    else if (operation <= MUL)
        mpfr_mul(exact, exact, other, MPFR_RNDN);
    else
        mpfr_div(exact, exact, other, MPFR_RNDN);
    mpfr_clear(other);
    *bound = bounds[operation];
    switch (operation) {
    case ADD:
        return dd_add(x, y);
    case ADD_SAME_SIGN:
        return dd_add_same_sign(x, y);
    case ADD_DOUBLE:
        return dd_add_double(x, y.hi);
    case MUL_DOUBLE:
        return dd_mul_double(x, y.hi);
    case MUL:
        return dd_mul(x, y);
    default:
        return dd_div(x, y);
    }
}

START_TEST(operation_within_its_bound)
{
    enum operation operation = (enum operation)_i;
    struct random_stream draws = random_stream(ARGUMENT_SEED, 1);
    mpfr_t exact;
    mpfr_init2(exact, REFERENCE_BITS);
    for (int i = 0; i < OPERATIONS; i++) {
        struct double_double x = with_low_part(&draws, of_binade(&draws, -3, 3));
        struct double_double y = with_low_part(&draws, of_binade(&draws, -3, 3));
        if (operation != ADD_SAME_SIGN && random_below(&draws, 2)) {
            y = dd_negate(y);
            if (random_below(&draws, 4) == 0) /* cancels */
                y.hi = about(&draws, -x.hi), y.lo = -x.lo;
        }
        double bound;
        struct double_double z = operate(operation, x, y, exact, &bound);
        double error = mpfr_zero_p(exact) ? fabs(z.hi) : relative_error(z, exact, 0);
        ck_assert_msg(error <= bound, "(%a + %a), (%a + %a): error %g", x.hi, x.lo, y.hi, y.lo,
                      error);
    }
    mpfr_clear(exact);
}
END_TEST

/* --- planted mistakes ---------------------------------------------------------------- */

/* From which worth on a bit of a constant must be noticed: so that it moves some
 * result by twice the bound.  Bits below it may change unnoticed here, and
 * tests/oracle/proofs.sh notices them: the proofs are of these very constants.
 *   table, ln 2: the bound itself; steps: |k| is up to 2^17;
 *   c_n of expm1, log1p: r^(n−1), |r| up to 2^−8.5, 2^−9. */
#define MEMBER(name)  offsetof(struct quick_constants, name)
#define MEMBERS(a, b) MEMBER(a), MEMBER(b)
static const struct {
    size_t first, last;
    size_t kernel;
    int worth; /* 2^worth */
} rules[] = {
    {MEMBERS(exp_inverse_step, exp_inverse_step), EXP, 5}, /* any number close to it will do */
    {MEMBERS(exp_step_hi, exp_step_lo), EXP, -109},
    {MEMBERS(expm1_c3_hi, expm1_c3_lo), EXPM1, -72},
    {MEMBERS(expm1_c4_hi, expm1_c4_lo), EXPM1, -63},
    {MEMBERS(expm1_c5, expm1_c5), EXPM1, -54},
    {MEMBERS(expm1_c6, expm1_c6), EXPM1, -46},
    {MEMBERS(expm1_c7, expm1_c7), EXPM1, -37},
    {MEMBERS(expm1_c8, expm1_c8), EXPM1, -29},
    {MEMBERS(ln2_hi, ln2_lo), LOG1P, -87},
    {MEMBERS(log1p_c3_hi, log1p_c3_lo), LOG1P, -69},
    {MEMBERS(log1p_c4_hi, log1p_c4_lo), LOG1P, -60},
    {MEMBERS(log1p_c5, log1p_c5), LOG1P, -51},
    {MEMBERS(log1p_c6, log1p_c6), LOG1P, -42},
    {MEMBERS(log1p_c7, log1p_c7), LOG1P, -33},
    {MEMBERS(log1p_c8, log1p_c8), LOG1P, -24},
    {MEMBERS(log1p_c9, log1p_c9), LOG1P, -15},
    {MEMBERS(log1p_c10, log1p_c10), LOG1P, -6},
    {MEMBER(exp_hi), MEMBER(log_c) - sizeof(double), EXP, -93},
    {MEMBER(log_c), MEMBER(log_hi) - sizeof(double), LOG1P, -85},
    {MEMBER(log_hi), sizeof(struct quick_constants) - sizeof(double), LOG1P, -88},
};

struct pool {
    struct double_double x[POOL];
    struct double_double y[POOL]; /* of the constants as they are */
    mpfr_t exact[POOL];
    bool uses[POOL]; /* the constant that is changed */
};

/* All entries of the tables eight times, r spread over its range, and arguments at
 * large. */
static struct double_double pool_argument(size_t kernel, size_t i)
{
    if (kernel == LOG1P) {
        double place = ((double)(i % 8) + 0.5) / 8 - 0.5;
        double bin = (double)((150 + i / 8) % 256); /* the most sensitive first */
        double m = bin < 150 ? (362 + bin + place) / 512 : (106 + bin + place) / 256;
        return i % 8 == 4 ? two_sum(ldexp(m, 900), -1) : (struct double_double){m - 1, 0};
    }
    double k = (double)(i / 16) + 128 * (kernel == EXP ? (double)(i % 16) * 120 - 850 : 0);
    if (kernel == EXPM1 && i % 2) /* k = 0 */
        k = 0;
    double x = (k + ((double)(i % 16) + 0.5) / 16 - 0.5) * 0x1.62e42fefa39efp-8;
    return (struct double_double){x, 0};
}

static void fill(struct pool *pool, size_t kernel)
{
    for (size_t i = 0; i < POOL; i++) {
        pool->x[i] = pool_argument(kernel, i);
        pool->y[i] = kernels[kernel].function(pool->x[i]);
        mpfr_init2(pool->exact[i], REFERENCE_BITS);
        kernel_reference(&kernels[kernel], pool->x[i], pool->exact[i]);
    }
}

static void find_users(struct pool *pool, size_t kernel, double *constant)
{
    const double kept = *constant;
    *constant = NAN;
    for (size_t i = 0; i < POOL; i++) {
        struct double_double y = kernels[kernel].function(pool->x[i]);
        pool->uses[i] = !(y.hi == pool->y[i].hi && y.lo == pool->y[i].lo);
    }
    *constant = kept;
}

static bool notices(const struct pool *pool, size_t kernel)
{
    for (size_t i = 0; i < POOL; i++)
        if (pool->uses[i] && !mpfr_zero_p(pool->exact[i]) &&
            !(relative_error(kernels[kernel].function(pool->x[i]), pool->exact[i], 0) <=
              kernels[kernel].bound))
            return true;
    return false;
}

/* Each bit worth 2^worth or more of one constant; how many there are. */
static int plant(struct pool *pool, size_t kernel, double *constant, int worth)
{
    const double kept = *constant;
    int planted = 0;
    if (kept == 0)
        return 0;
    find_users(pool, kernel, constant);
    ck_assert(!notices(pool, kernel));
    for (int bit = 0; bit < 52; bit++) {
        if (ilogb(kept) - 52 + bit < worth)
            continue;
        *constant = quick_double(quick_bits(kept) ^ (uint64_t)1 << bit);
        ck_assert_msg(notices(pool, kernel), "%s: constant %td (%a), bit %d is not noticed",
                      kernels[kernel].name, constant - (double *)&quick_constants, kept, bit);
        planted++;
    }
    *constant = kept;
    return planted;
}

START_TEST(planted_bits_are_noticed)
{
    static struct pool pool;
    size_t kernel = rules[_i].kernel;
    fill(&pool, kernel);
    int planted = 0;
    for (size_t at = rules[_i].first; at <= rules[_i].last; at += sizeof(double)) {
        double *constant = (double *)((char *)&quick_constants + at);
        planted += plant(&pool, kernel, constant, rules[_i].worth);
    }
    ck_assert_int_gt(planted, 0);
    if (getenv("XULP_VERBOSE") != NULL)
        printf("%s: %d bits noticed\n", kernels[kernel].name, planted);
    for (size_t i = 0; i < POOL; i++)
        mpfr_clear(pool.exact[i]);
}
END_TEST

/* No constant stands outside the rules. */
START_TEST(rules_are_whole)
{
    size_t next = 0;
    for (int i = 0; i < ROWS(rules); i++)
        next += rules[i].last - rules[i].first + sizeof(double);
    ck_assert_uint_eq(next, sizeof(struct quick_constants));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quick_kernel");
    TCase *cases = tcase_create("kernels");
    tcase_add_loop_test(cases, kernel_within_its_bound, 0, KERNELS);
    tcase_add_test(cases, outside_the_domain);
    tcase_add_test(cases, products_agree);
    tcase_add_loop_test(cases, operation_within_its_bound, 0, OPERATION_KINDS);
    tcase_add_loop_test(cases, planted_bits_are_noticed, 0, ROWS(rules));
    tcase_add_test(cases, rules_are_whole);
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
