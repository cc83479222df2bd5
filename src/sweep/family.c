/* The families; experiment.h and docs/experiments.md give their formulas.
 * Every number is rounded to the format as it is made, so the case is what
 * the format stores. */
#include "sweep/family.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* RN(u), u uniform in ±spread. */
static double random_symmetric(const struct format *format, double spread,
                               struct random_stream *stream)
{
    return format_round_double(format, spread * (2 * random_unit(stream) - 1));
}

/* Uniform in (0, 1), both ends excluded. */
static double random_open_unit(const struct format *format, struct random_stream *stream)
{
    double below_one = 1 - ldexp(1, -format->precision);
    double u = format_round_double(format, random_unit(stream) + 0x1p-54);
    return u < below_one ? u : below_one;
}

static double make_label(const struct format *format, const char *label,
                         struct random_stream *stream)
{
    if (strcmp(label, "random") == 0)
        return random_open_unit(format, stream);
    if (strcmp(label, "hard") == 0)
        return (double)(random_bits(stream) & 1);
    double y = NAN;
    number_parse(format, label, &y); /* checked by experiment_load() */
    return y;
}

static size_t make_target(enum target_rule rule, size_t classes, struct random_stream *stream)
{
    switch (rule) {
    case TARGET_first:
        return 0;
    case TARGET_last:
        return classes - 1;
    case TARGET_random:
        return (size_t)random_below(stream, classes);
    }
    return 0;
}

/* The logits of one row; its target is already chosen. */
static void make_logits(const struct segment *segment, double v, size_t target, double *x, size_t n,
                        struct random_stream *stream)
{
    const struct sweep *sweep = segment->sweep;
    const struct format *format = segment->format;
    const double *base = segment->base.values;
    bool one_base = segment->base.count == 1;
    for (size_t k = 0; k < n; k++) {
        double base_k =
            base == NULL ? random_symmetric(format, sweep->spread, stream) : base[one_base ? 0 : k];
        switch (sweep->family) {
        case FAMILY_scaled:
            x[k] = format_round_double(format, v * base_k);
            break;
        case FAMILY_shifted:
            x[k] = format_round_double(format, base_k + v);
            break;
        case FAMILY_gap:
            x[k] = k == target ? v : 0 - fabs(base_k); /* +0 where base_k is 0 */
            break;
        default: /* classes, masked, rows */
            x[k] = base_k;
        }
    }
}

/* Makes count random non-target logits −∞: selection sampling (Knuth, TAOCP 2,
 * 3.4.2, algorithm S). */
static void mask(double *x, size_t n, size_t target, size_t count, struct random_stream *stream)
{
    size_t masked = 0;
    for (size_t k = 0, left = n - 1; k < n && masked < count; k++) {
        if (k == target)
            continue;
        if (random_below(stream, left) < count - masked) {
            x[k] = -INFINITY;
            masked++;
        }
        left--;
    }
}

/* Random soft targets of one row: u_k/Σu, rounded. */
static void make_soft_targets(const struct format *format, double *q, size_t n,
                              struct random_stream *stream)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += q[k] = random_open_unit(format, stream);
    for (size_t k = 0; k < n; k++)
        q[k] = format_round_double(format, q[k] / sum);
}

/* `count` random rows do not count. */
static void ignore_rows(size_t *targets, size_t rows, size_t count, struct random_stream *stream)
{
    for (size_t i = 0, ignored = 0; i < rows && ignored < count; i++)
        if (random_below(stream, rows - i) < count - ignored) {
            targets[i] = TARGET_IGNORED;
            ignored++;
        }
}

/* The options of the sweep, on a case that has its logits and targets. */
static void add_class_options(const struct segment *segment, struct random_stream *stream,
                              struct case_store *store)
{
    const struct sweep *sweep = segment->sweep;
    struct input_case *input = &store->input;
    input->reduction = sweep->reduction;
    if (segment->weights.count > 0) {
        for (size_t k = 0; k < input->columns; k++)
            store->weights[k] = segment->weights.values[k];
        input->weights = store->weights;
    }
    if (sweep->options.label_smoothing != NULL) /* checked by experiment_load() */
        number_parse(&formats[FORMAT_binary64], sweep->options.label_smoothing,
                     &input->label_smoothing);
    if (sweep->soft) {
        for (size_t i = 0; i < input->rows; i++)
            make_soft_targets(segment->format, store->labels + i * input->columns, input->columns,
                              stream);
        input->labels = store->labels;
        input->targets = NULL;
    }
    ignore_rows(store->targets, input->rows, sweep->ignored, stream);
}

