/* A table of tab-separated text.  The file is read whole and cut in place. */
#include "report/table.h"

#include "core/file.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_SHOWN = 60 }; /* of a field in an error */

int table_error(const struct table *table, size_t row, const char *name, const char *what,
                struct error *error)
{
    return error_set(error, BAD_INPUT, "%s:%zu: %s: %s", table->path, row + 2, name, what);
}

static size_t count_character(const char *text, const char *end, char wanted)
{
    size_t count = 0;
    for (; text < end; text++)
        count += *text == wanted;
    return count;
}

/* Cuts a line into the table's columns. */
static int cut_line(const struct table *table, size_t line, char *text, char **fields,
                    struct error *error)
{
    size_t found = count_character(text, text + strlen(text), '\t') + 1;
    if (found != table->columns)
        return error_set(error, BAD_INPUT, "%s:%zu: %zu columns where the header has %zu",
                         table->path, line, found, table->columns);
    for (size_t i = 0; i < table->columns; i++)
        fields[i] = strsep(&text, "\t");
    return OK;
}

static int cut(struct table *table, struct error *error)
{
    size_t length = strlen(table->text);
    size_t lines = count_character(table->text, table->text + length, '\n');
    if (length == 0)
        return error_set(error, BAD_INPUT, "%s: is empty", table->path);
    if (table->text[length - 1] != '\n')
        return error_set(error, BAD_INPUT, "%s:%zu: the last line is cut off", table->path,
                         lines + 1);
    if (lines == 1)
        return error_set(error, BAD_INPUT, "%s: has no rows", table->path);
    const char *header_end = strchr(table->text, '\n');
    table->columns = count_character(table->text, header_end, '\t') + 1;
    table->rows = lines - 1;
    table->fields = calloc(lines * table->columns, sizeof *table->fields);
    if (table->fields == NULL)
        return error_no_memory(error);
    char *rest = table->text;
    for (size_t line = 0; line < lines; line++) {
        char **fields = table->fields + line * table->columns;
        int code = cut_line(table, line + 1, strsep(&rest, "\n"), fields, error);
        if (code != OK)
            return code;
    }
    return OK;
}

int table_read(const char *directory, const char *name, struct table *table, struct error *error)
{
    *table = (struct table){0};
    if (asprintf(&table->path, "%s/%s", directory, name) < 0) {
        table->path = NULL;
        return error_no_memory(error);
    }
    int code = read_file(table->path, &table->text, error);
    return code == OK ? cut(table, error) : code;
}

void table_clear(struct table *table)
{
    free(table->path);
    free(table->text);
    free(table->fields);
    *table = (struct table){0};
}

static int find_column(const struct table *table, const char *name, size_t *column,
                       struct error *error)
{
    for (*column = 0; *column < table->columns; ++*column)
        if (strcmp(table->fields[*column], name) == 0)
            return OK;
    return error_set(error, BAD_INPUT, "%s:1: there is no column '%s'", table->path, name);
}

static int field_error(const struct table *table, size_t row, size_t column, const char *wanted,
                       struct error *error)
{
    char what[200];
    snprintf(what, sizeof what, "'%.*s' is not a %s", LONGEST_SHOWN,
             table_field(table, row, column), wanted);
    return table_error(table, row, table->fields[column], what, error);
}

static int read_count(const struct table *table, size_t row, size_t column, uint64_t *count,
                      struct error *error)
{
    const char *text = table_field(table, row, column);
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    if (*text != '\0' && (!isdigit((unsigned char)*text) || *end != '\0' || errno != 0))
        return field_error(table, row, column, "whole number", error);
    return OK;
}

static int read_number(const struct table *table, size_t row, size_t column, double *number,
                       struct error *error)
{
    const char *text = table_field(table, row, column);
    char *end;
    *number = NAN;
    if (*text == '\0')
        return OK;
    *number = strtod(text, &end);
    return *end == '\0' ? OK : field_error(table, row, column, "number", error);
}

static int bind_field(const struct table *table, size_t row, size_t column,
                      const struct binding *binding, char *structure, struct error *error)
{
    void *member = structure + binding->offset;
    switch (binding->kind) {
    case BIND_COUNT:
        return read_count(table, row, column, member, error);
    case BIND_NUMBER:
        return read_number(table, row, column, member, error);
    default:
        *(const char **)member = table_field(table, row, column);
        return OK;
    }
}

int table_bind(const struct table *table, const struct binding *bindings, size_t binding_count,
               size_t size, void **structs, struct error *error)
{
    *structs = calloc(table->rows, size);
    if (*structs == NULL)
        return error_no_memory(error);
    int code = OK;
    for (size_t b = 0; b < binding_count && code == OK; b++) {
        size_t column;
        code = find_column(table, bindings[b].column, &column, error);
        for (size_t row = 0; row < table->rows && code == OK; row++)
            code =
                bind_field(table, row, column, &bindings[b], (char *)*structs + row * size, error);
    }
    if (code != OK) {
        free(*structs);
        *structs = NULL;
    }
    return code;
}
