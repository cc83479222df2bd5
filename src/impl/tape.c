/* The tape: every operation that depends on an input is a node that keeps its
 * operands' values; backward, from the last node to the first, each passes its
 * derivative on by the formula that PyTorch uses (tools/autograd/
 * derivatives.yaml), every operation rounded to the format of the computation.
 * A node with several uses adds their derivatives in the order in which they
 * arrive, the last use first.
 *
 * A derivative of 0 is passed on like any other, so that 0·∞ is NaN, as in
 * automatic differentiation; what the loss does not use is not visited. */
#include "impl/tape.h"

#include "impl/context.h"
#include "impl/elementary.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

struct node {
    enum tape_operation operation;
    uint32_t a, b;           /* operands' nodes; 0: constants */
    double a_value, b_value; /* b_value of a clamp: whether a was inside */
    double value;
    double derivative;
    bool reached;
};

struct tape {
    struct node *nodes; /* nodes[0] stands for constants */
    size_t count, capacity;
    size_t inputs;
    bool failed; /* for want of memory */
};

static _Thread_local struct tape *tape;

enum { FIRST_CAPACITY = 1024 };

int tape_begin(struct workspace *workspace, size_t inputs, struct error *error)
{
    if (workspace->tape == NULL)
        workspace->tape = calloc(1, sizeof *workspace->tape);
    tape = workspace->tape;
    if (tape == NULL)
        return error_no_memory(error);
    tape->count = 1;
    tape->inputs = inputs;
    tape->failed = false;
    return OK;
}

void tape_free(struct tape *freed)
{
    if (freed != NULL)
        free(freed->nodes);
    free(freed);
}

static struct tape_number record(enum tape_operation operation, double value, struct tape_number a,
                                 struct tape_number b)
{
    if (tape->count >= tape->capacity) {
        size_t capacity = 2 * tape->capacity + FIRST_CAPACITY;
        struct node *nodes = realloc(tape->nodes, capacity * sizeof *nodes);
        if (nodes == NULL || capacity > UINT32_MAX) {
            tape->failed = true;
            if (nodes != NULL)
                tape->nodes = nodes;
            return (struct tape_number){value, 0};
        }
        tape->nodes = nodes;
        tape->capacity = capacity;
    }
    tape->nodes[tape->count] =
        (struct node){operation, a.node, b.node, a.value, b.value, value, 0, false};
    return (struct tape_number){value, (uint32_t)tape->count++};
}

static double rounded(double x)
{
    return context_round(impl_context.computation, x);
}

struct tape_number tape_input(double value, size_t i)
{
    (void)i; /* inputs come in order: node i + 1 */
    struct tape_number nothing = {0, 0};
    return record(TAPE_input, value, nothing, nothing);
}

static double unary_value(enum tape_operation operation, double a)
{
    const struct format *computation = impl_context.computation;
    switch (operation) {
    case TAPE_round:
        return rounded(a);
    case TAPE_store:
        return context_round(impl_context.storage, a);
    case TAPE_exp:
        return rounded(rounded_exp(computation, a));
    case TAPE_exp2:
        return rounded(rounded_exp2(computation, a));
    case TAPE_expm1:
        return rounded(rounded_expm1(computation, a));
    case TAPE_log:
        return rounded(rounded_log(computation, a));
    case TAPE_log1p:
        return rounded(rounded_log1p(computation, a));
    case TAPE_neg:
        return -a;
    default: /* abs */
        return a < 0 ? -a : a;
    }
}

static double binary_value(enum tape_operation operation, double a, double b)
{
    switch (operation) {
    case TAPE_add:
        return rounded(a + b);
    case TAPE_acc:
        return context_round(impl_context.accumulation, a + b);
    case TAPE_sub:
        return rounded(a - b);
    case TAPE_mul:
        return rounded(a * b);
    case TAPE_div:
        return rounded(a / b);
    case TAPE_max:
        return a < b ? b : a;
    case TAPE_min:
        return b < a ? b : a;
    default: /* pick, derived */
        return a;
    }
}

struct tape_number tape_unary(enum tape_operation operation, struct tape_number a)
{
    double value = unary_value(operation, a.value);
    struct tape_number nothing = {0, 0};
    return a.node == 0 ? (struct tape_number){value, 0} : record(operation, value, a, nothing);
}

