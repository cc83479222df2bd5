/* Work in numbered chunks on all threads, each finished chunk stored at once:
 * whatever stops the program, the next start goes on from there, and the result
 * is the same to the byte. */
#ifndef XULP_SWEEP_CHUNKS_H
#define XULP_SWEEP_CHUNKS_H

#include "core/bytes.h"
#include "core/error.h"

#include <stdbool.h>
#include <stdint.h>

/* A job: what it depends on, as text, and its chunks 0 … count − 1.  A chunk's
 * payload is a pure function of the job and its number. */
struct chunk_job {
    const char *text;
    uint64_t count;
    void *context;

    /* What one thread works with; NULL where that fails. */
    void *(*thread_begin)(void *context, struct error *error);
    void (*thread_end)(void *thread);

    /* Computes a chunk.  It asks chunks_stopped() every few milliseconds. */
    int (*compute)(void *thread, uint64_t chunk, struct bytes *payload, struct error *error);

    /* Takes a payload into the result, in any order, one thread at a time;
     * raises *worst to the greatest error in it, for the progress line. */
    int (*merge)(void *context, uint64_t chunk, struct byte_reader *payload, double *worst,
                 struct error *error);

    /* How many points a chunk has, for the progress line. */
    uint64_t (*points)(const void *context, uint64_t chunk);
};

/* Part `number` of `count` (from 1): the chunks ≡ number − 1 modulo count. */
struct shard {
    uint64_t number, count;
};

/* "i/n" */
int shard_parse(const char *option, const char *text, struct shard *shard, struct error *error);

static inline bool shard_has(struct shard shard, uint64_t chunk)
{
    return chunk % shard.count == shard.number - 1;
}

/* Called after each chunk, by one thread at a time; worst is the greatest ulp
 * error so far.  Of the points done so many were found in the logs. */
struct progress {
    void (*report)(void *context, uint64_t done, uint64_t found, uint64_t total, double worst);
    void *context;
    double worst; /* 0 at the start */
};

/* Where logs are, and which chunks are this process's. */
struct chunk_store {
    const char *directory; /* of the tables: logs are in directory/chunks/; NULL: nothing is kept */
    struct shard shard;
    int (*poll)(struct error *error); /* asked now and then by one thread; not OK ends the work;
                                         or NULL */
    struct progress *progress;        /* or NULL */
};

/* Merges the chunks of this shard: those that the logs of the job hold, whoever
 * wrote them, and the others as they are computed and stored.  SIGINT and SIGTERM
 * end it: error code 128 + signal, as a shell has it. */
int chunks_run(const struct chunk_job *job, const struct chunk_store *store, struct error *error);

/* OK, or a code to return at once: a signal came, or the job is failing elsewhere. */
int chunks_stopped(struct error *error);

/* Merges every chunk from the logs of several directories; a sentence tells
 * which are missing. */
int chunks_collect(const struct chunk_job *job, char *const *directories, size_t count,
                   struct error *error);

/* Removes the job's logs from directory/chunks/. */
int chunks_remove(const char *job_text, const char *directory, struct error *error);

/* Visits the text of each job that has a log in directory/chunks/; one that has
 * several logs is visited as often. */
struct job_visitor {
    int (*visit)(void *context, const char *directory, const char *job, struct error *error);
    void *context;
};
int chunks_jobs(const char *directory, const struct job_visitor *visitor, struct error *error);

/* One process at a time writes the tables of a directory; shards write none and
 * go together.  Makes directory/chunks/.  Unlocked by chunks_unlock(). */
int chunks_lock(const char *directory, bool exclusive, int *lock, struct error *error);
void chunks_unlock(int lock);

/* Unlocks, and removes what is empty of directory/chunks/. */
void chunks_tidy(const char *directory, int lock);

#endif
