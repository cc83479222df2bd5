/* The program's version, of which manifests and --version tell. */
#ifndef XULP_CORE_VERSION_H
#define XULP_CORE_VERSION_H

#define XULP_VERSION "0.1.0"

#endif
