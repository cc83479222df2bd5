/* The checks of one sweep: the keys its family uses, and their numbers. */
#include "sweep/experiment_check.h"

#include "core/number.h"
#include "sweep/experiment_schema.h"

#include <math.h>
#include <string.h>

/* The problems a family makes cases of, and the keys it takes. */
enum makes { MAKES_row, MAKES_rows, MAKES_probability, MAKES_logit, MAKES_batch, MAKES_any };

#define CLASS_OPTIONS "reduction", "soft", "ignored", "weights", "label-smoothing"

static const struct family_rule {
    enum makes makes;
    struct key_rule keys;
} rules[FAMILY_COUNT] = {
#define RULE(family, makes, required, ...) \
    [FAMILY_##family] = {                  \
        MAKES_##makes,                     \
        {2 + (required), {"name", "family", __VA_ARGS__, "problem", "formats", "blame"}}}
    RULE(scaled, row, 1, "axis", "classes", "base", "spread", "target", CLASS_OPTIONS),
    RULE(shifted, row, 1, "axis", "classes", "base", "spread", "target", CLASS_OPTIONS),
    RULE(gap, row, 1, "axis", "classes", "spread", "target", CLASS_OPTIONS),
    RULE(classes, row, 1, "axis", "base", "spread", "target", CLASS_OPTIONS),
    RULE(masked, row, 1, "axis", "classes", "spread", "target", CLASS_OPTIONS),
    RULE(rows, rows, 1, "axis", "classes", "spread", "target", CLASS_OPTIONS),
    RULE(probability, probability, 2, "axis", "label", "complement"),
    RULE(logit, logit, 2, "axis", "label", "pos-weight"),
    RULE(logits, logit, 2, "axis", "label", "spread", "columns", "reduction", "pos-weight"),
    RULE(batch, batch, 2, "axis", "label", "columns", "saturated", "reduction"),
    RULE(literal, any, 1, "cases", "source", "observed", "note", "models", "quantity", "component"),
#undef RULE
};

static bool makes_problem(enum makes makes, enum problem_id problem)
{
    switch (makes) {
    case MAKES_row:
        return problem_has_rows(problem);
    case MAKES_rows: /* softmax is a component of one row */
        return problem_has_rows(problem) && problem != PROBLEM_softmax;
    case MAKES_probability:
        return problem == PROBLEM_bce_prob;
    case MAKES_logit:
        return problem == PROBLEM_bce_logit;
    case MAKES_batch:
        return problem == PROBLEM_bce_prob_batch || problem == PROBLEM_bce_prob;
    case MAKES_any:
        break;
    }
    return true;
}

static const yaml_node_t *value(const struct sweep_place *at, const char *key)
{
    return yaml_file_value(at->file, at->node, key);
}

bool name_is_plain(const char *name, size_t length)
{
    return length > 0 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length;
}

int keys_check(const struct yaml_file *file, const yaml_node_t *mapping, const char *kind,
               const char *name, const struct key_rule *rule, struct error *error)
{
    struct error_names names = {0};
    size_t count = 0;
    for (; count < sizeof rule->keys / sizeof *rule->keys && rule->keys[count] != NULL; count++)
        error_names_add(&names, rule->keys[count]);
    const yaml_node_pair_t *end = mapping->data.mapping.pairs.top;
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start; pair < end; pair++) {
        const yaml_node_t *key = yaml_file_node(file, pair->key);
        size_t i = 0;
        while (i < count && strcmp(rule->keys[i], yaml_file_text(key)) != 0)
            i++;
        if (i == count)
            return yaml_file_error(file, key, error, "%s '%s' has no use for the key '%s' (%s)",
                                   kind, name, yaml_file_text(key), names.text);
    }
    for (size_t i = 0; i < rule->required; i++)
        if (yaml_file_value(file, mapping, rule->keys[i]) == NULL)
            return yaml_file_error(file, mapping, error, "%s '%s' needs the key '%s'", kind, name,
                                   rule->keys[i]);
    return OK;
}

