/* The registry of formulations, and the way to each of their builds. */
#include "impl/registry.h"

#include "impl/blame.h"
#include "impl/context.h"
#include "impl/tape.h"

#include <stdlib.h>
#include <string.h>

/* One pass over the table for every summation, left to right first. */
const struct formulation formulations[] = {
#define FORMULATION(identifier, signature, memory, problem, name, closed, formula, source) \
    {name, PROBLEM_##problem, formula, source, SUMMATION_left},
#include "impl/formulations.def"
#undef FORMULATION
#define FORMULATION(identifier, signature, memory, problem, name, closed, formula, source) \
    {name "+pairwise", PROBLEM_##problem, formula, source, SUMMATION_pairwise},
#include "impl/formulations.def"
#undef FORMULATION
#define FORMULATION(identifier, signature, memory, problem, name, closed, formula, source) \
    {name "+cascade", PROBLEM_##problem, formula, source, SUMMATION_cascade},
#include "impl/formulations.def"
#undef FORMULATION
#define FORMULATION(identifier, signature, memory, problem, name, closed, formula, source) \
    {name "+neumaier", PROBLEM_##problem, formula, source, SUMMATION_neumaier},
#include "impl/formulations.def"
#undef FORMULATION
};

const size_t formulation_count = FORMULATION_COUNT;
const size_t formulation_total = sizeof formulations / sizeof *formulations;

const char *const summation_names[SUMMATION_COUNT] = {
    [SUMMATION_left] = "left",
    [SUMMATION_pairwise] = "pairwise",
    [SUMMATION_cascade] = "cascade",
    [SUMMATION_neumaier] = "neumaier",
};

const char *const gradient_way_names[GRADIENT_WAYS] = {
    [GRADIENT_chain] = "chain",
    [GRADIENT_closed] = "closed",
};

enum closed_form_id {
#define CLOSED_FORM(identifier, ...) CLOSED_FORM_##identifier,
#include "impl/closed_forms.def"
#undef CLOSED_FORM
    CLOSED_FORM_COUNT
};

const struct closed_form closed_forms[] = {
#define CLOSED_FORM(identifier, signature, formula, source) {#identifier, formula, source},
#include "impl/closed_forms.def"
#undef CLOSED_FORM
};

const size_t closed_form_count = CLOSED_FORM_COUNT;

static const enum closed_form_id closed_form_ids[FORMULATION_COUNT] = {
#define CLOSED(identifier) CLOSED_FORM_##identifier
#define NOT_CLOSED         CLOSED_FORM_COUNT
#define FORMULATION(identifier, signature, memory, problem, name, closed, ...) \
    [FORMULATION_##identifier] = closed,
#include "impl/formulations.def"
#undef FORMULATION
#undef NOT_CLOSED
#undef CLOSED
};

enum takes { TAKES_any, TAKES_weighted, TAKES_reduced };

/* What a signature takes. */
#define TAKES_row               TAKES_any
#define TAKES_guarded_row       TAKES_any
#define TAKES_row_with_memory   TAKES_any
#define TAKES_vector            TAKES_any
#define TAKES_element           TAKES_any
#define TAKES_weighted_element  TAKES_weighted
#define TAKES_batch             TAKES_reduced
#define TAKES_batch_with_memory TAKES_reduced

static const enum takes takes[FORMULATION_COUNT] = {
#define FORMULATION(identifier, signature, ...) [FORMULATION_##identifier] = TAKES_##signature,
#include "impl/formulations.def"
#undef FORMULATION
};

/* --- builds ------------------------------------------------------------------- */

#define MATH(identifier, ...)                                                                  \
    evaluate_function evaluate_binary32_##identifier, evaluate_gradient_binary32_##identifier, \
        evaluate_binary64_##identifier, evaluate_gradient_binary64_##identifier,               \
        evaluate_any_##identifier, evaluate_gradient_any_##identifier;                         \
    evaluate_block_function evaluate_block_binary32_##identifier,                              \
        evaluate_block_binary64_##identifier, evaluate_block_any_##identifier;                 \
    extern const char compiled_binary64_##identifier[];
#include "impl/maths.def"
#undef MATH

const struct math maths[MATH_COUNT] = {
#define MATH(identifier, functions, reach, name, how) \
    [MATH_##identifier] = {name, how, compiled_binary64_##identifier},
#include "impl/maths.def"
#undef MATH
};

enum carrier { CARRIER_binary32, CARRIER_binary64, CARRIER_any, CARRIER_COUNT };

/* What a math's reach makes of a build for any format. */
#define REACH_any(build)    build
#define REACH_native(build) NULL

static evaluate_function *const loss_builds[MATH_COUNT][CARRIER_COUNT] = {
#define MATH(identifier, functions, reach, ...)                                            \
    [MATH_##identifier] = {evaluate_binary32_##identifier, evaluate_binary64_##identifier, \
                           REACH_##reach(evaluate_any_##identifier)},
#include "impl/maths.def"
#undef MATH
};

static evaluate_block_function *const block_builds[MATH_COUNT][CARRIER_COUNT] = {
#define MATH(identifier, functions, reach, ...)                  \
    [MATH_##identifier] = {evaluate_block_binary32_##identifier, \
                           evaluate_block_binary64_##identifier, \
                           REACH_##reach(evaluate_block_any_##identifier)},
#include "impl/maths.def"
#undef MATH
};

static enum carrier carrier_of(const struct format *format)
{
    if (format == &formats[FORMAT_binary32])
        return CARRIER_binary32;
    return format == &formats[FORMAT_binary64] ? CARRIER_binary64 : CARRIER_any;
}

bool math_has_format(enum math_id math, const struct format *format)
{
    return loss_builds[math][carrier_of(format)] != NULL;
}

int registry_evaluate(evaluate_function *function, size_t index, const struct format *format,
                      struct evaluation *evaluation, struct error *error)
{
    impl_context_set(format, formulations[index].summation);
    evaluation->id = (enum formulation_id)formulation_base(index);
    return function(evaluation, error);
}

/* --- what the rest of the program calls --------------------------------------- */

size_t formulation_find(const char *name)
{
    size_t i = 0;
    while (i < formulation_total && strcmp(name, formulations[i].name) != 0)
        i++;
    return i;
}

size_t formulation_base(size_t index)
{
    return index % FORMULATION_COUNT;
}

void *workspace_reserve(struct workspace *workspace, size_t bytes)
{
    if (bytes > workspace->bytes) {
        free(workspace->memory);
        workspace->memory = malloc(bytes);
        workspace->bytes = workspace->memory == NULL ? 0 : bytes;
    }
    return workspace->memory;
}

void workspace_clear(struct workspace *workspace)
{
    free(workspace->memory);
    tape_free(workspace->tape);
    blame_free(workspace->blame);
    *workspace = (struct workspace){0};
}

size_t formulation_memory(enum formulation_id id, size_t N, size_t C)
{
    switch (id) {
#define FORMULATION(identifier, signature, memory, ...) \
    case FORMULATION_##identifier:                      \
        return memory;
#include "impl/formulations.def"
#undef FORMULATION
    case FORMULATION_COUNT:
        break;
    }
    (void)N, (void)C;
    return 0;
}

bool formulation_applies(size_t index, const struct format *format, enum math_id math,
                         const struct input_case *input)
{
    if (formulations[index].problem != input->problem || !math_has_format(math, format))
        return false;
    bool weighted = input->problem == PROBLEM_bce_logit && input->weights != NULL;
    enum takes what = takes[formulation_base(index)];
    if (weighted != (what == TAKES_weighted))
        return false;
    return what != TAKES_reduced || input->reduction != REDUCTION_NONE;
}

int formulation_loss(size_t index, const struct format *format, enum math_id math,
                     const struct input_case *input, struct workspace *workspace, double *losses,
                     struct error *error)
{
    struct evaluation evaluation = {.input = input, .workspace = workspace, .losses = losses};
    return registry_evaluate(loss_builds[math][carrier_of(format)], index, format, &evaluation,
                             error);
}

int formulation_block(size_t index, const struct format *format, enum math_id math,
                      const struct case_block *block, struct workspace *workspace, double *losses,
                      struct error *error)
{
    impl_context_set(format, formulations[index].summation);
    return block_builds[math][carrier_of(format)]((enum formulation_id)formulation_base(index),
                                                  block, workspace, losses, error);
}

const struct closed_form *formulation_closed_form(size_t index)
{
    enum closed_form_id id = closed_form_ids[formulation_base(index)];
    return id == CLOSED_FORM_COUNT ? NULL : &closed_forms[id];
}

bool formulation_has_gradient(size_t index, enum gradient_way way)
{
    if (formulations[index].problem == PROBLEM_softmax)
        return false; /* not a loss */
    return way == GRADIENT_chain || formulation_closed_form(index) != NULL;
}

int formulation_gradient(size_t index, const struct format *format, enum gradient_way way,
                         const struct input_case *input, struct workspace *workspace,
                         double *gradient, struct error *error)
{
    static evaluate_function *const closed[CARRIER_COUNT] = {evaluate_gradient_binary32_canonical,
                                                             evaluate_gradient_binary64_canonical,
                                                             evaluate_gradient_any_canonical};
    struct evaluation evaluation = {.input = input, .workspace = workspace, .gradient = gradient};
    if (way == GRADIENT_closed)
        return registry_evaluate(closed[carrier_of(format)], index, format, &evaluation, error);
    evaluation.losses = calloc(input_case_losses(input), sizeof *evaluation.losses);
    if (evaluation.losses == NULL)
        return error_no_memory(error);
    int code = registry_evaluate(evaluate_tape, index, format, &evaluation, error);
    free(evaluation.losses);
    return code;
}

int formulation_cost(size_t index, const struct format *format, const struct input_case *input,
                     struct workspace *workspace, struct cost *cost, struct error *error)
{
    double *losses = calloc(input_case_losses(input), sizeof *losses);
    if (losses == NULL)
        return error_no_memory(error);
    struct evaluation evaluation = {.input = input, .workspace = workspace, .losses = losses};
    int code = registry_evaluate(evaluate_counted, index, format, &evaluation, error);
    free(losses);
    cost->operations = impl_context.operations;
    cost->bytes =
        format_bytes(format) * formulation_memory((enum formulation_id)formulation_base(index),
                                                  input->rows, input->columns);
    return code;
}
