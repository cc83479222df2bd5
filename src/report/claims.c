/* Claims: report/claims.yaml by libcyaml (sweep/yaml_load.h), its comparisons
 * and sentences by queries. */
#include "report/claims.h"

#include "report/query.h"
#include "report/template.h"
#include "sweep/yaml_load.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT_FIELD(key, flags, structure, member) \
    CYAML_FIELD_STRING_PTR(key, flags, structure, member, 1, CYAML_UNLIMITED)
#define LIST_FIELD(key, flags, structure, member, entry)                                 \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, entry, 1, \
                         CYAML_UNLIMITED)

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t evidence_fields[] = {
    TEXT_FIELD("when", 0, struct evidence, when),
    TEXT_FIELD("sentence", 0, struct evidence, sentence),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t evidence_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct evidence, evidence_fields),
};

static const cyaml_schema_field_t claim_fields[] = {
    TEXT_FIELD("name", 0, struct claim, name),
    TEXT_FIELD("claim", 0, struct claim, claim),
    TEXT_FIELD("source", 0, struct claim, source),
    LIST_FIELD("supports", OPTIONAL, struct claim, supports, &evidence_entry),
    LIST_FIELD("contradicts", OPTIONAL, struct claim, contradicts, &evidence_entry),
    LIST_FIELD("charts", OPTIONAL, struct claim, charts, &text_entry),
    LIST_FIELD("tables", 0, struct claim, tables, &text_entry),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t claim_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct claim, claim_fields),
};

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("claims", CYAML_FLAG_POINTER, struct claims, claims, count,
                               &claim_entry, 1, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct claims, file_fields),
};

const char *const verdict_names[] = {
    [VERDICT_HELD] = "held",
    [VERDICT_REFUTED] = "refuted",
    [VERDICT_CONDITIONAL] = "held with conditions",
};

/* --- verdicts ----------------------------------------------------------------- */

/* What a list of a claim is judged with. */
struct judge {
    const struct yaml_file *file;
    const yaml_node_t *claim;
    const struct results *results;
};

/* Blames a key of a piece of evidence; the place in it is named by its text,
 * since a folded text has no columns of its own. */
static int evidence_error(const struct judge *judge, const yaml_node_t *node, const char *key,
                          const char *text, size_t at, struct error *error)
{
    struct error bare = *error;
    if (bare.code != BAD_INPUT)
        return bare.code;
    return yaml_file_error(judge->file, yaml_file_value(judge->file, node, key), error,
                           "at '%.40s': %.600s", text + at, bare.text);
}

static int judge_evidence(const struct judge *judge, const yaml_node_t *node,
                          struct evidence *evidence, struct error *error)
{
    struct query query = {.results = judge->results, .text = evidence->when, .error = error};
    int code = query_compare(&query, evidence->when, &evidence->holds);
    if (code != OK)
        return evidence_error(judge, node, "when", evidence->when, query.at, error);
    if (!evidence->holds)
        return OK;
    size_t at;
    code = sentence_expand(evidence->sentence, judge->results, &evidence->text, &at, error);
    return code == OK ? OK : evidence_error(judge, node, "sentence", evidence->sentence, at, error);
}

/* Judges a list; *holding is how many of its comparisons hold. */
static int judge_list(const struct judge *judge, const char *key, struct evidence *list,
                      uint32_t count, size_t *holding, struct error *error)
{
    const yaml_node_t *nodes = yaml_file_value(judge->file, judge->claim, key);
    *holding = 0;
    for (uint32_t i = 0; i < count; i++) {
        int code = judge_evidence(judge, yaml_file_item(judge->file, nodes, i), &list[i], error);
        if (code != OK)
            return code;
        *holding += list[i].holds;
    }
    return OK;
}

