/* manifest.json, by jansson.  Nothing of the machine enters a canonical one. */
#include "report/manifest.h"

#include "core/file.h"
#include "core/version.h"

#include <gnu/libc-version.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>

static json_t *format_array(const struct experiment *experiment)
{
    json_t *array = json_array();
    for (size_t i = 0; i < experiment->formats_count; i++)
        json_array_append_new(array, json_string(experiment->formats[i]->name));
    return array;
}

static json_t *formulation_array(const struct experiment *experiment)
{
    json_t *array = json_array();
    for (size_t i = 0; i < experiment->formulations_count; i++)
        json_array_append_new(array, json_string(formulations[experiment->formulations[i]].name));
    return array;
}

static json_t *settled_object(const struct settled *settled)
{
    return json_pack("{s:I, s:I, s:I}", "quick", (json_int_t)settled->quick, "mpfr",
                     (json_int_t)settled->mpfr, "kind", (json_int_t)settled->kind);
}

static json_t *entry_object(const struct manifest_entry *entry)
{
    const struct experiment *experiment = entry->plan->experiment;
    return json_pack("{s:s, s:s, s:s, s:I, s:o, s:o, s:I, s:I, s:I, s:o}", "name", experiment->name,
                     "title", experiment->title, "problem", problems[experiment->problem].name,
                     "seed", (json_int_t)experiment->seed, "formats", format_array(experiment),
                     "formulations", formulation_array(experiment), "cases",
                     (json_int_t)entry->plan->cases, "results", (json_int_t)entry->results,
                     "widest_precision", (json_int_t)entry->widest_precision, "settled",
                     settled_object(&entry->settled));
}

/* What matters of the machine, for a run that depends on it. */
static json_t *platform_object(enum math_id math)
{
    struct utsname machine;
    if (uname(&machine) != 0)
        return json_null();
    return json_pack("{s:s, s:s+, s:s}", "compiler", maths[math].compiled, "libc", "glibc ",
                     gnu_get_libc_version(), "architecture", machine.machine);
}

static json_t *generated(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;
    time_t seconds = epoch == NULL ? 0 : (time_t)strtoll(epoch, &end, 10);
    struct tm utc;
    char text[32];
    if (epoch == NULL || *epoch == '\0' || *end != '\0' || gmtime_r(&seconds, &utc) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return NULL;
    return json_string(text);
}

static json_t *manifest_object(const struct manifest_entry *entries, size_t count,
                               enum math_id math)
{
    json_t *experiments = json_array();
    json_int_t cases = 0, results = 0;
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(experiments, entry_object(&entries[i]));
        cases += (json_int_t)entries[i].plan->cases;
        results += (json_int_t)entries[i].results;
    }
    json_t *manifest = json_pack("{s:s, s:s, s:s, s:o, s:I, s:I}", "program", "xulp", "version",
                                 XULP_VERSION, "math", maths[math].name, "experiments", experiments,
                                 "cases", cases, "results", results);
    json_t *date = generated();
    if (date != NULL)
        json_object_set_new(manifest, "generated", date);
    if (math != MATH_canonical)
        json_object_set_new(manifest, "platform", platform_object(math));
    return manifest;
}

int manifest_write(const struct manifest_entry *entries, size_t count, enum math_id math,
                   const char *directory, struct error *error)
{
    json_t *manifest = manifest_object(entries, count, math);
    if (manifest == NULL)
        return error_no_memory(error);
    struct output output;
    int code = output_open(&output, directory, "manifest.json", error);
    if (code == OK) {
        if (json_dumpf(manifest, output.stream, JSON_INDENT(2)) == 0)
            fputc('\n', output.stream);
        code = output_commit(&output, error);
    }
    json_decref(manifest);
    return code;
}