/* The name, the family for this problem, and the keys for this family. */
static int check_family(const struct sweep_place *at, struct error *error)
{
    const struct sweep *sweep = at->sweep;
    if (!name_is_plain(sweep->name, strlen(sweep->name)))
        return yaml_file_error(at->file, value(at, "name"), error,
                               "name: '%.80s' is not made of a-z, 0-9 and -", sweep->name);
    enum problem_id problem = at->sweep->problem;
    if (!makes_problem(rules[sweep->family].makes, problem)) {
        struct error_names names = {0};
        for (size_t i = 0; i < FAMILY_COUNT; i++)
            if (makes_problem(rules[i].makes, problem))
                error_names_add(&names, family_name((enum family)i));
        return yaml_file_error(at->file, value(at, "family"), error,
                               "family '%s' makes no cases of %s (%s)", family_name(sweep->family),
                               problems[problem].name, names.text);
    }
    return keys_check(at->file, at->node, "family", family_name(sweep->family),
                      &rules[sweep->family].keys, error);
}

static void set_defaults(const struct sweep_place *at)
{
    if (value(at, "classes") == NULL)
        at->sweep->classes = 2;
    if (value(at, "spread") == NULL)
        at->sweep->spread = 1;
    if (value(at, "columns") == NULL)
        at->sweep->columns = 1;
}

static int check_range(const struct sweep_place *at, const char *key, uint32_t number,
                       uint32_t least, struct error *error)
{
    if (number >= least && number <= LARGEST_CASE)
        return OK;
    return yaml_file_error(at->file, value(at, key), error, "%s: %u is not from %u to %d", key,
                           number, least, (int)LARGEST_CASE);
}

static int check_spread(const struct sweep_place *at, struct error *error)
{
    const yaml_node_t *node = value(at, "spread");
    if (node == NULL)
        return OK;
    if (at->sweep->base != NULL)
        return yaml_file_error(at->file, node, error, "spread is of no use where base is given");
    for (uint32_t i = 0; i < at->experiment->formats_count; i++) {
        const struct format *format = at->experiment->formats[i];
        double spread = format_round_double(format, at->sweep->spread);
        if (!(spread >= 0 && isfinite(spread)))
            return yaml_file_error(at->file, node, error,
                                   "spread: '%.80s' is not a finite number of at least 0 in %s",
                                   yaml_file_text(node), format->name);
    }
    return OK;
}

static int check_base(const struct sweep_place *at, struct error *error)
{
    const char *base = at->sweep->base;
    if (base == NULL)
        return OK;
    const yaml_node_t *node = value(at, "base");
    if (base[0] == '@')
        return yaml_file_error(at->file, node, error,
                               "base: '%.80s': an experiment's numbers stand in the experiment",
                               base);
    struct number_list list = {0};
    int code = number_list_parse(at->experiment->formats[0], "base", base, &list, error);
    if (code == BAD_INPUT) /* its sentence, and the place */
        code = yaml_file_error(at->file, node, error, "%s", error->text);
    size_t wanted = at->sweep->family == FAMILY_classes ? 1 : at->sweep->classes;
    if (code == OK && list.count != wanted)
        code = yaml_file_error(at->file, node, error, "base: %zu number%s where %zu %s needed (%s)",
                               list.count, list.count == 1 ? "" : "s", wanted,
                               wanted == 1 ? "is" : "are",
                               at->sweep->family == FAMILY_classes ? "all classes are equal"
                                                                   : "one for each of classes");
    number_list_clear(&list);
    return code;
}

static int check_label(const struct sweep_place *at, struct error *error)
{
    const char *label = at->sweep->label;
    if (label == NULL || strcmp(label, "random") == 0 || strcmp(label, "hard") == 0)
        return OK;
    double number; /* 0 and 1 are numbers of every format: rounding passes neither */
    if (number_parse(&formats[FORMAT_binary64], label, &number) && number >= 0 && number <= 1)
        return OK;
    return yaml_file_error(at->file, value(at, "label"), error,
                           "label: '%.80s' is neither a number from 0 to 1, nor random, nor hard",
                           label);
}

