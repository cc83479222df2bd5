/* The escalation that all problems share: enclose, ask whether the enclosure
 * decides the question, double the precision where it does not.
 *
 * A transcendental value v lies strictly between lo and hi, and so does a
 * rational one where lo < hi; the questions are asked of the open interval
 * (Ziv, ACM TOMS 17(3), 1991, for the strategy).  Points next to its ends stand
 * for it: lo with one more bit set is above lo and, because every midpoint and
 * machine number of the format fits the working precision, on the same side of
 * each of them as all of the interval near lo.  (Where one end is 0 and the
 * other all that MPFR can hold of v, the points are 0 and the least number of
 * its sign, both far below every threshold.) */
#include "oracle/oracle.h"

#include "oracle/problems.h"

#include <math.h>

enum {
    ERROR_BITS = 21, /* v is known to 2^−21 ulp(v) */
    GUARD_BITS = 4,
};

static const struct problem_oracle *const oracles[PROBLEM_COUNT] = {
    [PROBLEM_softmax_ce] = &softmax_ce_oracle,   [PROBLEM_stablemax_ce] = &stablemax_ce_oracle,
    [PROBLEM_log_sum_exp] = &log_sum_exp_oracle, [PROBLEM_softmax] = &softmax_oracle,
    [PROBLEM_bce_prob] = &bce_prob_oracle,       [PROBLEM_bce_prob_batch] = &bce_prob_oracle,
    [PROBLEM_bce_logit] = &bce_logit_oracle,
};

void oracle_thread_done(void)
{
    mpfr_free_cache();
}

static void enclose_loss(const struct input_case *input, size_t index, mpq_srcptr divisor,
                         struct enclosure *enclosure)
{
    struct loss_sum sum = {.input = input, .first = index, .last = index + 1, .divisor = divisor};
    if (input->reduction != REDUCTION_NONE) {
        sum.first = 0;
        sum.last = problem_has_rows(input->problem) ? input->rows : input_case_values(input);
    }
    oracles[input->problem]->loss(&sum, enclosure);
}

void gradient_row_begin(struct gradient_row *row, const struct input_case *input, size_t index,
                        mpq_srcptr divisor, mpfr_prec_t precision)
{
    const double *x = input->values + index * input->columns;
    *row = (struct gradient_row){
        .input = input,
        .row = index,
        .divisor = divisor,
        .precision = precision,
        .undefined = mpq_sgn(divisor) == 0 || oracles[input->problem]->component == NULL,
    };
    mpq_init(row->total);
    interval_init(&row->below, precision);
    interval_init(&row->sum, precision);
    if (row->undefined || !problem_has_rows(input->problem))
        return;
    row->shape = row_shape(x, input->columns);
    oracles[input->problem]->begin(row);
}

void gradient_row_component(const struct gradient_row *row, size_t column,
                            struct enclosure *enclosure)
{
    enclosure->precision = row->precision;
    enclosure->quantity = quantity_gradient(row->row * row->input->columns + column);
    if (row->undefined)
        enclosure_set_undefined(enclosure);
    else
        oracles[row->input->problem]->component(row, column, enclosure);
}

void gradient_row_end(struct gradient_row *row)
{
    mpq_clear(row->total);
    interval_clear(&row->below);
    interval_clear(&row->sum);
}

static void enclose_component(const struct input_case *input, size_t index, mpq_srcptr divisor,
                              struct enclosure *enclosure)
{
    struct gradient_row row;
    gradient_row_begin(&row, input, index / input->columns, divisor, enclosure->precision);
    gradient_row_component(&row, index % input->columns, enclosure);
    gradient_row_end(&row);
}

void oracle_enclose(const struct input_case *input, struct quantity quantity, mpfr_prec_t precision,
                    struct enclosure *enclosure)
{
    enclosure->quantity = quantity;
    enclosure->precision = precision;
    mpq_t divisor;
    mpq_init(divisor);
    options_divisor(input, divisor);
    if (mpq_sgn(divisor) == 0)
        enclosure_set_undefined(enclosure); /* the mean of nothing: 0/0 */
    else if (quantity.kind == QUANTITY_LOSS)
        enclose_loss(input, quantity.index, divisor, enclosure);
    else
        enclose_component(input, quantity.index, divisor, enclosure);
    mpq_clear(divisor);
}

/* inner becomes a point of (lo, hi) next to lo, or next to hi; the value itself
 * where lo = hi. */
static void next_to_lo(mpfr_ptr inner, const struct enclosure *enclosure)
{
    mpfr_set_prec(inner, enclosure->precision + 1);
    mpfr_set(inner, enclosure->lo, MPFR_RNDN);
    if (!mpfr_equal_p(enclosure->lo, enclosure->hi))
        mpfr_nextabove(inner);
}

