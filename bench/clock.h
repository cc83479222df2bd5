/* Times of two things in turns: medians, and the median of the rounds' ratios, which
 * holds when the machine's speed drifts. */
#ifndef XULP_BENCH_CLOCK_H
#define XULP_BENCH_CLOCK_H

#include "core/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5 };

static inline double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static inline void fail(const struct error *error)
{
    fprintf(stderr, "bench: %s\n", error->text);
    exit(error->code);
}

static inline int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the rounds. */
static inline double median(double rounds[ROUNDS])
{
    qsort(rounds, ROUNDS, sizeof *rounds, compare_doubles);
    return rounds[ROUNDS / 2];
}

/* The median of a[i]/b[i]. */
static inline double median_ratio(const double a[ROUNDS], const double b[ROUNDS])
{
    double ratios[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        ratios[i] = a[i] / b[i];
    return median(ratios);
}

/* bench_exact.c, bench_exhaustive.c, bench_threads.c: print their table. */
void bench_exact(void);
void bench_exhaustive(void);
void bench_threads(void);

#endif
