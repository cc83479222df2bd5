/* A table of tab-separated text (docs/tables.md): one header line, then rows.
 * Columns are found by name, and numbers are read when they are asked for;
 * every mistake has a sentence that names file, line and column. */
#ifndef XULP_REPORT_TABLE_H
#define XULP_REPORT_TABLE_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

struct table {
    char *path;
    char *text;    /* cut at tabs and line ends */
    char **fields; /* the header's, then each row's */
    size_t columns, rows;
};

/* Reads and cuts a table.  Clear it afterwards, whether this failed or not. */
int table_read(const char *directory, const char *name, struct table *table, struct error *error);
void table_clear(struct table *table);

static inline const char *table_field(const struct table *table, size_t row, size_t column)
{
    return table->fields[(row + 1) * table->columns + column];
}

/* Sets the error "PATH:LINE: NAME: …" of a field, and returns BAD_INPUT. */
int table_error(const struct table *table, size_t row, const char *name, const char *what,
                struct error *error);

/* How a column is read into a member of a struct. */
enum binding_kind {
    BIND_TEXT,   /* const char *: points into the table */
    BIND_COUNT,  /* uint64_t; an empty field is 0 */
    BIND_NUMBER, /* double; an empty field is NaN */
};

struct binding {
    const char *column;
    enum binding_kind kind;
    size_t offset;
};

/* Reads every row into an array of structs, to be freed. */
int table_bind(const struct table *table, const struct binding *bindings, size_t binding_count,
               size_t size, void **structs, struct error *error);

#endif
