/* Units of exhaustive runs from lists. */
#include "cli/units.h"

#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_UNITS = 1 << 14 };

/* What the lists are being made into. */
struct choice {
    const struct problem *problem; /* NULL: not yet known */
    size_t *formulations;
    size_t formulation_count;
    bool formats[FORMAT_COUNT], constants[2];
};

static int add_formulation(void *context, const char *name, struct error *error)
{
    struct choice *choice = context;
    size_t index = formulation_find(name);
    if (index == formulation_total)
        return error_set(error, BAD_INPUT,
                         "--formulation: unknown formulation '%s' (see xulp list formulations)",
                         name);
    if (choice->problem == NULL)
        choice->problem = &problems[formulations[index].problem];
    if (&problems[formulations[index].problem] != choice->problem)
        return error_set(error, BAD_INPUT, "--formulation: %s computes %s, not %s", name,
                         problems[formulations[index].problem].name, choice->problem->name);
    for (size_t i = 0; i < choice->formulation_count; i++)
        if (choice->formulations[i] == index)
            return OK;
    choice->formulations[choice->formulation_count++] = index;
    return OK;
}

/* All of the problem that add left to right and take no options. */
static void add_all(struct choice *choice, enum math_id math)
{
    for (size_t i = 0; i < formulation_count; i++) {
        const struct exhaustive_unit unit = {.formulation = i, .format = &formats[FORMAT_binary32]};
        static const double values[2];
        if (&problems[formulations[i].problem] != choice->problem)
            continue;
        const struct input_case input = exhaustive_input(&unit, values);
        if (formulation_applies(i, unit.format, math, &input))
            choice->formulations[choice->formulation_count++] = i;
    }
}

static int choose_formulations(const struct unit_lists *lists, struct choice *choice,
                               struct error *error)
{
    int code = OK;
    if (lists->problem != NULL)
        code = cli_problem(lists->problem, &choice->problem, error);
    choice->formulations = calloc(formulation_total, sizeof *choice->formulations);
    if (code == OK && choice->formulations == NULL)
        return error_no_memory(error);
    bool all = lists->formulations == NULL || strcmp(lists->formulations, "all") == 0;
    if (code == OK && !all)
        return cli_each("--formulation", lists->formulations, add_formulation, choice, error);
    if (code == OK && choice->problem == NULL)
        return error_set(error, BAD_INPUT,
                         "exhaustive: say which problem (bce-logit, bce-prob, softmax-ce), or name "
                         "formulations by --formulation");
    if (code == OK)
        add_all(choice, lists->math);
    return code;
}

static int add_format(void *context, const char *name, struct error *error)
{
    struct choice *choice = context;
    const struct format *format;
    int code = cli_format("--format", name, &format, error);
    if (code == OK)
        choice->formats[format_id_of(format)] = true;
    return code;
}

static int add_constant(void *context, const char *name, struct error *error)
{
    struct choice *choice = context;
    if (strcmp(name, "0") != 0 && strcmp(name, "1") != 0)
        return error_set(error, BAD_INPUT, "--label and --target: '%s' is not 0 or 1", name);
    choice->constants[name[0] == '1'] = true;
    return OK;
}

static int choose_constants(const struct unit_lists *lists, struct choice *choice,
                            struct error *error)
{
    bool pairs = choice->problem == &problems[PROBLEM_softmax_ce];
    if ((pairs ? lists->labels : lists->targets) != NULL)
        return error_set(error, BAD_INPUT, "%s takes %s, not %s", choice->problem->name,
                         pairs ? "--target" : "--label", pairs ? "--label" : "--target");
    const char *list = pairs ? lists->targets : lists->labels;
    return cli_each(pairs ? "--target" : "--label", list == NULL ? "0,1" : list, add_constant,
                    choice, error);
}

static int read_binades(const char *text, struct binades *binades, struct error *error)
{
    int length = 0;
    *binades = (struct binades){.all = text == NULL};
    if (text == NULL ||
        (sscanf(text, "%6d:%6d%n", &binades->least, &binades->greatest, &length) == 2 &&
         text[length] == '\0'))
        return OK;
    return error_set(error, BAD_INPUT,
                     "--binades: '%s' is not LO:HI, two exponents: 2^LO ≤ |x| < 2^(HI + 1)", text);
}

static int combine(const struct unit_lists *lists, const struct choice *choice,
                   struct exhaustive_unit *units, size_t *count, struct error *error)
{
    struct exhaustive_unit unit = {.math = lists->math};
    int code = read_binades(lists->binades, &unit.binades, error);
    *count = 0;
    for (size_t f = 0; f < choice->formulation_count; f++)
        for (size_t format = 0; format < FORMAT_COUNT; format++)
            for (int constant = 0; constant < 2 && code == OK; constant++) {
                if (!choice->formats[format] || !choice->constants[constant])
                    continue;
                unit.formulation = choice->formulations[f];
                unit.format = &formats[format];
                if (exhaustive_columns(&unit) == 2)
                    unit.target = (size_t)constant;
                else
                    unit.label = constant;
                code = exhaustive_check(&unit, error);
                units[(*count)++] = unit;
            }
    *count = exhaustive_sort(units, *count);
    return code;
}

int units_make(const struct unit_lists *lists, struct exhaustive_unit **units, size_t *count,
               struct error *error)
{
    struct choice choice = {0};
    int code = choose_formulations(lists, &choice, error);
    bool pairs = choice.problem == &problems[PROBLEM_softmax_ce];
    const char *usual = pairs ? "binary16" : "binary32";
    if (code == OK)
        code = cli_each("--format", lists->formats == NULL ? usual : lists->formats, add_format,
                        &choice, error);
    if (code == OK)
        code = choose_constants(lists, &choice, error);
    if (code == OK) {
        *units = calloc(2 * FORMAT_COUNT * choice.formulation_count + 1, sizeof **units);
        code =
            *units == NULL ? error_no_memory(error) : combine(lists, &choice, *units, count, error);
    }
    if (code == OK && *count == 0) /* another problem */
        code = error_set(error, BAD_INPUT,
                         "exhaustive: runs bce-logit, bce-prob and softmax-ce of two classes, not "
                         "%s",
                         choice.problem->name);
    free(choice.formulations);
    return code;
}
