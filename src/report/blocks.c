/* Tables that the report's text asks for, as Markdown. */
#include "report/blocks.h"

#include "impl/impl.h"
#include "report/prose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_NAMES = 32,
    LONGEST_INPUT = 80, /* of a case written out; a longer one is named by its number */
};

/* The names of a field among the selected cells, in the tables' order. */
struct names {
    const char *name[MOST_NAMES];
    size_t count;
};

static size_t name_index(const struct names *names, const char *name)
{
    size_t i = 0;
    while (i < names->count && strcmp(names->name[i], name) != 0)
        i++;
    return i;
}

static void names_collect(const struct results *results, const struct selection *selection,
                          enum key_field field, struct names *names)
{
    names->count = 0;
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct key *key = &results->cells[i].key;
        if (!selection_has(selection, key))
            continue;
        size_t known = name_index(names, key->field[field]);
        if (known == names->count && known < MOST_NAMES)
            names->name[names->count++] = key->field[field];
    }
}

static struct word any_name(void)
{
    return (struct word){"*", 1};
}

static void print_input(FILE *out, const struct cell *cell, bool failure)
{
    const char *input = failure ? cell->failure_input : cell->max_ulp_input;
    uint64_t number = failure ? cell->failure_case : cell->max_ulp_case;
    if (strlen(input) <= LONGEST_INPUT)
        fprintf(out, "`%s`", input);
    else
        fprintf(out, "`--experiment experiments/%s.yaml --case %llu`",
                cell->key.field[KEY_EXPERIMENT], (unsigned long long)number);
}

/* --- summary ------------------------------------------------------------------ */

/* Some cells, taken together. */
struct sum {
    uint64_t cases, classes[CLASS_COUNT];
    const struct cell *worst, *failure; /* NULL: none */
};

static void sum_add(struct sum *sum, const struct cell *cell)
{
    sum->cases += cell->cases;
    for (size_t c = 0; c < CLASS_COUNT; c++)
        sum->classes[c] += cell->classes[c];
    if (!isnan(cell->max_ulp) && (sum->worst == NULL || cell->max_ulp > sum->worst->max_ulp))
        sum->worst = cell;
    if (cell_failures(cell) > 0 &&
        (sum->failure == NULL || cell->failure_case < sum->failure->failure_case))
        sum->failure = cell;
}

/* The columns of counts: a class, or two that mean much the same to a reader. */
static const struct count_column {
    const char *title;
    enum result_class first, second;
    bool always; /* or only where there are any */
} count_columns[] = {
    {"false 0", CLASS_false_zero, CLASS_false_zero, true},
    {"NaN", CLASS_spurious_nan, CLASS_spurious_nan, true},
    {"Inf", CLASS_spurious_inf, CLASS_spurious_inf, true},
    {"NaN or Inf missed", CLASS_missed_nan, CLASS_missed_inf, false},
    {"wrong sign", CLASS_wrong_sign, CLASS_wrong_sign, true},
};

enum { COUNT_COLUMNS = sizeof count_columns / sizeof *count_columns };

static uint64_t column_count(const struct count_column *column, const struct sum *sum)
{
    uint64_t count = sum->classes[column->first];
    return column->second == column->first ? count : count + sum->classes[column->second];
}

static void print_sum(FILE *out, const struct sum *sum, const bool *shown)
{
    char cases[PROSE_TEXT], correct[PROSE_TEXT], faithful[PROSE_TEXT], worst[PROSE_TEXT] = "–";
    uint64_t below_one = sum->classes[CLASS_correct] + sum->classes[CLASS_faithful];
    prose_count((double)sum->cases, cases);
    prose_share((double)sum->classes[CLASS_correct], (double)sum->cases, correct);
    prose_share((double)below_one, (double)sum->cases, faithful);
    if (sum->worst != NULL)
        prose_number(sum->worst->max_ulp, PROSE_ULP_DIGITS, worst);
    fprintf(out, " %s | %s | %s | %s |", cases, correct, faithful, worst);
    for (size_t c = 0; c < COUNT_COLUMNS; c++) {
        char count[PROSE_TEXT];
        prose_count((double)column_count(&count_columns[c], sum), count);
        if (shown[c])
            fprintf(out, " %s |", count);
    }
    fputc(' ', out);
    if (sum->worst != NULL)
        print_input(out, sum->worst, false);
    if (sum->failure != NULL) {
        fputs(sum->worst != NULL ? "; fails: " : "fails: ", out);
        print_input(out, sum->failure, true);
    }
    fputs(" |\n", out);
}

static void print_header(FILE *out, const bool *shown)
{
    fputs("| formulation | format | cases | correct | < 1 ulp | worst ulp |", out);
    for (size_t c = 0; c < COUNT_COLUMNS; c++)
        if (shown[c])
            fprintf(out, " %s |", count_columns[c].title);
    fputs(" input of the worst ulp, after `xulp eval` |\n|---|---|--:|--:|--:|--:|", out);
    for (size_t c = 0; c < COUNT_COLUMNS; c++)
        if (shown[c])
            fputs("--:|", out);
    fputs("---|\n", out);
}

/* A summary: sums[formulation][format]. */
struct summary {
    struct names formulations, formats;
    struct sum *sums;
    size_t count;
};

static int summary_make(struct query *query, const struct word *words, struct summary *summary)
{
    const struct results *results = query->results;
    struct selection selection;
    int code = selection_make(query, words, &selection);
    if (code != OK)
        return code;
    names_collect(results, &selection, KEY_FORMULATION, &summary->formulations);
    names_collect(results, &selection, KEY_FORMAT, &summary->formats);
    summary->count = summary->formulations.count * summary->formats.count;
    summary->sums = calloc(summary->count + 1, sizeof *summary->sums);
    if (summary->sums == NULL)
        return error_no_memory(query->error);
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (!selection_has(&selection, &cell->key))
            continue;
        size_t row = name_index(&summary->formulations, cell->key.field[KEY_FORMULATION]);
        size_t column = name_index(&summary->formats, cell->key.field[KEY_FORMAT]);
        if (row < summary->formulations.count && column < summary->formats.count)
            sum_add(&summary->sums[row * summary->formats.count + column], cell);
    }
    return OK;
}

