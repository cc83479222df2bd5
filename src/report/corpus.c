/* The corpus in memory: read as the experiments that its files are, every find
 * measured anew, merged by the order of finds. */
#include "report/corpus.h"

#include "sweep/plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void corpus_clear(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++)
        free(corpus->entries[i].note);
    free(corpus->entries);
    *corpus = (struct corpus){0};
}

/* Takes over the entry, with its note. */
static int append(struct corpus *corpus, const struct corpus_entry *entry, struct error *error)
{
    if (corpus->count == corpus->capacity) {
        size_t capacity = 2 * corpus->capacity + 64;
        struct corpus_entry *entries = realloc(corpus->entries, capacity * sizeof *entries);
        if (entries == NULL)
            return error_no_memory(error);
        corpus->entries = entries;
        corpus->capacity = capacity;
    }
    corpus->entries[corpus->count++] = *entry;
    return OK;
}

static struct corpus_entry *find_like(const struct corpus *corpus, const struct corpus_entry *like)
{
    for (size_t i = 0; i < corpus->count; i++) {
        struct corpus_entry *entry = &corpus->entries[i];
        if (entry->formulation == like->formulation && entry->kind == like->kind &&
            entry->space.format == like->space.format)
            return entry;
    }
    return NULL;
}

/* --- reading ------------------------------------------------------------------------ */

/* The kind that the sweep's one case is named by, or HUNT_KINDS. */
static enum hunt_kind kind_of(const struct sweep *sweep)
{
    size_t kind = 0;
    if (sweep->cases_count != 1 || sweep->cases[0].name == NULL)
        return HUNT_KINDS;
    while (kind < HUNT_KINDS && strcmp(sweep->cases[0].name, hunt_kind_names[kind]) != 0)
        kind++;
    return (enum hunt_kind)kind;
}

/* Measures the entry's case; whether it is a find of its kind still. */
static int measure_entry(struct corpus_entry *entry, bool *is_find, struct error *error)
{
    struct hunt_look look = {
        .formulation = entry->formulation, .math = MATH_canonical, .space = &entry->space};
    int code = hunt_look(&look, &entry->find.point, &entry->find.sight, error);
    hunt_look_clear(&look);
    entry->find.burden = hunt_burden(&entry->space, &entry->find.point);
    entry->find.first = 0; /* not kept */
    *is_find = code == OK && hunt_is_find(entry->kind, &entry->find.sight);
    return code;
}

/* The find of a segment's case number `number`. */
static int read_entry(const char *path, const struct plan *plan, const struct segment *segment,
                      struct case_store *store, struct corpus *corpus, struct error *error)
{
    const struct sweep *sweep = segment->sweep;
    struct corpus_entry entry = {.kind = kind_of(sweep)};
    struct place place;
    bool shaped = entry.kind < HUNT_KINDS && sweep->provenance.models_count == 1;
    int code = plan_case(plan, segment->first_case, store, &place, error);
    if (code == OK && shaped) {
        entry.formulation = formulation_find(sweep->provenance.models[0]);
        entry.space = hunt_space_of(entry.formulation, segment->format, HUNT_MOST_COLUMNS);
        shaped = hunt_case_of(&entry.space, &store->input, &entry.find.point);
    }
    if (code == OK && !shaped)
        code = error_set(error, BAD_INPUT,
                         "%s: sweep '%s' is no find of xulp hunt: one case, named by its kind, of "
                         "one model (docs/hunt.md)",
                         path, sweep->name);
    bool is_find = false;
    if (code == OK)
        code = measure_entry(&entry, &is_find, error);
    if (code != OK)
        return code;
    corpus->lost += !is_find;
    if (!is_find)
        return OK;
    entry.note = strdup(sweep->provenance.note == NULL ? "" : sweep->provenance.note);
    code = entry.note == NULL ? error_no_memory(error) : append(corpus, &entry, error);
    if (code != OK)
        free(entry.note);
    return code;
}

static int read_plan(const char *path, const struct experiment *experiment, struct corpus *corpus,
                     struct error *error)
{
    struct plan plan;
    struct case_store store = {0};
    int code = plan_make(experiment, &plan, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < plan.segment_count && code == OK; i++)
        if (plan.segments[i].cases > 0)
            code = read_entry(path, &plan, &plan.segments[i], &store, corpus, error);
    case_store_clear(&store);
    plan_clear(&plan);
    return code;
}

static int read_one(const char *path, struct corpus *corpus, struct error *error)
{
    struct experiment *experiment;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return OK;
    int code = experiment_load(path, &experiment, error);
    if (code != OK)
        return code;
    code = read_plan(path, experiment, corpus, error);
    experiment_free(experiment);
    return code;
}

int corpus_load(const char *directory, struct corpus *corpus, struct error *error)
{
    int code = OK;
    *corpus = (struct corpus){0};
    for (size_t p = 0; p < PROBLEM_COUNT && code == OK; p++) {
        char *path;
        if (asprintf(&path, "%s/hunt-%s.yaml", directory, problems[p].name) < 0)
            return error_no_memory(error);
        code = read_one(path, corpus, error);
        free(path);
    }
    return code;
}

/* --- merging ------------------------------------------------------------------------- */

/* Takes over the entry, and its note, where it is better.  Of those that found
 * the same, the note that comes first in order stays, so that the order of
 * updates does not show. */
static int merge(struct corpus *corpus, struct corpus_entry *entry, struct corpus_change *change,
                 struct error *error)
{
    struct corpus_entry *there = find_like(corpus, entry);
    if (there == NULL) {
        int code = append(corpus, entry, error);
        if (code != OK)
            free(entry->note);
        change->added += code == OK;
        return code;
    }
    int order = hunt_find_compare(entry->kind, &entry->space, &entry->find, &there->find);
    change->replaced += order < 0;
    if (order < 0 || (order == 0 && strcmp(entry->note, there->note) < 0)) {
        free(there->note);
        *there = *entry;
    } else {
        free(entry->note);
    }
    return OK;
}

int corpus_add(struct corpus *corpus, const struct hunt_result *result,
               const struct hunt_request *request, const bool wanted[HUNT_KINDS],
               struct corpus_change *change, struct error *error)
{
    int code = OK;
    *change = (struct corpus_change){.lost = corpus->lost};
    for (size_t i = 0; i < result->count * HUNT_KINDS && code == OK; i++) {
        const struct hunt_lane *lane = &result->lanes[i / HUNT_KINDS];
        enum hunt_kind kind = (enum hunt_kind)(i % HUNT_KINDS);
        if (!wanted[kind] || lane->finds.kind[kind].first == HUNT_NEVER)
            continue;
        struct corpus_entry entry = {.formulation = lane->formulation,
                                     .space = lane->space,
                                     .kind = kind,
                                     .find = lane->finds.kind[kind]};
        if (asprintf(&entry.note, "seed %" PRIu64 ", budget %" PRIu64 ", columns %zu",
                     request->seed, request->budget, lane->space.columns) < 0)
            return error_no_memory(error);
        code = merge(corpus, &entry, change, error);
    }
    return code;
}
