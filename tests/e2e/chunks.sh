#!/bin/bash
# Work in chunks: killed at any moment and run again, in shards, on 1 or 2 threads, by
# mpirun, the tables are the same bytes.  Needs build/xulp-mpi (make mpi).
. "$(dirname "$0")/common.sh"
MPI=${MPI:-build/xulp-mpi}
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
RANDOM=${SEED:-4} # when to kill

same() { # DIRECTORY DIRECTORY: tables and summaries, whatever the logs are
    diff -r -x chunks "$1" "$2"
}

stored() { # DIRECTORY…: bytes of logs
    cat "${@/%//chunks}"/*.log 2>/dev/null | wc -c
}

# kills TIMES BYTES DIRECTORY WHAT…: starts it and kills it −9 somewhere on its way to
# so many bytes of logs, and again.  How often it was still at work is counted in $killed.
kills() {
    local times=$1 all=$2 directory=$3 process now until
    shift 3
    for ((i = 0; i < times; i++)); do
        now=$(stored "$directory")
        until=$((now + (all - now) * (RANDOM % 60) / 100))
        "$@" --out "$directory" >/dev/null 2>&1 &
        process=$!
        while [ "$(stored "$directory")" -le $until ] && kill -0 $process 2>/dev/null; do
            sleep 0.003
        done
        kill -9 $process 2>/dev/null && killed=$((killed + 1))
        wait $process 2>/dev/null
    done
}

# --- exhaustive ---
all=(exhaustive bce-logit --format bfloat16)
check "undisturbed" "$XULP" "${all[@]}" --threads 2 --out "$scratch/whole" >"$scratch/whole.txt"
check "every formulation, both labels, all proved" test \
    "$(grep -c "proved on all" "$scratch/whole.txt")" -eq 42
check "on 1 thread" "$XULP" "${all[@]}" --threads 1 --out "$scratch/one" >"$scratch/one.txt"
check "on 1 thread: same tables" same "$scratch/whole" "$scratch/one"
check "on 1 thread: same summary" cmp "$scratch/whole.txt" "$scratch/one.txt"

killed=0
kills 6 "$(stored "$scratch/whole")" "$scratch/killed" "$XULP" "${all[@]}"
check "it was killed at work" test $killed -ge 3
check "and left no table" test ! -e "$scratch/killed/exhaustive.tsv"
check "after six kills" "$XULP" "${all[@]}" --out "$scratch/killed" >"$scratch/out"
check "after six kills: same tables" same "$scratch/whole" "$scratch/killed"
check "after six kills: same summary" cmp "$scratch/whole.txt" "$scratch/out"

sizes() {
    find "$1/chunks" -name '*.log' -printf '%f %s\n' | sort
}
sizes "$scratch/whole" >"$scratch/sizes"
check "run again" "$XULP" "${all[@]}" --out "$scratch/whole" >"$scratch/out"
check "nothing was computed" cmp "$scratch/sizes" <(sizes "$scratch/whole")
check "run again: same tables" same "$scratch/whole" "$scratch/one"

check "shards alone" "$XULP" "${all[@]}" --shard 3/3 --out "$scratch/shard"
check "shards write no tables" test "$(ls -A "$scratch/shard")" = chunks
check "a shard in another directory" "$XULP" "${all[@]}" --shard 1/3 --out "$scratch/other"
check "missing chunks are named" refuses 2 'chunks (from 0) of exhaustive sigmoid-bce bfloat16 label 0 .* missing: 1, 4, 7' \
    merge "$scratch/shard" "$scratch/other" --out "$scratch/merged"
check "nothing was merged" test -z "$(ls -A "$scratch/merged")"
check "the shard between" "$XULP" "${all[@]}" --shard 2/3 --out "$scratch/shard"
check "merge" "$XULP" merge "$scratch/other" "$scratch/shard" --out "$scratch/merged" >"$scratch/out"
check "merge: same tables" same "$scratch/whole" "$scratch/merged"
check "merge: same summary" cmp "$scratch/whole.txt" "$scratch/out"
check "nothing to merge" refuses 2 'holds no chunks of a run' merge "$scratch" --out "$scratch/merged"

# The worst input of each unit is what xulp eval says of it.
replays() {
    local formulation ulp input got bad=0
    while IFS=$'\t' read -r formulation ulp input; do
        # shellcheck disable=SC2086
        got=$("$XULP" eval $input --formulation "$formulation" --tsv </dev/null |
            awk -F '\t' 'NR == 2 { print $7 }')
        [ "$got" = "$ulp" ] || { echo "  $formulation $input: $got, not $ulp" >&2; bad=1; }
    done < <(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["max_ulp"] != "" { print $c["formulation"] "\t" $c["max_ulp"] "\t" $c["max_ulp_input"] }
        $c["max_normal_ulp"] != "" { print $c["formulation"] "\t" $c["max_normal_ulp"] "\t" \
            $c["max_normal_input"] }' "$1")
    return $bad
}
check "worst inputs replay" replays "$scratch/whole/exhaustive.tsv"
sums() { # the binades of a unit add up to it
    awk -F '\t' '
        FNR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        { unit = $1 FS $2 FS $3 FS $4 FS $5 FS $6
          for (i = 0; i < 12; i++)
              sum[unit, i] += (NR == FNR ? 1 : -1) * $(c["cases"] + i) }
        END { for (i in sum) if (sum[i] != 0) exit 1 }' \
        "$scratch/whole/exhaustive.tsv" "$scratch/whole/exhaustive.binades.tsv"
}
check "binades add up" sums
check "the summary agrees with the table" test \
    "$(jq -r '.units[] | [.formulation, .cases, .classes."false-zero", .proved] | @tsv' \
        "$scratch/whole/exhaustive.json" | md5sum)" = \
    "$(awk -F '\t' 'NR > 1 { print $2 "\t" $8 "\t" $13 "\t" ($7 == "proved" ? "true" : "false") }' \
        "$scratch/whole/exhaustive.tsv" | md5sum)"
part=(exhaustive softmax-ce --formulation fused-log-softmax --format bf16 --binades 2:2)
check "a part" "$XULP" "${part[@]}" --out "$scratch/part" >"$scratch/out"
check "is said to be one" grep -q 'holds on a part of 65536 inputs' "$scratch/out"
check "and not proved" test "$(jq '[.units[].proved] | any' "$scratch/part/exhaustive.json")" = false

# --- mpirun ---
ranks() {
    mpirun --quiet --oversubscribe -n 2 "$MPI" "$@" 2>"$scratch/err" </dev/null
}
check "mpirun" ranks "${all[@]}" --out "$scratch/mpi" >"$scratch/out"
check "mpirun: same tables" same "$scratch/whole" "$scratch/mpi"
check "mpirun: same summary" cmp "$scratch/whole.txt" "$scratch/out"
rm -f "$scratch/mpi"/chunks/*.2-of-2.log "$scratch"/mpi/exhaustive*
check "one rank has everything to do" ranks "${all[@]}" --out "$scratch/mpi" >"$scratch/out"
check "one rank has everything to do: same tables" same "$scratch/whole" "$scratch/mpi"
says_once() { # PATTERN FILE
    [ "$(grep -c -e "$1" "$2")" -eq 1 ] || { cat "$2" >&2; false; }
}
refuses_ranks() { # CODE PATTERN ARGUMENT…
    local code=$1 pattern=$2
    shift 2
    ranks "$@" >"$scratch/out"
    [ $? -eq "$code" ] && says_once "$pattern" "$scratch/err"
}
long=(exhaustive bce-logit --formulation logits-bce --format binary32 --label 0)
"$XULP" "${long[@]}" --shard 2/2 --out "$scratch/long" &
holder=$!
sleep 0.3
kill -9 $holder
wait $holder 2>/dev/null
flock "$scratch"/long/chunks/*.2-of-2.log sleep 60 & # the log of rank 1
holder=$!
check "one rank fails, all end" refuses_ranks 2 'xulp: .*another xulp is at work on this job' \
    "${long[@]}" --out "$scratch/long"
kill $holder
wait $holder 2>/dev/null
check "bad input is said once" refuses_ranks 2 "xulp: unknown problem 'evil'" exhaustive evil
check "run is refused" refuses_ranks 2 'xulp: run does not run on several processes' run x.yaml

# --- stopping ---
"$XULP" "${long[@]}" --out "$scratch/long" 2>"$scratch/err" & # minutes
holder=$!
sleep 0.5
check "two at once" refuses 2 'chunks/lock: another xulp is at work in this directory' \
    "${long[@]}" --out "$scratch/long"
kill -TERM $holder
wait $holder
check "SIGTERM: as a shell has it" test $? -eq 143
check "SIGTERM: a sentence" says_once '^xulp: stopped by SIGTERM; run again to go on$' "$scratch/err"
check "no table" test "$(ls -A "$scratch/long")" = chunks

# --- run ---
some=(run experiments/gradients.yaml experiments/masks.yaml)
check "run undisturbed" "$XULP" "${some[@]}" --out "$scratch/run"
check "run leaves no logs" test ! -e "$scratch/run/chunks"
check "run in shards" "$XULP" "${some[@]}" --shard 1/2 --out "$scratch/run-1"
check "run in shards" "$XULP" "${some[@]}" --shard 2/2 --out "$scratch/run-2"
killed=0
kills 5 "$(stored "$scratch/run-1" "$scratch/run-2")" "$scratch/run-killed" "$XULP" "${some[@]}"
check "run was killed at work" test $killed -ge 3
check "run has no manifest" test ! -e "$scratch/run-killed/manifest.json"
check "run after five kills" "$XULP" "${some[@]}" --out "$scratch/run-killed"
check "run after five kills: same" diff -r "$scratch/run" "$scratch/run-killed"
check "run misses chunks" refuses 2 'of run gradients, 1 of 2 these are missing: 1, 3, 5' \
    merge "$scratch/run-1" --out "$scratch/run-merged"
check "merge of run" "$XULP" merge "$scratch/run-2" "$scratch/run-1" --out "$scratch/run-merged"
check "merge of run: same" diff -r "$scratch/run" "$scratch/run-merged"
check "nothing partial" test -z "$(find "$scratch" -name '*.partial')"
finish
