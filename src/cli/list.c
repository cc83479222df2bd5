/* xulp list: what there is, one a line, the name first. */
#include "cli/cli.h"

#include "core/problem.h"
#include "measure/invariant.h"
#include "sweep/onset_family.h"
#include "sweep/plan.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void list_problems(void)
{
    for (size_t i = 0; i < PROBLEM_COUNT; i++)
        printf("%s\t%s\t%s\n", problems[i].name, problems[i].inputs, problems[i].function);
}

static void list_formulations(void)
{
    for (size_t i = 0; i < formulation_count; i++)
        printf("%s\t%s\t%s\t%s\tgradient: %s\n", formulations[i].name,
               problems[formulations[i].problem].name, formulations[i].formula,
               formulations[i].source,
               formulation_closed_form(i) != NULL ? formulation_closed_form(i)->name
                                                  : "automatic differentiation alone");
}

static void list_gradients(void)
{
    for (size_t i = 0; i < closed_form_count; i++)
        printf("%s\t%s\t%s\n", closed_forms[i].name, closed_forms[i].formula,
               closed_forms[i].source);
}

static void list_formats(void)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        printf("%s\t%s\tp = %d\temin = %d\temax = %d\tcomputed in %s\tadded in %s\t%s\n",
               formats[i].name, formats[i].alias, formats[i].precision, formats[i].emin,
               formats[i].emax, formats[formats[i].computation].name,
               formats[formats[i].accumulation].name,
               formats[i].flush ? "subnormals flushed to 0" : "subnormals kept");
}

static void list_maths(void)
{
    for (size_t i = 0; i < MATH_COUNT; i++)
        printf("%s\t%s\t%s\n", maths[i].name, maths[i].how, maths[i].compiled);
}

static void list_summations(void)
{
    for (size_t i = 0; i < SUMMATION_COUNT; i++)
        printf("%s\t%s%s\n", summation_names[i], i == 0 ? "FORMULATION" : "FORMULATION+",
               i == 0 ? "" : summation_names[i]);
}

static void list_invariants(void)
{
    for (size_t i = 0; i < INVARIANT_COUNT; i++) {
        printf("%s\t%s\t", invariants[i].name,
               invariants[i].quantity == QUANTITY_LOSS ? "loss" : "gradient");
        for (size_t p = 0, printed = 0; p < PROBLEM_COUNT; p++)
            if (invariants[i].problems >> p & 1)
                printf("%s%s", printed++ == 0 ? "" : ",", problems[p].name);
        printf("\t%s\n", invariants[i].meaning);
    }
}

static int list_experiment(const char *path, struct error *error)
{
    struct experiment *experiment;
    int code = experiment_load(path, &experiment, error);
    if (code != OK)
        return code;
    struct plan plan;
    code = plan_make(experiment, &plan, error);
    if (code == OK) {
        printf("%s\t%s\t%llu cases\t%s\n", experiment->name, problems[experiment->problem].name,
               (unsigned long long)plan.cases, experiment->title);
        plan_clear(&plan);
    }
    experiment_free(experiment);
    return code;
}

static int list_experiments(struct error *error)
{
    char *share, *pattern;
    int code = cli_share_directory(&share, error);
    if (code != OK)
        return code;
    int length = asprintf(&pattern, "%s/experiments/*.yaml", share);
    free(share);
    if (length < 0)
        return error_no_memory(error);
    glob_t found;
    int status = glob(pattern, 0, NULL, &found);
    for (size_t i = 0; status == 0 && code == OK && i < found.gl_pathc; i++)
        code = list_experiment(found.gl_pathv[i], error);
    if (status == GLOB_NOMATCH)
        code = error_set(error, BAD_INPUT, "%s: there are none", pattern);
    else if (status != 0)
        code = error_set(error, MACHINE_FAILED, "%s: cannot be read", pattern);
    else
        globfree(&found);
    free(pattern);
    return code;
}

static void list_families(void)
{
    for (size_t i = 0; i < onset_family_count; i++)
        printf("%s\t%s\n", onset_families[i].name, onset_families[i].what);
}

static const struct {
    const char *what;
    void (*print)(void);
} lists[] = {
    {"problems", list_problems},   {"formulations", list_formulations},
    {"gradients", list_gradients}, {"formats", list_formats},
    {"maths", list_maths},         {"summations", list_summations},
    {"families", list_families},   {"invariants", list_invariants},
};

struct list_arguments {
    const char *what;
    struct error *error;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct list_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (arguments->what != NULL)
            return error_set(arguments->error, BAD_INPUT, "list takes one word, not '%s' too",
                             argument);
        arguments->what = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_list(int argc, char **argv, struct error *error)
{
    static const struct argp argp = {
        .parser = parse_option,
        .args_doc = "problems|formulations|gradients|formats|maths|summations|families|invariants|"
                    "experiments",
        .doc = "List what there is, one a line: the name, then tab-separated facts.",
    };
    struct list_arguments arguments = {.error = error};
    int code = cli_parse(&argp, argc, argv, &arguments, error);
    if (code != OK)
        return code;
    if (arguments.what != NULL && strcmp(arguments.what, "experiments") == 0)
        return list_experiments(error);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (arguments.what != NULL && strcmp(arguments.what, lists[i].what) == 0) {
            lists[i].print();
            return OK;
        }
    struct error_names names = {0};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        error_names_add(&names, lists[i].what);
    error_names_add(&names, "experiments");
    return error_set(error, BAD_INPUT, "list: say what: %s", names.text);
}
