/* l_j = (x_j − m) − log Σ e^{x_k−m} for every j, then −l_t
 *
 * Source: PyTorch's LogSoftmax followed by NLLLoss, the other way that the
 *   article sets beside CrossEntropyLoss.  Two steps, and the row of
 *   log-probabilities is really formed between them.
 * Bound, Breaks: those of fused-log-softmax, whose operations on the target
 *   these are. */
#include "impl/formulations.h"

static void log_softmax(const real *x, size_t n, real *l)
{
    real m = rdetach(x[argmax(x, n)]);
    struct sum sum;
    sum_start(&sum, n);
    for (size_t k = 0; k < n; k++)
        sum_add(&sum, rexp(rsub(x[k], m)));
    real log_sum = rlog(sum_total(&sum));
    for (size_t j = 0; j < n; j++)
        l[j] = rstore(rsub(rsub(x[j], m), log_sum));
}

static real nll_loss(const real *l, size_t t)
{
    return rneg(l[t]);
}

real NAME(log_softmax_nll)(const real *x, size_t n, size_t t, real *memory)
{
    log_softmax(x, n, memory);
    return nll_loss(memory, t);
}
