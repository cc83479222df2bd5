/* The checks of an axis: the keys its spacing uses, and its numbers, which
 * must make sense in every format of the experiment. */
#include "sweep/experiment_check.h"

#include "core/number.h"
#include "sweep/experiment_schema.h"
#include "sweep/thresholds.h"

#include <math.h>
#include <string.h>

enum { DEFAULT_BINS = 64, MOST_BINS = 4096, MOST_EVERY = 1 << 24 };

static const struct key_rule rules[] = {
    [SPACING_binades] = {1, {"spacing", "from", "to", "points", "bins", "negative"}},
    [SPACING_ulps] = {2, {"spacing", "around", "radius", "negative"}},
    [SPACING_linear] = {4, {"spacing", "from", "to", "points", "bins", "negative"}},
    [SPACING_values] = {2, {"spacing", "values", "points", "negative"}},
    [SPACING_every] = {3, {"spacing", "from", "to", "bins", "negative"}},
};

/* Where v is a count: what it counts, and its least and greatest value. */
struct counted {
    const char *what; /* NULL: v is any number */
    double least, greatest;
};

static struct counted counted(const struct sweep *sweep)
{
    switch (sweep->family) {
    case FAMILY_classes:
        return (struct counted){"classes", 1, LARGEST_CASE};
    case FAMILY_masked:
        return (struct counted){"masked logits", 0, sweep->classes - 1.0};
    case FAMILY_rows:
        return (struct counted){"rows", fmax(1, sweep->ignored),
                                floor((double)LARGEST_CASE / sweep->classes)};
    case FAMILY_logits:
        return (struct counted){"rows", 1, floor((double)LARGEST_CASE / sweep->columns)};
    case FAMILY_batch:
        return (struct counted){"rows", fmax(1, ceil((double)sweep->saturated / sweep->columns)),
                                floor((double)LARGEST_CASE / sweep->columns)};
    default:
        return (struct counted){0};
    }
}

static const yaml_node_t *axis_node(const struct sweep_place *at)
{
    return yaml_file_value(at->file, at->node, "axis");
}

/* The node of a key of the axis; of the axis where the key has its default. */
static const yaml_node_t *value(const struct sweep_place *at, const char *key)
{
    const yaml_node_t *node = yaml_file_value(at->file, axis_node(at), key);
    return node != NULL ? node : axis_node(at);
}

/* Whether the sweep is run in the experiment's format f. */
static bool is_run_in(const struct sweep_place *at, uint32_t f)
{
    return sweep_has_format(at->sweep, at->experiment->formats[f]);
}

/* The number a text of the axis stands for in a format. */
static int read_number(const struct sweep_place *at, const yaml_node_t *node, const char *key,
                       const char *text, const struct format *format, double *number,
                       struct error *error)
{
    if (!threshold_parse(format, text, number)) {
        if (!number_parse(format, text, number))
            return yaml_file_error(at->file, node, error,
                                   "%s: '%.80s' is neither a number nor a threshold (%s)", key,
                                   text, threshold_names());
        if (isnan(*number))
            return yaml_file_error(at->file, node, error, "%s: NaN has no place on an axis", key);
        return yaml_file_error(at->file, node, error, "%s: '%.80s' overflows in %s", key, text,
                               format->name);
    }
    struct counted count = counted(at->sweep);
    if (count.what != NULL &&
        !(*number >= count.least && *number <= count.greatest && *number == floor(*number)))
        return yaml_file_error(at->file, node, error,
                               "%s: '%.80s' is not a whole number of %s, %.0f to %.0f", key, text,
                               count.what, count.least, count.greatest);
    return OK;
}

static int check_list(const struct sweep_place *at, const char *key, char *const *texts,
                      uint32_t count, struct error *error)
{
    const yaml_node_t *list = value(at, key);
    for (uint32_t f = 0; f < at->experiment->formats_count; f++)
        for (uint32_t i = 0; i < count && is_run_in(at, f); i++) {
            double number;
            int code = read_number(at, yaml_file_item(at->file, list, i), key, texts[i],
                                   at->experiment->formats[f], &number, error);
            if (code != OK)
                return code;
        }
    return OK;
}

/* The steps of a linear axis: they do not overflow, and whole ones count. */
static int check_steps(const struct sweep_place *at, const struct format *format, double from,
                       double to, struct error *error)
{
    const struct axis *axis = &at->sweep->axis;
    if (!isfinite(to - from))
        return yaml_file_error(at->file, value(at, "to"), error,
                               "to: the distance from '%.80s' to '%.80s' overflows in %s",
                               axis->from, axis->to, format->name);
    double step = (to - from) / (axis->points - 1.0);
    const char *what = counted(at->sweep).what;
    if (what != NULL && step != floor(step))
        return yaml_file_error(at->file, value(at, "points"), error,
                               "points: steps of %.9g do not count %s", step, what);
    return OK;
}

