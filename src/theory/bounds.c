/* Bounds on the rounding error of log-sum-exp, softmax and the losses made of
 * them, by the analysis of Blanchard, Higham & Higham (IMA J. Numer. Anal.
 * 41(4), 2021, sections 3 and 4; their equation numbers), with every second-order
 * term kept, so that no result can be beyond a bound but by a mistake in one of
 * the two.
 *
 * The model: every operation and elementary function is correctly rounded,
 * fl(a) = a(1 + δ) + η, |δ| ≤ u, and |η| ≤ λ where the result is subnormal: λ is
 * the least number (half of it would do, but is none of binary64), or where
 * subnormal results are flushed the least normal one.
 * Nothing overflows.  With x_k − m rounded, e^{(x_k−m)(1+δ)}(1 + δ') has the
 * relative error e^{|x_k−m|u}(1 + u) − 1 ((4.2) of the paper), and k factors
 * 1 + δ are within (1 − u)^{−k} − 1 of 1 (Higham 2002, lemma 3.1).
 *
 * Evaluated in binary64 with correctly rounded functions, the same on every
 * machine; slack covers what that rounds. */
#include "theory/bounds.h"

#include "impl/elementary.h"
#include "impl/registry.h"

#include <math.h>

static const double slack = 1 + 0x1p-20;

static double exp_of(double x)
{
    return rounded_exp(&formats[FORMAT_binary64], x);
}

static double expm1_of(double x)
{
    return rounded_expm1(&formats[FORMAT_binary64], x);
}

static double log1p_of(double x)
{
    return x < -1 ? NAN : rounded_log1p(&formats[FORMAT_binary64], x);
}

/* (1 − u)^−k − 1 */
static double growth(double k, double u)
{
    return expm1_of(-k * log1p_of(-u));
}

/* (1 + a)(1 + b) − 1 */
static double compound(double a, double b)
{
    return a + b + a * b;
}

/* --- a row ------------------------------------------------------------------ */

static bool is_plain(const struct input_case *input)
{
    if (!problem_has_rows(input->problem) || input->problem == PROBLEM_stablemax_ce ||
        input->rows != 1 || input->labels != NULL || input->weights != NULL ||
        input->label_smoothing != 0)
        return false;
    return input->targets == NULL || input->targets[0] != TARGET_IGNORED;
}

struct theory_row theory_row(const struct input_case *input)
{
    struct theory_row row = {.there = is_plain(input), .n = input->columns};
    if (!row.there)
        return row;
    const double *x = input->values;
    row.maximum = row.least = x[0];
    for (size_t k = 0; k < row.n; k++) {
        row.there = row.there && isfinite(x[k]);
        row.maximum = fmax(row.maximum, x[k]);
        row.least = fmin(row.least, x[k]);
    }
    if (!row.there)
        return row;
    row.magnitude = fmax(fabs(row.maximum), fabs(row.least));
    row.target = input->targets == NULL ? row.maximum : x[input->targets[0]];
    bool left_out = false; /* the first maximum, as formulations do */
    for (size_t k = 0; k < row.n; k++) {
        double gap = row.maximum - x[k], e = exp_of(-gap);
        row.maxima += gap == 0;
        if (gap == 0 && !left_out) {
            left_out = true;
            continue;
        }
        row.others += e;
        if (e > 0)
            row.weighted += gap * e;
    }
    row.log_sum = log1p_of(row.others);
    row.lse = row.maximum + row.log_sum;
    return row;
}

/* --- roundings -------------------------------------------------------------- */

struct analysis {
    const struct theory_row *row;
    double u;        /* of the computation */
    double lambda;   /* what a subnormal result may lose besides */
    double stored_u; /* of the storage, where results are rounded into it; else 0 */
    double stored_lambda;
    double largest;  /* of the computation */
    double sum;      /* relative growth of a sum of n terms ≥ 0 */
    double v;        /* |exact| */
    double distance; /* D = x_max − x_min */
};

static double unit_roundoff(const struct format *format)
{
    return ldexp(1, -format->precision);
}

