/* A YAML file as C data, by a libcyaml schema: the schema is stated once, and
 * every way a file can miss it has a sentence with line and column. */
#ifndef XULP_SWEEP_YAML_LOAD_H
#define XULP_SWEEP_YAML_LOAD_H

#include "sweep/yaml_file.h"

#include <cyaml/cyaml.h>

/* Holds the file against the schema and loads it: *data is what the schema,
 * a pointer to a mapping, describes.  Members of absent optional keys are 0. */
int yaml_load(const struct yaml_file *file, const cyaml_schema_value_t *schema, void **data,
              struct error *error);

void yaml_load_free(const cyaml_schema_value_t *schema, void *data);

#endif
