/* Partners of cases.  A partner is made of numbers of the format by operations that
 * are exact, so that its exact value is related to the first as the mathematics says;
 * where one would round, there is no partner. */
#include "sweep/partner.h"

#include <math.h>
#include <string.h>

/* --- exact operations ----------------------------------------------------------- */

/* *sum = a + b, where that is a number of the format: the error of the addition in
 * binary64 (Knuth's TwoSum) is 0, and its result is stored as it is.  An infinite a
 * stays. */
static bool add_exactly(const struct format *format, double a, double b, double *sum)
{
    *sum = a + b;
    if (isinf(a))
        return true;
    if (!isfinite(*sum))
        return false;
    double part = *sum - a;
    double error = (a - (*sum - part)) + (b - part);
    return error == 0 && format_round_double(format, *sum) == *sum;
}

/* The exponent of the last bit of x that is set; x is finite and not 0. */
static int last_bit(double x)
{
    int exponent;
    int64_t significand = (int64_t)ldexp(frexp(fabs(x), &exponent), 53);
    return exponent - 53 + __builtin_ctzll((unsigned long long)significand);
}

/* --- the case again -------------------------------------------------------------- */

/* The same case in another store. */
static int copy_case(struct case_store *store, const struct input_case *input, struct error *error)
{
    size_t count = input_case_values(input);
    int code = case_store_shape(store, input->problem, input->rows, input->columns, error);
    if (code != OK)
        return code;
    memcpy(store->values, input->values, count * sizeof *input->values);
    if (input->labels != NULL)
        memcpy(store->labels, input->labels, count * sizeof *input->labels);
    if (input->targets != NULL)
        memcpy(store->targets, input->targets, input->rows * sizeof *input->targets);
    if (input->weights != NULL)
        memcpy(store->weights, input->weights, input->columns * sizeof *input->weights);
    store->input.reduction = input->reduction;
    store->input.label_smoothing = input->label_smoothing;
    store->input.labels = input->labels != NULL ? store->labels : NULL;
    store->input.targets = input->targets != NULL ? store->targets : NULL;
    store->input.weights = input->weights != NULL ? store->weights : NULL;
    return OK;
}

/* --- shifted --------------------------------------------------------------------- */

static bool shift_all(struct case_store *store, const struct input_case *input,
                      const struct format *format, double s)
{
    for (size_t k = 0; k < input_case_values(input); k++)
        if (!add_exactly(format, input->values[k], s, &store->values[k]))
            return false;
    return true;
}

static bool shift_either_way(struct partner *partner, const struct input_case *input,
                             const struct format *format, int exponent)
{
    if (exponent < format->emin - format->precision + 1 || exponent > format->emax)
        return false;
    for (int sign = 1; sign >= -1; sign -= 2) {
        partner->shift = sign * ldexp(1, exponent);
        if (shift_all(&partner->store, input, format, partner->shift))
            return true;
    }
    return false;
}

/* s = ±2^e, + before −.  Odd cases take the e of the logits' own size, if that is
 * exact; the others the greatest e that is, which is no more than p above the last
 * bit of all logits.  With an e further than p below the largest logit nothing is. */
static bool make_shifted(struct partner *partner, const struct input_case *input,
                         const struct format *format, uint64_t case_number)
{
    int size = INT32_MIN, last = INT32_MAX;
    for (size_t k = 0; k < input_case_values(input); k++) {
        double x = input->values[k];
        if (isnan(x))
            return false;
        if (x == 0 || isinf(x))
            continue;
        size = ilogb(x) > size ? ilogb(x) : size;
        last = last_bit(x) < last ? last_bit(x) : last;
    }
    bool all_zero = size == INT32_MIN;
    partner->relation = input->problem == PROBLEM_log_sum_exp ? RELATION_shifted : RELATION_same;
    if (case_number % 2 == 1 && shift_either_way(partner, input, format, all_zero ? 0 : size))
        return true;
    if (all_zero)
        return shift_either_way(partner, input, format, format->emax);
    int greatest =
        last + format->precision < format->emax ? last + format->precision : format->emax;
    for (int e = greatest; e > size - format->precision; e--)
        if (shift_either_way(partner, input, format, e))
            return true;
    return false;
}

/* --- mirrored -------------------------------------------------------------------- */