/* How many additions a term goes through at most, for each order (impl/sum.h). */
static double sum_growth(enum summation summation, double n, double u)
{
    int log2_n = n > 1 ? ilogb(n - 0.5) + 1 : 0;
    switch (summation) {
    case SUMMATION_left:
        return growth(n - 1, u);
    case SUMMATION_pairwise:
        return growth(2 * log2_n, u);
    case SUMMATION_cascade:
        return growth(fmin(n, 8 * ldexp(1, log2_n / 8 > 4 ? log2_n / 8 : 4)) + 8, u);
    case SUMMATION_neumaier:
        return 2 * u + 2 * n * n * u * u;
    case SUMMATION_COUNT:
        break;
    }
    return NAN;
}

static struct analysis analysis_of(size_t f, const struct format *format,
                                   const struct theory_row *row, double v)
{
    const struct format *computation = &formats[format->computation];
    const struct format *accumulation = &formats[format->accumulation];
    struct analysis a = {.row = row, .u = unit_roundoff(computation), .v = fabs(v)};
    a.lambda = format->flush ? format_least_normal(computation) : format_least(computation);
    if (computation->precision != format->precision) {
        a.stored_u = unit_roundoff(format);
        a.stored_lambda = format_least(format);
    }
    a.largest = format_largest(computation);
    double adding =
        sum_growth(formulations[f].summation, (double)row->n, unit_roundoff(accumulation));
    a.sum = accumulation == computation ? adding : compound(adding, a.u);
    a.distance = row->maximum - row->least;
    return a;
}

/* The error of a result with the error e before its last rounding. */
static double rounded(const struct analysis *a, double exact, double e)
{
    return e + a->u * (fabs(exact) + e) + a->lambda;
}

/* The same for what is stored. */
static double stored(const struct analysis *a, double exact, double e)
{
    return e + a->stored_u * (fabs(exact) + e) + a->stored_lambda;
}

/* Of log(a) where a has the relative error r: −log(1 − r), and the rounding. */
static double of_log(const struct analysis *a, double log_value, double r)
{
    return rounded(a, log_value, r < 1 ? -log1p_of(-r) : NAN);
}

/* --- sums of exponentials ----------------------------------------------------- */

/* Error of Σ e^{x_k−m} over all but one maximum, (4.6) with |x_k − m| kept in
 * each term: Σ e^{x_k−m}(e^{|x_k−m|ρ}(1 + u) − 1) + the additions, where ρ is the
 * relative error of the exponent.  e^{|x_k−m|ρ} − 1 ≤ |x_k − m|ρ·e^{Dρ}.  What
 * is flushed on the way (difference, product, exponential) is 4λ a term at most. */
static double shifted_terms(const struct analysis *a, double rho)
{
    const struct theory_row *row = a->row;
    double exponents = row->weighted == 0 ? 0 : exp_of(a->distance * rho) * rho * row->weighted;
    return (1 + a->u) * exponents + a->u * row->others + 4 * (double)row->n * a->lambda;
}

/* `exact` terms of 1 are in the sum besides. */
static double shifted_sum(const struct analysis *a, double rho, double exact)
{
    double terms = shifted_terms(a, rho);
    return terms + a->sum * (exact + a->row->others + terms);
}

/* log Σ e^{x_k−m}, and log1p of the sum without the maximum. */
static double log_of_sum(const struct analysis *a, double rho)
{
    return of_log(a, a->row->log_sum, shifted_sum(a, rho, 1) / (1 + a->row->others));
}

static double log1p_of_sum(const struct analysis *a)
{
    return of_log(a, a->row->log_sum, shifted_sum(a, a->u, 0) / (1 + a->row->others));
}

/* The relative error of Σ e^{x_k}; NaN where it may overflow: (3.4). */
static double basic_sum(const struct analysis *a)
{
    double total = exp_of(a->row->lse);
    double r = compound(a->u + (double)a->row->n * a->lambda / total, a->sum);
    return total * (1 + 2 * r) < a->largest ? r : NAN;
}

/* m + (an error e of the log of the sum) */
static double plus_maximum(const struct analysis *a, double e)
{
    return rounded(a, a->row->lse, e);
}

/* --- log-sum-exp -------------------------------------------------------------- */

static double lse_basic(const struct analysis *a)
{
    return of_log(a, a->row->lse, basic_sum(a));
}

