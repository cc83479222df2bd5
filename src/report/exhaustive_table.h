/* The tables of exhaustive runs, as docs/exhaustive.md defines them. */
#ifndef XULP_REPORT_EXHAUSTIVE_TABLE_H
#define XULP_REPORT_EXHAUSTIVE_TABLE_H

#include "core/file.h"
#include "sweep/exhaustive.h"

#include <stdio.h>

/* Tables being written: results are added one by one and need not be kept. */
struct exhaustive_tables {
    struct output totals, binades, histogram;
    void *units; /* of exhaustive.json: a json_t */
    char *summary;
    size_t summary_size;
    FILE *summary_stream; /* for people */
    const char *directory;
};

int exhaustive_tables_begin(struct exhaustive_tables *tables, const char *directory,
                            struct error *error);
int exhaustive_tables_add(struct exhaustive_tables *tables, const struct exhaustive_result *result,
                          struct error *error);

/* Puts the tables into the directory, and prints a line for each result. */
int exhaustive_tables_end(struct exhaustive_tables *tables, struct error *error);

/* Harmless after exhaustive_tables_end(). */
void exhaustive_tables_abandon(struct exhaustive_tables *tables);

#endif
