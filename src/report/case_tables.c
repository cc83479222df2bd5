/* The table of the cases that have a source: one number of each, the loss or a
 * component of the gradient, by every formulation, beside its exact value.
 *
 * A tally keeps errors and no results, so the cases are computed once more;
 * they are few. */
#include "report/case_tables.h"

#include "core/file.h"
#include "core/number.h"
#include "measure/assert_close.h"
#include "report/case_text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXACT_DIGITS = 20, EXACT_TEXT = EXACT_DIGITS + 32 };

/* The case at hand, and what it takes to compute it. */
struct subject {
    const struct plan *plan;
    const struct segment *segment;
    const struct literal *literal;
    uint64_t number;
    struct case_store store;
    struct workspace workspace;
    struct quantity quantity;
    struct enclosure enclosure;
    char exact[EXACT_TEXT];
    double *results; /* losses, or a gradient */
    enum math_id math;
    FILE *out;
};

/* Text of an experiment file, which may hold line ends and tabs. */
static void print_text(FILE *out, const char *text)
{
    fputc('\t', out);
    for (; text != NULL && *text != '\0'; text++)
        fputc(iscntrl((unsigned char)*text) ? ' ' : *text, out);
}

static void print_error(FILE *out, double x)
{
    if (isnan(x))
        fputs("\tnan", out);
    else
        fprintf(out, "\t%.6g", x);
}

static bool is_model(const struct provenance *provenance, size_t formulation)
{
    for (uint32_t i = 0; i < provenance->models_count; i++)
        if (formulation_find(provenance->models[i]) == formulation)
            return true;
    return false;
}

static int print_input(const struct subject *subject, struct error *error)
{
    char *text;
    int code = case_text(subject->plan, subject->number, &subject->store.input,
                         subject->segment->format, &text, error);
    if (code != OK)
        return code;
    fprintf(subject->out, "\t%s", text);
    free(text);
    return OK;
}

static int print_row(const struct subject *subject, size_t formulation, enum measured measured,
                     const struct measurement *measurement, bool passes, struct error *error)
{
    const struct sweep *sweep = subject->segment->sweep;
    const struct format *format = subject->segment->format;
    const char *observed = subject->literal->observed != NULL ? subject->literal->observed
                                                              : sweep->provenance.observed;
    double got = subject->results[subject->quantity.index];
    char hex[NUMBER_TEXT], decimal[NUMBER_TEXT];
    FILE *out = subject->out;
    number_hex(got, hex);
    number_decimal(format, got, decimal);
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%llu", subject->plan->experiment->name, sweep->name,
            format->name, formulations[formulation].name, measured_names[measured],
            (unsigned long long)subject->number);
    fprintf(out, measured == MEASURED_loss ? "\t" : "\t%zu", subject->quantity.index);
    print_text(out, sweep->provenance.source);
    print_text(out, subject->literal->name);
    print_text(out, observed);
    print_text(out, sweep->provenance.note);
    int code = print_input(subject, error);
    fprintf(out, "\t%s\t%s\t%s\t%s", subject->exact, decimal, hex, class_names[measurement->class]);
    print_error(out, measurement->ulp_error);
    print_error(out, measurement->rel_error);
    fprintf(out, "\t%s\t%s\n", passes ? "passes" : "fails",
            is_model(&sweep->provenance, formulation) ? "yes" : "no");
    return code;
}

static int compute(struct subject *subject, size_t formulation, enum measured measured,
                   struct error *error)
{
    const struct format *format = subject->segment->format;
    if (measured == MEASURED_loss)
        return formulation_loss(formulation, format, subject->math, &subject->store.input,
                                &subject->workspace, subject->results, error);
    enum gradient_way way = measured == MEASURED_chain ? GRADIENT_chain : GRADIENT_closed;
    return formulation_gradient(formulation, format, way, &subject->store.input,
                                &subject->workspace, subject->results, error);
}