static double lse_shifted(const struct analysis *a)
{
    return plus_maximum(a, log_of_sum(a, a->u));
}

static double lse_log1p(const struct analysis *a)
{
    return plus_maximum(a, log1p_of_sum(a));
}

/* (log1p(s/c) + log c) + m: a quotient, a logarithm and an addition more.  The
 * count c is a sum of ones, exact up to 2^p. */
static double lse_scipy(const struct analysis *a)
{
    double c = (double)a->row->maxima, s = a->row->others - (c - 1);
    if (c > 1 / a->u)
        return NAN;
    double quotient = rounded(a, s / c, shifted_sum(a, a->u, 0) / c);
    double log_c = rounded(a, a->row->log_sum, 0); /* c ≤ Σ e^{x_k−m} */
    double log1p_s = of_log(a, a->row->log_sum, quotient / (1 + s / c));
    return plus_maximum(a, rounded(a, a->row->log_sum, log1p_s + log_c));
}

/* One pass, d ← d·e^{m−m'} + e^{x−m'}: a term goes through n − 1 steps at most, each
 * with up to three roundings of its factor (exponential, product, sum; one more
 * where 1 is added first), and the exponents' differences add up to x_k − m. */
static double one_pass(const struct analysis *a, double roundings)
{
    double steps = growth(roundings * (double)a->row->n, a->u);
    double terms = shifted_terms(a, a->u);
    double total = 1 + a->row->others;
    double n = (double)a->row->n; /* λ of a factor of d ≤ n, and of the product, each time */
    return terms + steps * (total + terms) + n * (n + 2) * a->lambda;
}

static double lse_online(const struct analysis *a)
{
    return plus_maximum(a, of_log(a, a->row->log_sum, one_pass(a, 3) / (1 + a->row->others)));
}

static double lse_streaming(const struct analysis *a)
{
    return plus_maximum(a, of_log(a, a->row->log_sum, one_pass(a, 4) / (1 + a->row->others)));
}

/* 2^{(x_k−m)·log₂e}: difference, constant and product are rounded. */
static double lse_base2(const struct analysis *a)
{
    return plus_maximum(a, log_of_sum(a, growth(3, a->u)));
}

/* l ← max + log1p(e^{−|l−x|}), n − 1 times.  log(e^a + e^b) changes by no more than
 * its arguments do, so each step adds its own: u(d·e^{−d}/(1 + e^{−d}) + ½ + ln 2)
 * < 2u for exponential and logarithm, u(|l| + e) for the sum. */
static double lse_logaddexp(const struct analysis *a)
{
    double n = (double)a->row->n, most = a->row->magnitude + a->row->log_sum + 2;
    return growth(n - 1, a->u) * most + 6 * n * a->lambda;
}

/* --- softmax ------------------------------------------------------------------ */

/* Error of p, from its relative error r before the last rounding. */
static double of_relative(const struct analysis *a, double p, double r)
{
    return rounded(a, p, p * r);
}

/* λ as a part of e^x, which binary64 has to an error of its own least number. */
static double underflow_of(const struct analysis *a, double x)
{
    double e = exp_of(x) - format_least(&formats[FORMAT_binary64]);
    return e > a->lambda ? a->lambda / e : NAN;
}

/* Numerator with the relative error t, denominator with s. */
static double quotient(double t, double s)
{
    return s < 1 ? (t + s) / (1 - s) : NAN;
}

static double shifted_numerator(const struct analysis *a)
{
    double gap = a->row->maximum - a->row->target;
    return compound(expm1_of(gap * a->u), a->u) + 2 * a->lambda + underflow_of(a, -gap);
}

static double basic_numerator(const struct analysis *a)
{
    return a->u + underflow_of(a, a->row->target);
}

static double softmax_p(const struct theory_row *row)
{
    return exp_of(row->target - row->maximum) / (1 + row->others);
}

static double softmax_basic(const struct analysis *a)
{
    return of_relative(a, softmax_p(a->row), quotient(basic_numerator(a), basic_sum(a)));
}

static double softmax_framework(const struct analysis *a)
{
    double s = shifted_sum(a, a->u, 1) / (1 + a->row->others);
    return of_relative(a, softmax_p(a->row), quotient(shifted_numerator(a), s));
}

