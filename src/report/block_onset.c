/* {{onset FAMILY}}: where each formulation breaks on one family of inputs.
 *
 * A column a format; in it the first input of a false zero, of NaN or Inf, of
 * a wrong sign where there is one, of an error above 1 % and of one above 16 ulp.  Formulations
 * that agree in all of a row share it.  Inputs stand there in few digits and, exactly, as hex
 * floats. */
#include "report/blocks.h"

#include "sweep/onset_family.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FORMATS = 16, MOST_ROWS = 256, DIGITS = 6 };

/* The parts of a cell: the earlier of two conditions. */
static const struct part {
    const char *title, *first, *second;
    bool always; /* or only where there is one on the family */
    bool noisy;  /* comes and goes: a search may be late (docs/onset.md) */
} parts[] = {
    {"false 0", "false-zero", "false-zero", true, false},
    {"NaN or Inf", "nan", "inf", true, false},
    {"wrong sign", "wrong-sign", "wrong-sign", false, false},
    {"1 %", "over-1-percent", "over-1-percent", true, true},
    {"16 ulp", "over-16-ulp", "over-16-ulp", true, true},
};

enum { PARTS = sizeof parts / sizeof *parts };

/* A formulation on the family: what its entries say. */
struct row {
    const char *problem, *formulation;
    const char *first[MOST_FORMATS][PARTS]; /* hex; NULL: nowhere, */
    bool sampled[MOST_FORMATS][PARTS];      /* as far as was looked */
    bool searched[MOST_FORMATS];            /* and not every value tried */
};

struct grid {
    const struct onset_family *family;
    const char *formats[MOST_FORMATS];
    size_t format_count;
    struct row *rows;
    size_t row_count;
    bool shown[PARTS];
};

static const struct onset_family *find_family(struct word word)
{
    for (size_t i = 0; i < onset_family_count; i++)
        if (word_is(word, onset_families[i].name))
            return &onset_families[i];
    return NULL;
}

/* The format's column, added if need be; MOST_FORMATS where there is no room. */
static size_t column_of(struct grid *grid, const char *format)
{
    size_t column = 0;
    while (column < grid->format_count && strcmp(grid->formats[column], format) != 0)
        column++;
    if (column == grid->format_count && column < MOST_FORMATS)
        grid->formats[grid->format_count++] = format;
    return column;
}

static struct row *row_of(struct grid *grid, const struct onset_entry *entry)
{
    for (size_t i = 0; i < grid->row_count; i++)
        if (strcmp(grid->rows[i].formulation, entry->formulation) == 0)
            return &grid->rows[i];
    if (grid->row_count == MOST_ROWS)
        return NULL;
    struct row *row = &grid->rows[grid->row_count++];
    *row = (struct row){.problem = entry->problem, .formulation = entry->formulation};
    return row;
}

/* Whether the hex float a comes before b on the family's walk. */
static bool earlier(const struct onset_family *family, const char *a, const char *b)
{
    double x = strtod(a, NULL), y = strtod(b, NULL);
    return family->walk == ONSET_TO_ZERO ? x > y : x < y;
}

static int add_entry(struct grid *grid, struct query *query, struct word word,
                     const struct onset_entry *entry)
{
    size_t column = column_of(grid, entry->format);
    struct row *row = row_of(grid, entry);
    if (row == NULL || column == MOST_FORMATS)
        return query_error(query, word, "onset.tsv holds more than a page does");
    for (size_t p = 0; p < PARTS; p++) {
        const char **first = &row->first[column][p];
        bool wanted = strcmp(entry->condition, parts[p].first) == 0 ||
                      strcmp(entry->condition, parts[p].second) == 0;
        if (wanted && *entry->first != '\0' &&
            (*first == NULL || earlier(grid->family, entry->first, *first)))
            *first = entry->first;
        row->searched[column] |= strcmp(entry->verified, "exhaustive") != 0;
        row->sampled[column][p] |= wanted && strcmp(entry->verified, "sampled") == 0;
        grid->shown[p] |= parts[p].always || *first != NULL;
    }
    return OK;
}

