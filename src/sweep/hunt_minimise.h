/* A find made as short as it goes. */
#ifndef XULP_SWEEP_HUNT_MINIMISE_H
#define XULP_SWEEP_HUNT_MINIMISE_H

#include "sweep/hunt_restart.h"

/* A greatest error may shrink to this share of itself. */
#define HUNT_KEPT_SHARE 0.99

/* Looks at no more cases than this. */
enum { HUNT_MOST_LOOKS = 20000 };

/* Replaces the find's case by one of less burden that is a find of the same
 * kind, and of a greatest error keeps HUNT_KEPT_SHARE, until no change that it
 * tries does so.  A function of the probe and the find alone. */
int hunt_minimise(const struct hunt_probe *probe, enum hunt_kind kind, struct hunt_find *find,
                  struct error *error);

#endif
