/* The schema of an experiment file, for libcyaml, and what it loads into. */
#ifndef XULP_SWEEP_EXPERIMENT_SCHEMA_H
#define XULP_SWEEP_EXPERIMENT_SCHEMA_H

#include "sweep/experiment.h"

#include <cyaml/cyaml.h>

/* An experiment, and the names in the file that its tables are found by.
 * libcyaml owns all of it but experiment.name, .formats and .formulations. */
struct experiment_file {
    struct experiment experiment;
    char **formats;
    uint32_t formats_count;
    char **formulations;
    uint32_t formulations_count;
};

extern const cyaml_schema_value_t experiment_schema;

enum { FAMILY_COUNT = FAMILY_literal + 1 };

const char *family_name(enum family family);

#endif
