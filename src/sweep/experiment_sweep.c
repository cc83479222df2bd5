/* The checks of one sweep: the keys its family uses, and their numbers. */
#include "sweep/experiment_check.h"

#include "core/number.h"
#include "sweep/experiment_schema.h"

#include <math.h>
#include <string.h>

/* The problem a family makes cases of, and the keys it reads.
 * FAMILY_literal fits every problem. */
static const struct family_rule {
    enum problem_id problem;
    struct key_rule keys;
} rules[FAMILY_COUNT] = {
#define RULE(family, problem, ...)                                           \
    [FAMILY_##family] = {PROBLEM_##problem, {{"name", "family", __VA_ARGS__}
    RULE(scaled, softmax_ce, "axis"), {"classes", "base", "spread", "target"}}},
    RULE(shifted, softmax_ce, "axis"), {"classes", "base", "spread", "target"}}},
    RULE(gap, softmax_ce, "axis"), {"classes", "spread", "target"}}},
    RULE(classes, softmax_ce, "axis"), {"base", "spread", "target"}}},
    RULE(masked, softmax_ce, "axis"), {"classes", "spread", "target"}}},
    RULE(probability, bce_prob, "axis", "label"), {"complement"}}},
    RULE(logit, bce_logit, "axis", "label"), {NULL}}},
    RULE(batch, bce_prob_batch, "axis", "label"), {"columns", "saturated"}}},
    RULE(literal, COUNT, "cases"), {NULL}}},
#undef RULE
};
