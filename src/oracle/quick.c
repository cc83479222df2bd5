/* The way to the builds of the fast path, and when their values are taken. */
#include "oracle/quick.h"

#include "oracle/problems.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#define BUILD(name)                                                                   \
    quick_loss_function quick_loss_##name;                                            \
    quick_gradient_function quick_gradient_##name;                                    \
    quick_element_function quick_block_bce_logit_##name, quick_block_bce_prob_##name; \
    quick_pair_function quick_block_softmax_ce_2_##name;                              \
    static const struct quick_build build_##name = {                                  \
        #name,                                                                        \
        quick_loss_##name,                                                            \
        quick_gradient_##name,                                                        \
        quick_block_bce_logit_##name,                                                 \
        quick_block_bce_prob_##name,                                                  \
        quick_block_softmax_ce_2_##name,                                              \
    };

BUILD(plain)
#ifdef QUICK_X86
BUILD(avx2)
BUILD(avx512)
#endif

size_t quick_builds(const struct quick_build *builds[])
{
    size_t count = 0;
#ifdef QUICK_X86
    if (quick_has_avx512())
        builds[count++] = &build_avx512;
    if (quick_has_avx2())
        builds[count++] = &build_avx2;
#endif
    builds[count++] = &build_plain;
    return count;
}

static const struct quick_build *fastest(void)
{
    static _Atomic(const struct quick_build *) known;
    const struct quick_build *build = atomic_load_explicit(&known, memory_order_relaxed);
    if (build == NULL) {
        const struct quick_build *builds[QUICK_BUILDS_MOST];
        quick_builds(builds);
        build = builds[0];
        atomic_store_explicit(&known, build, memory_order_relaxed);
    }
    return build;
}

void quick_block_bce_logit(const double *x, double label, size_t count, struct quick_block *v)
{
    fastest()->bce_logit(x, label, count, v);
}

void quick_block_bce_prob(const double *p, double label, size_t count, struct quick_block *v)
{
    fastest()->bce_prob(p, label, count, v);
}

void quick_block_softmax_ce_2(const double *x0, const double *x1, size_t target, size_t count,
                              struct quick_block *v)
{
    fastest()->softmax_ce_2(x0, x1, target, count, v);
}

/* The exponent of the ball's binade in the format, or false where the ball is not all in
 * one: about a power of 2.  hi > 0. */
static bool binade(const struct approximation *v, const struct format *format, int *exponent)
{
    int floor_log2 = ilogb(v->hi);
    bool power = v->hi == ldexp(1, floor_log2);
    *exponent = floor_log2 > format->emin ? floor_log2 : format->emin;
    if (floor_log2 <= format->emin || !power || v->lo - v->radius >= 0)
        return true;
    --*exponent;
    return v->lo + v->radius < 0;
}

/* hi + lo in 53 digits, rounded to odd: rounding that to a format with p ≤ 51 is
 * rounding hi + lo (Boldo & Melquiond, IEEE Trans. Computers 57(4), 2008). */
static double rounded_to_odd(const struct approximation *v)
{
    bool odd = quick_bits(v->hi) & 1;
    return v->lo == 0 || odd ? v->hi : nextafter(v->hi, v->lo > 0 ? INFINITY : 0);
}

/* Whether all of the ball rounds to one number: is nearer to it than half an ulp, or
 * beyond the format's overflow threshold.  v->hi > 0.  What is left of half an ulp
 * is exact, as its terms are multiples of hi's last place. */
static bool rounds_to_one(const struct approximation *v, const struct format *format, double ulp,
                          double *rounded)
{
    *rounded = format->precision == 53 ? v->hi : format_round_double(format, rounded_to_odd(v));
    if (isinf(*rounded)) {
        /* largest + ulp/2 = 2^(emax + 1) − 2^(emax − p): a double where p < 53 */
        double threshold = format_largest(format) + ldexp(1, format->emax - format->precision);
        return (v->hi - threshold) + v->lo > 1.01 * v->radius;
    }
    double away = *rounded - v->hi, left = 0.5 * ulp - fabs(away);
    double inward = away > 0 ? v->lo : away < 0 ? -v->lo : -fabs(v->lo);
    return left + inward > 1.01 * v->radius;
}

