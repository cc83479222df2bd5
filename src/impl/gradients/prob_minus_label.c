/* ∂/∂p = g·(p − y)/((1 − p)·p)
 *
 * Source: the textbook.
 * Bound: 5u relative while p − y is exact, as it is for hard labels in y = 0, and
 *   in y = 1 for p ≥ ½; otherwise u/|p − y| more.
 * Breaks: p = y ∈ {0, 1}: 0/0 is NaN, where the derivative is 1 or −1 (the loss
 *   there is −log(1−p) or −log p).  p = 1 − y: ±Inf, as it should be. */
#include "impl/formulations.h"

real NAME(prob_minus_label)(real p, real y, real upstream)
{
    real variance = rmul(rsub(real_of(1), p), p);
    return rdiv(rmul(upstream, rsub(p, y)), variance);
}
