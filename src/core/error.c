/* An error on its way to main. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

void error_names_add(struct error_names *names, const char *name)
{
    size_t length = strlen(names->text);
    if (length + strlen(name) + sizeof ", " <= sizeof names->text)
        sprintf(names->text + length, "%s%s", length > 0 ? ", " : "", name);
}
