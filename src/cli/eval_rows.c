/* The rows of xulp eval: certified digits once, then each formulation's results
 * and their errors. */
#include "cli/eval_rows.h"

#include "oracle/oracle.h"
#include "sweep/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What is being evaluated. */
struct subject {
    const struct eval_request *request;
    const struct format *format;
    const struct input_case *input;
    struct enclosure *enclosures; /* losses, then the gradient */
    size_t losses, gradient;      /* how many */
    double *kappas;               /* of the losses */
    double *results;
    struct workspace workspace;
};

static struct quantity quantity_of(const struct subject *subject, size_t i)
{
    return i < subject->losses ? quantity_loss(i) : quantity_gradient(i - subject->losses);
}

/* Certifies everything and prints its digits. */
static int evaluate_exact(struct subject *subject, struct evaluation *evaluation,
                          struct error *error)
{
    size_t count = subject->losses + subject->gradient;
    int code = OK;
    for (size_t i = 0; i < subject->losses && code == OK; i++) {
        code = oracle_certify(subject->input, quantity_loss(i), subject->format,
                              &subject->enclosures[i], error);
        subject->kappas[i] = code == OK && subject->losses == 1
                                 ? oracle_condition(subject->input, &subject->enclosures[i])
                                 : NAN;
    }
    if (code == OK && subject->gradient > 0)
        code = oracle_certify_gradient(subject->input, subject->format,
                                       subject->enclosures + subject->losses, error);
    for (size_t i = 0; i < count && code == OK; i++)
        code = oracle_decimal(subject->input, quantity_of(subject, i), EXACT_DIGITS,
                              &subject->enclosures[i], evaluation->exact[i], error);
    return code;
}

/* The rows of one quantity of one formulation, from the subject's results. */
static int add_rows(struct subject *subject, struct evaluation *evaluation, size_t index,
                    const char *quantity, bool gradient, struct error *error)
{
    size_t first = gradient ? subject->losses : 0;
    size_t count = gradient ? subject->gradient : subject->losses;
    for (size_t i = 0; i < count; i++) {
        struct eval_row *row = &evaluation->rows[evaluation->count++];
        *row = (struct eval_row){
            .formulation = formulations[index].name,
            .order = evaluation->count,
            .is_gradient = gradient,
            .exact = evaluation->exact[first + i],
            .kappa = gradient ? NAN : subject->kappas[i],
            .got = subject->results[i],
        };
        if (gradient || count > 1)
            snprintf(row->quantity, sizeof row->quantity, "%s[%zu]", quantity, i);
        else
            snprintf(row->quantity, sizeof row->quantity, "%s", quantity);
        while (!measure(&subject->enclosures[first + i], subject->format, row->got,
                        &row->measurement)) {
            int code = oracle_refine(subject->input, quantity_of(subject, first + i),
                                     &subject->enclosures[first + i], error);
            if (code != OK)
                return code;
        }
    }
    return OK;
}

static int evaluate_formulation(struct subject *subject, struct evaluation *evaluation,
                                size_t index, struct error *error)
{
    int code = formulation_loss(index, subject->format, subject->request->math, subject->input,
                                &subject->workspace, subject->results, error);
    if (code == OK)
        code = add_rows(subject, evaluation, index, measured_names[MEASURED_loss], false, error);
    for (int way = 0; way < GRADIENT_WAYS && subject->gradient > 0 && code == OK; way++) {
        if (!formulation_has_gradient(index, (enum gradient_way)way))
            continue;
        code = formulation_gradient(index, subject->format, (enum gradient_way)way, subject->input,
                                    &subject->workspace, subject->results, error);
        if (code == OK)
            code =
                add_rows(subject, evaluation, index,
                         measured_names[way == GRADIENT_chain ? MEASURED_chain : MEASURED_closed],
                         true, error);
    }
    return code;
}

bool eval_is_chosen(const struct eval_request *request, size_t formulation,
                    const struct format *format, const struct input_case *input)
{
    bool chosen = request->chosen_formulation != NULL ? request->chosen_formulation[formulation]
                                                      : formulation < formulation_count;
    return chosen && formulation_applies(formulation, format, request->math, input);
}

static bool is_chosen(const struct subject *subject, size_t index)
{
    return eval_is_chosen(subject->request, index, subject->format, subject->input);
}

static int evaluate_formulations(struct subject *subject, struct evaluation *evaluation,
                                 struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < formulation_total && code == OK; i++)
        if (is_chosen(subject, i))
            code = evaluate_formulation(subject, evaluation, i, error);
    if (code == OK && evaluation->count == 0)
        code = error_set(error, BAD_INPUT,
                         "--formulation: none of those named computes %s with these options (see "
                         "xulp list formulations)",
                         problems[subject->input->problem].name);
    return code;
}

/* Losses first, then a component of the gradient at a time: by exact value,
 * and within that in the order in which they were added. */
static int by_exact_value(const void *a, const void *b)
{
    const struct eval_row *first = a, *second = b;
    if (first->exact != second->exact)
        return first->exact < second->exact ? -1 : 1;
    return first->order < second->order ? -1 : 1;
}

static int evaluation_make(struct subject *subject, struct evaluation *evaluation,
                           struct error *error)
{
    size_t count = subject->losses + subject->gradient;
    size_t chosen = 0;
    for (size_t i = 0; i < formulation_total; i++)
        chosen += is_chosen(subject, i);
    evaluation->rows = calloc(chosen * (subject->losses + GRADIENT_WAYS * subject->gradient) + 1,
                              sizeof *evaluation->rows);
    evaluation->exact = calloc(count, sizeof *evaluation->exact);
    evaluation->table.input = case_arguments(subject->input, subject->format, SIZE_MAX);
    subject->enclosures = calloc(count, sizeof *subject->enclosures);
    subject->kappas = calloc(subject->losses, sizeof *subject->kappas);
    subject->results = calloc(count, sizeof *subject->results);
    if (evaluation->rows == NULL || evaluation->exact == NULL || evaluation->table.input == NULL ||
        subject->enclosures == NULL || subject->kappas == NULL || subject->results == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        enclosure_init(&subject->enclosures[i]);
    int code = evaluate_exact(subject, evaluation, error);
    if (code == OK)
        code = evaluate_formulations(subject, evaluation, error);
    for (size_t i = 0; i < count; i++)
        enclosure_clear(&subject->enclosures[i]);
    return code;
}

int eval_evaluate(const struct eval_request *request, const struct format *format,
                  const struct input_case *input, struct evaluation *evaluation,
                  struct error *error)
{
    struct subject subject = {
        .request = request,
        .format = format,
        .input = input,
        .losses = input_case_losses(input),
        .gradient =
            request->gradient && input->problem != PROBLEM_softmax ? input_case_values(input) : 0,
    };
    int code = evaluation_make(&subject, evaluation, error);
    free(subject.enclosures);
    free(subject.kappas);
    free(subject.results);
    workspace_clear(&subject.workspace);
    oracle_thread_done();
    qsort(evaluation->rows, evaluation->count, sizeof *evaluation->rows, by_exact_value);
    evaluation->table.format = format;
    evaluation->table.rows = evaluation->rows;
    evaluation->table.count = evaluation->count;
    return code;
}

void evaluation_clear(struct evaluation *evaluation)
{
    free((char *)evaluation->table.input);
    free(evaluation->rows);
    free(evaluation->exact);
}
