/* Bounds on the rounding error of log-sum-exp, softmax and the losses made of
 * them, by the analysis of Blanchard, Higham & Higham (IMA J. Numer. Anal.
 * 41(4), 2021, sections 3 and 4; their equation numbers), with every second-order
 * term kept, so that no result can be beyond a bound but by a mistake in one of
 * the two.
 *
 * With x_k − m rounded, e^{(x_k−m)(1+δ)}(1 + δ') has the relative error
 * e^{|x_k−m|u}(1 + u) − 1 ((4.2) of the paper); the rest of the model is in
 * model.h.
 *
 * Evaluated in binary64 with correctly rounded functions, the same on every
 * machine; slack covers what that rounds. */
#include "theory/model.h"

#include "impl/registry.h"

#include <math.h>

static const double slack = 1 + 0x1p-20;

/* --- sums of exponentials ----------------------------------------------------- */

/* Error of Σ e^{x_k−m} over all but one maximum, (4.6) with |x_k − m| kept in
 * each term: Σ e^{x_k−m}(e^{|x_k−m|ρ}(1 + u) − 1) + the additions, where ρ is the
 * relative error of the exponent.  e^{|x_k−m|ρ} − 1 ≤ |x_k − m|ρ·e^{Dρ}.  What
 * is flushed on the way (difference, product, exponential) is 4λ a term at most. */
static double shifted_terms(const struct analysis *a, double rho)
{
    const struct theory_row *row = a->row;
    double exponents = row->weighted == 0 ? 0 : model_exp(a->distance * rho) * rho * row->weighted;
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
    return model_log(a, a->row->log_sum, shifted_sum(a, rho, 1) / (1 + a->row->others));
}

static double log1p_of_sum(const struct analysis *a)
{
    return model_log(a, a->row->log_sum, shifted_sum(a, a->u, 0) / (1 + a->row->others));
}

/* The relative error of Σ e^{x_k}; NaN where it may overflow: (3.4). */
static double basic_sum(const struct analysis *a)
{
    double total = model_exp(a->row->lse);
    double r = model_compound(a->u + (double)a->row->n * a->lambda / total, a->sum);
    return total * (1 + 2 * r) < a->largest ? r : NAN;
}

/* m + (an error e of the log of the sum) */
static double plus_maximum(const struct analysis *a, double e)
{
    return model_rounded(a, a->row->lse, e);
}

/* --- log-sum-exp -------------------------------------------------------------- */

static double lse_basic(const struct analysis *a)
{
    return model_log(a, a->row->lse, basic_sum(a));
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
    double quotient = model_rounded(a, s / c, shifted_sum(a, a->u, 0) / c);
    double log_c = model_rounded(a, a->row->log_sum, 0); /* c ≤ Σ e^{x_k−m} */
    double log1p_s = model_log(a, a->row->log_sum, quotient / (1 + s / c));
    return plus_maximum(a, model_rounded(a, a->row->log_sum, log1p_s + log_c));
}

/* One pass, d ← d·e^{m−m'} + e^{x−m'}: a term goes through n − 1 steps at most, each
 * with up to three roundings of its factor (exponential, product, sum; one more
 * where 1 is added first), and the exponents' differences add up to x_k − m. */
static double one_pass(const struct analysis *a, double roundings)
{
    double steps = model_growth(roundings * (double)a->row->n, a->u);
    double terms = shifted_terms(a, a->u);
    double total = 1 + a->row->others;
    double n = (double)a->row->n; /* λ of a factor of d ≤ n, and of the product, each time */
    return terms + steps * (total + terms) + n * (n + 2) * a->lambda;
}

static double lse_online(const struct analysis *a)
{
    return plus_maximum(a, model_log(a, a->row->log_sum, one_pass(a, 3) / (1 + a->row->others)));
}

static double lse_streaming(const struct analysis *a)
{
    return plus_maximum(a, model_log(a, a->row->log_sum, one_pass(a, 4) / (1 + a->row->others)));
}

/* 2^{(x_k−m)·log₂e}: difference, constant and product are rounded. */
static double lse_base2(const struct analysis *a)
{
    return plus_maximum(a, log_of_sum(a, model_growth(3, a->u)));
}

/* l ← max + log1p(e^{−|l−x|}), n − 1 times.  log(e^a + e^b) changes by no more than
 * its arguments do, so each step adds its own: u(d·e^{−d}/(1 + e^{−d}) + ½ + ln 2)
 * < 2u for exponential and logarithm, u(|l| + e) for the sum. */
static double lse_logaddexp(const struct analysis *a)
{
    double n = (double)a->row->n, most = a->row->magnitude + a->row->log_sum + 2;
    return model_growth(n - 1, a->u) * most + 6 * n * a->lambda;
}

/* --- softmax ------------------------------------------------------------------ */

/* Error of p, from its relative error r before the last rounding. */
static double of_relative(const struct analysis *a, double p, double r)
{
    return model_rounded(a, p, p * r);
}

/* λ as a part of e^x, which binary64 has to an error of its own least number. */
static double underflow_of(const struct analysis *a, double x)
{
    double e = model_exp(x) - format_least(&formats[FORMAT_binary64]);
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
    return model_compound(model_expm1(gap * a->u), a->u) + 2 * a->lambda + underflow_of(a, -gap);
}

