/* The table of a hunt.  A find is measured once more, for what stands beside
 * its error. */
#include "report/hunt_table.h"

#include "core/file.h"
#include "core/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { EXACT_DIGITS = 17, EXACT_TEXT = EXACT_DIGITS + 32, LONGEST_INPUT = 1 << 16 };

/* A find in text. */
struct shown {
    char got[NUMBER_TEXT], got_hex[NUMBER_TEXT], exact[EXACT_TEXT];
    char ulp[NUMBER_TEXT], rel[NUMBER_TEXT], seen[NUMBER_TEXT];
    char *input; /* to be freed */
};

static void error_text(double x, char text[NUMBER_TEXT])
{
    snprintf(text, NUMBER_TEXT, isnan(x) ? "nan" : "%.6g", x);
}

static int show(const struct hunt_lane *lane, enum hunt_kind kind, enum math_id math,
                struct shown *shown, struct error *error)
{
    const struct hunt_find *find = &lane->finds.kind[kind];
    struct hunt_look look = {.formulation = lane->formulation, .math = math, .space = &lane->space};
    struct hunt_sight sight;
    *shown = (struct shown){0};
    int code = hunt_look(&look, &find->point, &sight, error);
    if (code == OK)
        code = oracle_decimal(&look.store.input, quantity_loss(0), EXACT_DIGITS,
                              &look.exact.items[0], shown->exact, error);
    if (code == OK) {
        number_hex(sight.got, shown->got_hex);
        number_decimal(lane->format, sight.got, shown->got);
        error_text(sight.ulp_error, shown->ulp);
        error_text(look.rel_error, shown->rel);
        if (kind == HUNT_greatest_error)
            error_text(lane->seen_error, shown->seen);
        shown->input = case_arguments(&look.store.input, lane->format, LONGEST_INPUT);
        if (shown->input == NULL)
            code = error_no_memory(error);
    }
    hunt_look_clear(&look);
    return code;
}

/* --- for programs --------------------------------------------------------------------- */

static const char header[] =
    "problem\tformulation\tformat\tfind\tbound\tcases\tfirst\tclass\tulp_error\tseen_ulp\t"
    "rel_error\tgot\tgot_hex\texact\tseed\tcolumns\tinput\n";

static int write_row(FILE *out, const struct hunt_lane *lane, enum hunt_kind kind,
                     const struct hunt_request *request, struct error *error)
{
    const struct hunt_find *find = &lane->finds.kind[kind];
    fprintf(out, "%s\t%s\t%s\t%s\tlower\t%" PRIu64 "\t", problems[lane->space.problem].name,
            formulations[lane->formulation].name, lane->format->name, hunt_kind_names[kind],
            lane->cases);
    if (find->first == HUNT_NEVER) {
        fprintf(out, "\t\t\t\t\t\t\t\t%" PRIu64 "\t%zu\t\n", request->seed, lane->space.columns);
        return OK;
    }
    struct shown shown;
    int code = show(lane, kind, request->math, &shown, error);
    if (code == OK)
        fprintf(out, "%" PRIu64 "\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%" PRIu64 "\t%zu\t%s\n",
                find->first + 1, class_names[find->sight.class], shown.ulp, shown.seen, shown.rel,
                shown.got, shown.got_hex, shown.exact, request->seed, lane->space.columns,
                shown.input);
    free(shown.input);
    return code;
}

int hunt_table_write(const struct hunt_result *result, const struct hunt_request *request,
                     const bool wanted[HUNT_KINDS], const char *directory, struct error *error)
{
    struct output output;
    int code = make_directory(directory, error);
    if (code == OK)
        code = output_open(&output, directory, HUNT_TABLE, error);
    if (code != OK)
        return code;
    fputs(header, output.stream);
    for (size_t i = 0; i < result->count * HUNT_KINDS && code == OK; i++)
        if (wanted[i % HUNT_KINDS])
            code = write_row(output.stream, &result->lanes[i / HUNT_KINDS],
                             (enum hunt_kind)(i % HUNT_KINDS), request, error);
    if (code == OK)
        return output_commit(&output, error);
    output_abandon(&output);
    return code;
}

/* --- for people ------------------------------------------------------------------------ */

static int print_row(FILE *out, const struct hunt_lane *lane, enum hunt_kind kind,
                     const struct hunt_request *request, struct error *error)
{
    struct shown shown;
    int code = show(lane, kind, request->math, &shown, error);
    if (code == OK)
        fprintf(out, "%-26s  %-17s  %-14s  %-12s  %10" PRIu64 "  %-23s  %-23s  %s\n",
                formulations[lane->formulation].name, lane->format->name, hunt_kind_names[kind],
                shown.ulp, lane->finds.kind[kind].first + 1, shown.got, shown.exact, shown.input);
    free(shown.input);
    return code;
}

int hunt_table_print(FILE *out, const struct hunt_result *result,
                     const struct hunt_request *request, const bool wanted[HUNT_KINDS],
                     struct error *error)
{
    int code = OK;
    fprintf(out, "%-26s  %-17s  %-14s  %-12s  %10s  %-23s  %-23s  %s\n", "formulation", "format",
            "find", "ulp error ≥", "after", "got", "exact", "input");
    for (size_t i = 0; i < result->count * HUNT_KINDS && code == OK; i++) {
        const struct hunt_lane *lane = &result->lanes[i / HUNT_KINDS];
        if (wanted[i % HUNT_KINDS] && lane->finds.kind[i % HUNT_KINDS].first != HUNT_NEVER)
            code = print_row(out, lane, (enum hunt_kind)(i % HUNT_KINDS), request, error);
    }
    return code;
}
