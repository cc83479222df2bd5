/* Cases as data: the inputs of the rows of tests, written out. */
#ifndef XULP_TESTS_INPUT_ROWS_H
#define XULP_TESTS_INPUT_ROWS_H

#include "core/problem.h"

#define SUM       REDUCTION_SUM
#define MEAN      REDUCTION_MEAN
#define NONE      REDUCTION_NONE
#define IGNORED   TARGET_IGNORED
#define LARGEST   0x1.fffffffffffffp+1023
#define LARGEST32 0x1.fffffep+127

#define LIST(...)  ((const double[]){__VA_ARGS__})
#define INDEX(...) ((const size_t[]){__VA_ARGS__})

/* Every field of a case but its values, which come last. */
#define CASE(problem_, how, n, m, label_list, target_list, weight_list, smoothing, ...) \
    {                                                                                   \
        .problem = PROBLEM_##problem_, .reduction = how, .rows = n, .columns = m,       \
        .values = LIST(__VA_ARGS__), .labels = label_list, .targets = target_list,      \
        .weights = weight_list, .label_smoothing = smoothing                            \
    }

/* softmax-ce: hard targets, soft targets q; then with options. */
#define CE(how, n, m, targets, ...) CASE(softmax_ce, how, n, m, NULL, targets, NULL, 0, __VA_ARGS__)
#define CE_WITH(how, n, m, targets, weights, smoothing, ...) \
    CASE(softmax_ce, how, n, m, NULL, targets, weights, smoothing, __VA_ARGS__)
#define SOFT(how, n, m, q, weights, smoothing, ...) \
    CASE(softmax_ce, how, n, m, q, NULL, weights, smoothing, __VA_ARGS__)
#define ROW(m, target, ...) CE(SUM, 1, m, INDEX(target), __VA_ARGS__)

#define STABLE(how, n, m, targets, ...) \
    CASE(stablemax_ce, how, n, m, NULL, targets, NULL, 0, __VA_ARGS__)
#define LSE(how, n, m, ...)     CASE(log_sum_exp, how, n, m, NULL, NULL, NULL, 0, __VA_ARGS__)
#define SOFTMAX(m, target, ...) CASE(softmax, SUM, 1, m, NULL, INDEX(target), NULL, 0, __VA_ARGS__)

#define BATCH(how, n, m, labels, ...) \
    CASE(bce_prob_batch, how, n, m, labels, NULL, NULL, 0, __VA_ARGS__)
#define PROBS(how, n, m, labels, ...) CASE(bce_prob, how, n, m, labels, NULL, NULL, 0, __VA_ARGS__)
#define PROB(p, y)                    PROBS(SUM, 1, 1, LIST(y), p)
#define LOGITS(how, n, m, labels, weights, ...) \
    CASE(bce_logit, how, n, m, labels, NULL, weights, 0, __VA_ARGS__)
#define LOGIT(x, y) LOGITS(SUM, 1, 1, LIST(y), NULL, x)

#endif
