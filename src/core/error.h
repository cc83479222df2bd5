/* An error on its way to main: an exit code and one sentence for the user. */
#ifndef XULP_CORE_ERROR_H
#define XULP_CORE_ERROR_H

/* Exit codes of the program, and return codes of every fallible function. */
enum {
    OK = 0,
    BROKEN_CONTRACT = 1, /* a precision contract does not hold */
    BAD_INPUT = 2,       /* usage or input is wrong */
    MACHINE_FAILED = 3,  /* disk, memory, a missing program */
    /* 128 + n: stopped by signal n, and can be gone on with; as a shell has it */
};

struct error {
    int code;
    char text[1024];
};

/* Fills *error and returns code, so that a caller writes
 *     return error_set(error, BAD_INPUT, "…", …);
 * A sentence that does not fit is cut. */
int error_set(struct error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The sentence for a failed allocation; returns MACHINE_FAILED. */
int error_no_memory(struct error *error);

/* What there is, for a sentence about what there is not: names joined by ", ".
 * One that does not fit is left out. */
struct error_names {
    char text[600];
};

void error_names_add(struct error_names *names, const char *name);

#endif
