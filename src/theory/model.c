/* Rows, and what one rounding adds to an error: the ground of all bounds. */
#include "theory/model.h"

#include "impl/elementary.h"

#include <math.h>

double model_exp(double x)
{
    return rounded_exp(&formats[FORMAT_binary64], x);
}

double model_expm1(double x)
{
    return rounded_expm1(&formats[FORMAT_binary64], x);
}

double model_log1p(double x)
{
    return x < -1 ? NAN : rounded_log1p(&formats[FORMAT_binary64], x);
}

/* (1 − u)^−k − 1 */
double model_growth(double k, double u)
{
    return model_expm1(-k * model_log1p(-u));
}

/* (1 + a)(1 + b) − 1 */
double model_compound(double a, double b)
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
        double gap = row.maximum - x[k], e = model_exp(-gap);
        row.maxima += gap == 0;
        if (gap == 0 && !left_out) {
            left_out = true;
            continue;
        }
        row.others += e;
        if (e > 0)
            row.weighted += gap * e;
    }
    row.log_sum = model_log1p(row.others);
    row.lse = row.maximum + row.log_sum;
    return row;
}

/* --- roundings -------------------------------------------------------------- */

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
        return model_growth(n - 1, u);
    case SUMMATION_pairwise:
        return model_growth(2 * log2_n, u);
    case SUMMATION_cascade:
        return model_growth(fmin(n, 8 * ldexp(1, log2_n / 8 > 4 ? log2_n / 8 : 4)) + 8, u);
    case SUMMATION_neumaier:
        return 2 * u + 2 * n * n * u * u;
    case SUMMATION_COUNT:
        break;
    }
    return NAN;
}

struct analysis model_analysis(size_t f, const struct format *format, const struct theory_row *row,
                               double v)
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
    a.sum = accumulation == computation ? adding : model_compound(adding, a.u);
    a.distance = row->maximum - row->least;
    return a;
}

/* The error of a result with the error e before its last rounding. */
double model_rounded(const struct analysis *a, double exact, double e)
{
    return e + a->u * (fabs(exact) + e) + a->lambda;
}

/* The same for what is stored. */
double model_stored(const struct analysis *a, double exact, double e)
{
    return e + a->stored_u * (fabs(exact) + e) + a->stored_lambda;
}

/* Of log(a) where a has the relative error r: −log(1 − r), and the rounding. */
double model_log(const struct analysis *a, double log_value, double r)
{
    return model_rounded(a, log_value, r < 1 ? -model_log1p(-r) : NAN);
}

/* The exact p. */
double model_softmax_p(const struct theory_row *row)
{
    return model_exp(row->target - row->maximum) / (1 + row->others);
}
