/* Several processes with one task, as mpirun starts them (src/mpi/).  Without MPI
 * there is no team, and xulp is its own whole. */
#ifndef XULP_CLI_TEAM_H
#define XULP_CLI_TEAM_H

#include "sweep/exhaustive.h"

struct team {
    uint64_t rank, size;

    /* All call it with the code of a step, and all get the same: OK where every
     * one was OK, else the code of the lowest rank that failed, whose sentence is
     * the one to be printed. */
    int (*agree)(int code);

    /* Merges everybody's parts into those of rank 0. */
    int (*reduce)(struct exhaustive_part *parts, size_t count, struct error *error);

    /* For struct chunk_store: not OK once another rank has failed. */
    int (*poll)(struct error *error);
};

/* Each main's own.  NULL: this process is alone. */
extern const struct team *cli_team;

static inline bool team_leads(void)
{
    return cli_team == NULL || cli_team->rank == 0;
}

static inline int team_agree(int code)
{
    return cli_team == NULL ? code : cli_team->agree(code);
}

#endif
