/* Merging exhaustive runs. */
#include "cli/merge.h"

#include "report/exhaustive_table.h"

#include <stdlib.h>
#include <string.h>

/* The job that this program would make of the same unit must be the same text. */
static int check_job(const struct exhaustive_unit *unit, const char *directory, const char *job,
                     struct error *error)
{
    struct exhaustive_result result;
    int code = exhaustive_check(unit, error);
    if (code != OK)
        return code;
    code = exhaustive_result_make(unit, &result, error);
    if (code == OK && strcmp(job, result.job) != 0)
        code = merge_other_program(directory, job, result.job, error);
    exhaustive_result_clear(&result);
    return code;
}

int merge_units_add(struct merge_units *units, const char *directory, const char *job, bool *taken,
                    struct error *error)
{
    struct exhaustive_unit unit;
    *taken = exhaustive_parse(job, &unit);
    if (!*taken)
        return OK;
    int code = check_job(&unit, directory, job, error);
    if (code != OK)
        return code;
    struct exhaustive_unit *more = realloc(units->units, (units->count + 1) * sizeof *units->units);
    if (more == NULL)
        return error_no_memory(error);
    units->units = more;
    units->units[units->count++] = unit;
    return OK;
}

static int write_unit(const struct exhaustive_unit *unit, char *const *directories, size_t count,
                      struct exhaustive_tables *tables, struct error *error)
{
    struct exhaustive_result result;
    int code = exhaustive_result_make(unit, &result, error);
    if (code == OK)
        code = exhaustive_collect(directories, count, &result, error);
    if (code == OK)
        code = exhaustive_tables_add(tables, &result, error);
    exhaustive_result_clear(&result);
    return code;
}

int merge_units_write(struct merge_units *units, char *const *directories, size_t count,
                      const char *out, struct error *error)
{
    struct exhaustive_tables tables;
    if (units->count == 0)
        return OK;
    units->count = exhaustive_sort(units->units, units->count);
    int code = exhaustive_tables_begin(&tables, out, error);
    if (code != OK)
        return code;
    for (size_t i = 0; i < units->count && code == OK; i++)
        code = write_unit(&units->units[i], directories, count, &tables, error);
    if (code == OK)
        return exhaustive_tables_end(&tables, error);
    exhaustive_tables_abandon(&tables);
    return code;
}

void merge_units_clear(struct merge_units *units)
{
    free(units->units);
    *units = (struct merge_units){0};
}
