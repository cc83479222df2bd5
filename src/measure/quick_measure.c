/* The way to the builds of quick_measure_block.c. */
#include "measure/quick_measure.h"

#include "oracle/quick_builds.h"

quick_measure_function quick_measure_block_plain;
#ifdef QUICK_X86
quick_measure_function quick_measure_block_avx2, quick_measure_block_avx512;
#endif

size_t quick_measure_builds(quick_measure_function *builds[])
{
    size_t count = 0;
#ifdef QUICK_X86
    if (quick_has_avx512())
        builds[count++] = quick_measure_block_avx512;
    if (quick_has_avx2())
        builds[count++] = quick_measure_block_avx2;
#endif
    builds[count++] = quick_measure_block_plain;
    return count;
}

void quick_measure_block(const struct quick_block *v, const struct format *format,
                         const double *got, size_t count, struct quick_measured *measured)
{
    quick_measure_function *builds[QUICK_BUILDS_MOST];
    quick_measure_builds(builds);
    builds[0](v, format, got, count, measured);
}
