/* The progress line of long commands. */
#ifndef XULP_CLI_PROGRESS_H
#define XULP_CLI_PROGRESS_H

#include "sweep/chunks.h"

/* One line on a terminal, rewritten a few times a second; nothing in a pipe. */
struct progress_line {
    const char *name;
    const char *what; /* is counted: "cases" */
    bool terminal;
    double started, shown;
    struct progress progress; /* for chunks_run() */
};

/* Returns what to hand to chunks_run(): NULL where nobody looks.  The line stays
 * where it is until progress_line_end(). */
struct progress *progress_line_begin(struct progress_line *line, const char *name,
                                     const char *what);
void progress_line_end(struct progress_line *line);

#endif
