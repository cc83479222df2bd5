/* Merging runs of experiments.  A log holds the text of its experiment, so that the
 * file itself is not needed. */
#include "cli/merge.h"

#include "cli/run_output.h"
#include "core/file.h"
#include "report/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct merge_run {
    struct run_job job;
    struct experiment *experiment; /* NULL: not found yet */
    struct plan plan;
    char *text; /* of the job */
};

static void clear(struct merge_run *run)
{
    plan_clear(&run->plan);
    experiment_free(run->experiment);
    free(run->text);
    *run = (struct merge_run){0};
}

/* The head of a job's text; false where it is a job of another kind. */
static bool parse(const char *text, struct run_job *job, char name[80])
{
    char math[40];
    if (sscanf(text, "run %79[^,], %zu of %zu\nmath %39s\n", name, &job->place, &job->places,
               math) != 4)
        return false;
    for (job->math = 0; job->math < MATH_COUNT; job->math++)
        if (strcmp(maths[job->math].name, math) == 0)
            return job->place >= 1 && job->place <= job->places;
    return false;
}

/* Makes the experiment again from the text of the job. */
static int make(struct merge_run *run, const char *name, const char *directory, const char *text,
                struct error *error)
{
    char path[100];
    snprintf(path, sizeof path, "%s.yaml", name);
    const char *yaml = strstr(text, "\n\n");
    int code = experiment_parse(path, yaml == NULL ? "" : yaml + 2, &run->experiment, error);
    if (code == OK)
        code = plan_make(run->experiment, &run->plan, error);
    if (code == OK && (run->text = run_job_text(&run->plan, &run->job)) == NULL)
        code = error_no_memory(error);
    if (code == OK && strcmp(run->text, text) != 0)
        code = merge_other_program(directory, text, run->text, error);
    return code;
}

/* Room for as many experiments as the run has. */
static int reserve(struct merge_runs *runs, const struct run_job *job, const char *directory,
                   struct error *error)
{
    if (runs->count == 0) {
        runs->runs = calloc(job->places, sizeof *runs->runs);
        if (runs->runs == NULL)
            return error_no_memory(error);
        runs->count = job->places;
    }
    if (runs->count != job->places)
        return error_set(error, BAD_INPUT, "%s: holds a run of %zu experiments, and of %zu",
                         directory, job->places, runs->count);
    return OK;
}

int merge_runs_add(struct merge_runs *runs, const char *directory, const char *job, bool *taken,
                   struct error *error)
{
    struct merge_run run = {0};
    char name[80];
    *taken = parse(job, &run.job, name);
    if (!*taken)
        return OK;
    int code = reserve(runs, &run.job, directory, error);
    if (code != OK)
        return code;
    struct merge_run *there = &runs->runs[run.job.place - 1];
    if (there->text != NULL && strcmp(there->text, job) == 0)
        return OK;
    if (there->text != NULL)
        return error_set(error, BAD_INPUT,
                         "%s: its experiment %zu of %zu, %s, is not the one of other logs, %s",
                         directory, run.job.place, run.job.places, name, there->experiment->name);
    code = make(&run, name, directory, job, error);
    *there = run;
    return code;
}

static int write_run(const struct merge_run *run, char *const *directories, size_t count,
                     const char *out, struct manifest_entry *entry, struct error *error)
{
    struct run_result result;
    int code = run_collect(&run->plan, &run->job, directories, count, &result, error);
    if (code != OK)
        return code;
    code = run_output_write(&result, run->job.math, out, entry, error);
    run_result_clear(&result);
    return code;
}

int merge_runs_write(const struct merge_runs *runs, char *const *directories, size_t count,
                     const char *out, struct error *error)
{
    if (runs->count == 0)
        return OK;
    for (size_t i = 0; i < runs->count; i++)
        if (runs->runs[i].experiment == NULL)
            return error_set(error, BAD_INPUT,
                             "of the run of %zu experiments no chunk of number %zu is there",
                             runs->count, i + 1);
    struct manifest_entry *entries = calloc(runs->count, sizeof *entries);
    if (entries == NULL)
        return error_no_memory(error);
    int code = remove_file(out, "manifest.json", error);
    for (size_t i = 0; i < runs->count && code == OK; i++)
        code = write_run(&runs->runs[i], directories, count, out, &entries[i], error);
    if (code == OK)
        code = manifest_write(entries, runs->count, runs->runs[0].job.math, out, error);
    free(entries);
    return code;
}

void merge_runs_clear(struct merge_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        clear(&runs->runs[i]);
    free(runs->runs);
    *runs = (struct merge_runs){0};
}
