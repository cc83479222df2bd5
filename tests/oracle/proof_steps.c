/* The kernels once more, of the steps that Gappa's scripts bound (steps.h, made of
 * them by proofs.sh), and the kernels themselves in loops to be vectorised: all
 * bytes must agree.  Between the steps stands what Gappa does not see, written
 * another way: indices by rounding and search, powers of two by ldexp.
 * Prints a digest of all results, to be compared between builds. */
#include "kernel_arguments.h"
#include "steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 512, BLOCKS = 100 };

static const double table_exp[][2] = {
#define CONSTANT(name, value)
#define EXP_ENTRY(j, hi, lo) {hi, lo},
#define LOG_ENTRY(i, c, hi, lo)
#include "oracle/quick_constants.def"
#undef EXP_ENTRY
#undef LOG_ENTRY
};

static const double table_log[][3] = {
#define EXP_ENTRY(j, hi, lo)
#define LOG_ENTRY(i, c, hi, lo) {c, hi, lo},
#include "oracle/quick_constants.def"
};

static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "proofs: %s\n", what);
        exit(1);
    }
}

/* --- what the scripts take for exact, by libm's fma ------------------------------------ */

static double product_error(double a, double b)
{
    return fma(a, b, -(a * b));
}

static double sum_error(double a, double b)
{
    return two_sum(a, b).lo;
}

static double exact_product(double a, double b)
{
    require(product_error(a, b) == 0, "a product is not exact");
    return a * b;
}

static double exact_sum(double a, double b)
{
    require(sum_error(a, b) == 0, "a sum is not exact");
    return a + b;
}

static double exact_difference(double a, double b, double c)
{
    return exact_sum(a, -exact_product(b, c));
}

/* --- the kernels, of the scripts' steps -------------------------------------------------- */

#define REDUCED(function, c_2)                                                       \
    static struct double_double reduced_##function(struct double_double r)           \
    {                                                                                \
        if (fabs(r.hi) < 0x1p-120)                                                   \
            return r;                                                                \
        double zh = r.hi, zl = r.lo, c2 = c_2;                                       \
        STEPS_tail_##function STEPS_polynomial_##function STEPS_first_terms return ( \
            struct double_double){ph, pl};                                           \
    }
REDUCED(expm1, 0.5)
REDUCED(log1p, -0.5)

static struct double_double steps_exponential(struct double_double x, bool minus_1)
{
    double hi = x.hi, lo = x.lo;
    STEPS_exp_index STEPS_exp_reduce struct double_double p = reduced_expm1(two_sum(s, l));
    require(k == rint(k) && fabs(shifted) < 0x1p53, "k is not an integer");
    if (minus_1 && k == 0)
        return two_sum(p.hi, p.lo);
    int exponent = (int)floor(k / 128), j = (int)(k - 128 * floor(k / 128));
    double Th = table_exp[j][0], Tl = table_exp[j][1], ph = p.hi, pl = p.lo;
    STEPS_exp_product struct double_double e = two_sum(eh, el);
    e.hi = ldexp(e.hi, exponent);
    e.lo = ldexp(e.lo, exponent);
    if (!minus_1)
        return e;
    struct double_double d = two_sum(e.hi, -1);
    return two_sum(d.hi, d.lo + e.lo);
}

static struct double_double steps_exp(struct double_double x)
{
    return steps_exponential(x, false);
}

static struct double_double steps_expm1(struct double_double x)
{
    return steps_exponential(x, true);
}

/* The bin of m in [1/2, 2) by its upper edge, and whether m is to be halved. */
static int bin_of(double m, bool *halve)
{
    *halve = m >= 1 + 211.0 / 512;
    if (*halve)
        m /= 2;
    int i = 0;
    while (m >= (i < 150 ? (2 * (362 + i) + 1) / 1024.0 : (2 * (106 + i) + 1) / 512.0))
        i++;
    return i;
}

static struct double_double steps_log1p(struct double_double f)
{
    struct double_double y = two_sum(1, f.hi);
    y = two_sum(y.hi, y.lo + f.lo);
    int exponent;
    double mh = 2 * frexp(y.hi, &exponent);
    exponent--;
    bool halve;
    int i = bin_of(mh, &halve);
    exponent += halve;
    mh = ldexp(y.hi, -exponent);
    double ml = ldexp(y.lo, -exponent), E = exponent;
    double c = table_log[i][0], lh = table_log[i][1], ll = table_log[i][2];
    struct double_double r = f;
    if (i != 150 || exponent != 0) {
        STEPS_log_reduce r = two_sum(a, l);
    }
    struct double_double p = reduced_log1p(r);
    double ph = p.hi, pl = p.lo;
    STEPS_log_sum return two_sum(zh, zl);
}

/* --- the kernels in loops ------------------------------------------------------------------ */

struct block {
    double hi[COUNT], lo[COUNT];
};

#define LOOP(kernel)                                                                     \
    static void block_##kernel(const struct block *restrict x, struct block *restrict y) \
    {                                                                                    \
        for (int i = 0; i < COUNT; i++) {                                                \
            struct double_double r = kernel((struct double_double){x->hi[i], x->lo[i]}); \
            y->hi[i] = r.hi;                                                             \
            y->lo[i] = r.lo;                                                             \
        }                                                                                \
    }
LOOP(dd_exp)
LOOP(dd_expm1)
LOOP(dd_log1p)

static uint64_t digest = 0xcbf29ce484222325; /* FNV-1a, a word at a time */

static void digest_word(uint64_t word)
{
    digest = (digest ^ word) * 0x100000001b3;
}

static bool same_bytes(double a, double b)
{
    return quick_bits(a + 0) == quick_bits(b + 0); /* −0 is 0 */
}

int main(void)
{
    static void (*const loops[])(const struct block *x,
                                 struct block *y) = {block_dd_exp, block_dd_expm1, block_dd_log1p};
    static struct double_double (*const steps[])(struct double_double x) = {steps_exp, steps_expm1,
                                                                            steps_log1p};
    static struct block x, y;
    for (uint64_t at = 0; at < (uint64_t)KERNELS * BLOCKS * COUNT; at += COUNT) {
        size_t kernel = (size_t)(at / ((uint64_t)BLOCKS * COUNT));
        for (int i = 0; i < COUNT; i++) {
            struct double_double argument = kernel_argument(kernel, at + (uint64_t)i);
            x.hi[i] = argument.hi;
            x.lo[i] = argument.lo;
        }
        loops[kernel](&x, &y);
        for (int i = 0; i < COUNT; i++) {
            struct double_double z = steps[kernel]((struct double_double){x.hi[i], x.lo[i]});
            if (!same_bytes(z.hi, y.hi[i]) || !same_bytes(z.lo, y.lo[i])) {
                fprintf(stderr, "proofs: %s(%a + %a) is %a + %a; by the proven steps, %a + %a\n",
                        kernels[kernel].name, x.hi[i], x.lo[i], y.hi[i], y.lo[i], z.hi, z.lo);
                return 1;
            }
            digest_word(quick_bits(y.hi[i]));
            digest_word(quick_bits(y.lo[i]));
        }
    }
    printf("%016" PRIx64 "\n", digest);
    return 0;
}
