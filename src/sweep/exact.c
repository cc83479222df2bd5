/* Certified exact values of a case, from the fast path where it has them.  A question that an
 * enclosure leaves open refines it, for the questions after it too. */
#include "sweep/exact.h"

#include <stdlib.h>

static int reserve(struct exact_values *exact, size_t count, struct error *error)
{
    exact->count = count;
    if (count <= exact->made)
        return OK;
    struct enclosure *items = realloc(exact->items, count * sizeof *items);
    if (items == NULL)
        return error_no_memory(error);
    exact->items = items;
    for (; exact->made < count; exact->made++)
        enclosure_init(&exact->items[exact->made]);
    return OK;
}

void exact_clear(struct exact_values *exact)
{
    for (size_t i = 0; i < exact->made; i++)
        enclosure_clear(&exact->items[i]);
    free(exact->items);
    *exact = (struct exact_values){0};
}

int exact_certify(struct exact_values *exact, enum quantity_kind kind,
                  const struct input_case *input, const struct format *format, struct error *error)
{
    exact->kind = kind;
    exact->input = input;
    exact->format = format;
    size_t count = kind == QUANTITY_LOSS ? input_case_losses(input) : input_case_values(input);
    int code = reserve(exact, count, error);
    if (code == OK && kind == QUANTITY_GRADIENT)
        return oracle_settle_gradient(input, format, exact->items, error);
    for (size_t i = 0; i < count && code == OK; i++)
        code = oracle_settle_loss(input, i, format, &exact->items[i], error);
    return code;
}

void exact_count(const struct exact_values *exact, struct settled *settled)
{
    for (size_t i = 0; i < exact->count; i++) {
        enum exact_kind kind = exact->items[i].kind;
        settled->quick += kind == EXACT_QUICK;
        settled->mpfr += kind == EXACT_TRANSCENDENTAL;
        settled->kind += kind != EXACT_QUICK && kind != EXACT_TRANSCENDENTAL;
    }
}

static int refine(struct exact_values *exact, size_t i, struct error *error)
{
    return oracle_refine(exact->input, (struct quantity){exact->kind, i}, &exact->items[i], error);
}

int exact_measure(struct exact_values *exact, const double *got,
                  struct vector_measurement *measurement, struct error *error)
{
    size_t open;
    int code = OK;
    while (code == OK &&
           !measure_vector(exact->items, exact->format, got, exact->count, measurement, &open))
        code = refine(exact, open, error);
    return code;
}

int exact_passes(struct exact_values *exact, const double *got, bool *passes, struct error *error)
{
    int code = OK;
    *passes = true;
    for (size_t i = 0; i < exact->count && *passes && code == OK; i++)
        while (code == OK && !assert_close_passes(&exact->items[i], exact->format, got[i], passes))
            code = refine(exact, i, error);
    return code;
}
