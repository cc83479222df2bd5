/* Chunks on all threads.
 *
 * Threads take the chunks that no log holds, in order.  A finished chunk is appended
 * to the log and merged from the very bytes that were stored, so that a result which
 * was computed and one which was read are made the same way; then it is dropped.
 * The memory in use is one result, one chunk for each thread, and 17 bytes a chunk. */
#include "sweep/chunks.h"

#include "sweep/chunk_files.h"
#include "sweep/chunk_log.h"

#include <omp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int shard_parse(const char *option, const char *text, struct shard *shard, struct error *error)
{
    unsigned long long number, count;
    int length = 0;
    if (sscanf(text, "%4llu/%4llu%n", &number, &count, &length) != 2 || text[length] != '\0' ||
        strspn(text, "0123456789/") != strlen(text) || number < 1 || number > count)
        return error_set(error, BAD_INPUT,
                         "%s: '%s' is not i/n, part i of n, 1 ≤ i ≤ n ≤ 9999 (1/4 to 4/4)", option,
                         text);
    *shard = (struct shard){number, count};
    return OK;
}

/* --- signals --------------------------------------------------------------------- */

static volatile sig_atomic_t signal_number;

static void keep_signal(int number)
{
    signal_number = number;
}

/* Of the job at work: whether a thread has failed, so that the others need not go
 * on; and whom to ask for other processes, at every so many questions. */
static atomic_bool failed;
static int (*poll_others)(struct error *error);
enum { ABANDONED = -100, POLL_EVERY = 64 };

/* One thread asks, so that what it asks (MPI) need not stand several. */
static int poll(struct error *error)
{
    static unsigned asked;
    if (poll_others == NULL || omp_get_thread_num() != 0 || asked++ % POLL_EVERY != 0)
        return OK;
    return poll_others(error);
}

int chunks_stopped(struct error *error)
{
    int number = signal_number;
    if (number != 0)
        return error_set(error, 128 + number, "stopped by SIG%s; run again to go on",
                         sigabbrev_np(number));
    if (failed)
        return ABANDONED; /* the sentence is the other thread's */
    return poll(error);
}

enum { CAUGHT = 2 };
static const int caught[CAUGHT] = {SIGINT, SIGTERM};

/* The first signal is kept; the next one ends the program at once. */
static void catch_signals(struct sigaction old[CAUGHT])
{
    struct sigaction keep = {.sa_handler = keep_signal, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    signal_number = 0;
    for (size_t i = 0; i < CAUGHT; i++) {
        sigaction(caught[i], NULL, &old[i]);
        if (old[i].sa_handler != SIG_IGN) /* as under nohup */
            sigaction(caught[i], &keep, NULL);
    }
}

static void release_signals(const struct sigaction old[CAUGHT])
{
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &old[i], NULL);
}

/* --- what is there already ---------------------------------------------------------- */

/* A job at work. */
struct state {
    const struct chunk_job *job;
    struct shard shard;
    struct progress *progress;
    bool *there;
    uint64_t (*digests)[2]; /* of the chunks that are there */
    uint64_t done, found, total;
    double worst;
};

static int state_make(struct state *state, const struct chunk_job *job, struct shard shard,
                      struct error *error)
{
    *state = (struct state){.job = job, .shard = shard};
    state->there = calloc(job->count + 1, sizeof *state->there);
    state->digests = calloc(job->count + 1, sizeof *state->digests);
    for (uint64_t i = 0; i < job->count; i++)
        state->total += shard_has(shard, i) ? job->points(job->context, i) : 0;
    return state->there == NULL || state->digests == NULL ? error_no_memory(error) : OK;
}

static void state_clear(struct state *state)
{
    free(state->there);
    free(state->digests);
}

static int merge(struct state *state, uint64_t chunk, const unsigned char *payload, size_t length,
                 struct error *error)
{
    const struct chunk_job *job = state->job;
    struct byte_reader reader = {payload, payload + length, false};
    int code = job->merge(job->context, chunk, &reader, &state->worst, error);
    if (code == OK && (reader.failed || reader.at != reader.end))
        code = error_set(error, MACHINE_FAILED,
                         "chunk %llu of a log holds something else than its result",
                         (unsigned long long)chunk);
    state->done += job->points(job->context, chunk);
    return code;
}

/* A record of a log.  The same chunk may stand in several; it is the same then. */
static int visit(void *context, const char *path, const struct chunk_record *record,
                 struct error *error)
{
    struct state *state = context;
    uint64_t chunk = record->chunk;
    if (chunk >= state->job->count)
        return error_set(error, MACHINE_FAILED, "%s: holds chunk %llu of a job of %llu", path,
                         (unsigned long long)chunk, (unsigned long long)state->job->count);
    if (!shard_has(state->shard, chunk))
        return OK;
    if (state->there[chunk]) {
        if (memcmp(state->digests[chunk], record->digest, sizeof record->digest) == 0)
            return OK;
        return error_set(error, MACHINE_FAILED,
                         "%s: has another result for chunk %llu than another log of the same job; "
                         "remove one of the two",
                         path, (unsigned long long)chunk);
    }
    state->there[chunk] = true;
    memcpy(state->digests[chunk], record->digest, sizeof record->digest);
    return merge(state, chunk, record->payload, record->length, error);
}

/* --- computing the rest ---------------------------------------------------------------- */

static int compute(const struct chunk_job *job, void *thread, uint64_t chunk, struct bytes *payload,
                   struct error *error)
{
    payload->count = 0;
    int code = job->compute(thread, chunk, payload, error);
    if (code == OK && payload->failed)
        code = error_no_memory(error);
    return code;
}

