/* A YAML file as C data.
 *
 * libcyaml loads, and this file checks before it does, walking libyaml's tree
 * along the same schema, for three reasons.  libcyaml 1.3.1 gives the mark of
 * the value before for an unknown, missing or repeated key.  It reads 12abc
 * as 12, 010 as 8 and maybe as true.  And its sentences are for programmers.
 * Should it still refuse what passed here, its own message, caught from its
 * log, is the error.
 *
 * The walk is as deep as the schema, which has no cycles, even where aliases
 * make the tree cyclic. */
#include "sweep/yaml_load.h"

#include "core/number.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_value(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                       const char *key, const yaml_node_t *node, struct error *error);

static const char *kind_of(const yaml_node_t *node)
{
    switch (node->type) {
    case YAML_MAPPING_NODE:
        return "a mapping of keys to values";
    case YAML_SEQUENCE_NODE:
        return "a list";
    default:
        return node->data.scalar.length == 0 ? "empty" : "a single value";
    }
}

static struct error_names known_keys(const cyaml_schema_field_t *fields)
{
    struct error_names names = {0};
    for (const cyaml_schema_field_t *field = fields; field->key != NULL; field++)
        error_names_add(&names, field->key);
    return names;
}

/* A pair of a mapping: the key is known, no earlier pair has it, and its
 * value fits. */
static int check_pair(const struct yaml_file *file, const cyaml_schema_field_t *fields,
                      const yaml_node_t *mapping, const yaml_node_pair_t *pair, struct error *error)
{
    const yaml_node_t *node = yaml_file_node(file, pair->key);
    const char *key = yaml_file_text(node);
    const cyaml_schema_field_t *field = fields;
    while (field->key != NULL && strcmp(field->key, key) != 0)
        field++;
    if (field->key == NULL)
        return yaml_file_error(file, node, error, "unknown key '%.80s' (known here: %s)", key,
                               known_keys(fields).text);
    for (const yaml_node_pair_t *other = mapping->data.mapping.pairs.start; other < pair; other++) {
        const yaml_node_t *earlier = yaml_file_node(file, other->key);
        if (strcmp(yaml_file_text(earlier), key) == 0)
            return yaml_file_error(file, node, error,
                                   "the key '%s' stands twice, first in line %zu", key,
                                   earlier->start_mark.line + 1);
    }
    return check_value(file, &field->value, key, yaml_file_node(file, pair->value), error);
}

static int check_mapping(const struct yaml_file *file, const cyaml_schema_field_t *fields,
                         const char *key, const yaml_node_t *node, struct error *error)
{
    if (node->type != YAML_MAPPING_NODE)
        return yaml_file_error(file, node, error,
                               "%s must be a mapping of keys to values (%s) and is %s", key,
                               known_keys(fields).text, kind_of(node));
    const yaml_node_pair_t *end = node->data.mapping.pairs.top;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < end; pair++) {
        int code = check_pair(file, fields, node, pair, error);
        if (code != OK)
            return code;
    }
    for (const cyaml_schema_field_t *field = fields; field->key != NULL; field++)
        if (!(field->value.flags & CYAML_FLAG_OPTIONAL) &&
            yaml_file_value(file, node, field->key) == NULL)
            return yaml_file_error(file, node, error, "the key '%s' is missing", field->key);
    return OK;
}

static int check_sequence(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                          const char *key, const yaml_node_t *node, struct error *error)
{
    if (node->type != YAML_SEQUENCE_NODE)
        return yaml_file_error(file, node, error, "%s must be a list and is %s", key,
                               kind_of(node));
    size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    if (schema->type == CYAML_SEQUENCE_FIXED && count != schema->sequence.min)
        return yaml_file_error(file, node, error, "%s must be a list of %u and is one of %zu", key,
                               schema->sequence.min, count);
    if (count < schema->sequence.min)
        return yaml_file_error(file, node, error, "%s must not be an empty list", key);
    char entry[100];
    snprintf(entry, sizeof entry, "an entry of %s", key);
    for (size_t i = 0; i < count; i++) {
        int code =
            check_value(file, schema->sequence.entry, entry, yaml_file_item(file, node, i), error);
        if (code != OK)
            return code;
    }
    return OK;
}

static int check_enum(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                      const char *key, const yaml_node_t *node, struct error *error)
{
    const char *text = yaml_file_text(node);
    struct error_names names = {0};
    for (uint32_t i = 0; i < schema->enumeration.count; i++) {
        if (strcmp(schema->enumeration.strings[i].str, text) == 0)
            return OK;
        error_names_add(&names, schema->enumeration.strings[i].str);
    }
    static const char article[] = "an ";
    bool entry = strncmp(key, article, strlen(article)) == 0; /* "an entry of quantities" */
    return yaml_file_error(file, node, error, "unknown %s '%.80s' (%s)",
                           entry ? key + strlen(article) : key, text, names.text);
}

