/* The chunk log: a run over one that was torn or damaged anywhere ends
 * with the result of an undisturbed run, or with a sentence. */
#include "../suite.h"

#include "core/file.h"
#include "core/random.h"
#include "sweep/chunk_files.h"

#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- a job: chunk i is a few random numbers, its result their sum and greatest ------- */

enum { CHUNKS = 19, MOST_NUMBERS = 5 };

struct result {
    uint64_t sum, greatest, computed, merged;
    uint64_t stop_after; /* chunks that are computed before a signal comes; 0: none */
    uint64_t fail_at;    /* the chunk that cannot be computed, plus 1; 0: none */
};

static struct result result;

static void *thread_begin(void *context, struct error *error)
{
    (void)error;
    return context;
}

static void thread_end(void *thread)
{
    (void)thread;
}

static int compute(void *thread, uint64_t chunk, struct bytes *payload, struct error *error)
{
    struct result *into = thread;
    struct random_stream stream = random_stream(3, chunk);
    if (chunk + 1 == into->fail_at)
        return error_set(error, MACHINE_FAILED, "chunk %d is not to be", (int)chunk);
    uint64_t count = chunk % (MOST_NUMBERS + 1); /* 0 too: a payload may be all but empty */
    for (uint64_t i = 0; i < count; i++)
        bytes_put_count(payload, random_below(&stream, UINT64_C(1) << 40));
    uint64_t computed;
#pragma omp atomic capture
    computed = ++into->computed;
    if (computed == into->stop_after)
        raise(SIGINT);
    return OK;
}

static int merge(void *context, uint64_t chunk, struct byte_reader *payload, double *worst,
                 struct error *error)
{
    struct result *into = context;
    (void)error;
    for (uint64_t i = 0; i < chunk % (MOST_NUMBERS + 1); i++) {
        uint64_t number = bytes_take_count(payload);
        into->sum += number;
        if (number > into->greatest)
            into->greatest = number;
        *worst = (double)into->greatest;
    }
    into->merged++;
    return OK;
}

static uint64_t points(const void *context, uint64_t chunk)
{
    (void)context;
    return chunk;
}

static struct chunk_job job_of(const char *text)
{
    return (struct chunk_job){text,       CHUNKS,  &result, thread_begin,
                              thread_end, compute, merge,   points};
}

/* --- directories ------------------------------------------------------------------- */

static char directory[64], other[64];
static struct result whole;

static int run_in(const char *where, const char *text, struct shard shard, struct error *error)
{
    const struct chunk_job job = job_of(text);
    const struct chunk_store store = {.directory = where, .shard = shard};
    uint64_t stop_after = result.stop_after, fail_at = result.fail_at;
    result = (struct result){.stop_after = stop_after, .fail_at = fail_at};
    int lock, code = chunks_lock(where, shard.count == 1, &lock, error);
    if (code == OK)
        code = chunks_run(&job, &store, error);
    chunks_unlock(lock);
    return code;
}

static void run_whole(const char *where)
{
    struct error error;
    ck_assert_int_eq(run_in(where, "job", (struct shard){1, 1}, &error), OK);
}

static void assert_whole(void)
{
    ck_assert_uint_eq(result.sum, whole.sum);
    ck_assert_uint_eq(result.greatest, whole.greatest);
    ck_assert_uint_eq(result.merged, CHUNKS);
}

static void set_up(void)
{
    strcpy(directory, "/tmp/xulp-chunks-XXXXXX");
    strcpy(other, "/tmp/xulp-chunks-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_ptr_nonnull(mkdtemp(other));
    result = (struct result){0};
    run_whole(directory);
    ck_assert_uint_eq(result.computed, CHUNKS);
    whole = result;
}

static void tear_down(void)
{
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s %s", directory, other);
    ck_assert_int_eq(system(command), 0);
}

/* The bytes of the whole run's log. */
static struct bytes log_bytes(char **path)
{
    struct error error;
    struct chunk_files files;
    struct bytes bytes = {0};
    char buffer[4096];
    ck_assert_int_eq(chunk_files_find(&files, "job", directory, &error), OK);
    *path = chunk_files_path(&files, (struct shard){1, 1});
    chunk_files_clear(&files);
    FILE *file = fopen(*path, "r");
    ck_assert_ptr_nonnull(file);
    for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;)
        bytes_put(&bytes, buffer, count);
    fclose(file);
    return bytes;
}