/* v is known to have the sign v->sign, and its magnitude to be below what a
 * format can tell from 0: to 2^−21 of its least number. */
static bool is_small(const struct approximation *v, const struct format *format)
{
    int least = format->emin - format->precision + 1;
    if (v->sign == 0)
        return false;
    if (v->hi == 0 && v->radius == 0)
        return least >= -1074;
    return least > -900 && fabs(v->hi) + v->radius < ldexp(1, least - 22);
}

/* Fills rounded and ulp_exponent where the ball decides them, and the value to
 * 2^−21 ulp.  Negative values are decided as their opposites. */
static bool decides(const struct approximation *v, const struct format *format,
                    struct enclosure *enclosure)
{
    double *rounded = &enclosure->rounded;
    if (is_small(v, format)) {
        *rounded = v->sign < 0 ? -0.0 : 0.0;
        enclosure->ulp_exponent = format_ulp_exponent(format, format->emin);
        return true;
    }
    struct approximation positive = *v;
    if (v->hi < 0) {
        positive.hi = -v->hi;
        positive.lo = -v->lo;
    }
    /* Also false for NaN. */
    if (!(positive.hi >= QUICK_LEAST && positive.hi <= 0x1p900 &&
          positive.radius <= 0x1p-60 * positive.hi))
        return false;
    int exponent;
    if (!binade(&positive, format, &exponent))
        return false;
    enclosure->ulp_exponent = format_ulp_exponent(format, exponent);
    double ulp = ldexp(1, enclosure->ulp_exponent);
    if (!(positive.radius <= 0x1p-21 * ulp) || !rounds_to_one(&positive, format, ulp, rounded))
        return false;
    if (v->hi < 0)
        *rounded = -*rounded;
    return true;
}

/* Takes the value where it decides.  A low part that underflow may have touched
 * differs between builds, and is left out. */
static bool take(struct approximation value, struct quantity quantity, const struct format *format,
                 struct enclosure *enclosure)
{
    if (value.lo != 0 && fabs(value.lo) < QUICK_LEAST_LOW) {
        value.lo = 0;
        value.radius += QUICK_LEAST_LOW;
    }
    if (!decides(&value, format, enclosure))
        return false;
    enclosure->kind = EXACT_QUICK;
    enclosure->quantity = quantity;
    enclosure->quick = value;
    enclosure->format = format;
    return true;
}

static bool quick_loss(const struct input_case *input, size_t index, const struct format *format,
                       struct enclosure *enclosure)
{
    struct approximation value;
    size_t first = index, last = index + 1;
    if (input->reduction != REDUCTION_NONE) {
        first = 0;
        last = problem_has_rows(input->problem) ? input->rows : input_case_values(input);
    }
    return fastest()->loss(input, first, last, &value) &&
           take(value, quantity_loss(index), format, enclosure);
}

int oracle_settle_loss(const struct input_case *input, size_t index, const struct format *format,
                       struct enclosure *enclosure, struct error *error)
{
    if (quick_loss(input, index, format, enclosure))
        return OK;
    return oracle_certify(input, quantity_loss(index), format, enclosure, error);
}

/* Marks what the fast path does not decide as EXACT_UNDEFINED. */
static size_t quick_row(const struct input_case *input, size_t row, const struct format *format,
                        struct approximation *values, struct enclosure *components)
{
    size_t open = 0;
    bool usable = fastest()->gradient(input, row, values);
    for (size_t j = 0; j < input->columns; j++) {
        struct quantity quantity = quantity_gradient(row * input->columns + j);
        if (usable && take(values[j], quantity, format, &components[j]))
            continue;
        components[j].kind = EXACT_UNDEFINED;
        open++;
    }
    return open;
}

int oracle_settle_gradient(const struct input_case *input, const struct format *format,
                           struct enclosure *enclosures, struct error *error)
{
    struct approximation *values = malloc(input->columns * sizeof *values);
    if (values == NULL)
        return error_no_memory(error);
    int code = OK;
    for (size_t i = 0; i < input->rows && code == OK; i++) {
        struct enclosure *components = enclosures + i * input->columns;
        if (quick_row(input, i, format, values, components) > 0)
            code = oracle_certify_row(input, i, format, components, error);
    }
    free(values);
    return code;
}
