/* An error on its way to main. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *error, int code, const char *format, ...)
{
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return code;
}

int error_no_memory(struct error *error)
{
    return error_set(error, MACHINE_FAILED, "out of memory");
}