static int compute_row(struct subject *subject, size_t formulation, enum measured measured,
                       struct error *error)
{
    const struct format *format = subject->segment->format;
    struct measurement measurement;
    bool passes;
    int code = compute(subject, formulation, measured, error);
    if (code != OK)
        return code;
    double got = subject->results[subject->quantity.index];
    while (!measure(&subject->enclosure, format, got, &measurement) ||
           !assert_close_passes(&subject->enclosure, format, got, &passes)) {
        code = oracle_refine(&subject->store.input, subject->quantity, &subject->enclosure, error);
        if (code != OK)
            return code;
    }
    return print_row(subject, formulation, measured, &measurement, passes, error);
}

/* The rows of one formulation: its loss, or its gradient in every way it has. */
static int compute_formulation(struct subject *subject, size_t formulation, struct error *error)
{
    const struct input_case *input = &subject->store.input;
    if (!formulation_applies(formulation, subject->segment->format, subject->math, input))
        return OK;
    if (subject->quantity.kind == QUANTITY_LOSS)
        return compute_row(subject, formulation, MEASURED_loss, error);
    int code = OK;
    if (formulation_has_gradient(formulation, GRADIENT_chain))
        code = compute_row(subject, formulation, MEASURED_chain, error);
    if (code == OK && formulation_has_gradient(formulation, GRADIENT_closed))
        code = compute_row(subject, formulation, MEASURED_closed, error);
    return code;
}

static int compute_case(struct subject *subject, struct error *error)
{
    const struct experiment *experiment = subject->plan->experiment;
    const struct provenance *provenance = &subject->segment->sweep->provenance;
    struct place place;
    int code = plan_case(subject->plan, subject->number, &subject->store, &place, error);
    if (code != OK)
        return code;
    const struct input_case *input = &subject->store.input;
    subject->quantity = (struct quantity){provenance->quantity, provenance->component};
    subject->results = calloc(input_case_values(input), sizeof *subject->results);
    if (subject->results == NULL)
        return error_no_memory(error);
    code = oracle_certify(input, subject->quantity, subject->segment->format, &subject->enclosure,
                          error);
    if (code == OK)
        code = oracle_decimal(input, subject->quantity, EXACT_DIGITS, &subject->enclosure,
                              subject->exact, error);
    for (uint32_t f = 0; f < experiment->formulations_count && code == OK; f++)
        code = compute_formulation(subject, experiment->formulations[f], error);
    free(subject->results);
    return code;
}

static int write_rows(const struct plan *plan, enum math_id math, FILE *out, struct error *error)
{
    struct subject subject = {.plan = plan, .math = math, .out = out};
    int code = OK;
    fputs("experiment\tsweep\tformat\tformulation\tquantity\tcase\tcomponent\tsource\tname\t"
          "observed\tnote\tinput\texact\tgot\tgot_hex\tclass\tulp_error\trel_error\tassert_close\t"
          "models\n",
          out);
    enclosure_init(&subject.enclosure);
    size_t sweeps = plan->experiment->sweeps_count, columns = plan->experiment->formats_count;
    for (size_t s = 0; s < plan->segment_count && code == OK; s++) {
        /* In the order of the file, and a sweep's formats side by side. */
        subject.segment = &plan->segments[s % columns * sweeps + s / columns];
        if (subject.segment->sweep->provenance.source == NULL)
            continue;
        for (uint64_t i = 0; i < subject.segment->cases && code == OK; i++) {
            subject.literal = &subject.segment->sweep->cases[i];
            subject.number = subject.segment->first_case + i;
            code = compute_case(&subject, error);
        }
    }
    enclosure_clear(&subject.enclosure);
    case_store_clear(&subject.store);
    workspace_clear(&subject.workspace);
    return code;
}

static bool has_source(const struct experiment *experiment)
{
    for (uint32_t i = 0; i < experiment->sweeps_count; i++)
        if (experiment->sweeps[i].provenance.source != NULL)
            return true;
    return false;
}

int case_tables_write(const struct plan *plan, enum math_id math, const char *directory,
                      struct error *error)
{
    if (!has_source(plan->experiment))
        return OK;
    char *name;
    if (asprintf(&name, "%s.cases.tsv", plan->experiment->name) < 0)
        return error_no_memory(error);
    struct output output;
    int code = output_open(&output, directory, name, error);
    free(name);
    if (code != OK)
        return code;
    code = write_rows(plan, math, output.stream, error);
    if (code == OK)
        return output_commit(&output, error);
    output_abandon(&output);
    return code;
}
