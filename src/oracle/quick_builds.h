/* The names of a build of the fast path, and which builds this processor runs (Makefile,
 * QUICK_BUILDS; x86-64 has more than one).  The conditions are those of -march=x86-64-v4 and -v3.
 */
#ifndef XULP_ORACLE_QUICK_BUILDS_H
#define XULP_ORACLE_QUICK_BUILDS_H

#include <stdbool.h>

#ifndef QUICK_BUILD
#define QUICK_BUILD plain
#endif
#define QUICK_JOIN_(a, b) a##_##b
#define QUICK_JOIN(a, b)  QUICK_JOIN_(a, b)
/* QUICK(f) is f of this build: f_avx2. */
#define QUICK(identifier) QUICK_JOIN(identifier, QUICK_BUILD)

enum { QUICK_BUILDS_MOST = 3 };

#ifdef QUICK_X86
static inline bool quick_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

static inline bool quick_has_avx512(void)
{
    return quick_has_avx2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

#endif
