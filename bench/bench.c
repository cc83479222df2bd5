/* make bench: what the exact side costs, as ratios of things that run in turns in one
 * process (docs/performance.md tells what bounds each). */
#include "clock.h"

int main(void)
{
    bench_exact();
    bench_exhaustive();
    bench_threads();
    return 0;
}
