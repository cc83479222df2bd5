#!/bin/bash
# xulp hunt: the same bytes for 1 and 2 threads, and after kill -9; false zeros
# that it finds by itself; a corpus that is written, replayed, and only ever
# gets better.
. "$(dirname "$0")/common.sh"

few=(--formulation fused-log-softmax,prob-bce --format binary32)
hunt() { # DIRECTORY ARGUMENT…
    local out=$1
    shift
    "$XULP" hunt "$@" --out "$out" 2>"$scratch/err"
}
check "1 thread" hunt "$scratch/1" "${few[@]}" --budget 800000 --threads 1
check "2 threads" hunt "$scratch/2" "${few[@]}" --budget 800000 --threads 2
check "same finds" cmp "$scratch/1/hunt.tsv" "$scratch/2/hunt.tsv"
check "silent in a pipe" test ! -s "$scratch/err"
check "no log is left" test -z "$(ls "$scratch/1" | grep -v -x hunt.tsv)"

# Killed after some of its restarts are stored: the next run ends the same.
"$XULP" hunt "${few[@]}" --budget 800000 --threads 1 --out "$scratch/killed" 2>/dev/null &
log_size() {
    cat "$scratch"/killed/chunks/*.log 2>/dev/null | wc -c
}
for ((grown = 0, size = 0; grown < 2; )); do # the head of the log, and a restart
    kill -0 $! 2>/dev/null || break
    now=$(log_size)
    [ "$now" -gt "$size" ] && grown=$((grown + 1))
    size=$now
    sleep 0.01
done
kill -9 $!
wait $! 2>/dev/null
check "killed before its end" test ! -e "$scratch/killed/hunt.tsv"
check "goes on" hunt "$scratch/killed" "${few[@]}" --budget 800000
check "the same after kill -9" diff -r "$scratch/1" "$scratch/killed"

found() { # TABLE KIND: FORMULATION FORMAT of what was found
    awk -F '\t' -v k="$2" '$4 == k && $7 != "" { print $2, $3 }' "$1"
}
check "finds false zeros" hunt "$scratch/zeros" --budget 1500 --format binary64,binary32 --find \
    false-zero --formulation shifted-softmax,fused-log-softmax,lse-minus-target,logits-bce-logsigmoid
check "of all of them" test "$(found "$scratch/zeros/hunt.tsv" false-zero | wc -l)" -eq 8
check "of no other kind" test "$(cut -f 4 "$scratch/zeros/hunt.tsv" | sort -u | wc -l)" -eq 2
check "another seed, other finds" hunt "$scratch/seed" "${few[@]}" --budget 5000 --seed 2
check "are other finds" test "$(grep -c greatest-error "$scratch/seed/hunt.tsv")" -eq 2
check "a table to read" "$XULP" hunt "${few[@]}" --budget 5000 >"$scratch/table"
check "which says that it is a bound" grep -q 'ulp error ≥' "$scratch/table"

# What is found replays: the error and the class of the table are those of eval.
replays() {
    awk -F '\t' 'NR > 1 && $7 != "" { print $2 "\t" $8 "\t" $9 "\t" $17 }' "$1" |
        while IFS=$'\t' read -r formulation class ulp input; do
            # shellcheck disable=SC2086
            got=$("$XULP" eval $input --formulation "$formulation" --tsv </dev/null |
                awk -F '\t' 'NR == 2 { print $7 "\t" $10 }')
            [ "$got" = "$ulp"$'\t'"$class" ] || { echo "  $formulation $input: $got" >&2; echo bad; }
        done | grep -q bad && return 1
    return 0
}
check "finds replay" replays "$scratch/1/hunt.tsv"
exact_values() { # of every find a number
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["got"] != "" { n++; if ($c["exact"] !~ /^[<>-]?[0-9]/) bad = 1 } END { exit bad || n < 4 }' "$1"
}
check "with their exact values" exact_values "$scratch/1/hunt.tsv"

# The corpus.
corpus=$scratch/corpus
check "a corpus" "$XULP" hunt "${few[@]}" --budget 5000 --corpus "$corpus" >"$scratch/said"
check "is new" grep -q ': \([0-9]*\) finds: \1 new, 0 better' "$scratch/said"
check "in short" grep -q 'name: false-zero, values: "\(0,32\|32,0\)"' "$corpus/hunt-softmax-ce.yaml"
cp -r "$corpus" "$scratch/before"
check "again" "$XULP" hunt "${few[@]}" --budget 5000 --corpus "$corpus" >"$scratch/said"
check "nothing new" grep -q ' 0 new, 0 better' "$scratch/said"
check "the same bytes" diff -r "$scratch/before" "$corpus"
check "is run" "$XULP" run "$corpus"/*.yaml --out "$scratch/replayed"
holds() { # every find of a class is of that class
    awk -F '\t' 'FNR == 1 { next } $20 == "yes" { n++
        if ($9 != "greatest-error" && $9 != $16) exit 1 } END { exit n < 4 }' "$@"
}
check "what is named is measured" holds "$scratch"/replayed/*.cases.tsv
sed -i 's/values: "[^"]*", labels: "0"}/values: "0.5", labels: "0"}/' "$corpus/hunt-bce-prob.yaml"
check "a spoilt corpus" "$XULP" hunt "${few[@]}" --budget 5000 --corpus "$corpus" >"$scratch/said"
check "is told" grep -q '[1-9] better than before, [1-9] no longer finds' "$scratch/said"
check "is mended" diff -r "$scratch/before" "$corpus"
finish
