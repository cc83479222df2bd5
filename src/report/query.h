/* Queries: what the report's text asks of the results (docs/report.md). */
#ifndef XULP_REPORT_QUERY_H
#define XULP_REPORT_QUERY_H

#include "report/select.h"

#include <stdio.h>

enum answer_kind {
    ANSWER_COUNT,   /* a whole number */
    ANSWER_SHARE,   /* part of whole; the number is in percent */
    ANSWER_ULP,     /* an error in ulp */
    ANSWER_NUMBER,  /* any other number */
    ANSWER_COMMAND, /* what follows `xulp eval` to see a case */
    ANSWER_TEXT,
};

struct answer {
    enum answer_kind kind;
    double number; /* NaN: it is a text */
    double part, whole;
    const char *text; /* the results' */
};

/* Answers `EXPRESSION` or `EXPRESSION | DIGITS`; digits is 0 where none are
 * asked for.  The query is cut from query->text, which it is part of. */
int query_answer(struct query *query, const char *text, size_t length, struct answer *answer,
                 int *digits);

/* Judges a comparison, `EXPRESSION < EXPRESSION`, and the like. */
int query_compare(struct query *query, const char *comparison, bool *holds);

/* An answer as the text holds it. */
void answer_write(FILE *out, const struct answer *answer, int digits);

#endif
