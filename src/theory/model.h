/* The model of arithmetic that bounds are made in: roundings, and what they do to
 * errors.  Inside src/theory only.
 *
 * Every operation and elementary function is correctly rounded, fl(a) = a(1 + δ) + η,
 * |δ| ≤ u, and |η| ≤ λ where the result is subnormal: λ is the least number (half
 * of it would do, but is none of binary64), or where subnormal results are flushed
 * the least normal one.  Nothing overflows. */
#ifndef XULP_THEORY_MODEL_H
#define XULP_THEORY_MODEL_H

#include "theory/bounds.h"

/* A formulation in a format on a row. */
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

struct analysis model_analysis(size_t f, const struct format *format, const struct theory_row *row,
                               double v);

/* Correctly rounded in binary64, the same on every machine. */
double model_exp(double x);
double model_expm1(double x);
double model_log1p(double x); /* NaN for x < −1 */

/* (1 − u)^−k − 1 bounds |Π(1 + δ_i) − 1| for k factors (Higham 2002, lemma 3.1). */
double model_growth(double k, double u);

/* (1 + a)(1 + b) − 1 */
double model_compound(double a, double b);

/* The error of a result with the error e before its last rounding, and of a
 * number that is stored. */
double model_rounded(const struct analysis *a, double exact, double e);
double model_stored(const struct analysis *a, double exact, double e);

/* Of log(a), where a has the relative error r: −log(1 − r), and the rounding. */
double model_log(const struct analysis *a, double log_value, double r);

/* e^{x_t−m}/Σe^{x_k−m} */
double model_softmax_p(const struct theory_row *row);

/* The bound that the paper prints for formulations[f], where there is one and its
 * hypotheses hold; else NaN. */
double printed_bound(size_t f, const struct format *format, const struct analysis *a);

#endif
