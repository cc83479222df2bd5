/* The log of a job: finished chunks, each with a digest, in one file that
 * survives whatever ends the program. */
#ifndef XULP_SWEEP_CHUNK_LOG_H
#define XULP_SWEEP_CHUNK_LOG_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A job is a text that says all that its result depends on.  Its digest, 32
 * hexadecimal digits, names the job's files. */
enum { CHUNK_KEY_TEXT = 33 };
void chunk_job_key(const char *job, char key[CHUNK_KEY_TEXT]);

/* One chunk's result. */
struct chunk_record {
    uint64_t chunk;
    const unsigned char *payload; /* until the next record is read */
    size_t length;
    uint64_t digest[2];
};

/* What to do with each whole record, in the order of the file.  The path is
 * for sentences. */
struct chunk_visitor {
    int (*visit)(void *context, const char *path, const struct chunk_record *record,
                 struct error *error);
    void *context;
};

/* A log that this process writes; nobody else does. */
struct chunk_log {
    int file; /* locked */
    char *path;
    uint64_t seed; /* of the records' digests: the job's key */
    off_t length;  /* of the whole records */
};

/* Opens the job's log at path, or begins one; visits its records; cuts off what
 * a killed process left torn.  BAD_INPUT where another process has it open, and
 * where the file is the log of another job. */
int chunk_log_open(struct chunk_log *log, const char *path, const char *job,
                   const struct chunk_visitor *visitor, struct error *error);

/* Adds a record by one write(). */
int chunk_log_append(struct chunk_log *log, uint64_t chunk, const void *payload, size_t length,
                     struct error *error);

void chunk_log_close(struct chunk_log *log);

/* Closes a log and removes its file. */
int chunk_log_remove(struct chunk_log *log, struct error *error);

/* Visits the records of a log that another process may be writing; a torn end
 * is passed over. */
int chunk_log_read(const char *path, const char *job, const struct chunk_visitor *visitor,
                   struct error *error);

/* The text of the job whose log this is, to be freed; NULL where the file has
 * no whole header (a process was killed at its very start). */
int chunk_log_job(const char *path, char **job, struct error *error);

/* Opens path (made if need be) and locks it, exclusively or with others.  What
 * names the lock in the sentence of a refusal: "PATH: WHAT".  The descriptor
 * is closed to unlock. */
int lock_file(const char *path, int exclusive, const char *what, int *file, struct error *error);

#endif
