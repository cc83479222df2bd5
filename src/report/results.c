/* The tables of a run in memory: manifest.json by jansson, the rest by
 * table.c.  Rows of all experiments stand in one array a kind of table. */
#include "report/results.h"

#include "core/file.h"
#include "core/problem.h"
#include "sweep/experiment.h"
#include "sweep/onset_condition.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const key_names[KEY_FIELDS] = {"experiment", "sweep", "format", "formulation"};

#define KEY_TEXT(structure, column, id)                              \
    {                                                                \
        column, BIND_TEXT, offsetof(struct structure, key.field[id]) \
    }
#define MEMBER(structure, column, kind, member)          \
    {                                                    \
        column, kind, offsetof(struct structure, member) \
    }

static const struct binding cell_bindings[] = {
    KEY_TEXT(cell, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(cell, "sweep", KEY_SWEEP),
    KEY_TEXT(cell, "format", KEY_FORMAT),
    KEY_TEXT(cell, "formulation", KEY_FORMULATION),
    MEMBER(cell, "quantity", BIND_TEXT, quantity),
    MEMBER(cell, "bin", BIND_COUNT, bin),
    MEMBER(cell, "axis_from", BIND_NUMBER, axis_from),
    MEMBER(cell, "axis_to", BIND_NUMBER, axis_to),
    MEMBER(cell, "cases", BIND_COUNT, cases),
#define RESULT_CLASS(identifier, name, ...) \
    MEMBER(cell, name, BIND_COUNT, classes[CLASS_##identifier]),
#include "measure/classes.def"
#undef RESULT_CLASS
    MEMBER(cell, "max_ulp", BIND_NUMBER, max_ulp),
    MEMBER(cell, "max_ulp_case", BIND_COUNT, max_ulp_case),
    MEMBER(cell, "max_ulp_input", BIND_TEXT, max_ulp_input),
    MEMBER(cell, "failure_case", BIND_COUNT, failure_case),
    MEMBER(cell, "failure_input", BIND_TEXT, failure_input),
    MEMBER(cell, "assert_close_passes", BIND_COUNT, assert_close_passes),
    MEMBER(cell, "operations", BIND_COUNT, operations),
    MEMBER(cell, "bytes", BIND_COUNT, bytes),
    MEMBER(cell, "beyond_bound", BIND_COUNT, beyond_bound),
    MEMBER(cell, "beyond_printed_bound", BIND_COUNT, beyond_printed_bound),
};

static const struct binding class_bindings[] = {
    KEY_TEXT(class_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(class_row, "sweep", KEY_SWEEP),
    KEY_TEXT(class_row, "format", KEY_FORMAT),
    KEY_TEXT(class_row, "formulation", KEY_FORMULATION),
    MEMBER(class_row, "quantity", BIND_TEXT, quantity),
    MEMBER(class_row, "class", BIND_TEXT, class),
    MEMBER(class_row, "axis_least", BIND_NUMBER, least),
    MEMBER(class_row, "axis_greatest", BIND_NUMBER, greatest),
};

static const struct binding agreement_bindings[] = {
    KEY_TEXT(agreement_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(agreement_row, "sweep", KEY_SWEEP),
    KEY_TEXT(agreement_row, "format", KEY_FORMAT),
    KEY_TEXT(agreement_row, "first", KEY_FORMULATION),
    MEMBER(agreement_row, "second", BIND_TEXT, second),
    MEMBER(agreement_row, "cases", BIND_COUNT, cases),
    MEMBER(agreement_row, "identical", BIND_COUNT, identical),
    MEMBER(agreement_row, "difference_input", BIND_TEXT, difference_input),
};

static const struct binding case_bindings[] = {
    KEY_TEXT(case_row, "experiment", KEY_EXPERIMENT),
    KEY_TEXT(case_row, "sweep", KEY_SWEEP),
    KEY_TEXT(case_row, "format", KEY_FORMAT),
    KEY_TEXT(case_row, "formulation", KEY_FORMULATION),
    MEMBER(case_row, "quantity", BIND_TEXT, quantity),
    MEMBER(case_row, "case", BIND_COUNT, number),
    MEMBER(case_row, "component", BIND_TEXT, component),
    MEMBER(case_row, "source", BIND_TEXT, source),
    MEMBER(case_row, "name", BIND_TEXT, name),
    MEMBER(case_row, "observed", BIND_TEXT, observed),
    MEMBER(case_row, "note", BIND_TEXT, note),
    MEMBER(case_row, "input", BIND_TEXT, input),
    MEMBER(case_row, "exact", BIND_TEXT, exact),
    MEMBER(case_row, "got", BIND_TEXT, got),
    MEMBER(case_row, "class", BIND_TEXT, class),
    MEMBER(case_row, "ulp_error", BIND_NUMBER, ulp_error),
    MEMBER(case_row, "assert_close", BIND_TEXT, assert_close),
    MEMBER(case_row, "models", BIND_TEXT, models),
};

static const struct binding onset_bindings[] = {
    MEMBER(onset_entry, "family", BIND_TEXT, family),
    MEMBER(onset_entry, "problem", BIND_TEXT, problem),
    MEMBER(onset_entry, "format", BIND_TEXT, format),
    MEMBER(onset_entry, "formulation", BIND_TEXT, formulation),
    MEMBER(onset_entry, "condition", BIND_TEXT, condition),
    MEMBER(onset_entry, "verified", BIND_TEXT, verified),
    MEMBER(onset_entry, "first", BIND_TEXT, first),
    MEMBER(onset_entry, "input", BIND_TEXT, input),
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum result_class class_find(const char *name)
{
    enum result_class class = 0;
    while (class < CLASS_COUNT && strcmp(class_names[class], name) != 0)
        class ++;
    return class;
}

/* --- manifest.json ---------------------------------------------------------- */

static int load_entry(const char *path, const json_t *array, size_t i,
                      struct experiment_entry *entry, struct error *error)
{
    json_error_t mistake;
    json_int_t cases = 0, widest = 0;
    if (json_unpack_ex(json_array_get(array, i), &mistake, 0, "{s:s, s:s, s:I, s:I}", "name",
                       &entry->name, "title", &entry->title, "cases", &cases, "widest_precision",
                       &widest) != 0)
        return error_set(error, BAD_INPUT, "%s: experiment %zu: %s", path, i + 1, mistake.text);
    entry->cases = (uint64_t)cases;
    entry->widest_precision = (uint64_t)widest;
    return OK;
}

static int load_entries(const char *path, const json_t *array, struct results *results,
                        struct error *error)
{
    size_t count = json_array_size(array); /* 0 for what is no array */
    if (count == 0)
        return error_set(error, BAD_INPUT, "%s: names no experiment", path);
    results->experiments = calloc(count, sizeof *results->experiments);
    if (results->experiments == NULL)
        return error_no_memory(error);
    results->experiment_count = count;
    int code = OK;
    for (size_t i = 0; i < count && code == OK; i++)
        code = load_entry(path, array, i, &results->experiments[i], error);
    return code;
}

static int parse_manifest(const char *path, const char *text, struct results *results,
                          struct error *error)
{
    json_error_t mistake;
    json_t *manifest = json_loads(text, 0, &mistake), *experiments = NULL;
    json_int_t cases = 0, measurements = 0;
    results->manifest = manifest;
    if (manifest == NULL)
        return error_set(error, BAD_INPUT, "%s:%d:%d: %s", path, mistake.line, mistake.column,
                         mistake.text);
    if (json_unpack_ex(manifest, &mistake, 0, "{s:s, s:s, s:I, s:I, s:o}", "version",
                       &results->version, "math", &results->math, "cases", &cases, "results",
                       &measurements, "experiments", &experiments) != 0)
        return error_set(error, BAD_INPUT, "%s: %s", path, mistake.text);
    results->cases = (uint64_t)cases;
    results->results = (uint64_t)measurements;
    return load_entries(path, experiments, results, error);
}

static int load_manifest(const char *directory, struct results *results, struct error *error)
{
    char *path, *text = NULL;
    if (asprintf(&path, "%s/manifest.json", directory) < 0)
        return error_no_memory(error);
    int code = read_file(path, &text, error);
    if (code == OK)
        code = parse_manifest(path, text, results, error);
    free(text);
    free(path);
    return code;
}

/* --- tables ----------------------------------------------------------------- */

/* An array that tables of one kind append to. */
struct collection {
    const struct binding *bindings;
    size_t binding_count, size;
    const char *ending;
    bool optional;
    int (*check)(const struct table *table, const void *rows, struct error *error);
};

static int check_cells(const struct table *table, const void *rows, struct error *error)
{
    const struct cell *cells = rows;
    for (size_t row = 0; row < table->rows; row++) {
        uint64_t sum = 0;
        for (size_t c = 0; c < CLASS_COUNT; c++)
            sum += cells[row].classes[c];
        if (sum != cells[row].cases)
            return table_error(table, row, "cases", "the classes do not add up to it", error);
    }
    return OK;
}

static int check_classes(const struct table *table, const void *rows, struct error *error)
{
    const struct class_row *classes = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (class_find(classes[row].class) == CLASS_COUNT)
            return table_error(table, row, "class", "there is no such class", error);
    return OK;
}

static int check_cases(const struct table *table, const void *rows, struct error *error)
{
    const struct case_row *cases = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (class_find(cases[row].class) == CLASS_COUNT)
            return table_error(table, row, "class", "there is no such class", error);
    return OK;
}

static int check_agreements(const struct table *table, const void *rows, struct error *error)
{
    const struct agreement_row *agreements = rows;
    for (size_t row = 0; row < table->rows; row++)
        if (agreements[row].identical > agreements[row].cases)
            return table_error(table, row, "identical", "is more than cases", error);
    return OK;
}

static const struct collection cell_collection = {
    cell_bindings, LENGTH(cell_bindings), sizeof(struct cell), ".tsv", false, check_cells};
static const struct collection class_collection = {
    class_bindings, LENGTH(class_bindings), sizeof(struct class_row), ".classes.tsv",
    false,          check_classes};
static const struct collection agreement_collection = {agreement_bindings,
                                                       LENGTH(agreement_bindings),
                                                       sizeof(struct agreement_row),
                                                       ".identical.tsv",
                                                       true,
                                                       check_agreements};

static const struct collection case_collection = {
    case_bindings, LENGTH(case_bindings), sizeof(struct case_row), ".cases.tsv", true, check_cases};

static int check_onsets(const struct table *table, const void *rows, struct error *error)
{
    const struct onset_entry *onsets = rows;
    for (size_t row = 0; row < table->rows; row++) {
        size_t c = 0;
        while (c < ONSET_CONDITION_COUNT &&
               strcmp(onsets[row].condition, onset_conditions[c].name) != 0)
            c++;
        if (c == ONSET_CONDITION_COUNT)
            return table_error(table, row, "condition", "there is no such condition", error);
    }
    return OK;
}

static const struct collection onset_collection = {
    onset_bindings, LENGTH(onset_bindings), sizeof(struct onset_entry), ".tsv", true, check_onsets};

static int append(void **array, size_t *count, const void *rows, size_t row_count, size_t size,
                  struct error *error)
{
    void *larger = realloc(*array, (*count + row_count) * size);
    if (larger == NULL)
        return error_no_memory(error);
    *array = larger;
    memcpy((char *)larger + *count * size, rows, row_count * size);
    *count += row_count;
    return OK;
}

/* Reads directory/EXPERIMENT.ENDING and appends its rows to *array. */
static int load_table(const char *directory, const char *experiment, struct results *results,
                      const struct collection *collection, void **array, size_t *count,
                      struct error *error)
{
    char *name, *path = NULL;
    if (asprintf(&name, "%s%s", experiment, collection->ending) < 0)
        return error_no_memory(error);
    if (asprintf(&path, "%s/%s", directory, name) < 0) {
        free(name);
        return error_no_memory(error);
    }
    bool absent = collection->optional && access(path, F_OK) != 0;
    free(path);
    int code = OK;
    if (!absent) {
        struct table *table = &results->tables[results->table_count++];
        void *rows = NULL;
        code = table_read(directory, name, table, error);
        if (code == OK)
            code = table_bind(table, collection->bindings, collection->binding_count,
                              collection->size, &rows, error);
        if (code == OK)
            code = collection->check(table, rows, error);
        if (code == OK)
            code = append(array, count, rows, table->rows, collection->size, error);
        free(rows);
    }
    free(name);
    return code;
}

/* A row of a gradient is one of FORMULATION:QUANTITY, so that whoever means
 * losses names none of them (word_names()). */
static int name_gradient(struct results *results, const char *quantity, struct key *key,
                         struct error *error)
{
    char *name;
    if (strcmp(quantity, measured_names[MEASURED_loss]) == 0)
        return OK;
    if (asprintf(&name, "%s:%s", key->field[KEY_FORMULATION], quantity) < 0)
        return error_no_memory(error);
    key->field[KEY_FORMULATION] = results->names[results->name_count++] = name;
    return OK;
}

static int name_gradients(struct results *results, struct error *error)
{
    size_t rows = results->cell_count + results->class_count;
    results->names = calloc(rows + 1, sizeof *results->names);
    if (results->names == NULL)
        return error_no_memory(error);
    int code = OK;
    for (size_t i = 0; i < results->cell_count && code == OK; i++)
        code = name_gradient(results, results->cells[i].quantity, &results->cells[i].key, error);
    for (size_t i = 0; i < results->class_count && code == OK; i++)
        code =
            name_gradient(results, results->classes[i].quantity, &results->classes[i].key, error);
    return code;
}

static int load_experiment(const char *directory, const char *name, struct results *results,
                           struct error *error)
{
    void *cells = results->cells, *classes = results->classes, *agreements = results->agreements;
    void *cases = results->case_rows;
    int code =
        load_table(directory, name, results, &cell_collection, &cells, &results->cell_count, error);
    results->cells = cells;
    if (code == OK)
        code = load_table(directory, name, results, &class_collection, &classes,
                          &results->class_count, error);
    results->classes = classes;
    if (code == OK)
        code = load_table(directory, name, results, &agreement_collection, &agreements,
                          &results->agreement_count, error);
    results->agreements = agreements;
    if (code == OK)
        code = load_table(directory, name, results, &case_collection, &cases,
                          &results->case_row_count, error);
    results->case_rows = cases;
    return code;
}

/* A key's text that is as the one before it is that one: queries go over all
 * cells, and a table's text is too large for a cache. */
static void share_text(struct results *results)
{
    for (size_t i = 1; i < results->cell_count; i++)
        for (size_t f = 0; f < KEY_FIELDS; f++) {
            const char *before = results->cells[i - 1].key.field[f];
            if (strcmp(results->cells[i].key.field[f], before) == 0)
                results->cells[i].key.field[f] = before;
        }
}

static int load_onsets(const char *directory, struct results *results, struct error *error)
{
    void *onsets = NULL;
    int code = load_table(directory, "onset", results, &onset_collection, &onsets,
                          &results->onset_count, error);
    results->onsets = onsets;
    return code;
}

int results_load(const char *directory, struct results *results, struct error *error)
{
    *results = (struct results){0};
    int code = load_manifest(directory, results, error);
    if (code != OK)
        return code;
    results->tables = calloc(4 * results->experiment_count + 1, sizeof *results->tables);
    if (results->tables == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < results->experiment_count && code == OK; i++)
        code = load_experiment(directory, results->experiments[i].name, results, error);
    if (code == OK)
        code = load_onsets(directory, results, error);
    if (code == OK)
        code = name_gradients(results, error);
    share_text(results);
    return code;
}

void results_clear(struct results *results)
{
    for (size_t i = 0; i < results->table_count; i++)
        table_clear(&results->tables[i]);
    for (size_t i = 0; i < results->name_count; i++)
        free(results->names[i]);
    free(results->names);
    free(results->tables);
    free(results->cells);
    free(results->classes);
    free(results->agreements);
    free(results->case_rows);
    free(results->onsets);
    free(results->experiments);
    json_decref(results->manifest);
    *results = (struct results){0};
}
