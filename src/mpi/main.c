/* xulp-mpi: the program for mpirun.  Each rank computes the chunks of its shard and
 * keeps a log of its own; tallies are reduced to rank 0, which writes the tables. */
#include "cli/cli.h"
#include "cli/team.h"

#include <limits.h>
#include <mpi.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct team team;
const struct team *cli_team = NULL;

enum { TAG_FAILED = 1, CODE_OTHER_FAILED = -1 };

static bool told;          /* the others of this rank's failure */
static bool speaks = true; /* whether the sentence to print is this rank's */

/* --- failing together ---------------------------------------------------------------------- */

/* Tells the others, who are computing, that there is no use in it. */
static void tell_others(void)
{
    for (uint64_t rank = 0; rank < team.size && !told; rank++) {
        MPI_Request request;
        if (rank == team.rank)
            continue;
        MPI_Isend(NULL, 0, MPI_BYTE, (int)rank, TAG_FAILED, MPI_COMM_WORLD, &request);
        MPI_Request_free(&request);
    }
    told = true;
}

static int poll_others(struct error *error)
{
    int failed;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG_FAILED, MPI_COMM_WORLD, &failed, MPI_STATUS_IGNORE);
    return failed ? error_set(error, CODE_OTHER_FAILED, "another rank failed") : OK;
}

/* Takes what others told and nobody polled. */
static void drain(void)
{
    int there;
    MPI_Status status;
    for (;;) {
        MPI_Iprobe(MPI_ANY_SOURCE, TAG_FAILED, MPI_COMM_WORLD, &there, &status);
        if (!there)
            return;
        MPI_Recv(NULL, 0, MPI_BYTE, status.MPI_SOURCE, TAG_FAILED, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
}

/* The lowest rank with an error of its own decides; all return its code, then and
 * whenever they are asked again.  Each keeps its own sentence, or none. */
static int agree(int code)
{
    static int agreed = OK;
    if (agreed != OK)
        return agreed;
    if (code != OK && code != CODE_OTHER_FAILED)
        tell_others();
    int own = code == OK ? INT_MAX : code == CODE_OTHER_FAILED ? INT_MAX - 1 : (int)team.rank;
    int lowest;
    MPI_Allreduce(&own, &lowest, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (lowest == INT_MAX)
        return OK;
    speaks = lowest == (int)team.rank;
    MPI_Bcast(&code, 1, MPI_INT, lowest < (int)team.size ? lowest : 0, MPI_COMM_WORLD);
    agreed = code;
    return code;
}

/* --- reducing -------------------------------------------------------------------------------- */

static void merge_parts(void *from, void *into, int *count, MPI_Datatype *type)
{
    (void)type;
    const struct exhaustive_part *parts = from;
    for (int i = 0; i < *count; i++)
        exhaustive_part_merge((struct exhaustive_part *)into + i, &parts[i]);
}

static int reduce(struct exhaustive_part *parts, size_t count, struct error *error)
{
    MPI_Datatype part;
    MPI_Op operation;
    struct exhaustive_part *merged = team.rank == 0 ? calloc(count, sizeof *merged) : NULL;
    int code = team.rank == 0 && merged == NULL ? error_no_memory(error) : OK;
    code = agree(code);
    if (code != OK) {
        free(merged);
        return code;
    }
    MPI_Type_contiguous((int)sizeof *parts, MPI_BYTE, &part);
    MPI_Type_commit(&part);
    MPI_Op_create(merge_parts, true, &operation); /* commutes */
    MPI_Reduce(parts, merged, (int)count, part, operation, 0, MPI_COMM_WORLD);
    MPI_Op_free(&operation);
    MPI_Type_free(&part);
    if (merged != NULL)
        memcpy(parts, merged, count * sizeof *parts);
    free(merged);
    return OK;
}

/* --- the program -------------------------------------------------------------------------------
 */

/* Rank 0 talks for all; the sentence of an error is whoever's it is. */
static FILE *hush(void)
{
    FILE *sentences = fdopen(dup(STDERR_FILENO), "w");
    bool failed = sentences == NULL;
    if (team.rank != 0)
        failed |=
            freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL;
    return failed ? NULL : sentences;
}

static void finalize(void)
{
    drain();
    MPI_Finalize();
}

int main(int argc, char **argv)
{
    int provided, rank, size;
    struct error error = {0};
    /* MPI is called by one thread at a time, not always by the same. */
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    team = (struct team){(uint64_t)rank, (uint64_t)size, agree, reduce, poll_others};
    cli_team = &team;
    atexit(finalize); /* argp exits by itself where an option is unknown */
    FILE *sentences = hush();
    int code = OK;
    if (sentences == NULL || provided < MPI_THREAD_SERIALIZED)
        code = error_set(&error, MACHINE_FAILED, "this MPI has no MPI_THREAD_SERIALIZED");
    code = agree(code);
    if (code == OK)
        code = agree(cli_dispatch(argc, argv, &error));
    if (code == OK && rank == 0 && (ferror(stdout) || fflush(stdout) != 0))
        code = error_set(&error, MACHINE_FAILED, "standard output: cannot be written");
    code = agree(code);
    if (code != OK && speaks && sentences != NULL)
        fprintf(sentences, "xulp: %s\n", error.text);
    if (sentences != NULL)
        fclose(sentences);
    return code;
}