/* A list of numbers ≥ 0, one for each of `wanted`, in every format. */
static int check_numbers(const struct sweep_place *at, const char *key, const char *text,
                         size_t wanted, double greatest, struct error *error)
{
    const yaml_node_t *node = value(at, key);
    int code = OK;
    for (uint32_t f = 0; f < at->experiment->formats_count && text != NULL && code == OK; f++) {
        struct number_list list = {0};
        code = number_list_parse(at->experiment->formats[f], key, text, &list, error);
        if (code == BAD_INPUT) /* its sentence, and the place */
            code = yaml_file_error(at->file, node, error, "%s", error->text);
        if (code == OK && list.count != wanted)
            code = yaml_file_error(at->file, node, error, "%s: %zu numbers where %zu are needed",
                                   key, list.count, wanted);
        for (size_t i = 0; i < list.count && code == OK; i++)
            if (!(list.values[i] >= 0 && list.values[i] <= greatest))
                code = yaml_file_error(at->file, node, error,
                                       "%s: '%.80s' holds a number that is not from 0 to %g", key,
                                       text, greatest);
        number_list_clear(&list);
    }
    return code;
}

/* Options: those of softmax-ce are of no other problem of rows. */
static int check_options(const struct sweep_place *at, struct error *error)
{
    static const char *const class_keys[] = {"soft", "ignored", "weights", "label-smoothing"};
    const struct sweep *sweep = at->sweep;
    enum problem_id problem = at->sweep->problem;
    for (size_t i = 0; i < sizeof class_keys / sizeof *class_keys; i++)
        if (value(at, class_keys[i]) != NULL && problem != PROBLEM_softmax_ce)
            return yaml_file_error(at->file, value(at, class_keys[i]), error,
                                   "%s is an option of softmax-ce, not of %s", class_keys[i],
                                   problems[problem].name);
    size_t rows = sweep->family == FAMILY_rows ? LARGEST_CASE : 1;
    if (sweep->ignored > rows || (sweep->ignored > 0 && sweep->soft))
        return yaml_file_error(at->file, value(at, "ignored"), error,
                               "ignored: %u rows of %zu with %s targets", sweep->ignored, rows,
                               sweep->soft ? "soft" : "hard");
    if (sweep->options.weights != NULL && sweep->family == FAMILY_classes)
        return yaml_file_error(at->file, value(at, "weights"), error,
                               "weights: the number of classes is the axis");
    int code =
        check_numbers(at, "weights", sweep->options.weights, sweep->classes, INFINITY, error);
    if (code == OK)
        code = check_numbers(at, "label-smoothing", sweep->options.label_smoothing, 1, 1, error);
    if (code == OK)
        code = check_numbers(at, "pos-weight", sweep->options.pos_weight, sweep->columns, INFINITY,
                             error);
    return code;
}

/* Formats of its own are among the experiment's. */
static int check_formats(const struct sweep_place *at, struct error *error)
{
    const struct experiment *experiment = at->experiment;
    const yaml_node_t *list = value(at, "formats");
    for (uint32_t i = 0; i < at->sweep->formats_count; i++) {
        const struct format *format = format_find(at->sweep->formats[i]);
        uint32_t f = 0;
        while (f < experiment->formats_count && experiment->formats[f] != format)
            f++;
        if (f == experiment->formats_count)
            return yaml_file_error(at->file, yaml_file_item(at->file, list, i), error,
                                   "formats: '%.80s' is not among this file's formats",
                                   at->sweep->formats[i]);
    }
    return OK;
}

int sweep_check(const struct sweep_place *at, struct error *error)
{
    const struct sweep *sweep = at->sweep;
    int code = check_family(at, error);
    if (code != OK)
        return code;
    set_defaults(at);
    code = check_formats(at, error);
    if (code == OK)
        code = check_range(at, "classes", sweep->classes, 2, error);
    if (code == OK)
        code = check_range(at, "columns", sweep->columns, 1, error);
    if (code == OK)
        code = check_range(at, "saturated", sweep->saturated, 0, error);
    if (code == OK)
        code = check_spread(at, error);
    if (code == OK)
        code = check_base(at, error);
    if (code == OK)
        code = check_label(at, error);
    if (code == OK)
        code = check_options(at, error);
    if (code == OK)
        code = axis_check(at, error);
    return code == OK ? provenance_check(at, error) : code;
}
