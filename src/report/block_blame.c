/* The operations to blame for the worst case of each formulation, from the
 * rows of NAME.blame.tsv that were chosen as the worst. */
#include "report/block_blame.h"

#include "report/prose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 2 };

/* Whether `chosen`, words joined by +, has the word. */
static bool is_chosen(const struct blame_row *row, const char *word)
{
    return strstr(row->chosen, word) != NULL;
}

static bool same_case(const struct blame_row *a, const struct blame_row *b)
{
    return a->number == b->number &&
           strcmp(a->key.field[KEY_FORMULATION], b->key.field[KEY_FORMULATION]) == 0;
}

static void print_ulp(FILE *out, const char *text)
{
    char number[PROSE_TEXT];
    double ulp = strtod(text, NULL);
    if (*text == '\0') {
        fputs(" – |", out);
        return;
    }
    prose_number(fabs(ulp), PROSE_ULP_DIGITS, number);
    fprintf(out, " %s%s |", ulp < 0 ? "−" : "", number);
}

/* An operation's text, whose bars would end the cell. */
static void print_operation(FILE *out, const struct blame_row *row)
{
    fputs(" `", out);
    for (const char *c = row->operation; *c != '\0'; c++)
        fprintf(out, "%s%c", *c == '|' ? "\\" : "", *c);
    fputs("` |", out);
}

/* The case that starts at rows[0] and has `count` rows: its greatest shares,
 * the first of equals. */
static void print_blamed(FILE *out, const struct blame_row *rows, size_t count)
{
    const struct blame_row *shown[SHOWN] = {0};
    for (size_t k = 0; k < SHOWN; k++)
        for (size_t i = 0; i < count; i++)
            if ((k == 0 || &rows[i] != shown[0]) && rows[i].share > 0 &&
                (shown[k] == NULL || rows[i].share > shown[k]->share))
                shown[k] = &rows[i];
    fprintf(out, "| `%s` | %s |", rows->key.field[KEY_FORMULATION], rows->class);
    print_ulp(out, rows->total_ulp);
    for (size_t k = 0; k < SHOWN; k++) {
        if (shown[k] == NULL) {
            fputs(" – | – |", out);
            continue;
        }
        print_operation(out, shown[k]);
        print_ulp(out, shown[k]->own_ulp);
    }
    fprintf(out, " `--experiment experiments/%s.yaml --case %llu --blame` |\n",
            rows->key.field[KEY_EXPERIMENT], (unsigned long long)rows->number);
}

int block_blame(FILE *out, struct query *query, const struct word *words)
{
    const struct results *results = query->results;
    struct selection selection;
    int code = selection_make(query, words, &selection);
    if (code != OK)
        return code;
    fputs(
        "| formulation | class | worst ulp | most to blame | alone, ulp | then | alone, ulp | all "
        "of them, after `xulp eval` |\n|---|---|--:|---|--:|---|--:|---|\n",
        out);
    size_t printed = 0;
    for (size_t i = 0, count; i < results->blame_count; i += count) {
        const struct blame_row *row = &results->blames[i];
        for (count = 1; i + count < results->blame_count && same_case(row, row + count);)
            count++;
        if (is_chosen(row, "worst") && selection_has(&selection, &row->key)) {
            print_blamed(out, row, count);
            printed++;
        }
    }
    return printed > 0 ? OK : query_error(query, words[0], "no rounding was blamed there");
}