static bool make_mirrored(struct partner *partner, const struct input_case *input,
                          const struct format *format)
{
    if (input->weights != NULL)
        return false; /* of the positive label alone */
    for (size_t k = 0; k < input_case_values(input); k++) {
        double y = input->labels[k], *value = &partner->store.values[k];
        if (y != 0 && y != 1)
            return false;
        partner->store.labels[k] = 1 - y;
        if (input->problem == PROBLEM_bce_logit)
            *value = -input->values[k];
        else if (!add_exactly(format, 1, -input->values[k], value))
            return false;
    }
    partner->relation = RELATION_same;
    return true;
}

/* --- raised ---------------------------------------------------------------------- */

/* The next number of the format in the place of value k. */
static bool raise_value(struct partner *partner, const struct format *format, size_t k)
{
    double *x = &partner->store.values[k];
    if (!isfinite(*x))
        return false;
    *x = format_from_ordinal(format, format_ordinal(format, *x) + 1);
    return isfinite(*x);
}

/* A label of 0 or 1 says which way an element's loss goes; one between does not. */
static bool raise_element(struct partner *partner, const struct input_case *input,
                          const struct format *format, uint64_t case_number)
{
    size_t k = case_number % input_case_values(input);
    double y = input->labels[k];
    if ((y != 0 && y != 1) || !raise_value(partner, format, k))
        return false;
    partner->relation = y == 0 ? RELATION_not_less : RELATION_not_more;
    return input->problem == PROBLEM_bce_logit || partner->store.values[k] <= 1;
}

/* The first of the greatest finite logits of a row but the target's; n: there is none. */
static size_t greatest_other(const double *x, size_t n, size_t target)
{
    size_t at = n;
    for (size_t k = 0; k < n; k++)
        if (k != target && isfinite(x[k]) && (at == n || x[k] > x[at]))
            at = k;
    return at;
}

/* In one row, by turns.  Of log-sum-exp, which has no target, the greatest logit of
 * all.  Soft and smoothed targets pull both ways. */
static bool raise_logit(struct partner *partner, const struct input_case *input,
                        const struct format *format, bool of_target, uint64_t case_number)
{
    size_t n = input->columns, row = case_number % input->rows;
    if (input->labels != NULL || input->label_smoothing != 0)
        return false;
    size_t target = input->targets == NULL ? TARGET_IGNORED : input->targets[row];
    if (of_target && target == TARGET_IGNORED)
        return false;
    size_t k = of_target ? target : greatest_other(input->values + row * n, n, target);
    if (k == n || !raise_value(partner, format, row * n + k))
        return false;
    bool falls = of_target != (input->problem == PROBLEM_softmax);
    partner->relation = falls ? RELATION_not_more : RELATION_not_less;
    return true;
}

static bool make_raised(struct partner *partner, const struct input_case *input,
                        const struct format *format, bool of_target, uint64_t case_number)
{
    if (problem_has_rows(input->problem))
        return raise_logit(partner, input, format, of_target, case_number);
    return of_target && raise_element(partner, input, format, case_number);
}

/* --- reversed -------------------------------------------------------------------- */

static void reverse(double *x, size_t n)
{
    for (size_t k = 0; k < n / 2; k++) {
        double other = x[n - 1 - k];
        x[n - 1 - k] = x[k];
        x[k] = other;
    }
}

static bool make_reversed(struct partner *partner, const struct input_case *input)
{
    struct case_store *store = &partner->store;
    size_t n = input->columns;
    for (size_t row = 0; row < input->rows; row++) {
        reverse(store->values + row * n, n);
        if (input->labels != NULL)
            reverse(store->labels + row * n, n);
        if (input->targets != NULL && input->targets[row] != TARGET_IGNORED)
            store->targets[row] = n - 1 - input->targets[row];
    }
    if (input->weights != NULL)
        reverse(store->weights, n);
    partner->relation = RELATION_same;
    return n > 1;
}

int partner_make(struct partner *partner, enum partner_id id, const struct input_case *input,
                 const struct format *format, uint64_t case_number, bool *there,
                 struct error *error)
{
    int code = copy_case(&partner->store, input, error);
    *there = false;
    if (code != OK)
        return code;
    switch (id) {
    case PARTNER_shifted:
        *there = make_shifted(partner, input, format, case_number);
        break;
    case PARTNER_mirrored:
        *there = make_mirrored(partner, input, format);
        break;
    case PARTNER_raised:
    case PARTNER_raised_other:
        *there = make_raised(partner, input, format, id == PARTNER_raised, case_number);
        break;
    case PARTNER_reversed:
        *there = make_reversed(partner, input);
        break;
    case PARTNER_COUNT:
        break;
    }
    return code;
}
