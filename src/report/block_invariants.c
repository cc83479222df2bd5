/* {{invariants …}}: formulations by invariants, broken of checked; {{breaks …}}: the
 * worst breaks of one, with the results of both cases. */
#include "report/block_invariants.h"

#include "report/prose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FORMULATIONS = 64, MOST_FORMATS = 16, LONGEST_INPUT = 80 };

/* What there is among the selected rows: names in the tables' order. */
struct names {
    const char *name[MOST_FORMULATIONS];
    size_t count;
};

/* The index of a name, which is added where there is room for it. */
static size_t name_index(struct names *names, size_t most, const char *name)
{
    size_t i = 0;
    while (i < names->count && strcmp(names->name[i], name) != 0)
        i++;
    if (i == names->count && i < most)
        names->name[names->count++] = name;
    return i;
}

struct counts {
    uint64_t checked, broken, broken_in[MOST_FORMATS];
};

struct grid {
    struct names formulations, formats;
    struct counts cells[MOST_FORMULATIONS][INVARIANT_COUNT];
    bool shown[INVARIANT_COUNT];
};

static int grid_add(struct grid *grid, struct query *query, struct word word,
                    const struct invariant_row *row)
{
    enum invariant_id id = invariant_find(row->invariant);
    size_t f = name_index(&grid->formulations, MOST_FORMULATIONS, row->key.field[KEY_FORMULATION]);
    size_t format = name_index(&grid->formats, MOST_FORMATS, row->key.field[KEY_FORMAT]);
    if (f == MOST_FORMULATIONS || format == MOST_FORMATS)
        return query_error(query, word, "too many formulations or formats for one table");
    struct counts *cell = &grid->cells[f][id];
    cell->checked += row->checked;
    cell->broken += row->broken;
    cell->broken_in[format] += row->broken;
    grid->shown[id] = true;
    return OK;
}

static void print_counts(FILE *out, const struct grid *grid, const struct counts *counts)
{
    char broken[PROSE_TEXT], checked[PROSE_TEXT];
    if (counts->checked == 0) {
        fputs(" – |", out);
        return;
    }
    prose_count((double)counts->broken, broken);
    prose_count((double)counts->checked, checked);
    fprintf(out, counts->broken > 0 ? " **%s** of %s" : " %s of %s", broken, checked);
    for (size_t i = 0, printed = 0; i < grid->formats.count; i++) {
        if (counts->broken_in[i] == 0)
            continue;
        prose_count((double)counts->broken_in[i], broken);
        fprintf(out, "%s%s %s", printed++ == 0 ? "<br>" : ", ", grid->formats.name[i], broken);
    }
    fputs(" |", out);
}

static void print_grid(FILE *out, const struct grid *grid)
{
    fputs("| formulation |", out);
    for (size_t id = 0; id < INVARIANT_COUNT; id++)
        if (grid->shown[id])
            fprintf(out, " %s |", invariants[id].name);
    fputs("\n|---|", out);
    for (size_t id = 0; id < INVARIANT_COUNT; id++)
        if (grid->shown[id])
            fputs("---|", out);
    fputc('\n', out);
    for (size_t f = 0; f < grid->formulations.count; f++) {
        fprintf(out, "| `%s` |", grid->formulations.name[f]);
        for (size_t id = 0; id < INVARIANT_COUNT; id++)
            if (grid->shown[id])
                print_counts(out, grid, &grid->cells[f][id]);
        fputc('\n', out);
    }
}

int block_invariants(FILE *out, struct query *query, const struct word *words)
{
    struct selection selection;
    int code = selection_make(query, words, &selection);
    struct grid *grid = code == OK ? calloc(1, sizeof *grid) : NULL;
    if (code == OK && grid == NULL)
        code = error_no_memory(query->error);
    for (size_t i = 0; code == OK && i < query->results->invariant_row_count; i++) {
        const struct invariant_row *row = &query->results->invariant_rows[i];
        if (selection_has(&selection, &row->key))
            code = grid_add(grid, query, words[0], row);
    }
    if (code == OK && grid->formulations.count == 0)
        code = query_error(query, words[0], "no invariant was checked there");
    if (code == OK)
        print_grid(out, grid);
    free(grid);
    return code;
}

/* --- breaks ----------------------------------------------------------------------- */

static void print_input(FILE *out, const struct invariant_row *row)
{
    if (strlen(row->worst_input) <= LONGEST_INPUT)
        fprintf(out, "`%s`", row->worst_input);
    else
        fprintf(out, "`--experiment experiments/%s.yaml --case %llu`",
                row->key.field[KEY_EXPERIMENT], (unsigned long long)row->worst_case);
}

static void print_partner(FILE *out, const struct invariant_row *row)
{
    size_t length = strlen(row->worst_partner);
    if (length == 0)
        fputs("–", out);
    else if (length <= LONGEST_INPUT)
        fprintf(out, "`%s`", row->worst_partner);
    else
        fputs("long: in the table", out);
}

/* Whether a row goes before another of its formulation and format. */
static bool is_worse(const struct invariant_row *row, const struct invariant_row *other)
{
    bool same = strcmp(row->key.field[KEY_FORMULATION], other->key.field[KEY_FORMULATION]) == 0 &&
                strcmp(row->key.field[KEY_FORMAT], other->key.field[KEY_FORMAT]) == 0;
    return same &&
           (row->worst_by > other->worst_by || (row->worst_by == other->worst_by && row < other));
}

struct breaks {
    struct invariant_set set;
    struct selection selection;
};

static bool is_chosen(const struct breaks *breaks, const struct invariant_row *row)
{
    return row->broken > 0 && breaks->set.has[invariant_find(row->invariant)] &&
           selection_has(&breaks->selection, &row->key);
}

/* Whether it is the worst of its formulation and format, the first of equals. */
static bool is_worst(const struct breaks *breaks, const struct results *results,
                     const struct invariant_row *row)
{
    for (size_t i = 0; i < results->invariant_row_count; i++)
        if (is_chosen(breaks, &results->invariant_rows[i]) &&
            is_worse(&results->invariant_rows[i], row))
            return false;
    return true;
}

int block_breaks(FILE *out, struct query *query, const struct word *words)
{
    const struct results *results = query->results;
    struct breaks breaks;
    int code = invariant_set_make(query, words[0], &breaks.set);
    if (code == OK)
        code = selection_make(query, words + 1, &breaks.selection);
    if (code != OK)
        return code;
    fputs("| formulation | format | result | of the partner | how far | input, after `xulp eval` | "
          "its partner |\n|---|---|--:|--:|--:|---|---|\n",
          out);
    size_t printed = 0;
    for (size_t i = 0; i < results->invariant_row_count; i++) {
        const struct invariant_row *row = &results->invariant_rows[i];
        char by[PROSE_TEXT];
        if (!is_chosen(&breaks, row) || !is_worst(&breaks, results, row))
            continue;
        prose_number(row->worst_by, PROSE_ULP_DIGITS, by);
        fprintf(out, "| `%s` | %s | %s | %s | %s | ", row->key.field[KEY_FORMULATION],
                row->key.field[KEY_FORMAT], prose_table_number(row->worst_value),
                *row->worst_partner_value == '\0' ? "–"
                                                  : prose_table_number(row->worst_partner_value),
                by);
        print_input(out, row);
        fputs(" | ", out);
        print_partner(out, row);
        fputs(" |\n", out);
        printed++;
    }
    return printed > 0 ? OK : query_error(query, words[0], "it holds there");
}
