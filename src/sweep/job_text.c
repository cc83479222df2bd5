/* The text of a job. */
#include "sweep/job_text.h"

#include "core/version.h"
#include "sweep/sources.h"

#include <gnu/libc-version.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

enum { STORE_VERSION = 1 }; /* of payloads and of the numbering of chunks */

void job_text_add(struct bytes *text, const char *format, ...)
{
    va_list arguments;
    char *line = NULL;
    va_start(arguments, format);
    int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text->failed = true;
        return;
    }
    bytes_put(text, line, (size_t)length);
    bytes_put(text, "\n", 1);
    free(line);
}

static void add_platform(struct bytes *text, enum math_id math)
{
    struct utsname machine;
    char blas[IMPL_BLAS_TEXT] = "";
    if (math == MATH_blas)
        impl_blas(blas);
    if (uname(&machine) != 0)
        text->failed = true;
    else
        job_text_add(text, "platform %s, glibc %s, %s %s", maths[math].compiled,
                     gnu_get_libc_version(), machine.machine, blas);
}

void job_text_add_program(struct bytes *text, enum math_id math)
{
    job_text_add(text, "xulp %s, sources %s, store %d", XULP_VERSION, xulp_sources, STORE_VERSION);
    if (math != MATH_canonical)
        add_platform(text, math);
}

char *job_text_end(struct bytes *text)
{
    bytes_put(text, "", 1);
    if (!text->failed)
        return (char *)text->data;
    bytes_clear(text);
    return NULL;
}
