/* Units of exhaustive runs: which there are, their order, and their text. */
#include "sweep/exhaustive.h"

#include "sweep/job_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_format(const struct exhaustive_unit *unit, struct error *error)
{
    const struct format *format = unit->format;
    bool pairs = exhaustive_columns(unit) == 2;
    size_t bits = 8 * format_bytes(format) * exhaustive_columns(unit);
    if (bits > 32)
        return error_set(error, BAD_INPUT,
                         "exhaustive: %s of %s are 2^%zu, too many to run them all; xulp hunt "
                         "searches them",
                         pairs ? "pairs of logits" : "the values", format->name, bits);
    if (!math_has_format(unit->math, format))
        return error_set(error, BAD_INPUT,
                         "--math: %s is compiled for binary32 and binary64 alone, not for %s",
                         maths[unit->math].name, format->name);
    return OK;
}

static int check_binades(const struct exhaustive_unit *unit, struct error *error)
{
    const struct binades *binades = &unit->binades;
    int greatest = exhaustive_problem(unit) == PROBLEM_bce_prob ? 0 : unit->format->emax;
    if (binades->all || (unit->format->emin <= binades->least &&
                         binades->least <= binades->greatest && binades->greatest <= greatest))
        return OK;
    return error_set(error, BAD_INPUT, "--binades: %d:%d is no part of %d:%d, the %s of %s",
                     binades->least, binades->greatest, unit->format->emin, greatest,
                     greatest == 0 ? "binades up to 1" : "binades", unit->format->name);
}

int exhaustive_check(const struct exhaustive_unit *unit, struct error *error)
{
    enum problem_id problem = exhaustive_problem(unit);
    if (problem != PROBLEM_bce_logit && problem != PROBLEM_bce_prob &&
        problem != PROBLEM_softmax_ce)
        return error_set(error, BAD_INPUT,
                         "exhaustive: runs bce-logit, bce-prob and softmax-ce of two classes, not "
                         "%s",
                         problems[problem].name);
    int code = check_format(unit, error);
    if (code == OK)
        code = check_binades(unit, error);
    return code;
}

static int compare(const void *a, const void *b)
{
    const struct exhaustive_unit *first = a, *second = b;
    if (first->formulation != second->formulation)
        return first->formulation < second->formulation ? -1 : 1;
    if (first->format != second->format)
        return first->format < second->format ? -1 : 1;
    if (first->math != second->math)
        return first->math < second->math ? -1 : 1;
    if (first->label != second->label)
        return first->label < second->label ? -1 : 1;
    if (first->target != second->target)
        return first->target < second->target ? -1 : 1;
    if (first->binades.all != second->binades.all)
        return first->binades.all ? -1 : 1;
    if (first->binades.least != second->binades.least)
        return first->binades.least < second->binades.least ? -1 : 1;
    return first->binades.greatest - second->binades.greatest;
}

size_t exhaustive_sort(struct exhaustive_unit *units, size_t count)
{
    size_t kept = 0;
    qsort(units, count, sizeof *units, compare);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare(&units[kept - 1], &units[i]) != 0)
            units[kept++] = units[i];
    return kept;
}

/* --- as text ----------------------------------------------------------------------------- */

/* The first line names the job in sentences. */
static char *job_text(const struct exhaustive_unit *unit, uint64_t chunks)
{
    struct bytes text = {0};
    job_text_add(&text, "exhaustive %s %s %s %d", formulations[unit->formulation].name,
                 unit->format->name, exhaustive_columns(unit) == 2 ? "target" : "label",
                 exhaustive_columns(unit) == 2 ? (int)unit->target : (int)unit->label);
    job_text_add(&text, "math %s", maths[unit->math].name);
    if (unit->binades.all)
        job_text_add(&text, "binades all");
    else
        job_text_add(&text, "binades %d:%d", unit->binades.least, unit->binades.greatest);
    job_text_add(&text, "chunks %llu", (unsigned long long)chunks);
    job_text_add_program(&text, unit->math);
    return job_text_end(&text);
}

bool exhaustive_parse(const char *job, struct exhaustive_unit *unit)
{
    char formulation[80], format[40], what[10], math[40];
    int constant, length;
    *unit = (struct exhaustive_unit){.binades.all = true};
    if (sscanf(job, "exhaustive %79s %39s %9s %d\nmath %39s\nbinades %n", formulation, format, what,
               &constant, math, &length) != 5)
        return false;
    unit->formulation = formulation_find(formulation);
    unit->format = format_find(format);
    while (unit->math < MATH_COUNT && strcmp(maths[unit->math].name, math) != 0)
        unit->math++;
    if (unit->formulation == formulation_total || unit->format == NULL || unit->math == MATH_COUNT)
        return false;
    if (strcmp(what, "target") == 0)
        unit->target = (size_t)constant;
    else
        unit->label = constant;
    unit->binades.all =
        sscanf(job + length, "%d:%d", &unit->binades.least, &unit->binades.greatest) != 2;
    return true;
}

int exhaustive_result_make(const struct exhaustive_unit *unit, struct exhaustive_result *result,
                           struct error *error)
{
    *result = (struct exhaustive_result){.unit = *unit};
    int code =
        domain_make(exhaustive_problem(unit), unit->format, unit->binades, &result->domain, error);
    if (code != OK)
        return code;
    result->job = job_text(unit, result->domain.chunks);
    result->parts = calloc(result->domain.span_count, sizeof *result->parts);
    if (result->job == NULL || result->parts == NULL)
        return error_no_memory(error);
    for (size_t s = 0; s < result->domain.span_count; s++)
        exhaustive_part_init(&result->parts[s]);
    return OK;
}

void exhaustive_result_clear(struct exhaustive_result *result)
{
    domain_clear(&result->domain);
    free(result->job);
    free(result->parts);
    *result = (struct exhaustive_result){0};
}
