/* The arithmetic of measure.c's quick path as a loop without branches, compiled once
 * for each instruction set (see oracle/quick.h).
 *
 * With v in (hi + lo) ± radius, got − (hi + lo) is computed as a double-double by TwoSum:
 * the one rounding is of the low parts, below 2^−104·(|got| + |hi|); scaling by a
 * power of 2 is exact.  A threshold is decided where it lies farther from the error
 * than that and the radius. */
#include "measure/measure.h"
#include "measure/quick_measure.h"

#include "oracle/quick_builds.h"
#include "oracle/quick_kernel.h"

/* A format as the loop needs it. */
struct parameters {
    int64_t precision, emin;
    double overflow;   /* from here on numbers round to infinity; ∞: none that come */
    double half_least; /* up to here they round to 0 */
    double small;      /* below it a number cannot be told from 0 in the format */
};

static struct parameters parameters_of(const struct format *format)
{
    int least = format->emin - format->precision + 1;
    bool wide = format->precision == 53;
    double half_ulp = wide ? 0 : __builtin_ldexp(1, format->emax - format->precision);
    return (struct parameters){
        .precision = format->precision,
        .emin = format->emin,
        .overflow = wide ? __builtin_inf() : format_largest(format) + half_ulp,
        .half_least = __builtin_ldexp(1, least - 1),
        .small = wide ? 0 : __builtin_ldexp(1, least - 22),
    };
}

/* condition ? a : b, by masks, so that nothing branches. */
static inline int64_t choose(int64_t condition, int64_t a, int64_t b)
{
    return (a & -condition) | (b & ~-condition);
}

struct point {
    double ulp_error;
    int64_t class;
};

/* An error in ulp: middle + low, |low| ≤ ulp(middle)/2, to ± slack. */
struct error_in_ulp {
    double middle, low, slack;
};

/* class where the error is above the threshold, below where it is below. */
static inline int64_t class_about(const struct error_in_ulp *e, double threshold, int64_t below,
                                  int64_t class)
{
    double excess = (e->middle - threshold) + e->low; /* exact near 0 but for a last rounding */
    return choose(excess > e->slack, class, choose(excess < -e->slack, below, QUICK_OPEN));
}

/* Where v/16 is `sixteenth` ulp, to 2^−58 of it. */
static inline int64_t class_of_error(const struct error_in_ulp *e, double sixteenth)
{
    double slack = e->slack + (e->middle + sixteenth) * 0x1p-50;
    int64_t class = choose(e->middle - sixteenth > slack, CLASS_lost, QUICK_OPEN);
    class = choose(sixteenth - e->middle > slack, CLASS_degraded, class);
    class = class_about(e, 16, CLASS_close, class);
    class = class_about(e, 1, CLASS_faithful, class);
    return class_about(e, 0.5, CLASS_correct, class);
}

/* Whether hi is so near a threshold that v may be on either side of it. */
static inline int64_t is_near(double hi, double threshold)
{
    return (hi > threshold * (1 - 0x1p-40)) & (hi < threshold * (1 + 0x1p-40));
}

/* Against a v > 0 of less than 2^−22 of the least number: got is wrong by itself, less
 * a little, which is never v/16. */
static inline struct point measure_small(double inverse_least, double got)
{
    double error = __builtin_fabs(got) * inverse_least;
    int64_t class = choose(error <= 16, CLASS_close, CLASS_lost);
    class = choose(error <= 1, CLASS_faithful, class);
    class = choose(got < 0, CLASS_wrong_sign, class);
    class = choose(error > 0x1p1000, CLASS_spurious_inf, class);
    return (struct point){error, class};
}

/* Every question is asked, and the last answer that applies stands. */
static inline struct point measure_point(const struct parameters *f, double hi, double lo,
                                         double radius, double got)
{
    int64_t bits = (int64_t)quick_bits(hi), floor_log2 = (bits >> 52) - 1023;
    int64_t above_emin = floor_log2 > f->emin;
    int64_t power = (bits & ((INT64_C(1) << 52) - 1)) == 0;
    int64_t may_be_below = power & above_emin & (lo - radius < 0);
    int64_t straddles = may_be_below & (lo + radius >= 0);
    int64_t exponent = choose(above_emin, floor_log2, f->emin) - may_be_below;
    double inverse_ulp = quick_double((uint64_t)(1023 - (exponent - f->precision + 1)) << 52);

    struct double_double difference = two_sum(got, -hi);
    difference = two_sum(difference.hi, difference.lo - lo);
    double toward = __builtin_copysign(inverse_ulp, difference.hi);
    double lost = (__builtin_fabs(got) + hi) * 0x1p-104;
    struct error_in_ulp in_ulp = {difference.hi * toward, difference.lo * toward,
                                  1.01 * (radius + lost) * inverse_ulp};
    double error = in_ulp.middle;
    int64_t class = class_of_error(&in_ulp, hi * inverse_ulp * 0x1p-4);

    int64_t infinite = __builtin_fabs(got) > 0x1.fffffffffffffp1023;
    int64_t overflows = hi > f->overflow, zero = got == 0;
    class = choose(got < 0, CLASS_wrong_sign, class);
    class = choose(zero & (hi > f->half_least), CLASS_false_zero, class);
    class = choose(zero & is_near(hi, f->half_least), QUICK_OPEN, class);
    class = choose(overflows, CLASS_missed_inf, class);
    class = choose(infinite, CLASS_spurious_inf, class);
    int64_t rightly_infinite = infinite & overflows & (got > 0);
    class = choose(rightly_infinite, CLASS_correct, class);
    class = choose(is_near(hi, f->overflow), QUICK_OPEN, class);
    error = quick_select((int)infinite, __builtin_inf(), error);
    error = quick_select((int)rightly_infinite, 0, error);

    int64_t usable = (hi >= QUICK_LEAST) & (hi <= 0x1p900) & (radius <= 0x1p-60 * hi) &
                     (radius * inverse_ulp <= 0x1p-21) & ((error <= 0x1p900) | infinite);
    class = choose(usable & !straddles, class, QUICK_OPEN);

    int64_t vanishing = (hi == 0) & (radius == 0), small = hi + radius < f->small;
    struct point beside =
        measure_small(quick_double((uint64_t)(1023 - f->emin + f->precision - 1) << 52), got);
    class = choose(small, beside.class, class);
    error = quick_select((int)small, beside.ulp_error, error);
    int64_t rightly_zero = zero & (vanishing | small);
    class = choose(rightly_zero, CLASS_correct, class);
    error = quick_select((int)rightly_zero | (error < 0x1p-20), 0, error);

    int64_t nan = got != got; /* v is a number wherever there is a radius */
    class = choose(nan & (radius < __builtin_inf()), CLASS_spurious_nan, class);
    error = quick_select((int)nan, __builtin_nan(""), error);
    return (struct point){error, class};
}

quick_measure_function QUICK(quick_measure_block);

void QUICK(quick_measure_block)(const struct quick_block *v, const struct format *format,
                                const double *got, size_t count, struct quick_measured *measured)
{
    const struct parameters f = parameters_of(format);
    int64_t classes[QUICK_BLOCK];
    for (size_t i = 0; i < count; i++) {
        struct point point = measure_point(&f, v->hi[i], v->lo[i], v->radius[i], got[i]);
        measured->ulp_error[i] = point.ulp_error;
        classes[i] = point.class;
    }
    for (size_t i = 0; i < count; i++)
        measured->class[i] = (uint8_t)classes[i];
}
