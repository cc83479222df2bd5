/* Other programs. */
#ifndef XULP_REPORT_PROCESS_H
#define XULP_REPORT_PROCESS_H

#include "core/error.h"

/* Runs argv[0], found on PATH, without a shell, and waits for it.  Where it
 * fails, the error holds what it wrote; where it is missing, the Debian
 * package that has it. */
int process_run(const char *const argv[], const char *package, struct error *error);

#endif
