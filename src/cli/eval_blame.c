/* xulp eval --blame: the roundings of each formulation, and what each alone
 * does to the loss of this input. */
#include "cli/eval_blame.h"

#include "core/number.h"
#include "sweep/attribute.h"
#include "sweep/case_store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one input in one format is printed with. */
struct printer {
    enum eval_style style;
    const struct format *format;
    const char *input; /* the arguments that give it back */
};

enum { LONGEST_INPUT_SHOWN = 400, LONGEST_OPERATION = 200, LONGEST_PLACE = 200 };

static void ulp_text(double ulp, char text[NUMBER_TEXT])
{
    if (isnan(ulp))
        snprintf(text, NUMBER_TEXT, "nan");
    else
        snprintf(text, NUMBER_TEXT, "%.6g", ulp);
}

static void place_text(const struct rounding *site, char text[LONGEST_PLACE])
{
    if (site->line > 0)
        snprintf(text, LONGEST_PLACE, "%s:%d", site->file, site->line);
    else
        snprintf(text, LONGEST_PLACE, "%s", site->file);
}

static void print_row(const struct printer *printer, const char *formulation, const char *kind,
                      const char *operation, const char *place, double ulp, const char *class)
{
    char text[NUMBER_TEXT];
    ulp_text(ulp, text);
    if (printer->style == EVAL_TSV)
        printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", formulation, printer->format->name, kind,
               operation, place, text, class, printer->input);
    else
        printf("  %-10s %-36s %12s  %-13s %s\n", kind, operation, text, class, place);
}

static void print_attribution(const struct printer *printer, const char *formulation,
                              const struct attribution *attribution)
{
    char operation[LONGEST_OPERATION], place[LONGEST_PLACE], got[NUMBER_TEXT];
    number_decimal(printer->format, attribution->got, got);
    if (printer->style == EVAL_TEXT)
        printf("\n%s: %s\n", formulation, got);
    for (size_t i = 0; i < attribution->count; i++) {
        const struct part *part = &attribution->parts[i];
        rounding_formula(part->site, operation, sizeof operation);
        place_text(part->site, place);
        print_row(printer, formulation, part->site->kind, operation, place, part->ulp,
                  class_names[part->class]);
    }
    if (attribution->formula != 0)
        print_row(printer, formulation, "formula", "what is computed without roundings", "",
                  attribution->formula, "");
    print_row(printer, formulation, "total", "all of them on", "", attribution->total,
              class_names[attribution->class]);
    print_row(printer, formulation, "remainder", "total - sum of the parts", "",
              attribution->remainder, "");
}

static void print_head(const struct printer *printer, const char *exact)
{
    bool cut = strlen(printer->input) > LONGEST_INPUT_SHOWN;
    if (printer->style == EVAL_TSV)
        return;
    printf("input  %.*s%s\nexact  %s\n", LONGEST_INPUT_SHOWN, printer->input,
           cut ? "… (whole in --tsv)" : "", exact);
    printf("\n  %-10s %-36s %12s  %-13s %s\n", "rounding", "operation", "alone, ulp", "class",
           "place");
}

static int print_formulations(const struct printer *printer, const struct input_case *input,
                              const struct eval_request *request, struct enclosure *enclosure,
                              struct error *error)
{
    struct workspace workspace = {0};
    int code = OK;
    bool any = false, there = true;
    for (size_t i = 0; i < formulation_total && code == OK && there; i++) {
        struct attribution attribution;
        if (!eval_is_chosen(request, i, printer->format, input))
            continue;
        any = true;
        code = attribute(i, printer->format, input, enclosure, &workspace, &attribution, &there,
                         error);
        if (code == OK && there)
            print_attribution(printer, formulations[i].name, &attribution);
    }
    workspace_clear(&workspace);
    if (code == OK && !any)
        return error_set(error, BAD_INPUT,
                         "--formulation: none of those named computes %s with these options (see "
                         "xulp list formulations)",
                         problems[input->problem].name);
    return code;
}

int eval_blame_begin(enum eval_style style, enum math_id math, enum reduction reduction,
                     struct error *error)
{
    if (style == EVAL_JSON)
        return error_set(error, BAD_INPUT, "--blame prints text or --tsv, not --json");
    if (math != MATH_canonical)
        return error_set(error, BAD_INPUT,
                         "--blame leaves out canonical roundings, not those of "
                         "--math %s",
                         maths[math].name);
    if (reduction == REDUCTION_NONE)
        return error_set(error, BAD_INPUT, "--blame takes one loss: --reduction sum or mean");
    if (style == EVAL_TSV)
        puts("formulation\tformat\tkind\toperation\tplace\town_ulp\tclass\tinput");
    return OK;
}

int eval_blame(enum eval_style style, const struct eval_request *request,
               const struct format *format, const struct input_case *input, struct error *error)
{
    char exact[EXACT_DIGITS + 32];
    struct printer printer = {style, format, case_arguments(input, format, SIZE_MAX)};
    struct enclosure enclosure;
    if (printer.input == NULL)
        return error_no_memory(error);
    if (input->reduction == REDUCTION_NONE) { /* a case of an experiment */
        free((char *)printer.input);
        return error_set(error, BAD_INPUT, "--blame takes one loss: this case is not reduced");
    }
    enclosure_init(&enclosure);
    int code = oracle_certify(input, quantity_loss(0), format, &enclosure, error);
    if (code == OK)
        code = oracle_decimal(input, quantity_loss(0), EXACT_DIGITS, &enclosure, exact, error);
    if (code == OK && enclosure.kind != EXACT_TRANSCENDENTAL && enclosure.kind != EXACT_RATIONAL)
        code = error_set(error, BAD_INPUT,
                         "--blame: the exact value is not a finite number: there is no error in "
                         "ulp to share out");
    if (code == OK) {
        print_head(&printer, exact);
        code = print_formulations(&printer, input, request, &enclosure, error);
    }
    enclosure_clear(&enclosure);
    oracle_thread_done();
    free((char *)printer.input);
    return code;
}
