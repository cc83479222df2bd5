/* Files that appear whole or not at all: written under a temporary name in the
 * same directory, flushed, closed, renamed; each step checked. */
#include "core/file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_TEXT = 1 << 29 }; /* that read_file() takes, in bytes */

int error_errno(struct error *error, const char *path, const char *what)
{
    int number = errno;
    bool machine = number == ENOSPC || number == EIO || number == EFBIG || number == EDQUOT ||
                   number == ENOMEM || number == EMFILE || number == ENFILE;
    return error_set(error, machine ? MACHINE_FAILED : BAD_INPUT, "%s: %s: %s", path, what,
                     strerror(number));
}

int output_open(struct output *output, const char *directory, const char *name, struct error *error)
{
    *output = (struct output){0};
    if (asprintf(&output->path, "%s/%s", directory, name) < 0) {
        output->path = NULL;
        return error_no_memory(error);
    }
    if (asprintf(&output->temporary, "%s.partial", output->path) < 0) {
        output->temporary = NULL;
        output_abandon(output);
        return error_no_memory(error);
    }
    output->stream = fopen(output->temporary, "w");
    if (output->stream != NULL)
        return OK;
    int code = error_errno(error, output->path, "cannot be written");
    output_abandon(output);
    return code;
}

int output_commit(struct output *output, struct error *error)
{
    int failed = ferror(output->stream) || fflush(output->stream) != 0;
    failed |= fclose(output->stream) != 0;
    output->stream = NULL;
    if (!failed)
        failed = rename(output->temporary, output->path) != 0;
    int code = failed ? error_errno(error, output->path, "cannot be written") : OK;
    if (!failed) {
        free(output->temporary);
        output->temporary = NULL;
    }
    output_abandon(output);
    return code;
}

void output_abandon(struct output *output)
{
    if (output->stream != NULL)
        fclose(output->stream);
    if (output->temporary != NULL)
        unlink(output->temporary);
    free(output->temporary);
    free(output->path);
    *output = (struct output){0};
}

int make_directory(const char *path, struct error *error)
{
    char *partial = strdup(path);
    if (partial == NULL)
        return error_no_memory(error);
    int code = OK;
    for (char *slash = partial; slash != NULL && code == OK;) {
        slash = strchr(slash + 1, '/');
        if (slash != NULL)
            *slash = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST)
            code = error_errno(error, path, "cannot be created");
        if (slash != NULL)
            *slash = '/';
    }
    struct stat status;
    if (code == OK && (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)))
        code = error_set(error, BAD_INPUT, "%s: is not a directory", path);
    free(partial);
    return code;
}

int remove_file(const char *directory, const char *name, struct error *error)
{
    char *path;
    if (asprintf(&path, "%s/%s", directory, name) < 0)
        return error_no_memory(error);
    int code = OK;
    if (unlink(path) != 0 && errno != ENOENT)
        code = error_errno(error, path, "cannot be removed");
    free(path);
    return code;
}

static int read_stream(FILE *file, const char *path, char **text, struct error *error)
{
    size_t capacity = 1 << 16, count = 0;
    char *buffer = malloc(capacity);
    while (buffer != NULL) {
        count += fread(buffer + count, 1, capacity - count - 1, file);
        if (ferror(file)) {
            free(buffer);
            return error_errno(error, path, "cannot be read");
        }
        if (feof(file)) {
            if (memchr(buffer, '\0', count) != NULL) {
                free(buffer);
                return error_set(error, BAD_INPUT, "%s: is not text: it holds a NUL byte", path);
            }
            buffer[count] = '\0';
            *text = buffer;
            return OK;
        }
        if (count > LONGEST_TEXT) {
            free(buffer);
            return error_set(error, BAD_INPUT, "%s: is longer than %d MiB", path,
                             LONGEST_TEXT >> 20);
        }
        if (count + 1 < capacity)
            continue;
        capacity *= 2;
        char *larger = realloc(buffer, capacity);
        if (larger == NULL)
            free(buffer);
        buffer = larger;
    }
    return error_no_memory(error);
}

int read_file(const char *path, char **text, struct error *error)
{
    if (strcmp(path, "-") == 0)
        return read_stream(stdin, "standard input", text, error);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return error_errno(error, path, "cannot be opened");
    int code = read_stream(file, path, text, error);
    fclose(file);
    return code;
}