int block_summary(FILE *out, struct query *query, const struct word *words)
{
    struct summary summary = {0};
    int code = summary_make(query, words, &summary);
    if (code != OK)
        return code;
    bool shown[COUNT_COLUMNS] = {0};
    for (size_t i = 0; i < summary.count; i++)
        for (size_t c = 0; c < COUNT_COLUMNS; c++)
            shown[c] |=
                count_columns[c].always || column_count(&count_columns[c], &summary.sums[i]) > 0;
    fprintf(out, "Experiment `%.*s`, sweep `%.*s`:\n\n", (int)words[0].length, words[0].start,
            (int)words[1].length, words[1].start);
    print_header(out, shown);
    for (size_t i = 0; i < summary.count; i++) {
        if (summary.sums[i].cases == 0)
            continue;
        fprintf(out, "| `%s` | %s |", summary.formulations.name[i / summary.formats.count],
                summary.formats.name[i % summary.formats.count]);
        print_sum(out, &summary.sums[i], shown);
    }
    free(summary.sums);
    return OK;
}

/* --- outcomes ------------------------------------------------------------------ */

/* The class of a cell of one case. */
static const char *outcome(const struct cell *cell)
{
    size_t class = 0;
    while (class < CLASS_COUNT - 1 && cell->classes[class] == 0)
        class ++;
    return class_names[class];
}

static const struct cell *find_cell(const struct results *results, const struct cell *like,
                                    const char *formulation)
{
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        bool same = cell->bin == like->bin;
        for (size_t f = 0; f < KEY_FORMULATION && same; f++)
            same = strcmp(cell->key.field[f], like->key.field[f]) == 0;
        if (same && strcmp(cell->key.field[KEY_FORMULATION], formulation) == 0)
            return cell;
    }
    return NULL;
}

/* The input of a cell of one case, without its format. */
static void print_case(FILE *out, const struct cell *cell)
{
    const char *input = *cell->max_ulp_input != '\0' ? cell->max_ulp_input : cell->failure_input;
    const char *format = strstr(input, " --format ");
    size_t length = format == NULL ? strlen(input) : (size_t)(format - input);
    fprintf(out, "| `%.*s` |", (int)length, input);
}

static bool is_near(const struct cell *cell)
{
    return cell->classes[CLASS_correct] + cell->classes[CLASS_faithful] +
               cell->classes[CLASS_close] >
           0;
}

static void print_outcomes(FILE *out, const struct results *results, const struct cell *row,
                           const struct names *columns)
{
    print_case(out, row);
    for (size_t c = 0; c < columns->count; c++) {
        const struct cell *cell = find_cell(results, row, columns->name[c]);
        if (cell == NULL)
            fputs(" – |", out);
        else if (is_near(cell))
            fprintf(out, " %s |", outcome(cell));
        else
            fprintf(out, " **%s** |", outcome(cell));
    }
    fputc('\n', out);
}

int block_outcomes(FILE *out, struct query *query, const struct word *words)
{
    const struct word all[KEY_FIELDS] = {words[0], words[1], words[2], any_name()};
    struct selection selection;
    int code = selection_make(query, all, &selection);
    if (code != OK)
        return code;
    struct names columns;
    names_collect(query->results, &selection, KEY_FORMULATION, &columns);
    fputs("| input |", out);
    for (size_t c = 0; c < columns.count; c++)
        fprintf(out, " `%s` |", columns.name[c]);
    fputs("\n|---|", out);
    for (size_t c = 0; c < columns.count; c++)
        fputs("---|", out);
    fputc('\n', out);
    for (size_t i = 0; i < query->results->cell_count; i++) {
        const struct cell *row = &query->results->cells[i];
        if (strcmp(row->key.field[KEY_FORMULATION], columns.name[0]) != 0 ||
            !selection_has(&selection, &row->key))
            continue;
        if (row->cases != 1)
            return query_error(query, words[1], "a bin of this sweep holds several cases");
        print_outcomes(out, query->results, row, &columns);
    }
    return OK;
}

/* --- formulations --------------------------------------------------------------- */

/* Text for a cell of a Markdown table, where a bar would end the cell. */
static void print_cell_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        fprintf(out, "%s%c", *text == '|' ? "\\" : "", *text);
}

/* The file of a formulation: its name with underscores. */
static void print_source_file(FILE *out, const char *name)
{
    fputs("`src/impl/formulations/", out);
    for (; *name != '\0'; name++)
        fputc(*name == '-' ? '_' : *name, out);
    fputs(".c`", out);
}

void block_formulations(FILE *out)
{
    fputs("| formulation | problem | formula | written so by | its lines | closed gradient |\n"
          "|---|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < formulation_count; i++) {
        const struct formulation *formulation = &formulations[i];
        fprintf(out, "| `%s` | %s | ", formulation->name, problems[formulation->problem].name);
        print_cell_text(out, formulation->formula);
        fprintf(out, " | %s | ", formulation->source);
        print_source_file(out, formulation->name);
        const struct closed_form *closed = formulation_closed_form(i);
        if (closed == NULL) {
            fputs(" | – |\n", out);
            continue;
        }
        fputs(" | ", out);
        print_cell_text(out, closed->formula);
        fprintf(out, " (%s; `%s.c`) |\n", closed->source, closed->name);
    }
}
