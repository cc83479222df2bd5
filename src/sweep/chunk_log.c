/* Chunk logs.
 *
 *   header   "XULPLOG1", length of the job's text (4 bytes), the text, XXH3-128 of all that
 *   record   number of the chunk (8), length of the payload (4), the payload,
 *            XXH3-128 (seed: the job's key) of all that
 *
 * Numbers stand lowest byte first.  XXH3 (Collet, xxHash 0.8, 2020) is no
 * cryptographic digest and need not be: it has to notice a record cut short, bytes
 * that were never written, flipped bits, and a record of another job (by its seed).
 *
 * A record is one write() at the end of the file.  kill −9 leaves what write()
 * has taken with the kernel, so nothing is flushed to the disk (fsync): only a
 * machine that loses its power can lose records that were written, and then the
 * digests tell which; those chunks are computed again.  A log is believed up to its
 * first record that does not hold; the rest is cut off when it is next written to. */
#include "sweep/chunk_log.h"

#include "core/bytes.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

static const char magic[] = "XULPLOG1";

enum {
    MAGIC_BYTES = sizeof magic - 1,
    JOB_HEAD = MAGIC_BYTES + 4,
    RECORD_HEAD = 12,
    DIGEST_BYTES = 16,
};

static XXH128_hash_t job_digest(const char *job)
{
    return XXH3_128bits(job, strlen(job));
}

void chunk_job_key(const char *job, char key[CHUNK_KEY_TEXT])
{
    XXH128_hash_t digest = job_digest(job);
    snprintf(key, CHUNK_KEY_TEXT, "%016llx%016llx", (unsigned long long)digest.high64,
             (unsigned long long)digest.low64);
}

static void put_digest(struct bytes *bytes, uint64_t seed)
{
    if (bytes->failed)
        return;
    XXH128_hash_t digest = XXH3_128bits_withSeed(bytes->data, bytes->count, seed);
    bytes_put_fixed(bytes, digest.low64, 8);
    bytes_put_fixed(bytes, digest.high64, 8);
}

/* Whether data ends with the digest of what stands before. */
static bool digest_holds(const unsigned char *data, size_t length, uint64_t seed,
                         uint64_t digest[2])
{
    struct byte_reader reader = {data + length - DIGEST_BYTES, data + length, false};
    XXH128_hash_t found = XXH3_128bits_withSeed(data, length - DIGEST_BYTES, seed);
    digest[0] = bytes_take_fixed(&reader, 8);
    digest[1] = bytes_take_fixed(&reader, 8);
    return digest[0] == found.low64 && digest[1] == found.high64;
}

/* --- reading -------------------------------------------------------------------- */

/* A log being read: one record at a time. */
struct log_reader {
    FILE *stream;
    const char *path;
    unsigned char *buffer;
    size_t capacity;
    off_t good, size; /* bytes that hold; bytes there are */
};

/* length bytes to the buffer at offset.  False where there are not so many. */
static bool fetch(struct log_reader *reader, size_t offset, size_t length, struct error *error,
                  int *code)
{
    if ((off_t)length > reader->size - reader->good)
        return false;
    if (offset + length > reader->capacity) {
        unsigned char *larger = realloc(reader->buffer, offset + length);
        if (larger == NULL) {
            *code = error_no_memory(error);
            return false;
        }
        reader->buffer = larger;
        reader->capacity = offset + length;
    }
    if (fread(reader->buffer + offset, 1, length, reader->stream) == length)
        return true;
    if (ferror(reader->stream))
        *code = error_errno(error, reader->path, "cannot be read");
    return false;
}

/* The header, checked by its digest; *job NULL where it does not hold. */
static int read_job(struct log_reader *reader, char **job, struct error *error)
{
    int code = OK;
    *job = NULL;
    if (!fetch(reader, 0, JOB_HEAD, error, &code) || memcmp(reader->buffer, magic, MAGIC_BYTES))
        return code;
    struct byte_reader numbers = {reader->buffer + MAGIC_BYTES, reader->buffer + JOB_HEAD, false};
    size_t length = (size_t)bytes_take_fixed(&numbers, 4);
    uint64_t digest[2];
    if (!fetch(reader, JOB_HEAD, length + DIGEST_BYTES, error, &code))
        return code;
    if (!digest_holds(reader->buffer, JOB_HEAD + length + DIGEST_BYTES, 0, digest))
        return OK;
    *job = strndup((char *)reader->buffer + JOB_HEAD, length);
    if (*job == NULL)
        return error_no_memory(error);
    reader->good = (off_t)(JOB_HEAD + length + DIGEST_BYTES);
    return OK;
}

/* Visits records up to the first that does not hold. */
static int read_records(struct log_reader *reader, uint64_t seed,
                        const struct chunk_visitor *visitor, struct error *error)
{
    int code = OK;
    while (code == OK && fetch(reader, 0, RECORD_HEAD, error, &code)) {
        struct byte_reader numbers = {reader->buffer, reader->buffer + RECORD_HEAD, false};
        struct chunk_record record = {.chunk = bytes_take_fixed(&numbers, 8),
                                      .length = (size_t)bytes_take_fixed(&numbers, 4)};
        if (!fetch(reader, RECORD_HEAD, record.length + DIGEST_BYTES, error, &code))
            break;
        size_t whole = RECORD_HEAD + record.length + DIGEST_BYTES;
        if (!digest_holds(reader->buffer, whole, seed, record.digest))
            break;
        record.payload = reader->buffer + RECORD_HEAD;
        code = visitor->visit(visitor->context, reader->path, &record, error);
        reader->good += (off_t)whole;
    }
    return code;
}