struct tape_number tape_binary(enum tape_operation operation, struct tape_number a,
                               struct tape_number b)
{
    double value = binary_value(operation, a.value, b.value);
    return a.node == 0 && b.node == 0 ? (struct tape_number){value, 0}
                                      : record(operation, value, a, b);
}

struct tape_number tape_clamp(struct tape_number a, double low, double high)
{
    double value = a.value < low ? low : high < a.value ? high : a.value;
    bool inside = a.value >= low && a.value <= high;
    struct tape_number was_inside = {inside, 0};
    return a.node == 0 ? (struct tape_number){value, 0} : record(TAPE_clamp, value, a, was_inside);
}

/* --- backward ----------------------------------------------------------------- */

static void pass(uint32_t to, double derivative)
{
    struct node *node = &tape->nodes[to];
    if (to == 0)
        return;
    node->derivative = node->reached ? rounded(node->derivative + derivative) : derivative;
    node->reached = true;
}

/* g by a, for the operations of one operand. */
static double unary_derivative(const struct node *node, double g)
{
    switch (node->operation) {
    case TAPE_round:
        return rounded(g);
    case TAPE_store: /* gradients between kernels are stored like values */
        return context_round(impl_context.storage, g);
    case TAPE_exp:
        return rounded(g * node->value);
    case TAPE_exp2:
        return rounded(rounded(g * node->value) * rounded(0x1.62e42fefa39efp-1 /* ln 2 */));
    case TAPE_expm1:
        return rounded(g * rounded(node->value + 1));
    case TAPE_log:
        return rounded(g / node->a_value);
    case TAPE_log1p:
        return rounded(g / rounded(node->a_value + 1));
    case TAPE_neg:
        return -g;
    case TAPE_clamp: /* a mask, not a product */
        return node->b_value != 0 ? g : 0;
    default: /* abs: g·sign */
        return node->a_value > 0 ? g : node->a_value < 0 ? -g : rounded(g * node->a_value);
    }
}

/* The greater (max) or less (min) gets all, both half where they are equal. */
static void pass_extreme(const struct node *node, double g)
{
    double a = node->a_value, b = node->b_value;
    bool a_wins = node->operation == TAPE_max ? a > b : a < b;
    bool equal = a == b;
    pass(node->a, equal ? rounded(g / 2) : a_wins ? g : 0);
    pass(node->b, equal ? rounded(g / 2) : a_wins ? 0 : g);
}

static void pass_on(const struct node *node, double g)
{
    double a = node->a_value, b = node->b_value;
    switch (node->operation) {
    case TAPE_input:
        break;
    case TAPE_add:
    case TAPE_acc:
        pass(node->a, g);
        pass(node->b, g);
        break;
    case TAPE_sub:
        pass(node->a, g);
        pass(node->b, -g);
        break;
    case TAPE_mul:
        pass(node->a, rounded(g * b));
        pass(node->b, rounded(g * a));
        break;
    case TAPE_div: /* −g·((a/b)/b) */
        pass(node->a, rounded(g / b));
        pass(node->b, rounded(-g * rounded(rounded(a / b) / b)));
        break;
    case TAPE_max:
    case TAPE_min:
        pass_extreme(node, g);
        break;
    case TAPE_pick:
        pass(node->a, g);
        pass(node->b, 0);
        break;
    case TAPE_derived:
        pass(node->b, g);
        break;
    default:
        pass(node->a, unary_derivative(node, g));
    }
}

int tape_gradient(struct tape_number loss, double *gradient, struct error *error)
{
    if (tape->failed)
        return error_no_memory(error);
    if (gradient == NULL)
        return OK;
    pass(loss.node, 1);
    for (size_t i = tape->count - 1; i > tape->inputs; i--)
        if (tape->nodes[i].reached)
            pass_on(&tape->nodes[i], tape->nodes[i].derivative);
    for (size_t i = 0; i < tape->inputs; i++) {
        const struct node *node = &tape->nodes[i + 1];
        gradient[i] = node->reached ? context_round(impl_context.storage, node->derivative) : 0;
    }
    return OK;
}
