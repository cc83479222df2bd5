/* The finds of a corpus, from NAME.cases.tsv of a run that replayed it.  Only
 * what the run measured is shown; what the corpus says was found is not. */
#include "report/block_found.h"

#include "report/prose.h"
#include "sweep/hunt_find.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The row of the formulation that a find is of. */
static bool is_shown(const struct case_row *row, struct word experiment)
{
    return word_names(experiment, row->key.field[KEY_EXPERIMENT]) &&
           strcmp(row->models, "yes") == 0;
}

/* Whether the row is still what its name says: every error is a greatest one. */
static bool holds(const struct case_row *row)
{
    enum result_class class = class_find(row->class);
    const struct hunt_sight sight = {.class = class};
    for (size_t k = 0; k < HUNT_KINDS; k++)
        if (strcmp(row->name, hunt_kind_names[k]) == 0)
            return hunt_is_find((enum hunt_kind)k, &sight);
    return false;
}

static void print_row(FILE *out, const struct case_row *row)
{
    bool failure = class_is_failure(class_find(row->class));
    char error[PROSE_TEXT] = "–";
    if (isfinite(row->ulp_error))
        prose_number(row->ulp_error, PROSE_ULP_DIGITS, error);
    else if (!failure)
        snprintf(error, sizeof error, "above 10³⁰⁸");
    fprintf(out, "| `%s` | %s | %s | %s | %s%s | %s | %s | `%s` |\n",
            row->key.field[KEY_FORMULATION], row->key.field[KEY_FORMAT], row->name, error,
            row->class, holds(row) ? "" : ": **no longer**", prose_table_number(row->got),
            prose_table_number(row->exact), row->input);
}

int block_found(FILE *out, struct query *query, const struct word *words)
{
    const struct results *results = query->results;
    size_t rows = 0;
    fputs("| formulation | format | search for | error in ulp | class | result | exact value | "
          "input, "
          "after `xulp eval` |\n|---|---|---|--:|---|--:|--:|---|\n",
          out);
    for (size_t i = 0; i < results->case_row_count; i++) {
        if (!is_shown(&results->case_rows[i], words[0]))
            continue;
        print_row(out, &results->case_rows[i]);
        rows++;
    }
    if (rows == 0)
        return query_error(query, words[0], "'%.*s' holds no find of xulp hunt",
                           (int)words[0].length, words[0].start);
    return OK;
}
