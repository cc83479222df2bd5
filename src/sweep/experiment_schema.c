/* The schema of an experiment file.  It holds what a key is called, of which
 * type its value is, and whether it must be there in every file; what depends
 * on another key is in experiment_sweep.c and experiment_axis.c. */
#include "sweep/experiment_schema.h"

#include <stddef.h>

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define ENUM_FIELD(key, flags, structure, member, names)                         \
    CYAML_FIELD_ENUM(key, (flags) | CYAML_FLAG_STRICT, structure, member, names, \
                     CYAML_ARRAY_LEN(names))
#define TEXT_FIELD(key, flags, structure, member) \
    CYAML_FIELD_STRING_PTR(key, flags, structure, member, 1, CYAML_UNLIMITED)
#define LIST_FIELD(key, flags, structure, member, entry)                                 \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, entry, 1, \
                         CYAML_UNLIMITED)

static const cyaml_strval_t spacing_names[] = {
    {"binades", SPACING_binades}, {"ulps", SPACING_ulps},   {"linear", SPACING_linear},
    {"values", SPACING_values},   {"every", SPACING_every},
};

static const cyaml_strval_t family_names[FAMILY_COUNT] = {
#define FAMILY(identifier) [FAMILY_##identifier] = {#identifier, FAMILY_##identifier}
    FAMILY(scaled), FAMILY(shifted), FAMILY(gap),         FAMILY(classes),
    FAMILY(masked), FAMILY(rows),    FAMILY(probability), FAMILY(logit),
    FAMILY(logits), FAMILY(batch),   FAMILY(literal),
#undef FAMILY
};

const char *family_name(enum family family)
{
    return family_names[family].str;
}

static const cyaml_strval_t target_names[] = {
    {"first", TARGET_first},
    {"last", TARGET_last},
    {"random", TARGET_random},
};

static const cyaml_strval_t reductions[] = {
    {"none", REDUCTION_NONE},
    {"sum", REDUCTION_SUM},
    {"mean", REDUCTION_MEAN},
};

const char *const measured_names[MEASURED_COUNT] = {
    [MEASURED_loss] = "loss",
    [MEASURED_chain] = "grad-chain",
    [MEASURED_closed] = "grad-closed",
};

static const cyaml_strval_t quantities[] = {
    {"loss", MEASURED_loss},
    {"grad-chain", MEASURED_chain},
    {"grad-closed", MEASURED_closed},
};

static const cyaml_strval_t observed_quantities[] = {
    {"loss", QUANTITY_LOSS},
    {"gradient", QUANTITY_GRADIENT},
};

static const cyaml_schema_value_t quantity_entry = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, enum measured, quantities, CYAML_ARRAY_LEN(quantities)),
};

static const cyaml_strval_t problem_strings[] = {
#define PROBLEM(identifier, name, ...) {name, PROBLEM_##identifier},
#include "core/problems.def"
#undef PROBLEM
};

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t axis_fields[] = {
    ENUM_FIELD("spacing", 0, struct axis, spacing, spacing_names),
    TEXT_FIELD("from", OPTIONAL, struct axis, from),
    TEXT_FIELD("to", OPTIONAL, struct axis, to),
    LIST_FIELD("around", OPTIONAL, struct axis, around, &text_entry),
    LIST_FIELD("values", OPTIONAL, struct axis, values, &text_entry),
    CYAML_FIELD_UINT("points", OPTIONAL, struct axis, points),
    CYAML_FIELD_UINT("radius", OPTIONAL, struct axis, radius),
    CYAML_FIELD_UINT("bins", OPTIONAL, struct axis, bins),
    CYAML_FIELD_BOOL("negative", OPTIONAL, struct axis, negative),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t literal_fields[] = {
    TEXT_FIELD("values", 0, struct literal, values),
    TEXT_FIELD("labels", OPTIONAL, struct literal, labels),
    TEXT_FIELD("targets", OPTIONAL, struct literal, targets),
    CYAML_FIELD_UINT("columns", OPTIONAL, struct literal, columns),
    ENUM_FIELD("reduction", OPTIONAL, struct literal, reduction, reductions),
    TEXT_FIELD("name", OPTIONAL, struct literal, name),
    TEXT_FIELD("observed", OPTIONAL, struct literal, observed),
    TEXT_FIELD("soft-targets", OPTIONAL, struct literal, options.soft_targets),
    TEXT_FIELD("weights", OPTIONAL, struct literal, options.weights),
    TEXT_FIELD("label-smoothing", OPTIONAL, struct literal, options.label_smoothing),
    TEXT_FIELD("ignore-index", OPTIONAL, struct literal, options.ignore_index),
    TEXT_FIELD("pos-weight", OPTIONAL, struct literal, options.pos_weight),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t literal_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct literal, literal_fields),
};