/* Stores and merges a chunk; one thread at a time. */
static int keep(struct state *state, struct chunk_log *log, const struct chunk_store *store,
                uint64_t chunk, const struct bytes *payload, struct error *error)
{
    int code = OK;
    if (store->directory != NULL)
        code = chunk_log_append(log, chunk, payload->data, payload->count, error);
    if (code == OK)
        code = merge(state, chunk, payload->data, payload->count, error);
    if (code == OK && state->progress != NULL)
        state->progress->report(state->progress->context, state->done, state->found, state->total,
                                state->worst);
    return code;
}

static int compute_rest(struct state *state, struct chunk_log *log, const struct chunk_store *store,
                        struct error *error)
{
    const struct chunk_job *job = state->job;
    int code = OK;
    failed = false;
    poll_others = store->poll;
#pragma omp parallel
    {
        struct error own = {0};
        struct bytes payload = {0};
        void *thread = job->thread_begin(job->context, &own);
        int status = thread == NULL ? own.code : OK;
#pragma omp for schedule(dynamic)
        for (uint64_t chunk = store->shard.number - 1; chunk < job->count;
             chunk += store->shard.count) {
            if (status != OK || state->there[chunk])
                continue;
            status = chunks_stopped(&own);
            if (status == OK)
                status = compute(job, thread, chunk, &payload, &own);
            if (status == OK) {
#pragma omp critical(chunks)
                status = keep(state, log, store, chunk, &payload, &own);
            }
            if (status != OK)
                failed = true;
        }
        if (status != OK && status != ABANDONED) {
            failed = true; /* also where the thread could not begin */
#pragma omp critical(chunks)
            {
                code = status;
                *error = own;
            }
        }
        if (thread != NULL)
            job->thread_end(thread);
        bytes_clear(&payload);
    }
    return code;
}

static bool all_there(const struct state *state)
{
    for (uint64_t i = 0; i < state->job->count; i++)
        if (shard_has(state->shard, i) && !state->there[i])
            return false;
    return true;
}

static int run_with_log(struct state *state, const struct chunk_store *store, struct error *error)
{
    struct chunk_files files;
    struct chunk_log log = {.file = -1};
    const struct chunk_visitor visitor = {visit, state};
    int code = chunk_files_find(&files, state->job->text, store->directory, error);
    char *own = code == OK ? chunk_files_path(&files, store->shard) : NULL;
    if (code == OK && own == NULL)
        code = error_no_memory(error);
    if (code == OK)
        code = chunk_log_open(&log, own, state->job->text, &visitor, error);
    for (size_t i = 0; i < files.count && code == OK; i++)
        if (strcmp(files.paths[i], own) != 0)
            code = chunk_log_read(files.paths[i], state->job->text, &visitor, error);
    state->found = state->done;
    if (code == OK && !all_there(state))
        code = compute_rest(state, &log, store, error);
    chunk_log_close(&log);
    free(own);
    chunk_files_clear(&files);
    return code;
}

int chunks_run(const struct chunk_job *job, const struct chunk_store *store, struct error *error)
{
    struct state state;
    struct sigaction old[CAUGHT];
    int code = state_make(&state, job, store->shard, error);
    state.progress = store->progress;
    catch_signals(old);
    if (code == OK)
        code = store->directory != NULL ? run_with_log(&state, store, error)
                                        : compute_rest(&state, NULL, store, error);
    if (code == OK && signal_number != 0)
        code = chunks_stopped(error);
    release_signals(old);
    state_clear(&state);
    return code;
}

/* --- collecting ---------------------------------------------------------------------- */

/* "chunks 3, 7 to 9 and 12 more of 40 are missing": the first runs by number. */
static int missing(const struct state *state, struct error *error)
{
    enum { MOST_RUNS = 5 };
    char text[300] = "";
    size_t length = 0, runs = 0;
    uint64_t rest = 0, count = state->job->count;
    for (uint64_t i = 0; i < count;) {
        uint64_t last = i;
        while (last < count && !state->there[last])
            last++;
        uint64_t run = last - i;
        if (run > 0 && runs++ < MOST_RUNS)
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       run > 1 ? "%s%llu to %llu" : "%s%llu", runs > 1 ? ", " : "",
                                       (unsigned long long)i, (unsigned long long)(last - 1));
        else
            rest += run;
        i = run == 0 ? i + 1 : last;
    }
    char more[60] = "";
    if (rest > 0)
        snprintf(more, sizeof more, " and %llu more", (unsigned long long)rest);
    const char *title = state->job->text;
    return error_set(error, BAD_INPUT,
                     "of the %llu chunks (from 0) of %.*s these are missing: %s%s",
                     (unsigned long long)count, (int)strcspn(title, "\n"), title, text, more);
}

int chunks_collect(const struct chunk_job *job, char *const *directories, size_t count,
                   struct error *error)
{
    struct state state;
    const struct chunk_visitor visitor = {visit, &state};
    int code = state_make(&state, job, (struct shard){1, 1}, error);
    for (size_t d = 0; d < count && code == OK; d++) {
        struct chunk_files files;
        code = chunk_files_find(&files, job->text, directories[d], error);
        for (size_t i = 0; i < files.count && code == OK; i++)
            code = chunk_log_read(files.paths[i], job->text, &visitor, error);
        chunk_files_clear(&files);
    }
    if (code == OK && !all_there(&state))
        code = missing(&state, error);
    state_clear(&state);
    return code;
}
