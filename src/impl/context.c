/* The thread's context. */
#include "impl/context.h"

_Thread_local struct impl_context impl_context;

void impl_context_set(const struct format *format, enum summation summation)
{
    const struct format *computation = &formats[format->computation];
    impl_context = (struct impl_context){
        .storage = format,
        .computation = computation,
        .accumulation = &formats[format->accumulation],
        .flush_below = format->flush ? format_least_normal(computation) : 0,
        .summation = summation,
    };
}
