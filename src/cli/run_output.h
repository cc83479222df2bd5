/* What xulp run writes, from a result that was run or merged from shards. */
#ifndef XULP_CLI_RUN_OUTPUT_H
#define XULP_CLI_RUN_OUTPUT_H

#include "report/manifest.h"
#include "sweep/run.h"

/* Writes the tables of one experiment, and fills its entry of the manifest. */
int run_output_write(const struct run_result *result, enum math_id math, const char *directory,
                     struct manifest_entry *entry, struct error *error);

#endif
