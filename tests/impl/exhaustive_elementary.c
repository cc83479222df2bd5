/* Every argument of binary32, of exp, exp2, expm1, log and log1p: the inline
 * functions of the formulations and rounded_*() against the integer kernels,
 * with none of the short cuts of either but the kernels' own domains.
 *
 *     make elementary-exhaustive       all five; some 5 minutes on 2 cores
 *     build/tests/impl/exhaustive_elementary exp log
 *
 * A difference is printed and makes the exit code 1.  With each function stand
 * the number of results that are not decided by the fast path, and the argument whose
 * result is hardest to round: nearest to a midpoint, relatively.  What the
 * kernel does not decide either is MPFR's. */
#include "impl/elementary_binary32.h"
#include "impl/elementary_kernel.h"

#include <stdio.h>
#include <stdlib.h>

static const struct format *const binary32 = &formats[FORMAT_binary32];

struct function {
    const char *name;
    float (*inline_function)(float x);
    double (*rounded)(const struct format *format, double x);
    double (*fast)(double x);
    struct kernel_value (*kernel)(double x);
    mpfr_function *exact;
    /* The arguments that the kernel takes, the least magnitude first; what f is
     * below it: 1, x (or NaN for none); below `from`; and from `to` on. */
    double least, from, to;
    double small, low, high;
};

/* IEEE 754-2019, 9.2; exp x and 2^x are within 2^−53 of 1, expm1 x and log1p x within
 * 2^−52·|x| of x, on the side of 0 for log1p, for |x| below the least; x stands for NaN. */
static const struct function functions[] = {
    {"exp", binary32_exp, rounded_exp, fast_exp, kernel_exp, mpfr_exp, 0x1p-54, -1075, 1075, 1, 0,
     INFINITY},
    {"exp2", binary32_exp2, rounded_exp2, fast_exp2, kernel_exp2, mpfr_exp2, 0x1p-54, -1100, 1100,
     1, 0, INFINITY},
    {"expm1", binary32_expm1, rounded_expm1, fast_expm1, kernel_expm1, mpfr_expm1, 0x1p-53, -40,
     1075, NAN, -1, INFINITY},
    {"log", binary32_log, rounded_log, fast_log, kernel_log, mpfr_log, 0, 0, INFINITY, -INFINITY,
     NAN, INFINITY},
    {"log1p", binary32_log1p, rounded_log1p, fast_log1p, kernel_log1p, mpfr_log1p, 0x1p-53, -1,
     INFINITY, NAN, NAN, INFINITY},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

struct tally {
    uint64_t by_kernel, open, by_mpfr, differences;
    double hardest, gap; /* the argument, and its distance, relatively */
};

/* Distance from the nearest midpoint of a result that is normal in binary32. */
static double gap_of(struct kernel_value value)
{
    enum { DROPPED = 128 - 24 };
    if (value.exponent < binary32->emin)
        return 1;
    fixed128 midpoint = (fixed128)1 << (DROPPED - 1);
    fixed128 rest = value.significand & ((midpoint << 1) - 1);
    return (double)(rest > midpoint ? rest - midpoint : midpoint - rest) /
           (double)value.significand;
}

/* Whether f(x) is known without the kernel. */
static bool plain(const struct function *f, double x, double *result)
{
    bool is_log = f->exact == mpfr_log || f->exact == mpfr_log1p;
    if (isnan(x))
        *result = x;
    else if (f->exact == mpfr_log1p && x == -1)
        *result = -INFINITY;
    else if (fabs(x) <= f->least && (f->least == 0 || fabs(x) < f->least))
        *result = isnan(f->small) ? x : f->small;
    else if (is_log ? x < f->from : x <= f->from)
        *result = f->low;
    else if (x >= f->to)
        *result = f->high;
    else if (f->exact == mpfr_exp2 && x == floor(x))
        *result = format_round_double(binary32, ldexp(1, (int)x));
    else if (f->exact == mpfr_log && x == 1)
        *result = 0;
    else
        return false;
    return true;
}

static double reference(const struct function *f, double x, struct tally *tally)
{
    double result, fast;
    if (plain(f, x, &result))
        return result;
    struct kernel_value value = f->kernel(x);
    double gap = gap_of(value);
    if (gap < tally->gap) {
        tally->gap = gap;
        tally->hardest = x;
    }
    tally->by_kernel++;
    if (value.exponent >= -150 && value.exponent <= 128) /* where elementary.c asks it */
        tally->open += !fast_round(binary32, f->fast(x), &fast);
    if (kernel_round(binary32, value, &result))
        return result;
    tally->by_mpfr++;
    return round_by_mpfr(binary32, f->exact, x);
}

static bool same(float got, double wanted)
{
    return isnan(wanted) ? isnan(got) : (double)got == wanted && !signbit(got) == !signbit(wanted);
}

static void check(const struct function *f, uint32_t bits, struct tally *tally)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    double wanted = reference(f, (double)x, tally);
    float got = f->inline_function(x), rounded = (float)f->rounded(binary32, (double)x);
    if (same(got, wanted) && same(rounded, wanted))
        return;
    tally->differences++;
#pragma omp critical
    printf("%s(%a): %a and %a, not %a\n", f->name, (double)x, (double)got, (double)rounded, wanted);
}

/* In runs of 2^20 arguments, merged so that the threads do not show. */
static uint64_t check_all(const struct function *f)
{
    struct tally all = {.gap = 1};
#pragma omp parallel for schedule(dynamic)
    for (uint32_t run = 0; run < 1 << 12; run++) {
        struct tally tally = {.gap = 1};
        for (uint32_t k = 0; k < 1 << 20; k++)
            check(f, run << 20 | k, &tally);
#pragma omp critical
        {
            all.by_kernel += tally.by_kernel;
            all.open += tally.open;
            all.by_mpfr += tally.by_mpfr;
            all.differences += tally.differences;
            if (tally.gap < all.gap || (tally.gap == all.gap && tally.hardest < all.hardest)) {
                all.gap = tally.gap;
                all.hardest = tally.hardest;
            }
        }
    }
    printf("%-6s 2^32 arguments, %llu by the kernel, %llu that the fast path leaves open, "
           "%llu by MPFR; hardest %a, 2^%.1f from a midpoint; %llu differences\n",
           f->name, (unsigned long long)all.by_kernel, (unsigned long long)all.open,
           (unsigned long long)all.by_mpfr, all.hardest, log2(all.gap),
           (unsigned long long)all.differences);
    fflush(stdout);
    return all.differences;
}

static bool named(const struct function *f, int count, char **names)
{
    for (int k = 1; k < count; k++)
        if (strcmp(names[k], f->name) == 0)
            return true;
    return count == 1;
}

int main(int argc, char **argv)
{
    uint64_t differences = 0;
    for (const struct function *f = functions; f < functions + FUNCTIONS; f++)
        if (named(f, argc, argv))
            differences += check_all(f);
    return differences == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
