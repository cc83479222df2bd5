/* One restart of a hunt: so many cases, beginning from nothing. */
#ifndef XULP_SWEEP_HUNT_RESTART_H
#define XULP_SWEEP_HUNT_RESTART_H

#include "core/error.h"
#include "sweep/hunt_find.h"

/* What is hunted: what is seen of a case of a space. */
struct hunt_probe {
    struct hunt_space space;
    int (*look)(void *context, const struct hunt_case *point, struct hunt_sight *sight,
                struct error *error);
    void *context;
};

/* Looks at exactly `cases` cases, numbered from 0, and adds them to *finds: a
 * pure function of the probe, the seed, the stream and the number of the
 * restart. */
int hunt_restart(const struct hunt_probe *probe, uint64_t seed, uint64_t stream, uint64_t restart,
                 uint64_t cases, struct hunt_finds *finds, struct error *error);

#endif
