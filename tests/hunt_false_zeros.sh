#!/bin/bash
# Whether a hunt found, by itself, a false zero of every formulation and format in
# which the sweeps and the onsets of a run have one: `make hunt` asks it.
#
#   tests/hunt_false_zeros.sh RESULTS HUNT_TABLE…
#
# RESULTS: tables of xulp run and xulp onset.  Lists what was found, and after how
# many cases; fails where something known was not found.  Formulations with other
# summations, and formats that no table of the hunt has, are left out.
set -eu
results=$1
shift

{
    awk -F '\t' 'FNR > 1 && $5 == "false-zero" && $7 != "" { print $4 "\t" $3 }' "$results/onset.tsv"
    for table in "$results"/*.classes.tsv; do
        case $table in */hunt-*) continue ;; esac # replayed finds prove nothing
        awk -F '\t' 'FNR > 1 && $5 == "loss" && $6 == "false-zero" { print $4 "\t" $3 }' "$table"
    done
} | grep -v + | sort -u |
    awk -F '\t' '
        FILENAME != "-" {
            if (FNR == 1 || $4 != "false-zero")
                next
            hunted[$2 "\t" $3] = 1
            if ($7 != "" && (!(($2 "\t" $3) in after) || $7 + 0 < after[$2 "\t" $3]))
                after[$2 "\t" $3] = $7 + 0
            next
        }
        !($0 in hunted) { next }
        { known++ }
        $0 in after { n++; print after[$0] "\t" $0; if (after[$0] > most) most = after[$0]; next }
        { print "not found\t" $0; missed++ }
        END {
            printf "%d of %d known false zeros found, after %d cases at most\n", n, known, most
            exit missed > 0 || known == 0
        }' "$@" -
