/* A text with references in it.  {{WORD …}} alone is a block where WORD names
 * one, and else a query; everything outside of braces is copied. */
#include "report/template.h"

#include "report/block_blame.h"
#include "report/block_found.h"
#include "report/block_gallery.h"
#include "report/block_invariants.h"
#include "report/blocks.h"
#include "report/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What references are resolved by. */
struct expansion {
    FILE *out;
    const char *text;            /* the whole template */
    const struct claims *claims; /* NULL in a sentence: no blocks */
    struct query query;
};

/* --- blocks ------------------------------------------------------------------- */

void write_anchor(FILE *out, const char *heading, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)heading[i];
        if (c == ' ')
            fputc('-', out);
        else if (isalnum(c) || c == '-' || c == '_' || c >= 0x80)
            fputc(tolower(c), out);
    }
}

/* A list of links to the template's headings of level 2. */
static int block_contents(struct expansion *expansion, const struct word *words)
{
    (void)words;
    for (const char *line = expansion->text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, "## ", 3) != 0)
            continue;
        size_t length = strcspn(line + 3, "\n");
        fprintf(expansion->out, "- [%.*s](#", (int)length, line + 3);
        write_anchor(expansion->out, line + 3, length);
        fputs(")\n", expansion->out);
    }
    return OK;
}

static int block_verdicts(struct expansion *expansion, const struct word *words)
{
    (void)words;
    claims_write_verdicts(expansion->out, expansion->claims);
    return OK;
}

static int block_evidence(struct expansion *expansion, const struct word *words)
{
    (void)words;
    claims_write_evidence(expansion->out, expansion->claims);
    return OK;
}

static int summary_block(struct expansion *expansion, const struct word *words)
{
    return block_summary(expansion->out, &expansion->query, words);
}

static int outcomes_block(struct expansion *expansion, const struct word *words)
{
    return block_outcomes(expansion->out, &expansion->query, words);
}

static int onset_block(struct expansion *expansion, const struct word *words)
{
    return block_onset(expansion->out, &expansion->query, words);
}

static int formulations_block(struct expansion *expansion, const struct word *words)
{
    (void)words;
    block_formulations(expansion->out);
    return OK;
}

static int blame_block(struct expansion *expansion, const struct word *words)
{
    return block_blame(expansion->out, &expansion->query, words);
}

static int invariants_block(struct expansion *expansion, const struct word *words)
{
    return block_invariants(expansion->out, &expansion->query, words);
}

static int breaks_block(struct expansion *expansion, const struct word *words)
{
    return block_breaks(expansion->out, &expansion->query, words);
}

static int gallery_block(struct expansion *expansion, const struct word *words)
{
    return block_gallery(expansion->out, &expansion->query, words);
}

static int found_block(struct expansion *expansion, const struct word *words)
{
    return block_found(expansion->out, &expansion->query, words);
}

static const struct block {
    const char *name;
    size_t words, optional; /* that must follow; that may, `*` where they do not */
    int (*write)(struct expansion *expansion, const struct word *words);
    const char *usage;
} blocks[] = {
    {"contents", 0, 0, block_contents, ""},
    {"verdicts", 0, 0, block_verdicts, ""},
    {"evidence", 0, 0, block_evidence, ""},
    {"formulations", 0, 0, formulations_block, ""},
    {"summary", 2, 2, summary_block, " EXPERIMENT SWEEP [FORMAT FORMULATION]"},
    {"outcomes", 3, 0, outcomes_block, " EXPERIMENT SWEEP FORMAT"},
    {"blame", 3, 1, blame_block, " EXPERIMENT SWEEP FORMAT [FORMULATION]"},
    {"invariants", 2, 2, invariants_block, " EXPERIMENT SWEEP [FORMAT FORMULATION]"},
    {"breaks", 4, 1, breaks_block, " INVARIANT EXPERIMENT SWEEP FORMAT [FORMULATION]"},
    {"gallery", 1, 0, gallery_block, " EXPERIMENT"},
    {"onset", 1, 0, onset_block, " FAMILY"},
    {"found", 1, 0, found_block, " EXPERIMENT"},
};

static const struct block *find_block(const struct words *words)
{
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
        if (words->count > 0 && word_is(words->word[0], blocks[b].name))
            return &blocks[b];
    return NULL;
}

/* --- references --------------------------------------------------------------- */

static int resolve_block(struct expansion *expansion, const struct block *block,
                         const struct words *words)
{
    size_t count = words->count - 1;
    if (count < block->words || (count > block->words && count != block->words + block->optional))
        return query_error(&expansion->query, words->word[0], "it is `%s%s`", block->name,
                           block->usage);
    struct word followed[MOST_WORDS];
    for (size_t i = 0; i < MOST_WORDS; i++)
        followed[i] = i < count ? words->word[i + 1] : (struct word){"*", 1};
    return block->write(expansion, followed);
}

/* Resolves what stands between {{ and }}.  A block ends its last line. */
static int resolve(struct expansion *expansion, const char *text, size_t length, bool *is_block)
{
    struct query *query = &expansion->query;
    struct words words;
    int code = words_cut(query, text, length, &words);
    if (code != OK)
        return code;
    const struct block *block = expansion->claims == NULL ? NULL : find_block(&words);
    *is_block = block != NULL;
    if (*is_block)
        return resolve_block(expansion, block, &words);
    struct answer answer;
    int digits;
    code = query_answer(query, text, length, &answer, &digits);
    if (code == OK)
        answer_write(expansion->out, &answer, digits);
    return code;
}

static int expand(struct expansion *expansion)
{
    const char *text = expansion->text, *open;
    while ((open = strstr(text, "{{")) != NULL) {
        fwrite(text, 1, (size_t)(open - text), expansion->out);
        const char *close = strstr(open, "}}");
        if (close == NULL)
            return query_error(&expansion->query, (struct word){open, 2}, "{{ without }}");
        bool is_block;
        int code = resolve(expansion, open + 2, (size_t)(close - open - 2), &is_block);
        if (code != OK)
            return code;
        text = close + 2;
        text += is_block && *text == '\n';
    }
    fputs(text, expansion->out);
    return OK;
}

int sentence_expand(const char *text, const struct results *results, char **expanded, size_t *at,
                    struct error *error)
{
    size_t length;
    *expanded = NULL;
    *at = 0;
    FILE *out = open_memstream(expanded, &length);
    if (out == NULL)
        return error_no_memory(error);
    struct expansion expansion = {
        .out = out, .text = text, .query = {.results = results, .text = text, .error = error}};
    int code = expand(&expansion);
    *at = expansion.query.at;
    if (fclose(out) != 0 && code == OK)
        code = error_no_memory(error);
    return code;
}

int template_expand(FILE *out, const char *path, const char *text, const struct results *results,
                    const struct claims *claims, struct error *error)
{
    struct expansion expansion = {.out = out,
                                  .text = text,
                                  .claims = claims,
                                  .query = {.results = results, .text = text, .error = error}};
    int code = expand(&expansion);
    if (code != BAD_INPUT)
        return code;
    size_t line = 1, column = 1;
    for (const char *c = text; c < text + expansion.query.at; c++) {
        column = *c == '\n' ? 1 : column + ((*c & 0xc0) != 0x80); /* characters, not bytes */
        line += *c == '\n';
    }
    struct error bare = *error;
    return error_set(error, BAD_INPUT, "%s:%zu:%zu: %.*s", path, line, column,
                     (int)(sizeof bare.text - 300), bare.text);
}