/* Decimal, or hexadecimal with 0x.  libcyaml reads a leading 0 as octal. */
static int check_count(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                       const char *key, const yaml_node_t *node, struct error *error)
{
    const char *text = yaml_file_text(node);
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = hexadecimal ? text + 2 : text;
    const char *allowed = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    if (digits[0] == '\0' || digits[strspn(digits, allowed)] != '\0')
        return yaml_file_error(file, node, error, "%s: '%.80s' is not a whole number of at least 0",
                               key, text);
    if (text[0] == '0' && isdigit((unsigned char)text[1]))
        return yaml_file_error(file, node, error, "%s: '%.80s' starts with a needless 0", key,
                               text);
    unsigned long long greatest = ~0ULL >> 8 * (sizeof(unsigned long long) - schema->data_size);
    errno = 0;
    if (strtoull(text, NULL, 0) > greatest || errno != 0)
        return yaml_file_error(file, node, error, "%s: '%.80s' is more than %llu", key, text,
                               greatest);
    return OK;
}

static int check_scalar(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                        const char *key, const yaml_node_t *node, struct error *error)
{
    if (node->type != YAML_SCALAR_NODE)
        return yaml_file_error(file, node, error, "%s must be a single value and is %s", key,
                               kind_of(node));
    const char *text = yaml_file_text(node);
    double number;
    if (node->data.scalar.length == 0)
        return yaml_file_error(file, node, error, "%s is empty", key);
    if (strlen(text) != node->data.scalar.length)
        return yaml_file_error(file, node, error, "%s holds a NUL character", key);
    switch (schema->type) {
    case CYAML_ENUM:
        return check_enum(file, schema, key, node, error);
    case CYAML_UINT:
        return check_count(file, schema, key, node, error);
    case CYAML_BOOL:
        if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            return yaml_file_error(file, node, error, "%s: '%.80s' is neither true nor false", key,
                                   text);
        return OK;
    case CYAML_FLOAT:
        if (!number_parse(&formats[FORMAT_binary64], text, &number))
            return yaml_file_error(file, node, error, "%s: '%.80s' is not a number", key, text);
        return OK;
    default: /* a string may be any text; other types no schema here has */
        return OK;
    }
}

static int check_value(const struct yaml_file *file, const cyaml_schema_value_t *schema,
                       const char *key, const yaml_node_t *node, struct error *error)
{
    switch (schema->type) {
    case CYAML_MAPPING:
        return check_mapping(file, schema->mapping.fields, key, node, error);
    case CYAML_SEQUENCE:
    case CYAML_SEQUENCE_FIXED:
        return check_sequence(file, schema, key, node, error);
    default:
        return check_scalar(file, schema, key, node, error);
    }
}

/* Keeps the first message: what follows it is libcyaml's backtrace. */
static void catch_message(cyaml_log_t level, void *context, const char *format, va_list arguments)
{
    struct error *caught = context;
    if (level == CYAML_LOG_ERROR && caught->text[0] == '\0') {
        vsnprintf(caught->text, sizeof caught->text, format, arguments);
        caught->text[strcspn(caught->text, "\n")] = '\0';
    }
}

int yaml_load(const struct yaml_file *file, const cyaml_schema_value_t *schema, void **data,
              struct error *error)
{
    int code = check_value(file, schema, "the file", yaml_file_root(file), error);
    if (code != OK)
        return code;
    struct error caught = {0};
    const cyaml_config_t config = {
        .log_fn = catch_message,
        .log_ctx = &caught,
        .log_level = CYAML_LOG_ERROR,
        .mem_fn = cyaml_mem,
    };
    cyaml_err_t result =
        cyaml_load_data((const uint8_t *)file->text, file->length, &config, schema, data, NULL);
    if (result == CYAML_OK)
        return OK;
    if (result == CYAML_ERR_OOM)
        return error_no_memory(error);
    return error_set(error, BAD_INPUT, "%s: cannot be loaded: %s", file->path,
                     caught.text[0] != '\0' ? caught.text : cyaml_strerror(result));
}

void yaml_load_free(const cyaml_schema_value_t *schema, void *data)
{
    const cyaml_config_t config = {.mem_fn = cyaml_mem};
    cyaml_free(&config, schema, data, 0);
}
