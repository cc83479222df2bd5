/* One math over all experiments: sums and the first of the greatest. */
#include "sweep/platform.h"

uint64_t platform_grave(const struct tally *tally)
{
    uint64_t fair = tally->classes[CLASS_correct] + tally->classes[CLASS_faithful] +
                    tally->classes[CLASS_close];
    return tally_cases(tally) - fair;
}

static void add_difference(struct difference *sum, const struct difference *part)
{
    sum->cases += part->cases;
    sum->signs += part->signs;
    if (part->ordinals > sum->ordinals)
        sum->ordinals = part->ordinals;
}

static void add_cell(struct platform_summary *summary, const struct platform_run *run,
                     size_t formulation, const struct platform_cell *cell)
{
    const struct tally *tally = &cell->tally;
    summary->results += tally_cases(tally);
    summary->grave += platform_grave(tally);
    if (cell->from_libm.ordinals > summary->from_libm.ordinals)
        summary->farthest = (struct platform_place){run, formulation, cell->from_libm.far_case};
    add_difference(&summary->from_libm, &cell->from_libm);
    add_difference(&summary->from_canonical, &cell->from_canonical);
    if (summary->vanished == 0 && cell->vanished.cases > 0)
        summary->first_vanished =
            (struct platform_place){run, formulation, cell->vanished.first_case};
    summary->vanished += cell->vanished.cases;
    summary->appeared += cell->appeared.cases;
}

struct platform_summary platform_summarize(const struct platform_run *runs, size_t count,
                                           enum math_id math)
{
    struct platform_summary summary = {0};
    for (size_t i = 0; i < count; i++) {
        const struct experiment *experiment = runs[i].experiment;
        for (size_t format = 0; format < experiment->formats_count; format++)
            for (size_t f = 0; f < experiment->formulations_count; f++)
                add_cell(&summary, &runs[i], experiment->formulations[f],
                         platform_cell(&runs[i], format, f, math));
    }
    return summary;
}
