#!/usr/bin/env bash
# Do the proofs speak of the program?  Fails where what was proven and what C
# compiles have parted ways:
#   - the constants: Sollya must make quick_constants.def again, byte for byte;
#   - the operations: the steps that Gappa's scripts bound, turned into C, must give
#     the kernels' bytes (proof_steps.c), and what the scripts take for exact must
#     be exact;
#   - the builds: plain C, AVX2 and AVX-512, vectorised, must give the same bytes;
#   - the proofs, the longest of them in part (make proofs: all of it).
set -euo pipefail
cd "$(dirname "$0")/../.."

proofs=src/oracle/proofs
scratch=build/proofs
mkdir -p "$scratch"

# Gappa's steps as a macro of C.  X double= E is one operation after another of
# doubles; X = E is a real number, that the script takes to be a double:
#   a * b - p        the error of the product p
#   (a + b) - s      the error of the sum s
#   others           must be exact
steps() { # name, script, sed edit
    sed -e "${3:-}" "$proofs/$2" | awk -v name="$1" '
        BEGIN { printf "#define STEPS_%s", name }
        /^# end/ { inside = 0 }
        inside { print_step() }
        /^# steps/ { inside = 1 }
        END { print "" }
        function print_step(   text) {
            text = $0
            if (text ~ /^[a-z0-9A-Z]+ double= /)
                sub(/ double= /, " = ", text)
            else if (match(text, /^[a-z0-9]+ = [A-Za-z0-9_]+ \* [a-z0-9_]+ - [a-z0-9]+;$/))
                text = $1 " = product_error(" $3 ", " $5 ");"
            else if (match(text, /^[a-z0-9]+ = \([A-Za-z0-9_]+ [+-] [a-z0-9]+\) - [a-z0-9]+;$/))
                text = $1 " = sum_error(" substr($3, 2) ", " $4 " " $5 ";"
            else if (match(text, /^[a-z0-9]+ = [a-z0-9]+ - [a-z0-9]+ \* [a-z0-9_]+;$/))
                text = $1 " = exact_difference(" $3 ", " $5 ", " $7
            else if (match(text, /^[A-Za-z0-9]+ = [A-Za-z0-9]+ \* [a-z0-9_]+;$/))
                text = $1 " = exact_product(" $3 ", " $5
            else if (match(text, /^[a-z0-9]+ = [a-z0-9]+ - 1;$/))
                text = $1 " = exact_sum(" $3 ", -1);"
            else {
                print "proofs: not a step: " text >"/dev/stderr"
                exit 1
            }
            if (text ~ /exact_(difference|product)/)
                sub(/;$/, ");", text)
            printf " \\\n    double %s", text
        }'
}

{
    echo '/* Made by tests/oracle/proofs.sh of the scripts of Gappa. */'
    sed -n 's/^CONSTANT(\(.*\), \(.*\))$/static const double \1 = \2;/p' src/oracle/quick_constants.def
    steps exp_index exp_index.gappa
    steps exp_reduce exp_reduce.gappa
    steps exp_product exp_product.gappa
    steps log_reduce log_reduce.gappa
    steps log_sum log_sum.gappa
    steps first_terms first_terms.gappa
    for function in expm1 log1p; do
        steps "tail_$function" "tail_$function.gappa"
        steps "polynomial_$function" polynomial.gappa "s/%FUNCTION%/$function/g"
    done
} >"$scratch/steps.h"

# build NAME FLAGS…: runs it; its output, a digest of all results, must be that of
# the builds before.
build() {
    local name=$1
    shift
    gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -O3 -ffp-contract=off -fno-trapping-math "$@" \
        -Isrc -I"$scratch" -fopt-info-vec tests/oracle/proof_steps.c src/core/random.c -lmpfr -lgmp -lm \
        -o "$scratch/steps_$name" 2>"$scratch/$name.log" || {
        cat "$scratch/$name.log" >&2
        exit 1
    }
    if ! "$scratch/steps_$name" >"$scratch/$name.digest" ||
        ! cmp "$scratch/plain.digest" "$scratch/$name.digest"; then
        echo "proofs: the $name build does not do what was proven" >&2
        exit 1
    fi
}

vectorised() { # NAME: the three loops of proof_steps.c
    if [[ $(grep 'loop vectorized' "$scratch/$1.log" | cut -d: -f2 | sort -u | wc -l) -lt 3 ]]; then
        echo "proofs: the $1 build is not vectorised" >&2
        exit 1
    fi
}

build plain
has() {
    grep -q "^flags.*\b$1\b" /proc/cpuinfo 2>/dev/null
}
if has avx2 && has fma; then
    build avx2 -march=x86-64-v3
    vectorised avx2
fi
if has avx512dq && has avx512vl && has avx512bw; then
    build avx512 -march=x86-64-v4 -mprefer-vector-width=512
    vectorised avx512
fi

XULP_QUICK=1 "$proofs/prove.sh"
