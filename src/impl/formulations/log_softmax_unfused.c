/* l_j = log p_j for every j, p = softmax(x); −l_t
 *
 * Source: jnp.log(jax.nn.softmax(x)) or torch.log(softmax(x)), then the
 *   target's element (torch/nn#804).
 * Bound: that of shifted-softmax, whose loss this is.
 * Breaks: where shifted-softmax does; and the chain rule sends the derivative 0
 *   to the log of every other class: any p_j = 0, target or not, makes the
 *   whole gradient NaN by 0/0, from a gap of 17.33 in binary16, 92.88 in
 *   bfloat16, 103.97 in binary32, 745.13 in binary64, though the loss is exact
 *   (jax#17117).  A p_t below 1/largest does so by 1/p_t = ∞. */
#include "impl/formulations.h"
#include "impl/formulations/softmax_row.h"

real NAME(log_softmax_unfused)(const real *x, size_t n, size_t t, real *p)
{
    softmax_row(x, n, p);
    real l = rlog(p[t]);
    for (size_t j = 0; j < n; j++)
        if (j != t)
            l = rpick(l, rlog(p[j]));
    return rneg(l);
}
