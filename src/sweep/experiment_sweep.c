/* The checks of one sweep: the keys its family uses, and their numbers. */
#include "sweep/experiment_check.h"

#include "core/number.h"
#include "sweep/experiment_schema.h"

#include <math.h>
#include <string.h>

/* The problem a family makes cases of, and the keys it takes; PROBLEM_COUNT
 * stands for every problem. */
static const struct family_rule {
    enum problem_id problem;
    struct key_rule keys;
} rules[FAMILY_COUNT] = {
#define RULE(family, problem, required, ...) \
    [FAMILY_##family] = {PROBLEM_##problem, {2 + (required), {"name", "family", __VA_ARGS__}}}
    RULE(scaled, softmax_ce, 1, "axis", "classes", "base", "spread", "target"),
    RULE(shifted, softmax_ce, 1, "axis", "classes", "base", "spread", "target"),
    RULE(gap, softmax_ce, 1, "axis", "classes", "spread", "target"),
    RULE(classes, softmax_ce, 1, "axis", "base", "spread", "target"),
    RULE(masked, softmax_ce, 1, "axis", "classes", "spread", "target"),
    RULE(probability, bce_prob, 2, "axis", "label", "complement"),
    RULE(logit, bce_logit, 2, "axis", "label"),
    RULE(batch, bce_prob_batch, 2, "axis", "label", "columns", "saturated"),
    RULE(literal, COUNT, 1, "cases"),
#undef RULE
};

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
    enum problem_id problem = at->experiment->problem;
    if (rules[sweep->family].problem != problem && rules[sweep->family].problem != PROBLEM_COUNT) {
        struct error_names names = {0};
        for (size_t i = 0; i < FAMILY_COUNT; i++)
            if (rules[i].problem == problem || rules[i].problem == PROBLEM_COUNT)
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

int sweep_check(const struct sweep_place *at, struct error *error)
{
    const struct sweep *sweep = at->sweep;
    int code = check_family(at, error);
    if (code != OK)
        return code;
    set_defaults(at);
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
    return code == OK ? axis_check(at, error) : code;
}