/* The 1 is added last: one rounding more. */
static double softmax_shifted(const struct analysis *a)
{
    double total = 1 + a->row->others;
    double s = rounded(a, total, shifted_sum(a, a->u, 0)) / total;
    return of_relative(a, softmax_p(a->row), quotient(shifted_numerator(a), s));
}

/* e^{x_t − L}: an absolute error of the exponent is a relative one of p. */
static double exp_minus(const struct analysis *a, double lse_error)
{
    double exponent = rounded(a, a->row->target - a->row->lse, lse_error);
    return of_relative(a, softmax_p(a->row), expm1_of(exponent));
}

static double softmax_basic_exp_minus_lse(const struct analysis *a)
{
    return exp_minus(a, lse_basic(a));
}

static double softmax_exp_minus_lse(const struct analysis *a)
{
    return exp_minus(a, lse_log1p(a));
}

/* --- losses ------------------------------------------------------------------- */

/* −log p, p stored: v = −log p exactly. */
static double minus_log(const struct analysis *a, double p_error)
{
    double p = softmax_p(a->row);
    return of_log(a, a->v, stored(a, p, p_error) / p);
}

static double naive_softmax(const struct analysis *a)
{
    return minus_log(a, softmax_basic(a));
}

static double shifted_softmax(const struct analysis *a)
{
    return minus_log(a, softmax_framework(a));
}

/* (x_t − m) − log Σ, negated: the difference and the last subtraction round. */
static double log_softmax(const struct analysis *a)
{
    double gap = a->row->maximum - a->row->target;
    return rounded(a, a->v, rounded(a, gap, 0) + log_of_sum(a, a->u));
}

static double log1p_lse(const struct analysis *a)
{
    double gap = a->row->maximum - a->row->target;
    return rounded(a, a->v, rounded(a, gap, 0) + log1p_of_sum(a));
}

/* L − x_t for any L. */
#define MINUS_TARGET(name, lse)                  \
    static double name(const struct analysis *a) \
    {                                            \
        return rounded(a, a->v, lse(a));         \
    }
MINUS_TARGET(lse_minus_target, lse_shifted)
MINUS_TARGET(log1p_lse_minus_target, lse_log1p)
MINUS_TARGET(scipy_logsumexp, lse_scipy)
MINUS_TARGET(online_softmax, lse_online)
MINUS_TARGET(streaming_lse, lse_streaming)
MINUS_TARGET(base2_softmax, lse_base2)
MINUS_TARGET(logaddexp_lse, lse_logaddexp)

/* --- as printed ----------------------------------------------------------------- */

/* Relative errors in units of u, to first order. */
static double printed_lse_basic(const struct analysis *a)
{
    return 1 + ((double)a->row->n + 1) / fabs(a->row->lse); /* theorem 3.2 */
}

static double printed_softmax_basic(const struct analysis *a)
{
    return (double)a->row->n + 3; /* 3.3 */
}

static double farthest(const struct analysis *a)
{
    return fmax(a->row->lse - a->row->least, fabs(a->row->maximum - a->row->lse));
}

static double printed_basic_exp_minus_lse(const struct analysis *a)
{
    return fabs(a->row->lse) + farthest(a) + (double)a->row->n + 2; /* 3.4 */
}

static double printed_lse_shifted(const struct analysis *a)
{
    return fabs(a->row->lse + (double)a->row->n - a->row->least) / fabs(a->row->lse); /* 4.2 */
}

static double printed_softmax_shifted(const struct analysis *a)
{
    return (double)a->row->n + 2 + 2 * a->distance; /* 4.3 */
}

static double printed_exp_minus_lse(const struct analysis *a)
{
    return 1 + farthest(a) + fabs(a->row->lse + (double)a->row->n - a->row->least); /* 4.4 */
}

/* --- the table --------------------------------------------------------------------- */

