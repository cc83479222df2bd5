/* The text of a job: a line for each thing that its result depends on. */
#ifndef XULP_SWEEP_JOB_TEXT_H
#define XULP_SWEEP_JOB_TEXT_H

#include "core/bytes.h"
#include "impl/impl.h"

/* Adds a line. */
void job_text_add(struct bytes *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds the program: its version, its sources and the form of logs; and for a math that
 * depends on the machine compiler, libraries and processor, so that what another machine
 * computed is another job. */
void job_text_add_program(struct bytes *text, enum math_id math);

/* The text, to be freed; NULL where memory failed. */
char *job_text_end(struct bytes *text);

#endif
