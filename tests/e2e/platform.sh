#!/bin/bash
# xulp platform, as `make platform` runs it: the same table for any number of
# threads and whatever STRICT code is optimised or sanitized by; inputs that
# replay; builds that export nothing but their own names.
. "$(dirname "$0")/common.sh"
OBJECTS=${OBJECTS:-build/obj/impl}
OTHER=${OTHER:-}

platform() { # PROGRAM THREADS NAME
    "$1" platform experiments/platform/*.yaml --threads "$2" --out "$scratch/$3" \
        >"$scratch/$3.text"
}
check "with 1 thread" platform "$XULP" 1 one
check "with 2 threads" platform "$XULP" 2 two
check "same table, page and text" diff -r "$scratch/one" "$scratch/two"
check "same text" cmp "$scratch/one.text" "$scratch/two.text"
if [ -n "$OTHER" ]; then # -O1 and sanitizers change no bit, nor do they reach licensed builds
    check "another build of the program" platform "$OTHER" 2 other
    check "the same bits" cmp "$scratch/two/platform.tsv" "$scratch/other/platform.tsv"
fi
table=$scratch/two/platform.tsv
page=$scratch/two/platform.md

check "columns" awk -F '\t' 'NR == 1 { n = NF } NF != n || NF < 30 { exit 1 }' "$table"
check "classes add up" awk -F '\t' '
    NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { sum = 0; for (i = c["spurious-nan"]; i <= c["lost"]; i++) sum += $i
      if (sum != $c["cases"] || sum == 0) exit 1 }' "$table"
check "libm is itself" awk -F '\t' '$5 == "libm" && $7 != 0 { exit 1 }' "$table"
check "canonical is itself" awk -F '\t' '$5 == "canonical" && $10 != 0 { exit 1 }' "$table"
maths=$("$XULP" list maths | cut -f 1)
for math in canonical libm libmo3 fastmath clang clangfast blas; do
    check "$math is listed" grep -q -x "$math" <<<"$maths"
    check "$math is in the table" grep -q "	$math	" "$table"
    check "$math is on the page" grep -q "| \`$math\` |.*c -std=c17\|| \`$math\` |.*clang -std=c17" \
        "$page"
    check "$math has its line" grep -q "^$math: " "$scratch/two.text"
done
check "the page says which BLAS" grep -q 'BLAS.*kernels for' "$page"
check "one HTML page" test -s "$scratch/two/platform.html"
check "nothing partial" test -z "$(find "$scratch" -name '*.partial')"

# The first input with other bits than libm's has other bits than libm's.
replays() {
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["differ_libm"] > 0 && ++n % 5 == 1 { print $c["differ_input"] }' "$table" >"$scratch/inputs"
    [ -s "$scratch/inputs" ] || { echo "  no math differs from libm" >&2; return 1; }
    local input mine libm
    while read -r input; do
        # shellcheck disable=SC2086
        mine=$("$XULP" eval $input --tsv </dev/null | awk -F '\t' 'NR == 2 { print $5 }')
        # shellcheck disable=SC2086
        libm=$("$XULP" eval ${input% --math *} --math libm --tsv </dev/null |
            awk -F '\t' 'NR == 2 { print $5 }')
        [ -n "$mine" ] && [ "$mine" != "$libm" ] ||
            { echo "  $input: '$mine', libm '$libm'" >&2; return 1; }
    done <"$scratch/inputs"
}
check "inputs replay" replays

# A header's function with external linkage, compiled with -ffast-math, could be
# the one that everything else is linked to.
exports_only_its_own() { # OBJECT
    local build
    build=$(basename "$1" .o)
    ! nm -g --defined-only "$1" | awk '{ print $3 }' | grep -v "_${build#build_}\$" >&2
}
objects=$(find "$OBJECTS" -name 'build_*.o')
check "there are builds" test "$(wc -w <<<"$objects")" -ge 16
for object in $objects; do
    check "$(basename "$object") exports its own names" exports_only_its_own "$object"
done
for carrier in binary32 binary64; do
    check "CBLAS multiplies in $carrier" grep -q blas_multiply_transposed \
        <(nm -u "$OBJECTS/build_${carrier}_blas.o")
    check "and not in libm's build" test -z \
        "$(nm -u "$OBJECTS/build_${carrier}_libm.o" | grep blas_)"
done
check "a format that a math has not" refuses 2 'fastmath is compiled for binary32 and binary64' \
    eval bce-logit --logit 1 --label 1 --math fastmath --format bfloat16
check "a missing experiment" refuses 2 'none.yaml' platform none.yaml --out "$scratch/none"
finish
