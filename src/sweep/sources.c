/* The digest of the sources, which the Makefile passes. */
#include "sweep/sources.h"

const char xulp_sources[] = XULP_SOURCES;
