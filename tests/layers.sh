#!/bin/sh
# Fails where a file includes what its layer may not see:
#   core <- impl, oracle, measure <- theory <- sweep <- report <- cli <- mpi
# impl sees core only; oracle sees core only; measure sees core and oracle.
set -eu
cd "$(dirname "$0")/.."

status=0
check() { # layer, what it may include
    found=$(grep -n '^#include "' src/"$1"/*.[ch] src/"$1"/*/*.[ch] 2>/dev/null |
        grep -v -E "#include \"($2)/" || true)
    if [ -n "$found" ]; then
        echo "layer '$1' may include only $2:" >&2
        echo "$found" >&2
        status=1
    fi
}

check core 'core'
check impl 'core|impl'
check oracle 'core|oracle'
check measure 'core|oracle|measure'
check theory 'core|impl|oracle|measure|theory'
check sweep 'core|impl|oracle|measure|theory|sweep'
check report 'core|impl|oracle|measure|theory|sweep|report'
check cli 'core|impl|oracle|measure|theory|sweep|report|cli'
check mpi 'core|impl|oracle|measure|theory|sweep|report|cli|mpi'

# No constant, table or routine is shared between impl and oracle but core:
# the only libraries that both may call are MPFR and libc.
if grep -n 'mpfr_exp(\|mpfr_log1\?p\?(' src/core/*.c >&2; then
    echo "core computes an elementary function: impl and oracle would share it" >&2
    status=1
fi
exit $status
