/* The corpus of a hunt: DIRECTORY/hunt-PROBLEM.yaml, experiments whose cases are
 * the finds, each kept beside what found it.  docs/hunt.md. */
#ifndef XULP_REPORT_CORPUS_H
#define XULP_REPORT_CORPUS_H

#include "sweep/hunt.h"

/* A find of the corpus: one for each formulation, format and kind. */
struct corpus_entry {
    size_t formulation;
    struct hunt_space space; /* has the format */
    enum hunt_kind kind;
    struct hunt_find find;
    char *note; /* what found it */
};

struct corpus {
    struct corpus_entry *entries;
    size_t count, capacity;
    size_t lost; /* entries that are no longer finds of their kind */
};

/* Reads the files that are there, of every problem, and measures every entry anew.
 * Clear it afterwards, whether this failed or not. */
int corpus_load(const char *directory, struct corpus *corpus, struct error *error);
void corpus_clear(struct corpus *corpus);

/* What an update did. */
struct corpus_change {
    size_t added, replaced, lost;
};

/* Takes over each find of a hunt of canonical functions that is better than
 * what is there, or new; of the kinds that are wanted. */
int corpus_add(struct corpus *corpus, const struct hunt_result *result,
               const struct hunt_request *request, const bool wanted[HUNT_KINDS],
               struct corpus_change *change, struct error *error);

/* Writes a file for each problem that has an entry, sorted: the same entries
 * give the same bytes. */
int corpus_write(struct corpus *corpus, const char *directory, struct error *error);

#endif