/* from and to in one format. */
static int check_ends(const struct sweep_place *at, const struct format *format,
                      struct error *error)
{
    const struct axis *axis = &at->sweep->axis;
    bool linear = axis->spacing == SPACING_linear, every = axis->spacing == SPACING_every;
    double from, to;
    int code = read_number(at, value(at, "from"), "from", axis->from, format, &from, error);
    if (code == OK)
        code = read_number(at, value(at, "to"), "to", axis->to, format, &to, error);
    if (code != OK)
        return code;
    if (!isfinite(from) || !isfinite(to))
        return yaml_file_error(at->file, value(at, isfinite(from) ? "to" : "from"), error,
                               "from and to are finite numbers");
    if (every && format_ordinal(format, to) - format_ordinal(format, from) >= MOST_EVERY)
        return yaml_file_error(at->file, value(at, "to"), error,
                               "to: more than %d values from '%.80s' to '%.80s' in %s",
                               (int)MOST_EVERY, axis->from, axis->to, format->name);
    if (!linear && !every && !(from > 0))
        return yaml_file_error(at->file, value(at, "from"), error,
                               "from: binades start above 0, and '%.80s' is %.9g in %s", axis->from,
                               from, format->name);
    if (linear || every ? from >= to : from > to)
        return yaml_file_error(at->file, value(at, "to"), error,
                               "to: '%.80s' is not above from, '%.80s', in %s", axis->to,
                               axis->from, format->name);
    return linear ? check_steps(at, format, from, to, error) : OK;
}

/* What a spacing or a sign cannot do where v is a count. */
static int check_counted(const struct sweep_place *at, struct error *error)
{
    const struct axis *axis = &at->sweep->axis;
    const char *what = counted(at->sweep).what;
    if (what == NULL)
        return OK;
    if (axis->negative)
        return yaml_file_error(at->file, value(at, "negative"), error,
                               "negative: the axis of family '%s' counts %s",
                               family_name(at->sweep->family), what);
    if (axis->spacing == SPACING_ulps || axis->spacing == SPACING_every)
        return yaml_file_error(at->file, value(at, "spacing"), error,
                               "spacing: the axis of family '%s' counts %s (binades, linear, "
                               "values)",
                               family_name(at->sweep->family), what);
    if (axis->spacing == SPACING_binades && axis->points != 1)
        return yaml_file_error(at->file, value(at, "points"), error,
                               "points: a binade of %s has 1 point, its power of two", what);
    return OK;
}

static int set_defaults(const struct sweep_place *at, struct error *error)
{
    struct axis *axis = &at->sweep->axis;
    if (yaml_file_value(at->file, axis_node(at), "points") == NULL)
        axis->points = 1;
    if (yaml_file_value(at->file, axis_node(at), "bins") == NULL)
        axis->bins = DEFAULT_BINS;
    if (at->sweep->family == FAMILY_literal || axis->spacing != SPACING_binades)
        return OK;
    /* libcyaml frees strings with free(): a default may stand among them. */
    if (axis->from == NULL && (axis->from = strdup("least")) == NULL)
        return error_no_memory(error);
    if (axis->to == NULL && (axis->to = strdup("largest")) == NULL)
        return error_no_memory(error);
    return OK;
}

static int check_least(const struct sweep_place *at, const char *key, uint32_t number,
                       uint32_t least, struct error *error)
{
    if (number >= least)
        return OK;
    return yaml_file_error(at->file, value(at, key), error, "%s: %u is less than %u", key, number,
                           least);
}

static int check_bins(const struct sweep_place *at, struct error *error)
{
    uint32_t bins = at->sweep->axis.bins;
    if (bins > MOST_BINS)
        return yaml_file_error(at->file, value(at, "bins"), error, "bins: %u is more than %d", bins,
                               MOST_BINS);
    return check_least(at, "bins", bins, 1, error);
}

int axis_check(const struct sweep_place *at, struct error *error)
{
    const struct axis *axis = &at->sweep->axis;
    int code = set_defaults(at, error);
    if (code != OK || at->sweep->family == FAMILY_literal)
        return code;
    code = keys_check(at->file, axis_node(at), "spacing", yaml_file_text(value(at, "spacing")),
                      &rules[axis->spacing], error);
    if (code == OK)
        code =
            check_least(at, "points", axis->points, axis->spacing == SPACING_linear ? 2 : 1, error);
    if (code == OK)
        code = check_bins(at, error);
    if (code == OK)
        code = check_counted(at, error);
    if (code == OK)
        code = check_list(at, "around", axis->around, axis->around_count, error);
    if (code == OK)
        code = check_list(at, "values", axis->values, axis->values_count, error);
    bool has_ends = axis->spacing == SPACING_binades || axis->spacing == SPACING_linear ||
                    axis->spacing == SPACING_every;
    for (uint32_t i = 0; code == OK && has_ends && i < at->experiment->formats_count; i++)
        if (is_run_in(at, i))
            code = check_ends(at, at->experiment->formats[i], error);
    return code;
}