static double basic_numerator(const struct analysis *a)
{
    return a->u + underflow_of(a, a->row->target);
}

static double softmax_basic(const struct analysis *a)
{
    return of_relative(a, model_softmax_p(a->row), quotient(basic_numerator(a), basic_sum(a)));
}

static double softmax_framework(const struct analysis *a)
{
    double s = shifted_sum(a, a->u, 1) / (1 + a->row->others);
    return of_relative(a, model_softmax_p(a->row), quotient(shifted_numerator(a), s));
}

/* The 1 is added last: one rounding more. */
static double softmax_shifted(const struct analysis *a)
{
    double total = 1 + a->row->others;
    double s = model_rounded(a, total, shifted_sum(a, a->u, 0)) / total;
    return of_relative(a, model_softmax_p(a->row), quotient(shifted_numerator(a), s));
}

/* e^{x_t − L}: an absolute error of the exponent is a relative one of p. */
static double exp_minus(const struct analysis *a, double lse_error)
{
    double exponent = model_rounded(a, a->row->target - a->row->lse, lse_error);
    return of_relative(a, model_softmax_p(a->row), model_expm1(exponent));
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
    double p = model_softmax_p(a->row);
    return model_log(a, a->v, model_stored(a, p, p_error) / p);
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
    return model_rounded(a, a->v, model_rounded(a, gap, 0) + log_of_sum(a, a->u));
}

static double log1p_lse(const struct analysis *a)
{
    double gap = a->row->maximum - a->row->target;
    return model_rounded(a, a->v, model_rounded(a, gap, 0) + log1p_of_sum(a));
}

/* L − x_t for any L. */
#define MINUS_TARGET(name, lse)                  \
    static double name(const struct analysis *a) \
    {                                            \
        return model_rounded(a, a->v, lse(a));   \
    }
MINUS_TARGET(lse_minus_target, lse_shifted)
MINUS_TARGET(log1p_lse_minus_target, lse_log1p)
MINUS_TARGET(scipy_logsumexp, lse_scipy)
MINUS_TARGET(online_softmax, lse_online)
MINUS_TARGET(streaming_lse, lse_streaming)
MINUS_TARGET(base2_softmax, lse_base2)
MINUS_TARGET(logaddexp_lse, lse_logaddexp)

/* --- the table --------------------------------------------------------------------- */

/* By formulation; NULL: none. */
static double (*const proven[FORMULATION_COUNT])(const struct analysis *a) = {
    [FORMULATION_lse_basic] = lse_basic,
    [FORMULATION_lse_shifted] = lse_shifted,
    [FORMULATION_lse_framework] = lse_shifted,
    [FORMULATION_lse_log1p] = lse_log1p,
    [FORMULATION_lse_scipy] = lse_scipy,
    [FORMULATION_lse_online] = lse_online,
    [FORMULATION_lse_streaming] = lse_streaming,
    [FORMULATION_lse_base2] = lse_base2,
    [FORMULATION_lse_logaddexp] = lse_logaddexp,
    [FORMULATION_softmax_basic] = softmax_basic,
    [FORMULATION_softmax_basic_exp_minus_lse] = softmax_basic_exp_minus_lse,
    [FORMULATION_softmax_shifted] = softmax_shifted,
    [FORMULATION_softmax_framework] = softmax_framework,
    [FORMULATION_softmax_exp_minus_lse] = softmax_exp_minus_lse,
    [FORMULATION_naive_softmax] = naive_softmax,
    [FORMULATION_shifted_softmax] = shifted_softmax,
    [FORMULATION_log_softmax_unfused] = shifted_softmax,
    [FORMULATION_fused_log_softmax] = log_softmax,
    [FORMULATION_guarded_log_softmax] = log_softmax,
    [FORMULATION_log_softmax_nll] = log_softmax,
    [FORMULATION_lse_minus_target] = lse_minus_target,
    [FORMULATION_log1p_lse] = log1p_lse,
    [FORMULATION_log1p_lse_minus_target] = log1p_lse_minus_target,
    [FORMULATION_scipy_logsumexp] = scipy_logsumexp,
    [FORMULATION_online_softmax] = online_softmax,
    [FORMULATION_streaming_lse] = streaming_lse,
    [FORMULATION_base2_softmax] = base2_softmax,
    [FORMULATION_logaddexp_lse] = logaddexp_lse,
};

struct bound theory_bound(size_t f, const struct format *format, const struct theory_row *row,
                          double v)
{
    struct bound bound = {NAN, NAN};
    size_t base = formulation_base(f);
    if (!row->there || proven[base] == NULL)
        return bound;
    struct analysis a = model_analysis(f, format, row, v);
    double largest = fmin(a.largest, format_largest(format)) / 2;
    if (a.distance >= largest || fabs(row->lse) >= largest || 1 + row->others >= largest)
        return bound; /* a difference, the sum or the result may overflow */
    bound.proven = slack * model_stored(&a, a.v, proven[base](&a));
    if (!(a.v + bound.proven < largest))
        bound.proven = NAN;
    if (!isnan(bound.proven)) /* nothing overflows */
        bound.printed = slack * printed_bound(f, format, &a);
    return bound;
}

bool theory_beyond(double bound, const struct measurement *measurement)
{
    if (isnan(bound))
        return false;
    return class_is_failure(measurement->class) || measurement->abs_error > bound;
}