static int rows_case(enum problem_id problem, const struct segment *segment, double v,
                     struct random_stream *stream, struct case_store *store, struct error *error)
{
    const struct sweep *sweep = segment->sweep;
    size_t n = sweep->family == FAMILY_classes ? (size_t)v : sweep->classes;
    size_t rows = sweep->family == FAMILY_rows ? (size_t)v : 1;
    int code = case_store_shape(store, problem, rows, n, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < rows; i++) {
        size_t target = make_target(sweep->target, n, stream);
        double *x = store->values + i * n;
        store->targets[i] = target;
        make_logits(segment, v, target, x, n, stream);
        if (sweep->family == FAMILY_masked)
            mask(x, n, target, (size_t)v, stream);
    }
    add_class_options(segment, stream, store);
    return OK;
}

static void add_pos_weight(const struct segment *segment, struct case_store *store)
{
    if (segment->weights.count == 0)
        return;
    for (size_t k = 0; k < store->input.columns; k++)
        store->weights[k] = segment->weights.values[k];
    store->input.weights = store->weights;
}

static int element_case(enum problem_id problem, const struct segment *segment, double v,
                        struct random_stream *stream, struct case_store *store, struct error *error)
{
    int code = case_store_shape(store, problem, 1, 1, error);
    if (code != OK)
        return code;
    const struct sweep *sweep = segment->sweep;
    store->values[0] = sweep->complement ? format_round_double(segment->format, 1 - v) : v;
    store->labels[0] = make_label(segment->format, sweep->label, stream);
    add_pos_weight(segment, store);
    return OK;
}

static int logits_case(const struct segment *segment, double v, struct random_stream *stream,
                       struct case_store *store, struct error *error)
{
    const struct sweep *sweep = segment->sweep;
    int code = case_store_shape(store, PROBLEM_bce_logit, (size_t)v, sweep->columns, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < input_case_values(&store->input); i++) {
        store->values[i] = random_symmetric(segment->format, sweep->spread, stream);
        store->labels[i] = make_label(segment->format, sweep->label, stream);
    }
    store->input.reduction = sweep->reduction;
    add_pos_weight(segment, store);
    return OK;
}

static int batch_case(enum problem_id problem, const struct segment *segment, double v,
                      struct random_stream *stream, struct case_store *store, struct error *error)
{
    const struct sweep *sweep = segment->sweep;
    int code = case_store_shape(store, problem, (size_t)v, sweep->columns, error);
    if (code != OK)
        return code;
    store->input.reduction = sweep->reduction;
    size_t count = store->input.rows * store->input.columns;
    for (size_t i = 0; i < count; i++) {
        store->values[i] = random_open_unit(segment->format, stream);
        store->labels[i] = make_label(segment->format, sweep->label, stream);
    }
    for (uint32_t i = 0; i < sweep->saturated; i++) {
        size_t at = (size_t)random_below(stream, count);
        store->values[at] = store->labels[at] = 1;
    }
    return OK;
}

int family_case(enum problem_id problem, const struct segment *segment, double v,
                struct random_stream *stream, struct case_store *store, struct error *error)
{
    enum family family = segment->sweep->family;
    if (problem_has_rows(problem))
        return rows_case(problem, segment, v, stream, store, error);
    if (family == FAMILY_logits)
        return logits_case(segment, v, stream, store, error);
    if (family == FAMILY_batch)
        return batch_case(problem, segment, v, stream, store, error);
    return element_case(problem, segment, v, stream, store, error);
}

int literal_case(const struct experiment *experiment, const struct segment *segment, uint64_t i,
                 struct case_store *store, struct error *error)
{
    const struct literal *literal = &segment->sweep->cases[i];
    char name[4][128];
    static const char *const keys[] = {"values", "labels", "targets", ""};
    for (size_t k = 0; k < 4; k++)
        snprintf(name[k], sizeof name[k], "%s.yaml: sweep '%s', case %d: %s", experiment->name,
                 segment->sweep->name, (int)i + 1, keys[k]);
    struct case_text text = {
        .values = literal->values,
        .values_name = name[0],
        .labels = literal->labels,
        .labels_name = name[1],
        .targets = literal->targets,
        .targets_name = name[2],
        .options_name = name[3],
        .options = literal->options,
        .columns = literal->columns,
        .reduction = literal->reduction,
    };
    return case_store_parse(store, segment->sweep->problem, segment->format, &text, error);
}
