/* xulp report: reads the tables, resolves the text of the report, draws the
 * charts it names, copies what it links to, and lets pandoc make HTML of it. */
#include "report/report.h"

#include "core/file.h"
#include "report/charts.h"
#include "report/claims.h"
#include "report/page.h"
#include "report/results.h"
#include "report/template.h"

#include <stdlib.h>
#include <string.h>

/* Where a report comes from and goes to. */
struct places {
    const char *results, *out;
    char *docs, *plots, *template, *claims, *style, *page; /* below share */
    char *out_docs, *out_charts, *out_tables;              /* below out */
};

static int join(char **path, const char *directory, const char *name, struct error *error)
{
    if (asprintf(path, "%s/%s", directory, name) >= 0)
        return OK;
    *path = NULL;
    return error_no_memory(error);
}

static int places_make(struct places *places, const char *share, struct error *error)
{
    const struct {
        char **path;
        const char *directory, *name;
    } joined[] = {
        {&places->docs, share, "docs"},
        {&places->plots, share, "plots"},
        {&places->template, share, "report/report.md.in"},
        {&places->claims, share, "report/claims.yaml"},
        {&places->style, share, "report/style.css"},
        {&places->page, share, "report/template.html"},
        {&places->out_docs, places->out, "docs"},
        {&places->out_charts, places->out, "charts"},
        {&places->out_tables, places->out, "tables"},
    };
    int code = OK;
    for (size_t i = 0; i < sizeof joined / sizeof *joined && code == OK; i++)
        code = join(joined[i].path, joined[i].directory, joined[i].name, error);
    return code;
}

static void places_clear(struct places *places)
{
    free(places->docs);
    free(places->plots);
    free(places->template);
    free(places->claims);
    free(places->style);
    free(places->page);
    free(places->out_docs);
    free(places->out_charts);
    free(places->out_tables);
}

/* --- the text ------------------------------------------------------------------ */

/* The report's Markdown, to be freed. */
static int make_markdown(const struct places *places, const struct results *results,
                         char **markdown, struct error *error)
{
    struct claims *claims;
    char *template = NULL;
    size_t length;
    *markdown = NULL;
    int code = claims_load(places->claims, results, &claims, error);
    if (code == OK)
        code = read_file(places->template, &template, error);
    if (code == OK) {
        FILE *out = open_memstream(markdown, &length);
        if (out == NULL)
            code = error_no_memory(error);
        else {
            code = template_expand(out, places->template, template, results, claims, error);
            if (fclose(out) != 0 && code == OK)
                code = error_no_memory(error);
        }
    }
    free(template);
    claims_free(claims);
    return code;
}

/* --- what it links to ------------------------------------------------------------ */

static int copy(const char *from, const char *name, const char *to, struct error *error)
{
    char *path, *text = NULL;
    int code = join(&path, from, name, error);
    if (code == OK)
        code = read_file(path, &text, error);
    if (code == OK)
        code = page_write_text(to, name, text, error);
    free(path);
    free(text);
    return code;
}

static int copy_tables(const struct places *places, const struct results *results,
                       struct error *error)
{
    int code = copy(places->results, "manifest.json", places->out_tables, error);
    for (size_t i = 0; i < results->table_count && code == OK; i++)
        code = copy(places->results, strrchr(results->tables[i].path, '/') + 1, places->out_tables,
                    error);
    return code;
}

static int copy_docs(const struct places *places, struct error *error)
{
    static const char *const pages[] = {"method.md",   "onset.md",  "hunt.md",
                                        "platform.md", "tables.md", "experiments.md"};
    int code = OK;
    for (size_t i = 0; i < sizeof pages / sizeof *pages && code == OK; i++)
        code = copy(places->docs, pages[i], places->out_docs, error);
    return code;
}

/* --- all of it -------------------------------------------------------------------- */

static int make_directories(const struct places *places, struct error *error)
{
    int code = make_directory(places->out_docs, error);
    if (code == OK)
        code = make_directory(places->out_charts, error);
    return code == OK ? make_directory(places->out_tables, error) : code;
}

static int write_parts(const struct places *places, const struct results *results,
                       const char *markdown, struct error *error)
{
    int code = make_directories(places, error);
    if (code == OK)
        code = charts_draw(markdown, places->results, places->plots, places->out_charts, error);
    if (code == OK)
        code = copy_tables(places, results, error);
    if (code == OK)
        code = copy_docs(places, error);
    const struct page page = {
        .directory = places->out,
        .markdown = "report.md",
        .html = "report.html",
        .style = places->style,
        .template = places->page,
    };
    return code == OK ? page_write(&page, markdown, error) : code;
}

int report_write(const char *results, const char *out, const char *share, struct error *error)
{
    struct places places = {.results = results, .out = out};
    struct results loaded = {0};
    char *markdown = NULL;
    int code = places_make(&places, share, error);
    if (code == OK)
        code = results_load(results, &loaded, error);
    if (code == OK)
        code = make_markdown(&places, &loaded, &markdown, error);
    if (code == OK)
        code = write_parts(&places, &loaded, markdown, error);
    free(markdown);
    results_clear(&loaded);
    places_clear(&places);
    return code;
}