static int check_tables(const struct judge *judge, const struct claim *claim, struct error *error)
{
    const yaml_node_t *list = yaml_file_value(judge->file, judge->claim, "tables");
    for (uint32_t t = 0; t < claim->tables_count; t++) {
        size_t e = 0;
        while (e < judge->results->experiment_count &&
               strcmp(judge->results->experiments[e].name, claim->tables[t]) != 0)
            e++;
        if (e == judge->results->experiment_count)
            return yaml_file_error(judge->file, yaml_file_item(judge->file, list, t), error,
                                   "unknown experiment '%.80s'", claim->tables[t]);
    }
    return OK;
}

static int judge_claim(const struct judge *judge, struct claim *claim, struct error *error)
{
    size_t supporting, contradicting;
    int code =
        judge_list(judge, "supports", claim->supports, claim->supports_count, &supporting, error);
    if (code == OK)
        code = judge_list(judge, "contradicts", claim->contradicts, claim->contradicts_count,
                          &contradicting, error);
    if (code == OK)
        code = check_tables(judge, claim, error);
    if (code != OK)
        return code;
    if (supporting == 0 && contradicting == 0)
        return yaml_file_error(judge->file, judge->claim, error,
                               "the results neither support nor contradict '%.80s'", claim->name);
    claim->verdict = contradicting == 0 ? VERDICT_HELD
                     : supporting == 0  ? VERDICT_REFUTED
                                        : VERDICT_CONDITIONAL;
    return OK;
}

int claims_load(const char *path, const struct results *results, struct claims **claims,
                struct error *error)
{
    struct yaml_file file;
    void *loaded = NULL;
    *claims = NULL;
    int code = yaml_file_read(path, &file, error);
    if (code == OK)
        code = yaml_load(&file, &file_schema, &loaded, error);
    if (code == OK) {
        *claims = loaded;
        const yaml_node_t *list = yaml_file_value(&file, yaml_file_root(&file), "claims");
        for (uint32_t i = 0; i < (*claims)->count && code == OK; i++) {
            struct judge judge = {&file, yaml_file_item(&file, list, i), results};
            code = judge_claim(&judge, &(*claims)->claims[i], error);
        }
    }
    yaml_file_clear(&file);
    return code;
}

static void free_texts(struct evidence *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        free(list[i].text);
}

void claims_free(struct claims *claims)
{
    if (claims == NULL)
        return;
    for (uint32_t i = 0; i < claims->count; i++) {
        free_texts(claims->claims[i].supports, claims->claims[i].supports_count);
        free_texts(claims->claims[i].contradicts, claims->claims[i].contradicts_count);
    }
    yaml_load_free(&file_schema, claims);
}

/* --- text --------------------------------------------------------------------- */

void claims_write_verdicts(FILE *out, const struct claims *claims)
{
    fputs("| claim | verdict | stated by |\n|---|---|---|\n", out);
    for (uint32_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->claims[i];
        fprintf(out, "| [%s](#", claim->name);
        write_anchor(out, claim->name, strlen(claim->name));
        fprintf(out, ") | **%s** | %s |\n", verdict_names[claim->verdict], claim->source);
    }
}

static void write_list(FILE *out, const char *mark, const struct evidence *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i].holds)
            fprintf(out, "- %s: %s\n", mark, list[i].text);
}

static void write_links(FILE *out, const char *what, const char *directory, const char *extension,
                        char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%s[%s](%s/%s%s)", i == 0 ? what : ", ", names[i], directory, names[i],
                extension);
    fputs(count > 0 ? ". " : "", out);
}

void claims_write_evidence(FILE *out, const struct claims *claims)
{
    for (uint32_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->claims[i];
        fprintf(out, "%s### %s\n\n> %s (%s)\n\n**Verdict: %s.**\n\n", i > 0 ? "\n" : "",
                claim->name, claim->claim, claim->source, verdict_names[claim->verdict]);
        write_list(out, "For", claim->supports, claim->supports_count);
        write_list(out, "Against", claim->contradicts, claim->contradicts_count);
        fputc('\n', out);
        write_links(out, "Charts: ", "charts", ".svg", claim->charts, claim->charts_count);
        write_links(out, "Tables: ", "tables", ".tsv", claim->tables, claim->tables_count);
        fputc('\n', out);
    }
}
