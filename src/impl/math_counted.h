/* The canonical elementary functions, and a count of every rounded operation
 * of the calling thread. */
#ifndef XULP_IMPL_MATH_COUNTED_H
#define XULP_IMPL_MATH_COUNTED_H

#include "impl/math_canonical.h"
#include "impl/registry.h"

static inline void count_operation(void)
{
    counted_operations++;
}

#endif
