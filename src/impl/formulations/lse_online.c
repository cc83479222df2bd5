/* m + log d, m = max x_k and d = Σ e^{x_k−m} from one pass (online_pass.h)
 *
 * Source: Milakov & Gimelshein 2018 (arXiv 1805.02867, Algorithm 3); Liger's
 *   cross_entropy.py takes a block of the row for x_k.
 * Bound: the relative error of d, and u·log d + u·|L|.
 * Breaks: as lse-shifted; d is not a sum of src/impl/sum.h and has no other
 *   order.  A row that begins with −∞ is NaN: −∞ − −∞. */
#include "impl/formulations.h"
#include "impl/formulations/online_pass.h"

real NAME(lse_online)(const real *x, size_t n)
{
    struct online_pass pass = online_pass(x, n);
    return radd(pass.m, rlog(pass.d));
}
