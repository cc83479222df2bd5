/* What the oracle of one problem is to the escalation: the value of a loss and
 * the components of a row's gradient, each at one working precision.
 *
 * Every value is brought to one of four forms before it is handed over: NaN, an
 * infinity, a rational number, or R ± F with R rational and exact, F > 0
 * transcendental and enclosed.  Coefficients (weights, soft targets, smoothing,
 * the divisor of a mean) are rational and stay exact in GMP's mpq. */
#ifndef XULP_ORACLE_PROBLEMS_H
#define XULP_ORACLE_PROBLEMS_H

#include "core/problem.h"
#include "oracle/interval.h"
#include "oracle/oracle.h"

/* The losses first, …, last − 1 of a case, added and divided by divisor > 0. */
struct loss_sum {
    const struct input_case *input;
    size_t first, last;
    mpq_srcptr divisor;
};

/* What a row of logits is made of. */
struct row_shape {
    const double *x;
    size_t columns;
    size_t finite;   /* finite numbers */
    size_t infinite; /* how often +∞ occurs */
    bool nan;
    double maximum; /* of the finite numbers, … */
    size_t maxima;  /* … and how often it occurs */
};

/* What the components of one row of the gradient share, at one working
 * precision.  total, below and sum are the problem's own. */
struct gradient_row {
    const struct input_case *input;
    size_t row;
    mpq_srcptr divisor; /* > 0 */
    mpfr_prec_t precision;
    struct row_shape shape;
    bool undefined;
    mpq_t total;
    struct interval below, sum;
};

struct problem_oracle {
    /* Encloses the sum at enclosure->precision. */
    void (*loss)(const struct loss_sum *sum, struct enclosure *enclosure);
    /* Computes what the components share; of a problem of rows with a gradient. */
    void (*begin)(struct gradient_row *row);
    /* Encloses the component of that column at row->precision; NULL: there is
     * no gradient. */
    void (*component)(const struct gradient_row *row, size_t column, struct enclosure *enclosure);
};

extern const struct problem_oracle softmax_ce_oracle, stablemax_ce_oracle, log_sum_exp_oracle,
    softmax_oracle, bce_prob_oracle, bce_logit_oracle;

/* --- the escalation (oracle.c) ------------------------------------------------- */

/* Row index of the gradient: its components share what begin computes. */
void gradient_row_begin(struct gradient_row *row, const struct input_case *input, size_t index,
                        mpq_srcptr divisor, mpfr_prec_t precision);
void gradient_row_component(const struct gradient_row *row, size_t column,
                            struct enclosure *enclosure);
void gradient_row_end(struct gradient_row *row);

/* Whether the enclosure is what oracle_certify() promises. */
bool enclosure_decides(const struct enclosure *enclosure, const struct format *format);

/* Certifies the components of one row of a gradient that are not EXACT_QUICK. */
int oracle_certify_row(const struct input_case *input, size_t row, const struct format *format,
                       struct enclosure *components, struct error *error);

mpfr_prec_t oracle_first_precision(const struct input_case *input, const struct format *format);
int oracle_cap_reached(const struct input_case *input, struct error *error);

/* --- a value in its form (enclosure.c) ---------------------------------------- */

void enclosure_set_undefined(struct enclosure *enclosure);
void enclosure_set_infinite(struct enclosure *enclosure, int sign);
void enclosure_set_zero(struct enclosure *enclosure);
void enclosure_set_rational(struct enclosure *enclosure, const mpq_t value);

/* v = exact + side·rest, rest > 0 transcendental; rest is overwritten. */
void enclosure_set_sum(struct enclosure *enclosure, const mpq_t exact, int side,
                       struct interval *rest);

/* The kinds of the terms of a sum, gathered. */
struct kinds {
    bool undefined, plus_infinite, minus_infinite, transcendental;
};

/* Whether terms of these kinds add up to a finite number; sets enclosure to NaN
 * or an infinity where they do not. */
bool kinds_finite(const struct kinds *kinds, struct enclosure *enclosure);

/* --- options (options.c) ------------------------------------------------------ */

/* The divisor of the reduction: 1 but for a mean; 0 for a mean of nothing. */
void options_divisor(const struct input_case *input, mpq_t divisor);

/* Whether weights and label_smoothing of softmax-ce are in their domains. */
bool options_valid(const struct input_case *input);

/* Whether row i of a problem with targets counts, … */
static inline bool options_row_counts(const struct input_case *input, size_t row)
{
    return input->targets == NULL || input->targets[row] != TARGET_IGNORED;
}

/* … and whether its target or soft targets are in their domains. */
bool options_row_valid(const struct input_case *input, size_t row);

/* a_j = w_j·((1 − ε)·q_j + ε/n) of row i of softmax-ce, and whether it is > 0. */
void options_coefficient(const struct input_case *input, size_t row, size_t j, mpq_t a);
bool options_positive(const struct input_case *input, size_t row, size_t j);

/* A = Σ_j a_j. */
void options_total(const struct input_case *input, size_t row, mpq_t total);

/* --- rows of logits (softmax_row.c) --------------------------------------------- */

struct row_shape row_shape(const double *x, size_t columns);

/* Whether no limit exists for the row's probabilities: a NaN, two or more +∞,
 * or nothing but −∞. */
static inline bool row_shape_undefined(const struct row_shape *shape)
{
    return shape->nan || shape->infinite > 1 || shape->infinite + shape->finite == 0;
}

/* Whether an infinity makes p_j 0. */
bool row_shape_without_mass(const struct row_shape *shape, size_t j);

/* below = Σ_{x_k < m} e^{x_k − m} over a row without +∞. */
void row_below(const struct row_shape *shape, struct interval *below, struct interval *scratch);

/* log Σ_k e^{x_k − m}, of two or more finite numbers. */
void row_logarithm(const struct row_shape *shape, struct interval *logarithm,
                   struct interval *scratch);

/* row->below and row->sum for row_probability(). */
void row_probabilities_begin(struct gradient_row *row);

/* offset + factor·p_j, p_j = e^{x_j} / Σ_k e^{x_k}, factor ≥ 0. */
void row_probability(const struct gradient_row *row, size_t j, const mpq_t offset,
                     const mpq_t factor, struct enclosure *enclosure);

#endif
