/* The tables of a run in memory: manifest.json by jansson, the rest by
 * table.c.  Rows of all experiments stand in one array a kind of table. */
#include "report/results.h"

#include "core/file.h"
#include "core/problem.h"
#include "report/collections.h"
#include "sweep/experiment.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const key_names[KEY_FIELDS] = {"experiment", "sweep", "format", "formulation"};

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
    json_int_t cases = 0, widest = 0, quick = 0, mpfr = 0, kind = 0;
    if (json_unpack_ex(json_array_get(array, i), &mistake, 0,
                       "{s:s, s:s, s:I, s:I, s:{s:I, s:I, s:I}}", "name", &entry->name, "title",
                       &entry->title, "cases", &cases, "widest_precision", &widest, "settled",
                       "quick", &quick, "mpfr", &mpfr, "kind", &kind) != 0)
        return error_set(error, BAD_INPUT, "%s: experiment %zu: %s", path, i + 1, mistake.text);
    entry->cases = (uint64_t)cases;
    entry->widest_precision = (uint64_t)widest;
    entry->quick = (uint64_t)quick;
    entry->mpfr = (uint64_t)mpfr;
    entry->kind = (uint64_t)kind;
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
        if (code == OK && collection->check != NULL)
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
    size_t rows = results->cell_count + results->class_count + results->invariant_row_count;
    results->names = calloc(rows + 1, sizeof *results->names);
    if (results->names == NULL)
        return error_no_memory(error);
    int code = OK;
    for (size_t i = 0; i < results->cell_count && code == OK; i++)
        code = name_gradient(results, results->cells[i].quantity, &results->cells[i].key, error);
    for (size_t i = 0; i < results->class_count && code == OK; i++)
        code =
            name_gradient(results, results->classes[i].quantity, &results->classes[i].key, error);
    for (size_t i = 0; i < results->invariant_row_count && code == OK; i++)
        code = name_gradient(results, results->invariant_rows[i].quantity,
                             &results->invariant_rows[i].key, error);
    return code;
}

static int load_experiment(const char *directory, const char *name, struct results *results,
                           struct error *error)
{
    void *cells = results->cells, *classes = results->classes, *agreements = results->agreements;
    void *cases = results->case_rows, *blames = results->blames;
    void *invariant_rows = results->invariant_rows;
    struct {
        const struct collection *collection;
        void **rows;
        size_t *count;
    } tables[] = {
        {&cell_collection, &cells, &results->cell_count},
        {&class_collection, &classes, &results->class_count},
        {&agreement_collection, &agreements, &results->agreement_count},
        {&case_collection, &cases, &results->case_row_count},
        {&blame_collection, &blames, &results->blame_count},
        {&invariant_collection, &invariant_rows, &results->invariant_row_count},
    };
    int code = OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && code == OK; i++)
        code = load_table(directory, name, results, tables[i].collection, tables[i].rows,
                          tables[i].count, error);
    results->cells = cells;
    results->classes = classes;
    results->agreements = agreements;
    results->case_rows = cases;
    results->blames = blames;
    results->invariant_rows = invariant_rows;
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
    results->tables = calloc(6 * results->experiment_count + 1, sizeof *results->tables);
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
    free(results->blames);
    free(results->invariant_rows);
    free(results->onsets);
    free(results->experiments);
    json_decref(results->manifest);
    *results = (struct results){0};
}