static const struct {
    double (*proven)(const struct analysis *a);  /* absolute */
    double (*printed)(const struct analysis *a); /* relative, in u; NULL: none */
} theory[FORMULATION_COUNT] = {
    [FORMULATION_lse_basic] = {lse_basic, printed_lse_basic},
    [FORMULATION_lse_shifted] = {lse_shifted, NULL},
    [FORMULATION_lse_framework] = {lse_shifted, NULL},
    [FORMULATION_lse_log1p] = {lse_log1p, printed_lse_shifted},
    [FORMULATION_lse_scipy] = {lse_scipy, NULL},
    [FORMULATION_lse_online] = {lse_online, NULL},
    [FORMULATION_lse_streaming] = {lse_streaming, NULL},
    [FORMULATION_lse_base2] = {lse_base2, NULL},
    [FORMULATION_lse_logaddexp] = {lse_logaddexp, NULL},
    [FORMULATION_softmax_basic] = {softmax_basic, printed_softmax_basic},
    [FORMULATION_softmax_basic_exp_minus_lse] = {softmax_basic_exp_minus_lse,
                                                 printed_basic_exp_minus_lse},
    [FORMULATION_softmax_shifted] = {softmax_shifted, printed_softmax_shifted},
    [FORMULATION_softmax_framework] = {softmax_framework, NULL},
    [FORMULATION_softmax_exp_minus_lse] = {softmax_exp_minus_lse, printed_exp_minus_lse},
    [FORMULATION_naive_softmax] = {naive_softmax, NULL},
    [FORMULATION_shifted_softmax] = {shifted_softmax, NULL},
    [FORMULATION_log_softmax_unfused] = {shifted_softmax, NULL},
    [FORMULATION_fused_log_softmax] = {log_softmax, NULL},
    [FORMULATION_guarded_log_softmax] = {log_softmax, NULL},
    [FORMULATION_log_softmax_nll] = {log_softmax, NULL},
    [FORMULATION_lse_minus_target] = {lse_minus_target, NULL},
    [FORMULATION_log1p_lse] = {log1p_lse, NULL},
    [FORMULATION_log1p_lse_minus_target] = {log1p_lse_minus_target, NULL},
    [FORMULATION_scipy_logsumexp] = {scipy_logsumexp, NULL},
    [FORMULATION_online_softmax] = {online_softmax, NULL},
    [FORMULATION_streaming_lse] = {streaming_lse, NULL},
    [FORMULATION_base2_softmax] = {base2_softmax, NULL},
    [FORMULATION_logaddexp_lse] = {logaddexp_lse, NULL},
};

/* The theorems speak of one precision, and of numbers that do not underflow: where
 * a proven bound is there, nothing overflows; here e^{x_t−m}, e^{x_t} and p are
 * normal, and what all terms lose by underflow is no 16th of a rounding. */
static bool no_underflow(const struct analysis *a, const struct format *format)
{
    const struct theory_row *row = a->row;
    double least = 2 * format_least_normal(format);
    return a->stored_u == 0 && exp_of(row->target - row->maximum) >= least &&
           exp_of(row->target) >= least && softmax_p(row) >= least &&
           16 * (double)row->n * a->lambda <= a->u * fmin(1, exp_of(row->lse));
}

/* c units with an allowance for O(u²): γ_c of Higham 2002, lemma 3.1. */
static double of_units(double c, double u)
{
    return c * u < 1 ? c * u / (1 - c * u) : NAN;
}

struct bound theory_bound(size_t f, const struct format *format, const struct theory_row *row,
                          double v)
{
    struct bound bound = {NAN, NAN};
    size_t base = formulation_base(f);
    if (!row->there || theory[base].proven == NULL)
        return bound;
    struct analysis a = analysis_of(f, format, row, v);
    double largest = fmin(a.largest, format_largest(format)) / 2;
    if (a.distance >= largest || fabs(row->lse) >= largest || 1 + row->others >= largest)
        return bound; /* a difference, the sum or the result may overflow */
    bound.proven = slack * stored(&a, a.v, theory[base].proven(&a));
    if (!(a.v + bound.proven < largest))
        bound.proven = NAN;
    if (!isnan(bound.proven) && theory[base].printed != NULL && no_underflow(&a, format))
        bound.printed = slack * a.v * of_units(theory[base].printed(&a), a.u);
    return bound;
}

bool theory_beyond(double bound, const struct measurement *measurement)
{
    if (isnan(bound))
        return false;
    return class_is_failure(measurement->class) || measurement->abs_error > bound;
}
