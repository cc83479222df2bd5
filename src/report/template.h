/* A text with references in it, {{…}}: to numbers (query.h) and to blocks. */
#ifndef XULP_REPORT_TEMPLATE_H
#define XULP_REPORT_TEMPLATE_H

#include "report/claims.h"
#include "report/results.h"

#include <stdio.h>

/* Writes the text with its references resolved.  An error names path, line
 * and column of the reference to blame. */
int template_expand(FILE *out, const char *path, const char *text, const struct results *results,
                    const struct claims *claims, struct error *error);

/* The same for one sentence, without blocks; *at is where in it a mistake
 * stands.  To be freed. */
int sentence_expand(const char *text, const struct results *results, char **expanded, size_t *at,
                    struct error *error);

/* What a heading is linked by, as GitHub and pandoc (gfm_auto_identifiers)
 * make it: lower case, spaces as -, no punctuation. */
void write_anchor(FILE *out, const char *heading, size_t length);

#endif
