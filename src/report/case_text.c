/* Texts of cases. */
#include "report/case_text.h"

#include "measure/tally.h"

#include <stdio.h>
#include <stdlib.h>

static char *reference(const struct plan *plan, uint64_t i)
{
    char *text;
    int length = asprintf(&text, "--experiment experiments/%s.yaml --case %llu",
                          plan->experiment->name, (unsigned long long)i);
    return length < 0 ? NULL : text;
}

int case_text(const struct plan *plan, uint64_t i, const struct input_case *input,
              const struct format *format, char **text, struct error *error)
{
    *text = case_arguments(input, format, LONGEST_ARGUMENTS);
    if (*text != NULL && **text == '\0') {
        free(*text);
        *text = reference(plan, i);
    }
    return *text == NULL ? error_no_memory(error) : OK;
}

int case_text_made(const struct plan *plan, uint64_t i, struct case_store *store, char **text,
                   struct error *error)
{
    *text = NULL;
    if (i == NO_CASE)
        return OK;
    struct place place;
    int code = plan_case(plan, i, store, &place, error);
    return code == OK ? case_text(plan, i, &store->input, place.segment->format, text, error)
                      : code;
}
