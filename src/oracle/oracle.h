/* Exact values: enclosures proven to hold them, tightened until a question
 * has one answer.  docs/method.md holds the proofs. */
#ifndef XULP_ORACLE_ORACLE_H
#define XULP_ORACLE_ORACLE_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"

#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>

/* Told apart before any arithmetic. */
enum exact_kind {
    EXACT_UNDEFINED,      /* NaN: no limit, or an input outside the domain */
    EXACT_INFINITE,       /* +∞, or −∞ (log-sum-exp, a gradient of bce-prob) */
    EXACT_RATIONAL,       /* the rational number `rational`, 0 included */
    EXACT_TRANSCENDENTAL, /* in the open interval (lo, hi) */
    EXACT_QUICK,          /* a number, rational or not, in the ball `quick` */
};

/* |v − (hi + lo)| ≤ radius, hi = hi + lo rounded; and v has the sign `sign`
 * where that is not 0: of use where the ball holds 0.  hi = lo = radius = 0 with
 * a sign: 0 < |v| < 2^−1100. */
struct approximation {
    double hi, lo, radius;
    int sign;
};

/* The exact value v of one quantity of one case.  For a transcendental value
 * lo < v < hi, strictly: v is never a number that MPFR can hold.  For NaN and
 * infinities lo and hi are both the value.  A rational value stands in
 * `rational`, exactly, ties and all; lo ≤ v ≤ hi are its roundings down and up
 * at the working precision, equal where v is a number of that precision.
 *
 * A transcendental value has one more bound, exact at every precision, where
 * side is not 0: v > rational for +1, v < rational for −1.  It is the part that
 * the formula adds to something too small to be told from 0, and settles the
 * questions whose threshold is that very number. */
struct enclosure {
    enum exact_kind kind;
    struct quantity quantity; /* what is enclosed */
    mpfr_t lo, hi;
    mpq_t rational;
    int side;
    mpfr_prec_t precision; /* the working precision that made lo and hi */

    /* Of EXACT_QUICK alone, which has none of the above but its quantity: the
     * ball, and what it was found to decide for a format. */
    struct approximation quick;
    const struct format *format;
    double rounded;
    int ulp_exponent;
};

/* Also widens the calling thread's MPFR exponent range to the widest there is. */
void enclosure_init(struct enclosure *enclosure);
void enclosure_clear(struct enclosure *enclosure);

/* The enclosure at one working precision (bits), whatever its width. */
void oracle_enclose(const struct input_case *input, struct quantity quantity, mpfr_prec_t precision,
                    struct enclosure *enclosure);

/* The enclosure at a working precision that decides, for this format, the
 * correctly rounded result, ⌊log2 v⌋, and v to 2^−21 ulp(v), so that every
 * error |got − v| / ulp(v) is known to 2^−20 ulp.  An error names the case
 * when ORACLE_PRECISION_CAP is reached. */
int oracle_certify(const struct input_case *input, struct quantity quantity,
                   const struct format *format, struct enclosure *enclosure, struct error *error);

/* Certifies every component of the gradient, input_case_values() enclosures
 * that enclosure_init() made.  The same as so many calls of oracle_certify(),
 * with the sums of a row computed once for each working precision. */
int oracle_certify_gradient(const struct input_case *input, const struct format *format,
                            struct enclosure *enclosures, struct error *error);

/* The same questions, asked of the fast path first (quick.h): enclosures of the kind
 * EXACT_QUICK where it decides them, of oracle_certify() where it does not. */
int oracle_settle_loss(const struct input_case *input, size_t index, const struct format *format,
                       struct enclosure *enclosure, struct error *error);
int oracle_settle_gradient(const struct input_case *input, const struct format *format,
                           struct enclosure *enclosures, struct error *error);

/* One more doubling, for a question that the enclosure leaves open; of EXACT_QUICK,
 * oracle_certify(). */
int oracle_refine(const struct input_case *input, struct quantity quantity,
                  struct enclosure *enclosure, struct error *error);

/* Working precision at which escalation gives up, in bits.  The longest
 * exact part of any case, a sum of binary64 values, needs about 2100 + log2 N
 * bits; see "Termination" in docs/method.md. */
enum { ORACLE_PRECISION_CAP = 1 << 16 };

/* The correctly rounded value of a certified enclosure. */
double oracle_rounded(const struct enclosure *enclosure, const struct format *format);

/* q with ulp(v) = 2^q for a certified enclosure; that of the least subnormal
 * for v = 0. */
int oracle_ulp_exponent(const struct enclosure *enclosure, const struct format *format);

/* v in digits significant decimal digits (trailing zeros dropped, as %g does),
 * rounded to nearest, certified: the enclosure is refined as far as that
 * takes; a rational tie goes to even.  "<1e-…" where v > 0 is below what MPFR
 * can hold, about 10^−(1.4·10^18), ">-1e-…" where v < 0 is above.
 * text holds digits + 32 characters. */
int oracle_decimal(const struct input_case *input, struct quantity quantity, int digits,
                   struct enclosure *enclosure, char *text, struct error *error);

/* The relative condition number κ = Σ_i |x_i ∂v/∂x_i| / |v| of the loss that
 * was enclosed, over its logits or probabilities x (labels, targets and options
 * are taken as exact), to at least nine digits; NaN where v is 0 or not a
 * finite number, the derivative is not finite, v is below MPFR's range (about
 * 10^−(1.4·10^18)), or a gradient was enclosed. */
double oracle_condition(const struct input_case *input, const struct enclosure *enclosure);

/* A double near v, for bounds and norms: within 2^−20 ulp of the format and one
 * rounding. */
double oracle_near(const struct enclosure *enclosure);

/* Gives back MPFR's per-thread caches. */
void oracle_thread_done(void);

#endif
