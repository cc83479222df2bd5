/* How each kind of table becomes an array of structs of results.h.  Inside
 * src/report only. */
#ifndef XULP_REPORT_COLLECTIONS_H
#define XULP_REPORT_COLLECTIONS_H

#include "report/results.h"

#include <stdbool.h>

/* An array that tables of one kind append to. */
struct collection {
    const struct binding *bindings;
    size_t binding_count, size;
    const char *ending;
    bool optional;
    /* NULL: nothing beyond what table_bind() does. */
    int (*check)(const struct table *table, const void *rows, struct error *error);
};

extern const struct collection cell_collection, class_collection, agreement_collection,
    case_collection, blame_collection, invariant_collection, onset_collection;

#endif