static void write_log(const char *path, const unsigned char *data, size_t count)
{
    unlink(path); /* to cut a file short and write it again waits for the disk on some systems */
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

/* --- tests ---------------------------------------------------------------------------- */

START_TEST(a_finished_job_is_read_and_not_computed)
{
    run_whole(directory);
    ck_assert_uint_eq(result.computed, 0);
    assert_whole();
}
END_TEST

START_TEST(a_log_torn_at_any_byte_is_gone_on_with)
{
    char *path;
    struct bytes log = log_bytes(&path);
    omp_set_num_threads(1); /* thousands of small runs */
    for (size_t length = 0; length < log.count; length++) {
        write_log(path, log.data, length);
        run_whole(directory);
        ck_assert_uint_gt(result.computed, 0);
        assert_whole();
        run_whole(directory); /* what was cut off is there again */
        ck_assert_uint_eq(result.computed, 0);
        assert_whole();
    }
    bytes_clear(&log);
    free(path);
}
END_TEST

START_TEST(a_flipped_bit_is_noticed)
{
    char *path;
    struct bytes log = log_bytes(&path);
    omp_set_num_threads(1);
    for (size_t i = 0; i < log.count; i++) {
        log.data[i] ^= (unsigned char)(1 << i % 8);
        write_log(path, log.data, log.count);
        run_whole(directory);
        ck_assert_uint_gt(result.computed, 0);
        assert_whole();
        log.data[i] ^= (unsigned char)(1 << i % 8);
    }
    bytes_clear(&log);
    free(path);
}
END_TEST

START_TEST(another_job_is_not_mixed_in)
{
    struct error error;
    char *path;
    struct bytes log = log_bytes(&path);
    ck_assert_int_eq(run_in(directory, "job 2", (struct shard){1, 1}, &error), OK);
    ck_assert_uint_eq(result.computed, CHUNKS);

    /* Under the other's name the log is refused, … */
    struct chunk_files files;
    ck_assert_int_eq(chunk_files_find(&files, "job 2", directory, &error), OK);
    ck_assert_uint_eq(files.count, 1);
    struct bytes second = {0};
    write_log(files.paths[0], log.data, log.count);
    ck_assert_int_eq(run_in(directory, "job 2", (struct shard){1, 1}, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "is the log of another job"));

    /* … and its records behind the other's header do not hold: headers of "job" are two
     * bytes shorter. */
    size_t header = 8 + 4 + strlen("job") + 16;
    ck_assert_int_eq(unlink(files.paths[0]), 0);
    result.fail_at = 1;
    ck_assert_int_eq(run_in(directory, "job 2", (struct shard){1, 1}, &error), MACHINE_FAILED);
    result.fail_at = 0;
    FILE *file = fopen(files.paths[0], "r");
    unsigned char buffer[64];
    size_t count = fread(buffer, 1, header + 2, file);
    ck_assert_uint_eq(count, header + 2);
    fclose(file);
    bytes_put(&second, buffer, header + 2);
    bytes_put(&second, log.data + header, log.count - header);
    write_log(files.paths[0], second.data, second.count);
    ck_assert_int_eq(run_in(directory, "job 2", (struct shard){1, 1}, &error), OK);
    ck_assert_uint_eq(result.computed, CHUNKS);
    chunk_files_clear(&files);
    bytes_clear(&second);
    bytes_clear(&log);
    free(path);
}
END_TEST

START_TEST(a_chunk_counts_once_however_often_it_stands)
{
    char *path;
    struct error error;
    struct bytes log = log_bytes(&path);
    size_t header = 8 + 4 + strlen("job") + 16;
    struct bytes twice = {0}; /* all records once more */
    bytes_put(&twice, log.data, log.count);
    bytes_put(&twice, log.data + header, log.count - header);
    write_log(path, twice.data, twice.count);
    bytes_clear(&twice);
    run_whole(directory);
    ck_assert_uint_eq(result.computed, 0);
    assert_whole();

    /* A shard's log beside it, with the same chunks once more. */
    ck_assert_int_eq(run_in(other, "job", (struct shard){2, 3}, &error), OK);
    char command[200];
    snprintf(command, sizeof command, "cp %s/chunks/*.log %s/chunks/", other, directory);
    ck_assert_int_eq(system(command), 0);
    run_whole(directory);
    ck_assert_uint_eq(result.computed, 0);
    assert_whole();
    bytes_clear(&log);
    free(path);
}
END_TEST

/* A log that holds and yet says something else: a fault of the machine or of the
 * program that must not go by. */
START_TEST(two_results_for_one_chunk_are_refused)
{
    struct error error;
    struct chunk_log log;
    const struct chunk_visitor none = {0};
    char path[200], key[CHUNK_KEY_TEXT];
    chunk_job_key("job", key);
    snprintf(path, sizeof path, "%s/chunks/%s.1-of-2.log", directory, key);
    ck_assert_int_eq(chunk_log_open(&log, path, "job", &none, &error), OK);
    ck_assert_int_eq(chunk_log_append(&log, 2, "\1\1", 2, &error), OK);
    chunk_log_close(&log);
    ck_assert_int_eq(run_in(directory, "job", (struct shard){1, 1}, &error), MACHINE_FAILED);
    ck_assert_ptr_nonnull(strstr(error.text, "has another result for chunk 2"));
}
END_TEST

START_TEST(shards_merge_in_any_order)
{
    static const uint64_t orders[][3] = {{1, 2, 3}, {3, 1, 2}, {2, 3, 1}};
    struct error error;
    const struct chunk_job job = job_of("job");
    for (size_t order = 0; order < 3; order++) {
        for (size_t i = 0; i < 3; i++) {
            struct shard shard = {orders[order][i], 3};
            ck_assert_int_eq(run_in(other, "job", shard, &error), OK);
            ck_assert_uint_eq(result.computed, order > 0 ? 0 : result.merged);
            if (order > 0 || i == 2)
                continue;
            result = (struct result){0};
            ck_assert_int_eq(chunks_collect(&job, (char *[]){other}, 1, &error), BAD_INPUT);
            ck_assert_ptr_nonnull(strstr(error.text, "of the 19 chunks (from 0) of job these are "
                                                     "missing: "));
        }
        result = (struct result){0};
        ck_assert_int_eq(chunks_collect(&job, (char *[]){other}, 1, &error), OK);
        assert_whole();
        ck_assert_uint_eq(result.computed, 0);
        result = (struct result){0};
        ck_assert_int_eq(chunks_collect(&job, (char *[]){directory, other}, 2, &error), OK);
        assert_whole();
    }
    run_whole(other); /* a whole process goes on from what shards left */
    ck_assert_uint_eq(result.computed, 0);
    assert_whole();
}
END_TEST

START_TEST(missing_chunks_are_named)
{
    struct error error;
    const struct chunk_job job = job_of("job\nmore");
    ck_assert_int_eq(run_in(other, "job\nmore", (struct shard){1, 2}, &error), OK);
    ck_assert_int_eq(chunks_collect(&job, (char *[]){other}, 1, &error), BAD_INPUT);
    ck_assert_str_eq(error.text, "of the 19 chunks (from 0) of job these are missing: 1, 3, 5, 7, "
                                 "9 and 4 more");
}
END_TEST

START_TEST(a_signal_stops_and_keeps_what_is_done)
{
    struct error error;
    omp_set_num_threads(1); /* so that no other thread runs ahead of the signal */
    result.stop_after = 9;
    ck_assert_int_eq(run_in(other, "job", (struct shard){1, 1}, &error), 128 + SIGINT);
    ck_assert_str_eq(error.text, "stopped by SIGINT; run again to go on");
    uint64_t kept = result.computed;
    ck_assert_uint_eq(kept, 9);
    result.stop_after = 0;
    run_whole(other);
    ck_assert_uint_eq(result.computed, CHUNKS - kept);
    assert_whole();
}
END_TEST

START_TEST(a_failure_ends_the_work_with_its_sentence)
{
    struct error error;
    result.fail_at = 8;
    ck_assert_int_eq(run_in(other, "job", (struct shard){1, 1}, &error), MACHINE_FAILED);
    ck_assert_str_eq(error.text, "chunk 7 is not to be");
}
END_TEST

START_TEST(two_processes_do_not_write_one_log)
{
    struct error error;
    struct chunk_log log;
    const struct chunk_visitor none = {0};
    char path[200], key[CHUNK_KEY_TEXT];
    chunk_job_key("job", key);
    snprintf(path, sizeof path, "%s/chunks/%s.log", other, key);
    int lock;
    ck_assert_int_eq(chunks_lock(other, true, &lock, &error), OK);
    ck_assert_int_eq(run_in(other, "job", (struct shard){1, 2}, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "another xulp is at work in this directory"));
    chunks_unlock(lock);
    ck_assert_int_eq(chunk_log_open(&log, path, "job", &none, &error), OK);
    ck_assert_int_eq(run_in(other, "job", (struct shard){1, 1}, &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "another xulp is at work on this job"));
    chunk_log_close(&log);
    run_whole(other);
    assert_whole();
}
END_TEST

START_TEST(what_a_run_leaves_is_tidied_away)
{
    struct error error;
    int lock;
    char path[200];
    snprintf(path, sizeof path, "%s/chunks", directory);
    ck_assert_int_eq(chunks_lock(directory, true, &lock, &error), OK);
    chunks_tidy(directory, lock);
    ck_assert_int_eq(access(path, F_OK), 0); /* the log is there still */
    ck_assert_int_eq(chunks_remove("job", directory, &error), OK);
    ck_assert_int_eq(chunks_lock(directory, true, &lock, &error), OK);
    chunks_tidy(directory, lock);
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(shards_are_read_as_i_of_n)
{
    static const char *const bad[] = {"",    "1",    "1/",   "/2",      "0/2", "3/2", "1/2/3",
                                      "1/0", "-1/2", "1 /2", "1/10000", "a/b", "+1/2"};
    struct error error;
    struct shard shard;
    ck_assert_int_eq(shard_parse("--shard", "2/3", &shard, &error), OK);
    ck_assert_uint_eq(shard.number, 2);
    ck_assert_uint_eq(shard.count, 3);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(shard_parse("--shard", bad[i], &shard, &error), BAD_INPUT);
}
END_TEST

/* Counts of every length, and what is not one. */
START_TEST(bytes_come_back)
{
    struct bytes bytes = {0};
    for (unsigned shift = 0; shift < 64; shift++) {
        bytes_put_count(&bytes, (UINT64_C(1) << shift) - 1);
        bytes_put_count(&bytes, UINT64_C(1) << shift);
    }
    bytes_put_count(&bytes, UINT64_MAX);
    bytes_put_double(&bytes, -0x1.8p-1074);
    bytes_put_fixed(&bytes, 0x01020304, 4);
    struct byte_reader reader = {bytes.data, bytes.data + bytes.count, false};
    for (unsigned shift = 0; shift < 64; shift++) {
        ck_assert_uint_eq(bytes_take_count(&reader), (UINT64_C(1) << shift) - 1);
        ck_assert_uint_eq(bytes_take_count(&reader), UINT64_C(1) << shift);
    }
    ck_assert_uint_eq(bytes_take_count(&reader), UINT64_MAX);
    ck_assert_double_eq(bytes_take_double(&reader), -0x1.8p-1074);
    ck_assert_uint_eq(bytes_take_fixed(&reader, 4), 0x01020304);
    ck_assert(!reader.failed);
    ck_assert_uint_eq(bytes_take_count(&reader), 0);
    ck_assert(reader.failed);
    bytes_clear(&bytes);

    static const unsigned char long_count[] = {0xff, 0xff, 0xff, 0xff, 0xff,
                                               0xff, 0xff, 0xff, 0xff, 2};
    reader = (struct byte_reader){long_count, long_count + sizeof long_count, false};
    bytes_take_count(&reader);
    ck_assert(reader.failed);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("chunks");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_finished_job_is_read_and_not_computed);
    tcase_add_test(cases, a_log_torn_at_any_byte_is_gone_on_with);
    tcase_add_test(cases, a_flipped_bit_is_noticed);
    tcase_add_test(cases, another_job_is_not_mixed_in);
    tcase_add_test(cases, a_chunk_counts_once_however_often_it_stands);
    tcase_add_test(cases, two_results_for_one_chunk_are_refused);
    tcase_add_test(cases, shards_merge_in_any_order);
    tcase_add_test(cases, missing_chunks_are_named);
    tcase_add_test(cases, a_signal_stops_and_keeps_what_is_done);
    tcase_add_test(cases, a_failure_ends_the_work_with_its_sentence);
    tcase_add_test(cases, two_processes_do_not_write_one_log);
    tcase_add_test(cases, what_a_run_leaves_is_tidied_away);
    tcase_add_test(cases, shards_are_read_as_i_of_n);
    tcase_add_test(cases, bytes_come_back);
    Suite *suite = suite_create("chunks");
    suite_add_tcase(suite, cases);
    return suite_run(suite);
}
