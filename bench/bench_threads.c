/* How an exhaustive run scales with threads: a part of the domain, by the engine. */
#include "clock.h"

#include "sweep/exhaustive.h"

#include <omp.h>

static double time_run(int threads)
{
    const struct exhaustive_unit unit = {.formulation = formulation_find("logits-bce"),
                                         .format = &formats[FORMAT_binary32],
                                         .math = MATH_canonical,
                                         .label = 1,
                                         .binades = {false, -4, 6}};
    const struct chunk_store store = {.shard = {1, 1}};
    struct exhaustive_result result;
    struct error error;
    omp_set_num_threads(threads);
    double start = now();
    int code = exhaustive_result_make(&unit, &result, &error);
    if (code == OK)
        code = exhaustive_run(&store, &result, &error);
    double seconds = now() - start;
    exhaustive_result_clear(&result);
    if (code != OK)
        fail(&error);
    return seconds;
}

void bench_threads(void)
{
    double one[ROUNDS], many[ROUNDS];
    printf("Threads: logits-bce, binary32, the binades where nothing is trivial (2^-4 to 2^6, both "
           "signs)\n\n%8s %10s %10s\n",
           "threads", "seconds", "speed-up");
    for (int threads = 2; threads <= omp_get_num_procs(); threads *= 2) {
        for (size_t round = 0; round < ROUNDS; round++) {
            one[round] = time_run(1);
            many[round] = time_run(threads);
        }
        double speed_up = median_ratio(one, many);
        if (threads == 2)
            printf("%8d %10.2f %10.2f\n", 1, median(one), 1.0);
        printf("%8d %10.2f %10.2f\n", threads, median(many), speed_up);
    }
}
