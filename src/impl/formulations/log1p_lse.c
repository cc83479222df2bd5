/* (m − x_t) + log1p(Σ_{k≠argmax} e^{x_k−m}), m = max x_k
 *
 * Source: Blanchard, Higham & Higham 2021 (the maximum left out of the sum);
 *   the order keeps the loss of a confident, right answer.
 * Bound: while every e^{x_k−m} is normal (gaps below 87.33 binary32, 708.39
 *   binary64): with the target at the maximum the relative error is
 *   ≤ (n + 2 + max|x_k − m|)u + u, whatever the size of the loss; otherwise
 *   the absolute error is ≤ (n + 2)u + u·|x_t − m| + u·loss.
 * Breaks: beyond those gaps a term has the absolute error of a subnormal, half
 *   the least one, and n − 1 terms that underflow lose a sum of up to
 *   (n − 1)/2 of it: with 1000 classes a false 0 at a gap of 104 (binary32). */
#include "impl/formulations.h"

real NAME(log1p_lse)(const real *x, size_t n, size_t t)
{
    size_t at = argmax(x, n);
    real m = x[at];
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        if (k != at)
            sum_add(&sum, rexp(rsub(x[k], m)));
    return radd(rsub(m, x[t]), rlog1p(sum_total(&sum)));
}