static void next_to_hi(mpfr_ptr inner, const struct enclosure *enclosure)
{
    mpfr_set_prec(inner, enclosure->precision + 1);
    mpfr_set(inner, enclosure->hi, MPFR_RNDN);
    if (!mpfr_equal_p(enclosure->lo, enclosure->hi))
        mpfr_nextbelow(inner);
}

static int ulp_exponent_at(const struct format *format, mpfr_srcptr x)
{
    return mpfr_regular_p(x) ? format_ulp_exponent(format, mpfr_get_exp(x) - 1)
                             : format_ulp_exponent(format, format->emin);
}

/* Whether all of (lo, hi) rounds to one value, has one ulp, and is no wider
 * than 2^−ERROR_BITS of it. */
bool enclosure_decides(const struct enclosure *enclosure, const struct format *format)
{
    if (enclosure->kind != EXACT_TRANSCENDENTAL)
        return true;
    mpfr_t low, high;
    mpfr_inits2(64, low, high, (mpfr_ptr)0);
    next_to_lo(low, enclosure);
    next_to_hi(high, enclosure);
    int q = ulp_exponent_at(format, low);
    bool decided = q == ulp_exponent_at(format, high);
    if (decided) {
        double rounded = format_round(format, low);
        /* 0 and −0 differ: the sign must be decided too. */
        decided = rounded == format_round(format, high) && mpfr_signbit(low) == mpfr_signbit(high);
    }
    if (decided) {
        mpfr_sub(low, enclosure->hi, enclosure->lo, MPFR_RNDU);
        decided = mpfr_cmp_ui_2exp(low, 1, q - ERROR_BITS) <= 0;
    }
    mpfr_clears(low, high, (mpfr_ptr)0);
    return decided;
}

/* Enough for a sum of the case's terms to be decided at once, as a rule;
 * whole limbs, because MPFR computes in those. */
mpfr_prec_t oracle_first_precision(const struct input_case *input, const struct format *format)
{
    int terms = ilogb((double)input_case_values(input)) + 1;
    int bits = format->precision + ERROR_BITS + GUARD_BITS + terms;
    return (bits + 63) / 64 * 64;
}

int oracle_cap_reached(const struct input_case *input, struct error *error)
{
    const double *x = input->values;
    return error_set(error, MACHINE_FAILED,
                     "the oracle does not decide this %s case at %d bits: %zu×%zu values, %a%s%a…",
                     problems[input->problem].name, (int)ORACLE_PRECISION_CAP, input->rows,
                     input->columns, x[0], input->columns > 1 ? ", " : " … ",
                     x[input_case_values(input) > 1 ? 1 : 0]);
}

int oracle_refine(const struct input_case *input, struct quantity quantity,
                  struct enclosure *enclosure, struct error *error)
{
    if (enclosure->kind == EXACT_QUICK)
        return oracle_certify(input, quantity, enclosure->format, enclosure, error);
    mpfr_prec_t precision = 2 * enclosure->precision;
    if (precision > ORACLE_PRECISION_CAP)
        return oracle_cap_reached(input, error);
    oracle_enclose(input, quantity, precision, enclosure);
    return OK;
}

int oracle_certify(const struct input_case *input, struct quantity quantity,
                   const struct format *format, struct enclosure *enclosure, struct error *error)
{
    oracle_enclose(input, quantity, oracle_first_precision(input, format), enclosure);
    while (!enclosure_decides(enclosure, format)) {
        int code = oracle_refine(input, quantity, enclosure, error);
        if (code != OK)
            return code;
    }
    return OK;
}

double oracle_rounded(const struct enclosure *enclosure, const struct format *format)
{
    if (enclosure->kind == EXACT_QUICK)
        return enclosure->rounded;
    mpfr_t low;
    mpfr_init2(low, 64);
    next_to_lo(low, enclosure); /* an infinity and NaN stay what they are */
    double rounded = format_round(format, low);
    mpfr_clear(low);
    return rounded;
}

int oracle_ulp_exponent(const struct enclosure *enclosure, const struct format *format)
{
    if (enclosure->kind == EXACT_QUICK)
        return enclosure->ulp_exponent;
    mpfr_t low;
    mpfr_init2(low, 64);
    next_to_lo(low, enclosure);
    int q = ulp_exponent_at(format, low);
    mpfr_clear(low);
    return q;
}

double oracle_near(const struct enclosure *enclosure)
{
    return enclosure->kind == EXACT_QUICK ? enclosure->quick.hi
                                          : mpfr_get_d(enclosure->lo, MPFR_RNDN);
}
