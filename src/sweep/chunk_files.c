/* Finding, locking and removing the logs of a directory. */
#include "sweep/chunk_files.h"

#include "core/file.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names start with the key's 32 hexadecimal digits and end with .log; glob()
 * sorts them.  The directory is quoted: it may hold * and [. */
static char *pattern_of(const char *directory, const char *key)
{
    struct bytes pattern = {0};
    for (const char *c = directory; *c != '\0'; c++) {
        if (strchr("*?[\\", *c) != NULL)
            bytes_put(&pattern, "\\", 1);
        bytes_put(&pattern, c, 1);
    }
    bytes_put(&pattern, "/chunks/", 8);
    bytes_put(&pattern, key, strlen(key));
    bytes_put(&pattern, "*.log", sizeof "*.log");
    if (!pattern.failed)
        return (char *)pattern.data;
    bytes_clear(&pattern);
    return NULL;
}

int chunk_files_find(struct chunk_files *files, const char *job, const char *directory,
                     struct error *error)
{
    *files = (struct chunk_files){.directory = directory};
    if (job != NULL)
        chunk_job_key(job, files->key);
    char *pattern = pattern_of(directory, files->key);
    glob_t found = {0};
    int failed = pattern == NULL ? GLOB_NOSPACE : glob(pattern, 0, NULL, &found);
    free(pattern);
    int code = OK;
    if (failed == GLOB_NOSPACE)
        code = error_no_memory(error);
    else if (failed != 0 && failed != GLOB_NOMATCH)
        code = error_set(error, BAD_INPUT, "%s/chunks: cannot be read", directory);
    if (failed == 0) {
        files->paths = calloc(found.gl_pathc, sizeof *files->paths);
        if (files->paths == NULL)
            code = error_no_memory(error);
        for (size_t i = 0; i < found.gl_pathc && code == OK; i++) {
            files->paths[files->count] = strdup(found.gl_pathv[i]);
            if (files->paths[files->count++] == NULL)
                code = error_no_memory(error);
        }
    }
    globfree(&found);
    return code;
}

void chunk_files_clear(struct chunk_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    *files = (struct chunk_files){0};
}

char *chunk_files_path(const struct chunk_files *files, struct shard shard)
{
    char *path;
    int length =
        shard.count == 1
            ? asprintf(&path, "%s/chunks/%s.log", files->directory, files->key)
            : asprintf(&path, "%s/chunks/%s.%llu-of-%llu.log", files->directory, files->key,
                       (unsigned long long)shard.number, (unsigned long long)shard.count);
    return length < 0 ? NULL : path;
}

int chunks_remove(const char *job_text, const char *directory, struct error *error)
{
    struct chunk_files files;
    int code = chunk_files_find(&files, job_text, directory, error);
    for (size_t i = 0; i < files.count && code == OK; i++)
        if (unlink(files.paths[i]) != 0 && errno != ENOENT)
            code = error_errno(error, files.paths[i], "cannot be removed");
    chunk_files_clear(&files);
    return code;
}

int chunks_jobs(const char *directory, const struct job_visitor *visitor, struct error *error)
{
    struct chunk_files files;
    int code = chunk_files_find(&files, NULL, directory, error);
    for (size_t i = 0; i < files.count && code == OK; i++) {
        char *job;
        code = chunk_log_job(files.paths[i], &job, error);
        if (code == OK && job != NULL)
            code = visitor->visit(visitor->context, directory, job, error);
        free(job);
    }
    chunk_files_clear(&files);
    return code;
}

/* --- the lock of a directory ---------------------------------------------------------- */

int chunks_lock(const char *directory, bool exclusive, int *lock, struct error *error)
{
    char *path;
    *lock = -1;
    if (asprintf(&path, "%s/chunks", directory) < 0)
        return error_no_memory(error);
    int code = make_directory(path, error);
    free(path);
    if (code != OK)
        return code;
    if (asprintf(&path, "%s/chunks/lock", directory) < 0)
        return error_no_memory(error);
    code = lock_file(path, exclusive, "another xulp is at work in this directory", lock, error);
    free(path);
    return code;
}

void chunks_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

void chunks_tidy(const char *directory, int lock)
{
    char *path;
    if (asprintf(&path, "%s/chunks/lock", directory) >= 0) {
        unlink(path);
        *strrchr(path, '/') = '\0';
        rmdir(path); /* stays where there are logs */
        free(path);
    }
    chunks_unlock(lock);
}
