/* A YAML file as libyaml's tree of nodes: what stands where.  libcyaml turns
 * the same text into C data (yaml_load.h), but does not say where each value
 * stood; the tree does. */
#ifndef XULP_SWEEP_YAML_FILE_H
#define XULP_SWEEP_YAML_FILE_H

#include "core/error.h"

#include <stddef.h>
#include <yaml.h>

struct yaml_file {
    const char *path; /* the caller's */
    char *text;
    size_t length;
    yaml_document_t document;
};

/* Reads and parses a file of one YAML document.  Clear it afterwards, whether
 * this failed or not. */
int yaml_file_read(const char *path, struct yaml_file *file, struct error *error);

/* The same of a text, which the file takes over; path is for sentences. */
int yaml_file_parse(const char *path, char *text, struct yaml_file *file, struct error *error);

void yaml_file_clear(struct yaml_file *file);

/* Nodes.  The value of a key, or NULL: also where mapping is NULL.  The item
 * of that number of a sequence, which has it.  The text of a scalar. */
const yaml_node_t *yaml_file_root(const struct yaml_file *file);
const yaml_node_t *yaml_file_node(const struct yaml_file *file, int number);
const yaml_node_t *yaml_file_value(const struct yaml_file *file, const yaml_node_t *mapping,
                                   const char *key);
const yaml_node_t *yaml_file_item(const struct yaml_file *file, const yaml_node_t *sequence,
                                  size_t item);
const char *yaml_file_text(const yaml_node_t *scalar);

/* Sets the error "PATH:LINE:COLUMN: …" of a node, and returns BAD_INPUT.  The
 * old error->text may be among the arguments. */
int yaml_file_error(const struct yaml_file *file, const yaml_node_t *node, struct error *error,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