static int reader_open(struct log_reader *reader, const char *path, struct error *error)
{
    struct stat status;
    *reader = (struct log_reader){.path = path, .stream = fopen(path, "r")};
    if (reader->stream == NULL || fstat(fileno(reader->stream), &status) != 0)
        return error_errno(error, path, "cannot be read");
    reader->size = status.st_size;
    return OK;
}

static void reader_close(struct log_reader *reader)
{
    if (reader->stream != NULL)
        fclose(reader->stream);
    free(reader->buffer);
}

int chunk_log_job(const char *path, char **job, struct error *error)
{
    struct log_reader reader;
    *job = NULL;
    int code = reader_open(&reader, path, error);
    if (code == OK)
        code = read_job(&reader, job, error);
    reader_close(&reader);
    return code;
}

/* *good: the bytes of the log that hold; 0 where the header does not. */
static int read_log(const char *path, const char *job, const struct chunk_visitor *visitor,
                    off_t *good, struct error *error)
{
    struct log_reader reader;
    char *found = NULL;
    int code = reader_open(&reader, path, error);
    if (code == OK)
        code = read_job(&reader, &found, error);
    if (code == OK && found != NULL && strcmp(found, job) != 0)
        code = error_set(error, BAD_INPUT, "%s: is the log of another job; move it away", path);
    if (code == OK && found != NULL)
        code = read_records(&reader, job_digest(job).low64, visitor, error);
    *good = reader.good;
    free(found);
    reader_close(&reader);
    return code;
}

int chunk_log_read(const char *path, const char *job, const struct chunk_visitor *visitor,
                   struct error *error)
{
    off_t good;
    return read_log(path, job, visitor, &good, error);
}

/* --- writing -------------------------------------------------------------------- */

/* Whether path still names the open file: a process that ended well may have
 * removed it between open() and flock(). */
static bool still_there(const char *path, int file)
{
    struct stat opened, named;
    return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

int lock_file(const char *path, int exclusive, const char *what, int *file, struct error *error)
{
    for (;;) {
        *file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0666);
        if (*file < 0)
            return error_errno(error, path, "cannot be opened");
        if (flock(*file, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
            int code = errno == EWOULDBLOCK ? error_set(error, BAD_INPUT, "%s: %s", path, what)
                                            : error_errno(error, path, "cannot be locked");
            close(*file);
            *file = -1;
            return code;
        }
        if (still_there(path, *file))
            return OK;
        close(*file);
    }
}

/* All of it, or nothing. */
static int append(struct chunk_log *log, const struct bytes *bytes, struct error *error)
{
    if (bytes->failed)
        return error_no_memory(error);
    for (size_t written = 0; written < bytes->count;) {
        ssize_t count = write(log->file, bytes->data + written, bytes->count - written);
        if (count < 0 && errno != EINTR) {
            int code = error_errno(error, log->path, "cannot be written");
            if (ftruncate(log->file, log->length) != 0)
                return code; /* the digest finds what is torn */
            return code;
        }
        written += count < 0 ? 0 : (size_t)count;
    }
    log->length += (off_t)bytes->count;
    return OK;
}

static int begin(struct chunk_log *log, const char *job, struct error *error)
{
    struct bytes bytes = {0};
    bytes_put(&bytes, magic, MAGIC_BYTES);
    bytes_put_fixed(&bytes, strlen(job), 4);
    bytes_put(&bytes, job, strlen(job));
    put_digest(&bytes, 0);
    int code = append(log, &bytes, error);
    bytes_clear(&bytes);
    return code;
}

int chunk_log_open(struct chunk_log *log, const char *path, const char *job,
                   const struct chunk_visitor *visitor, struct error *error)
{
    *log = (struct chunk_log){.file = -1, .seed = job_digest(job).low64};
    log->path = strdup(path);
    if (log->path == NULL)
        return error_no_memory(error);
    int code = lock_file(path, true, "another xulp is at work on this job", &log->file, error);
    if (code == OK)
        code = read_log(path, job, visitor, &log->length, error);
    if (code == OK && ftruncate(log->file, log->length) != 0)
        code = error_errno(error, path, "cannot be written");
    if (code == OK && log->length == 0)
        code = begin(log, job, error);
    if (code != OK)
        chunk_log_close(log);
    return code;
}

int chunk_log_append(struct chunk_log *log, uint64_t chunk, const void *payload, size_t length,
                     struct error *error)
{
    struct bytes bytes = {0};
    bytes_put_fixed(&bytes, chunk, 8);
    bytes_put_fixed(&bytes, length, 4);
    bytes_put(&bytes, payload, length);
    put_digest(&bytes, log->seed);
    int code = append(log, &bytes, error);
    bytes_clear(&bytes);
    return code;
}

void chunk_log_close(struct chunk_log *log)
{
    if (log->file >= 0)
        close(log->file);
    free(log->path);
    *log = (struct chunk_log){.file = -1};
}

int chunk_log_remove(struct chunk_log *log, struct error *error)
{
    int code = OK;
    if (unlink(log->path) != 0 && errno != ENOENT)
        code = error_errno(error, log->path, "cannot be removed");
    chunk_log_close(log);
    return code;
}
