/* The progress line: what is done, how fast, how long still, the worst so far.
 * The rate is of what this process computed, not of what it found in logs. */
#include "cli/progress.h"

#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

static const double often = 0.2; /* seconds between two states of the line */

static void show(void *context, uint64_t done, uint64_t found, uint64_t total, double worst)
{
    struct progress_line *line = context;
    double time = cli_seconds();
    if (time - line->shown < often)
        return;
    double rate = (double)(done - found) / (time - line->started);
    double left = (double)(total - done) / rate;
    fprintf(stderr, "\r%s: %llu of %llu %s, %.3g/s, %.0f s left, worst so far %.3g ulp\033[K",
            line->name, (unsigned long long)done, (unsigned long long)total, line->what, rate, left,
            worst);
    line->shown = time;
}

struct progress *progress_line_begin(struct progress_line *line, const char *name, const char *what)
{
    double now = cli_seconds();
    *line = (struct progress_line){
        .name = name,
        .what = what,
        .terminal = isatty(STDERR_FILENO) != 0,
        .started = now,
        .shown = now,
        .progress = {show, line},
    };
    return line->terminal ? &line->progress : NULL;
}

void progress_line_end(struct progress_line *line)
{
    if (line->terminal)
        fputs("\r\033[K", stderr);
}