static const cyaml_schema_field_t sweep_fields[] = {
    TEXT_FIELD("name", 0, struct sweep, name),
    ENUM_FIELD("family", 0, struct sweep, family, family_names),
    CYAML_FIELD_MAPPING("axis", OPTIONAL, struct sweep, axis, axis_fields),
    CYAML_FIELD_UINT("classes", OPTIONAL, struct sweep, classes),
    TEXT_FIELD("base", OPTIONAL, struct sweep, base),
    CYAML_FIELD_FLOAT("spread", OPTIONAL, struct sweep, spread),
    ENUM_FIELD("target", OPTIONAL, struct sweep, target, target_names),
    TEXT_FIELD("label", OPTIONAL, struct sweep, label),
    CYAML_FIELD_UINT("blame", OPTIONAL, struct sweep, blame),
    CYAML_FIELD_BOOL("complement", OPTIONAL, struct sweep, complement),
    CYAML_FIELD_UINT("columns", OPTIONAL, struct sweep, columns),
    CYAML_FIELD_UINT("saturated", OPTIONAL, struct sweep, saturated),
    ENUM_FIELD("reduction", OPTIONAL, struct sweep, reduction, reductions),
    CYAML_FIELD_BOOL("soft", OPTIONAL, struct sweep, soft),
    CYAML_FIELD_UINT("ignored", OPTIONAL, struct sweep, ignored),
    TEXT_FIELD("weights", OPTIONAL, struct sweep, options.weights),
    TEXT_FIELD("label-smoothing", OPTIONAL, struct sweep, options.label_smoothing),
    TEXT_FIELD("pos-weight", OPTIONAL, struct sweep, options.pos_weight),
    LIST_FIELD("cases", OPTIONAL, struct sweep, cases, &literal_entry),
    ENUM_FIELD("problem", OPTIONAL, struct sweep, problem, problem_strings),
    LIST_FIELD("formats", OPTIONAL, struct sweep, formats, &text_entry),
    TEXT_FIELD("source", OPTIONAL, struct sweep, provenance.source),
    TEXT_FIELD("observed", OPTIONAL, struct sweep, provenance.observed),
    TEXT_FIELD("note", OPTIONAL, struct sweep, provenance.note),
    LIST_FIELD("models", OPTIONAL, struct sweep, provenance.models, &text_entry),
    ENUM_FIELD("quantity", OPTIONAL, struct sweep, provenance.quantity, observed_quantities),
    CYAML_FIELD_UINT("component", OPTIONAL, struct sweep, provenance.component),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t sweep_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct sweep, sweep_fields),
};

/* libcyaml writes a list of two strings as two pointers in a row. */
_Static_assert(sizeof(struct pair) == 2 * sizeof(char *), "a pair is two pointers");

static const cyaml_schema_value_t pair_entry = {
    CYAML_VALUE_SEQUENCE_FIXED(CYAML_FLAG_DEFAULT, char *, &text_entry, 2),
};

static const cyaml_schema_field_t experiment_fields[] = {
    TEXT_FIELD("title", 0, struct experiment_file, experiment.title),
    ENUM_FIELD("problem", 0, struct experiment_file, experiment.problem, problem_strings),
    CYAML_FIELD_UINT("seed", OPTIONAL, struct experiment_file, experiment.seed),
    LIST_FIELD("formats", OPTIONAL, struct experiment_file, formats, &text_entry),
    LIST_FIELD("formulations", OPTIONAL, struct experiment_file, formulations, &text_entry),
    LIST_FIELD("quantities", OPTIONAL, struct experiment_file, experiment.quantities,
               &quantity_entry),
    LIST_FIELD("sweeps", 0, struct experiment_file, experiment.sweeps, &sweep_entry),
    LIST_FIELD("identical", OPTIONAL, struct experiment_file, experiment.pairs, &pair_entry),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t experiment_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct experiment_file, experiment_fields),
};
