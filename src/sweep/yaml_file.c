/* A YAML file as libyaml's tree of nodes (yaml_parser_load), each with the
 * mark where it starts.  Marks count lines and characters from 0, people from
 * 1.  Text from the file goes into sentences: control characters in it are
 * replaced, so that an error stays one line. */
#include "sweep/yaml_file.h"

#include "core/file.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int error_at(const struct yaml_file *file, yaml_mark_t mark, struct error *error,
                    const char *format, va_list arguments)
{
    char sentence[sizeof error->text];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    for (char *c = sentence; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == '\x7f')
            *c = '?';
    return error_set(error, BAD_INPUT, "%s:%zu:%zu: %s", file->path, mark.line + 1, mark.column + 1,
                     sentence);
}

int yaml_file_error(const struct yaml_file *file, const yaml_node_t *node, struct error *error,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int code = error_at(file, node->start_mark, error, format, arguments);
    va_end(arguments);
    return code;
}

__attribute__((format(printf, 4, 5))) static int mark_error(const struct yaml_file *file,
                                                            yaml_mark_t mark, struct error *error,
                                                            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int code = error_at(file, mark, error, format, arguments);
    va_end(arguments);
    return code;
}

/* Bytes that are no text have an offset in place of a mark. */
static yaml_mark_t mark_of_offset(const struct yaml_file *file, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset && i < file->length; i++) {
        mark.column++;
        if (file->text[i] == '\n') {
            mark.line++;
            mark.column = 0;
        }
    }
    return mark;
}

static int syntax_error(const struct yaml_file *file, const yaml_parser_t *parser,
                        struct error *error)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return error_no_memory(error);
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR)
        mark = mark_of_offset(file, parser->problem_offset);
    if (parser->context == NULL)
        return mark_error(file, mark, error, "this is not YAML: %s", parser->problem);
    return mark_error(file, mark, error, "this is not YAML: %s %s that starts in line %zu",
                      parser->problem, parser->context, parser->context_mark.line + 1);
}

static int refuse_second_document(const struct yaml_file *file, yaml_parser_t *parser,
                                  struct error *error)
{
    yaml_document_t second;
    if (!yaml_parser_load(parser, &second))
        return syntax_error(file, parser, error);
    int code = OK;
    if (yaml_document_get_root_node(&second) != NULL)
        code = mark_error(file, second.start_mark, error,
                          "a second YAML document starts here, and the file may hold only one");
    yaml_document_delete(&second);
    return code;
}

static int parse(struct yaml_file *file, struct error *error)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return error_no_memory(error);
    yaml_parser_set_input_string(&parser, (const unsigned char *)file->text, file->length);
    int code = OK;
    if (!yaml_parser_load(&parser, &file->document))
        code = syntax_error(file, &parser, error);
    else if (yaml_file_root(file) == NULL)
        code = mark_error(file, (yaml_mark_t){0}, error, "the file is empty");
    else
        code = refuse_second_document(file, &parser, error);
    yaml_parser_delete(&parser);
    return code;
}

int yaml_file_parse(const char *path, char *text, struct yaml_file *file, struct error *error)
{
    *file = (struct yaml_file){.path = path, .text = text, .length = strlen(text)};
    return parse(file, error);
}

int yaml_file_read(const char *path, struct yaml_file *file, struct error *error)
{
    char *text;
    *file = (struct yaml_file){.path = path};
    int code = read_file(path, &text, error);
    return code == OK ? yaml_file_parse(path, text, file, error) : code;
}

void yaml_file_clear(struct yaml_file *file)
{
    yaml_document_delete(&file->document);
    free(file->text);
    *file = (struct yaml_file){0};
}

const yaml_node_t *yaml_file_node(const struct yaml_file *file, int number)
{
    return file->document.nodes.start + number - 1;
}

const yaml_node_t *yaml_file_root(const struct yaml_file *file)
{
    bool empty = file->document.nodes.start == file->document.nodes.top;
    return empty ? NULL : file->document.nodes.start;
}

const yaml_node_t *yaml_file_value(const struct yaml_file *file, const yaml_node_t *mapping,
                                   const char *key)
{
    if (mapping == NULL || mapping->type != YAML_MAPPING_NODE)
        return NULL;
    const yaml_node_pair_t *end = mapping->data.mapping.pairs.top;
    for (const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start; pair < end; pair++)
        if (strcmp(yaml_file_text(yaml_file_node(file, pair->key)), key) == 0)
            return yaml_file_node(file, pair->value);
    return NULL;
}

const yaml_node_t *yaml_file_item(const struct yaml_file *file, const yaml_node_t *sequence,
                                  size_t item)
{
    return yaml_file_node(file, sequence->data.sequence.items.start[item]);
}

const char *yaml_file_text(const yaml_node_t *scalar)
{
    return scalar->type == YAML_SCALAR_NODE ? (const char *)scalar->data.scalar.value : "";
}
