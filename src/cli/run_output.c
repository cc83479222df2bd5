/* The tables of a run. */
#include "cli/run_output.h"

#include "report/blame_tables.h"
#include "report/case_tables.h"
#include "report/invariant_tables.h"
#include "report/run_tables.h"

int run_output_write(const struct run_result *result, enum math_id math, const char *directory,
                     struct manifest_entry *entry, struct error *error)
{
    entry->plan = result->plan;
    entry->results = run_result_measurements(result);
    entry->widest_precision = result->widest_precision;
    entry->settled = result->settled;
    int code = run_tables_write(result, directory, error);
    if (code == OK)
        code = invariant_tables_write(result, math, directory, error);
    if (code == OK && math == MATH_canonical)
        code = blame_tables_write(result, directory, error);
    if (code == OK)
        code = case_tables_write(result->plan, math, directory, error);
    return code;
}
