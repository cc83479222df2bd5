/* A page: Markdown, and one self-contained HTML file of it. */
#ifndef XULP_REPORT_PAGE_H
#define XULP_REPORT_PAGE_H

#include "core/error.h"

struct page {
    const char *directory;        /* where both go, and what the Markdown names is */
    const char *markdown, *html;  /* names of files */
    const char *style, *template; /* report/style.css, report/template.html */
};

/* Writes both; the text begins with "# TITLE". */
int page_write(const struct page *page, const char *text, struct error *error);

/* Writes directory/name. */
int page_write_text(const char *directory, const char *name, const char *text, struct error *error);

#endif
