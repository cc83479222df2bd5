/* The files of directory/chunks/: KEY.log, and KEY.i-of-n.log of a shard. */
#ifndef XULP_SWEEP_CHUNK_FILES_H
#define XULP_SWEEP_CHUNK_FILES_H

#include "sweep/chunk_log.h"
#include "sweep/chunks.h"

#include <stddef.h>

/* The logs of one job in one directory, by name. */
struct chunk_files {
    const char *directory; /* the caller's */
    char key[CHUNK_KEY_TEXT];
    char **paths;
    size_t count;
};

/* Finds them; job NULL: those of every job.  Clear it afterwards, whether this
 * failed or not. */
int chunk_files_find(struct chunk_files *files, const char *job, const char *directory,
                     struct error *error);
void chunk_files_clear(struct chunk_files *files);

/* The log that a process with this shard writes, to be freed; NULL where memory
 * fails. */
char *chunk_files_path(const struct chunk_files *files, struct shard shard);

#endif
