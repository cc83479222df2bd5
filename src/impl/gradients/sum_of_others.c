/* ∂/∂x_j = (h_j Σ_{k≠j} e_k − e_j Σ_{k≠j} h_k) / Σ e_k, e_k = e^{x_k−m}; for one
 * hard target p_j, and −Σ_{k≠t} p_k at the target
 *
 * Source: xulp, for comparison: h_j − p_j Σ h without the difference 1 − p_j.
 * Bound: for one hard target relative error ≤ (2n + 4 + 2(x_max − x_min))u
 *   while the e_k are normal.  Σ_{k≠j} is the whole sum less e_j, which loses at
 *   most a bit where e_j is not the greatest, and for the greatest is added up
 *   without it; the same for h.
 * Breaks: only with e^{x_j−m}: 0 beyond a gap of 17.33 in binary16, 92.88 in
 *   bfloat16, 103.97 in binary32, 745.13 in binary64, subnormal before. */
#include "impl/formulations.h"

static real sum_without(const real *a, size_t n, size_t left_out)
{
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        if (k != left_out)
            sum_add(&sum, a[k]);
    return sum_total(&sum);
}

static size_t greatest_magnitude(const real *a, size_t n)
{
    size_t at = 0;
    for (size_t k = 1; k < n; k++)
        if (rless(rabs(a[at]), rabs(a[k])))
            at = k;
    return at;
}

void NAME(sum_of_others)(const real *x, size_t n, const real *upstream, real *gradient)
{
    size_t top = argmax(x, n), heaviest = greatest_magnitude(upstream, n);
    real m = x[top];
    for (size_t k = 0; k < n; k++)
        gradient[k] = rexp(rsub(x[k], m));
    real e_rest = sum_without(gradient, n, top), e_sum = radd(gradient[top], e_rest);
    real h_rest = sum_without(upstream, n, heaviest), h_sum = radd(upstream[heaviest], h_rest);
    for (size_t j = 0; j < n; j++) {
        real e_others = j == top ? e_rest : rsub(e_sum, gradient[j]);
        real h_others = j == heaviest ? h_rest : rsub(h_sum, upstream[j]);
        real difference = rsub(rmul(upstream[j], e_others), rmul(gradient[j], h_others));
        gradient[j] = rdiv(difference, e_sum);
    }
}
