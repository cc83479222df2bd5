/* Sums held against bounds (docs/method.md, "Invariants").  Sums are exact: in an MPFR
 * number of so many bits that no sum of 2^20 numbers of binary64, or halves of their
 * ulps, rounds. */
#include "sweep/invariant_sums.h"

#include "theory/bounds.h"

#include <math.h>
#include <string.h>

enum { EXACT_BITS = 2200 }; /* 2^1024·2^20 down to 2^−1075 takes 2119 */

static void start_sums(struct invariant_case *at)
{
    if (!at->sums_made)
        mpfr_inits2(EXACT_BITS, at->sum, at->bound, (mpfr_ptr)NULL);
    at->sums_made = true;
    mpfr_set_zero(at->sum, +1);
    mpfr_set_zero(at->bound, +1);
}

/* sum += x, bound += ½ulp(x) */
static void add_result(struct invariant_case *at, double x)
{
    long floor_log2 = x == 0 ? at->format->emin : ilogb(x);
    int ulp = format_ulp_exponent(at->format, floor_log2);
    MPFR_DECL_INIT(half_ulp, 2);
    mpfr_set_ui_2exp(half_ulp, 1, ulp - 1, MPFR_RNDN);
    mpfr_add_d(at->sum, at->sum, x, MPFR_RNDN);
    mpfr_add(at->bound, at->bound, half_ulp, MPFR_RNDN);
}

/* |sum| / bound where the sum is beyond it, else 0; bound > 0. */
static double beyond(const struct invariant_case *at)
{
    if (mpfr_cmpabs(at->sum, at->bound) <= 0)
        return 0;
    MPFR_DECL_INIT(ratio, 64);
    mpfr_div(ratio, at->sum, at->bound, MPFR_RNDN);
    return fabs(mpfr_get_d(ratio, MPFR_RNDU));
}

/* An infinity beside a number is a break, unless the shifted value overflows. */
bool translation_compare(struct invariant_case *at, double value, double other, double s,
                         double *by)
{
    if (!isfinite(value) && !isfinite(other))
        return false;
    if (isfinite(value) && isinf(format_round_double(at->format, value + s)))
        return false;
    *by = INFINITY;
    if (!isfinite(value) || !isfinite(other))
        return true;
    start_sums(at);
    add_result(at, -value);
    add_result(at, other);
    mpfr_sub_d(at->sum, at->sum, s, MPFR_RNDN);
    *by = beyond(at);
    return true;
}

/* --- components of a softmax add up to 1 ------------------------------------------ */

/* The result of component t; that of the case's own is there. */
static int component(struct invariant_case *at, const struct computed *computed, size_t t,
                     double *result, struct error *error)
{
    at->component.targets[0] = t;
    if (t == at->input->targets[0]) {
        *result = computed->results[0];
        return OK;
    }
    return formulation_loss(computed->formulation, at->format, computed->math, &at->component.input,
                            computed->workspace, result, error);
}

int check_sum_one(struct invariant_case *at, const struct computed *computed,
                  struct verdict *verdict, struct error *error)
{
    size_t n = at->input->columns;
    if (n > INVARIANT_SHORT_CASE || computed->math != MATH_canonical)
        return OK;
    double bound = theory_softmax_sum_bound(computed->formulation, at->format, at->input);
    if (isnan(bound))
        return OK;
    int code = case_store_shape(&at->component, PROBLEM_softmax, 1, n, error);
    if (code != OK)
        return code;
    memcpy(at->component.values, at->input->values, n * sizeof *at->input->values);
    start_sums(at);
    for (size_t t = 0; t < n && code == OK; t++) {
        double result = NAN;
        code = component(at, computed, t, &result, error);
        mpfr_add_d(at->sum, at->sum, result, MPFR_RNDN); /* NaN and infinities stay */
    }
    double sum = mpfr_get_d(at->sum, MPFR_RNDN);
    mpfr_sub_ui(at->sum, at->sum, 1, MPFR_RNDN);
    mpfr_set_d(at->bound, bound, MPFR_RNDN);
    verdict_keep(verdict, isfinite(sum) ? beyond(at) : INFINITY, sum, bound);
    return code;
}

/* --- components of a gradient add up to 0 ------------------------------------------ */

/* Whether a row has something to add up: finite numbers, none of them NaN by right. */
static bool row_is_there(const struct computed *computed, size_t first, size_t n)
{
    for (size_t j = first; j < first + n; j++)
        if (!isfinite(computed->results[j]) ||
            (computed->exact != NULL && computed->exact->items[j].kind == EXACT_UNDEFINED))
            return false;
    return true;
}

void check_sum_zero(struct invariant_case *at, const struct computed *computed,
                    struct verdict *verdict)
{
    size_t n = at->input->columns;
    for (size_t row = 0; row < at->input->rows; row++) {
        if (!row_is_there(computed, row * n, n))
            continue;
        start_sums(at);
        for (size_t j = 0; j < n; j++)
            add_result(at, computed->results[row * n + j]);
        verdict_keep(verdict, beyond(at), mpfr_get_d(at->sum, MPFR_RNDN),
                     mpfr_get_d(at->bound, MPFR_RNDN));
    }
}
