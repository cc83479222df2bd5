/* The two kinds of jobs whose shards xulp merge takes together. */
#ifndef XULP_CLI_MERGE_H
#define XULP_CLI_MERGE_H

#include "sweep/exhaustive.h"
#include "sweep/run.h"

/* Jobs of exhaustive runs, found in logs. */
struct merge_units {
    struct exhaustive_unit *units;
    size_t count;
};

/* Jobs of a run: experiment i at i. */
struct merge_runs {
    struct merge_run *runs;
    size_t count; /* 0: there are none */
};

/* Takes note of a job; *taken tells whether it is of this kind. */
int merge_units_add(struct merge_units *units, const char *directory, const char *job, bool *taken,
                    struct error *error);
int merge_runs_add(struct merge_runs *runs, const char *directory, const char *job, bool *taken,
                   struct error *error);

/* Writes the tables of all of them; none is no error. */
int merge_units_write(struct merge_units *units, char *const *directories, size_t count,
                      const char *out, struct error *error);
int merge_runs_write(const struct merge_runs *runs, char *const *directories, size_t count,
                     const char *out, struct error *error);

void merge_units_clear(struct merge_units *units);
void merge_runs_clear(struct merge_runs *runs);

/* The error of a log that this program would not have written. */
int merge_other_program(const char *directory, const char *theirs, const char *ours,
                        struct error *error);

#endif