/* --- output ----------------------------------------------------------------------- */

/* Few digits, and the number itself; of the distance to 1 where all inputs are next to it. */
static void print_input(FILE *out, const struct onset_family *family, const char *hex, bool sampled)
{
    double v = hex == NULL ? 0 : strtod(hex, NULL);
    if (hex == NULL)
        fputs(sampled ? "?" : "–", out);
    else if (family->walk != ONSET_TO_ONE || v == 1)
        fprintf(out, "%.*g `%s`", DIGITS, v, hex);
    else
        fprintf(out, "1−%.3g `%s`", 1 - v, hex);
}

static bool same_cells(const struct grid *grid, const struct row *a, const struct row *b)
{
    if (strcmp(a->problem, b->problem) != 0)
        return false;
    for (size_t f = 0; f < grid->format_count; f++)
        for (size_t p = 0; p < PARTS; p++) {
            const char *x = a->first[f][p], *y = b->first[f][p];
            if ((x == NULL) != (y == NULL) || (x != NULL && strcmp(x, y) != 0))
                return false;
        }
    return true;
}

/* The first row of those that are equal to row i. */
static size_t leader(const struct grid *grid, size_t i)
{
    size_t first = 0;
    while (!same_cells(grid, &grid->rows[first], &grid->rows[i]))
        first++;
    return first;
}

static void print_row(FILE *out, const struct grid *grid, size_t i)
{
    const struct row *row = &grid->rows[i];
    fputs("| ", out);
    for (size_t j = i; j < grid->row_count; j++)
        if (leader(grid, j) == i)
            fprintf(out, "%s`%s`", j == i ? "" : ", ", grid->rows[j].formulation);
    fprintf(out, " | %s |", row->problem);
    for (size_t f = 0; f < grid->format_count; f++) {
        for (size_t p = 0; p < PARTS; p++) {
            if (!grid->shown[p])
                continue;
            fputs(p == 0 ? " " : " / ", out);
            if (row->first[f][p] != NULL && parts[p].noisy && row->searched[f])
                fputs(grid->family->walk == ONSET_TO_ZERO ? "≥ " : "≤ ", out);
            print_input(out, grid->family, row->first[f][p], row->sampled[f][p]);
        }
        fputs(" |", out);
    }
    fputc('\n', out);
}

static void print_grid(FILE *out, const struct grid *grid)
{
    fprintf(out, "Family `%s`: %s. In each cell the first v with ", grid->family->name,
            grid->family->what);
    for (size_t p = 0; p < PARTS; p++)
        if (grid->shown[p])
            fprintf(out, "%s%s", p == 0 ? "" : " / ", parts[p].title);
    fputs(":\n\n| formulation | problem |", out);
    for (size_t f = 0; f < grid->format_count; f++)
        fprintf(out, " %s |", grid->formats[f]);
    fputs("\n|---|---|", out);
    for (size_t f = 0; f < grid->format_count; f++)
        fputs("--:|", out);
    fputc('\n', out);
    for (size_t i = 0; i < grid->row_count; i++)
        if (leader(grid, i) == i)
            print_row(out, grid, i);
}

int block_onset(FILE *out, struct query *query, const struct word *words)
{
    const struct results *results = query->results;
    struct grid grid = {.family = find_family(words[0])};
    if (grid.family == NULL)
        return query_error(query, words[0], "there is no such family of xulp onset");
    grid.rows = calloc(MOST_ROWS, sizeof *grid.rows);
    if (grid.rows == NULL)
        return error_no_memory(query->error);
    int code = OK;
    for (size_t i = 0; i < results->onset_count && code == OK; i++)
        if (strcmp(results->onsets[i].family, grid.family->name) == 0)
            code = add_entry(&grid, query, words[0], &results->onsets[i]);
    if (code == OK && grid.row_count == 0)
        code = query_error(query, words[0],
                           "the results hold no onset.tsv with it: run xulp onset --out there");
    if (code == OK)
        print_grid(out, &grid);
    free(grid.rows);
    return code;
}
