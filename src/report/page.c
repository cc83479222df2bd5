/* Markdown to HTML, by pandoc. */
#include "report/page.h"

#include "core/file.h"
#include "report/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int page_write_text(const char *directory, const char *name, const char *text, struct error *error)
{
    struct output output;
    int code = output_open(&output, directory, name, error);
    if (code != OK)
        return code;
    fputs(text, output.stream);
    return output_commit(&output, error);
}

/* "pagetitle=" and the text of the first heading, to be freed. */
static char *page_title(const char *markdown)
{
    const char *heading = strncmp(markdown, "# ", 2) == 0 ? markdown + 2 : "Report";
    char *title;
    return asprintf(&title, "pagetitle=%.*s", (int)strcspn(heading, "\n"), heading) < 0 ? NULL
                                                                                        : title;
}

static int run_pandoc(const struct page *page, const char *title, const char *markdown,
                      const char *html, struct error *error)
{
    const char *const argv[] = {"pandoc",
                                "--from=gfm",
                                "--to=html5",
                                "--standalone",
                                "--self-contained",
                                "--fail-if-warnings",
                                "--metadata",
                                title,
                                "--resource-path",
                                page->directory,
                                "--template",
                                page->template,
                                "--css",
                                page->style,
                                "--output",
                                html,
                                markdown,
                                NULL};
    return process_run(argv, "pandoc", error);
}

static int write_html(const struct page *page, const char *text, struct error *error)
{
    char *title = page_title(text), *markdown;
    if (title == NULL)
        return error_no_memory(error);
    if (asprintf(&markdown, "%s/%s", page->directory, page->markdown) < 0) {
        free(title);
        return error_no_memory(error);
    }
    struct output output;
    int code = output_open(&output, page->directory, page->html, error);
    if (code == OK) {
        code = run_pandoc(page, title, markdown, output.temporary, error);
        if (code == OK)
            code = output_commit(&output, error);
        output_abandon(&output);
    }
    free(markdown);
    free(title);
    return code;
}

int page_write(const struct page *page, const char *text, struct error *error)
{
    int code = page_write_text(page->directory, page->markdown, text, error);
    return code == OK ? write_html(page, text, error) : code;
}
