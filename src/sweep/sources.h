/* Which sources the program is made of. */
#ifndef XULP_SWEEP_SOURCES_H
#define XULP_SWEEP_SOURCES_H

/* A digest of everything in src/, made by the Makefile: the same on every
 * machine, and another one after any change that could change a result. */
extern const char xulp_sources[];

#endif
