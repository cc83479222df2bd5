/* What a run leaves behind: made, merged, and as bytes.  Entries that are not empty
 * are written each after its distance from the one before, counted over the whole plan;
 * a distance of 0 ends a list. */
#include "sweep/run.h"

#include <stdlib.h>

static size_t tally_count(const struct run_result *result)
{
    const struct experiment *experiment = result->plan->experiment;
    return result->window.bins * experiment->formulations_count * experiment->quantities_count;
}

static size_t range_count(const struct run_result *result)
{
    const struct experiment *experiment = result->plan->experiment;
    return result->window.segments * experiment->formulations_count * experiment->quantities_count *
           CLASS_COUNT;
}

static size_t agreement_count(const struct run_result *result)
{
    return result->window.segments * result->plan->experiment->pairs_count;
}

int run_result_make(struct run_result *result, const struct plan *plan, struct window window,
                    struct error *error)
{
    static const struct class_range nowhere = {INT64_MAX, INT64_MIN};
    *result = (struct run_result){.plan = plan, .window = window};
    result->tallies = calloc(tally_count(result) + 1, sizeof *result->tallies);
    result->axis_ranges = calloc(window.bins + 1, sizeof *result->axis_ranges);
    result->ranges = calloc(range_count(result) + 1, sizeof *result->ranges);
    result->agreements = calloc(agreement_count(result) + 1, sizeof *result->agreements);
    if (result->tallies == NULL || result->axis_ranges == NULL || result->ranges == NULL ||
        result->agreements == NULL) {
        run_result_clear(result);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < tally_count(result); i++)
        tally_init(&result->tallies[i]);
    for (size_t i = 0; i < window.bins; i++)
        result->axis_ranges[i] = nowhere;
    for (size_t i = 0; i < range_count(result); i++)
        result->ranges[i] = nowhere;
    for (size_t i = 0; i < agreement_count(result); i++)
        result->agreements[i].difference_case = NO_CASE;
    return OK;
}

void run_result_clear(struct run_result *result)
{
    free(result->tallies);
    free(result->axis_ranges);
    free(result->ranges);
    free(result->agreements);
    *result = (struct run_result){0};
}

uint64_t run_result_measurements(const struct run_result *result)
{
    uint64_t measurements = 0;
    for (size_t i = 0; i < tally_count(result); i++)
        measurements += tally_cases(&result->tallies[i]);
    return measurements;
}

/* --- writing ---------------------------------------------------------------------------- */

/* A list being written: where its last entry was. */
struct list_writer {
    struct bytes *bytes;
    size_t before;
};

static void put_place(struct list_writer *list, size_t place)
{
    bytes_put_count(list->bytes, place + 1 - list->before);
    list->before = place + 1;
}

static void write_tallies(const struct run_result *result, struct bytes *bytes)
{
    const struct experiment *experiment = result->plan->experiment;
    size_t first =
        result->window.first_bin * experiment->formulations_count * experiment->quantities_count;
    struct list_writer list = {.bytes = bytes};
    for (size_t i = 0; i < tally_count(result); i++)
        if (tally_cases(&result->tallies[i]) > 0) {
            put_place(&list, first + i);
            tally_write(&result->tallies[i], bytes);
        }
    bytes_put_count(bytes, 0);
}

static void write_ranges(const struct class_range *ranges, size_t count, size_t first,
                         struct bytes *bytes)
{
    struct list_writer list = {.bytes = bytes};
    for (size_t i = 0; i < count; i++)
        if (ranges[i].least <= ranges[i].greatest) {
            put_place(&list, first + i);
            bytes_put_fixed(bytes, (uint64_t)ranges[i].least, 8);
            bytes_put_fixed(bytes, (uint64_t)ranges[i].greatest, 8);
        }
    bytes_put_count(bytes, 0);
}

static void write_agreements(const struct run_result *result, struct bytes *bytes)
{
    size_t first = result->window.first_segment * result->plan->experiment->pairs_count;
    struct list_writer list = {.bytes = bytes};
    for (size_t i = 0; i < agreement_count(result); i++) {
        const struct agreement *agreement = &result->agreements[i];
        if (agreement->cases == 0)
            continue;
        put_place(&list, first + i);
        bytes_put_count(bytes, agreement->cases);
        bytes_put_count(bytes, agreement->identical);
        bytes_put_count(bytes, agreement->difference_case + 1); /* NO_CASE becomes 0 */
    }
    bytes_put_count(bytes, 0);
}

void run_result_write(const struct run_result *result, struct bytes *bytes)
{
    const struct window *window = &result->window;
    size_t ranges = window->segments == 0 ? 0 : range_count(result) / window->segments;
    write_tallies(result, bytes);
    write_ranges(result->axis_ranges, window->bins, window->first_bin, bytes);
    write_ranges(result->ranges, range_count(result), window->first_segment * ranges, bytes);
    write_agreements(result, bytes);
    bytes_put_count(bytes, (uint64_t)result->widest_precision);
    bytes_put_count(bytes, result->settled.quick);
    bytes_put_count(bytes, result->settled.mpfr);
    bytes_put_count(bytes, result->settled.kind);
}

/* --- merging ---------------------------------------------------------------------------- */

/* The next place of a list of `count`; false at its end, and where it is none. */
static bool take_place(struct byte_reader *reader, size_t count, size_t *next, size_t *place)
{
    uint64_t distance = bytes_take_count(reader);
    if (distance == 0)
        return false;
    if (distance > count - *next) {
        reader->failed = true;
        return false;
    }
    *next += (size_t)distance;
    *place = *next - 1;
    return true;
}

static void merge_tallies(struct run_result *into, struct byte_reader *reader, double *worst)
{
    struct tally tally;
    size_t next = 0, i;
    while (take_place(reader, tally_count(into), &next, &i)) {
        tally_read(&tally, reader);
        if (tally.worst.ulp_error > *worst)
            *worst = tally.worst.ulp_error;
        tally_merge(&into->tallies[i], &tally);
    }
}

static void merge_ranges(struct class_range *ranges, size_t count, struct byte_reader *reader)
{
    size_t next = 0, i;
    while (take_place(reader, count, &next, &i)) {
        int64_t least = (int64_t)bytes_take_fixed(reader, 8);
        int64_t greatest = (int64_t)bytes_take_fixed(reader, 8);
        if (least < ranges[i].least)
            ranges[i].least = least;
        if (greatest > ranges[i].greatest)
            ranges[i].greatest = greatest;
    }
}

static void merge_agreements(struct run_result *into, struct byte_reader *reader)
{
    size_t next = 0, i;
    while (take_place(reader, agreement_count(into), &next, &i)) {
        struct agreement *agreement = &into->agreements[i];
        agreement->cases += bytes_take_count(reader);
        agreement->identical += bytes_take_count(reader);
        uint64_t difference_case = bytes_take_count(reader) - 1;
        if (difference_case < agreement->difference_case)
            agreement->difference_case = difference_case;
    }
}

void run_result_merge(struct run_result *into, struct byte_reader *reader, double *worst)
{
    merge_tallies(into, reader, worst);
    merge_ranges(into->axis_ranges, into->window.bins, reader);
    merge_ranges(into->ranges, range_count(into), reader);
    merge_agreements(into, reader);
    mpfr_prec_t precision = (mpfr_prec_t)bytes_take_count(reader);
    if (precision > into->widest_precision)
        into->widest_precision = precision;
    into->settled.quick += bytes_take_count(reader);
    into->settled.mpfr += bytes_take_count(reader);
    into->settled.kind += bytes_take_count(reader);
}
