/* Files that appear whole or not at all. */
#ifndef XULP_CORE_FILE_H
#define XULP_CORE_FILE_H

#include "core/error.h"

#include <stdio.h>

/* A file being written beside its target. */
struct output {
    FILE *stream;
    char *path, *temporary;
};

/* Opens directory/name.partial for writing. */
int output_open(struct output *output, const char *directory, const char *name,
                struct error *error);

/* Closes it and renames it to directory/name; on any failure, a short write
 * included, removes it and says so. */
int output_commit(struct output *output, struct error *error);

/* Closes and removes it.  Harmless after output_commit(). */
void output_abandon(struct output *output);

/* BAD_INPUT or MACHINE_FAILED, as errno says, with "PATH: WHAT: strerror". */
int error_errno(struct error *error, const char *path, const char *what);

/* Creates a directory and its parents, as mkdir -p. */
int make_directory(const char *path, struct error *error);

/* Removes directory/name; that there is none is no error. */
int remove_file(const char *directory, const char *name, struct error *error);

/* The whole text of a file, or of standard input for "-", NUL-terminated, to
 * be freed. */
int read_file(const char *path, char **text, struct error *error);

#endif
