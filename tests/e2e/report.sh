#!/bin/bash
# The whole path, as `make report` runs it; byte-identical tables (of some
# experiments, onsets and the platform), charts, Markdown and HTML for 1 and 2
# threads; what the tables promise; what the report shows.
. "$(dirname "$0")/common.sh"

results=$scratch/results
report=$scratch/report
onset=(onset --format binary64,binary32,binary16,bfloat16,bfloat16/binary32)
check "run" "$XULP" run experiments/*.yaml experiments/corpus/*.yaml --threads 2 --out "$results"
check "onset" "$XULP" "${onset[@]}" --threads 2 --out "$results"
check "report" "$XULP" report --results "$results" --out "$report"
check "report on 1 thread" env OMP_NUM_THREADS=1 "$XULP" report --results "$results" \
    --out "$scratch/report-1"
check "same report" diff -r "$scratch/report-1" "$report"
check "platform" "$XULP" platform experiments/platform/*.yaml --out "$report/platform"

some=({article,batches,gallery,gradients,log-sum-exp,masks,pos-weight,shift,softmax,sums}.yaml)
check "on 1 thread" "$XULP" run "${some[@]/#/experiments/}" --threads 1 --out "$scratch/results-1"
check "onset on 1 thread" "$XULP" onset --family gap-ahead,p-to-0-label-0 --format fp32,fp16 \
    --threads 1 --out "$scratch/results-1"
same_tables() {
    local table
    for table in "$scratch"/results-1/*.tsv; do
        [ "$table" = "$scratch/results-1/onset.tsv" ] || cmp "$table" "$results/$(basename "$table")"
    done
}
same_onsets() { # every row of the one is a row of the other
    ! grep -v -x -F -q -f "$results/onset.tsv" "$scratch/results-1/onset.tsv"
}
check "same tables" same_tables
check "same onsets" same_onsets

check "at least 2 million certified cases" jq -e '.cases >= 2000000' "$results/manifest.json" \
    >"$scratch/out"
check "nothing partial" test -z "$(find "$scratch" -name '*.partial')"
# A host name that may be a word of the text proves nothing.
host=$(hostname)
[ ${#host} -ge 8 ] || host=$scratch
check "no path, host or date" test -z "$(grep -r -l -F -e "$scratch" -e "$host" \
    -e "$(date +%Y-%m-%d)" "$results" "$report")"

# Classes of a cell add up to its cases; every row has the header's columns;
# the worst input of every cell is what xulp eval gives back (a sample).
for table in "$results"/*.tsv; do
    check "columns of $(basename "$table")" awk -F '\t' \
        'NR == 1 { n = NF } NF != n { exit 1 }' "$table"
done
for file in experiments/*.yaml experiments/corpus/*.yaml; do
    name=$(basename "$file" .yaml)
    check "$name: classes add up" awk -F '\t' '
        NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        { sum = 0; for (i = c["cases"] + 1; i <= c["lost"]; i++) sum += $i
          if (sum != $c["cases"]) exit 1 }' "$results/$name.tsv"
done
replays() { # TABLE: every 97th row's max_ulp is what eval says of max_ulp_input
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        NR % 97 == 0 && $c["max_ulp"] != "" {
            print $c["formulation"] "\t" $c["max_ulp"] "\t" $c["max_ulp_input"] }' "$1" |
        while IFS=$'\t' read -r formulation ulp input; do
            # shellcheck disable=SC2086
            got=$("$XULP" eval $input --formulation "$formulation" --tsv </dev/null |
                awk -F '\t' 'NR == 2 { print $7 }')
            [ "$got" = "$ulp" ] || { echo "  $formulation $input: $got, not $ulp" >&2; echo bad; }
        done | grep -q bad && return 1
    return 0
}
check "worst inputs replay (gap)" replays "$results/gap.tsv"
check "worst inputs replay (binary-logits)" replays "$results/binary-logits.tsv"
check "worst inputs replay (classes)" replays "$results/classes.tsv"

# Invariants: a row of NAME.invariants.tsv is the sum of its cells in NAME.tsv; breaks are
# what eval says of the case and of its partner (a sample); what is proven holds.
adds_up() { # NAME: every cell of the one table in the other, and the other way round
    awk -F '\t' '
        FNR == 1 { file++; split("", c); for (i = 1; i <= NF; i++) { c[$i] = i; name[file, i] = $i }
                   n = NF; next }
        file == 1 { key = $2 FS $3 FS $4 FS $5
            for (i = 1; i <= n; i++) if (name[1, i] ~ /_checked$/ && $i != "") {
                id = name[1, i]; sub(/_checked$/, "", id)
                if ($(i + 1) > $i) exit 1
                checked[key FS id] += $i; broken[key FS id] += $(i + 1) } }
        file == 2 { key = $2 FS $3 FS $4 FS $5 FS $6; rows++
            if (checked[key] != $7 || broken[key] != $8 || !(key in checked)) exit 1
            if (($8 > 0) != ($c["first_case"] != "") || ($8 > 0) != ($c["worst_by"] > 0)) exit 1
            delete checked[key] }
        END { for (key in checked) exit 1; exit rows == 0 }' "$1" "${1%.tsv}.invariants.tsv"
}
for table in "$results"/*.invariants.tsv; do
    table=${table%.invariants.tsv}.tsv
    check "$(basename "$table"): invariants add up" adds_up "$table"
done
breaks_replay() { # TABLE STEP: of every STEP-th broken row the worst break, by eval
    awk -F '\t' -v step="$2" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $5 == "loss" && $8 > 0 && $c["worst_partner"] != "" && rows++ % step == 0 {
            print $4 "\t" $c["worst_value"] "\t" $c["worst_input"]
            print $4 "\t" $c["worst_partner_value"] "\t" $c["worst_partner"] }' "$1" |
        while IFS=$'\t' read -r formulation value input; do
            # shellcheck disable=SC2086
            got=$("$XULP" eval $input --formulation "$formulation" --tsv </dev/null |
                awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } NR == 2 { print $c["got"] }')
            [ "$got" = "$value" ] || { echo "  $formulation $input: $got, not $value" >&2; echo bad; }
        done | grep -q bad && return 1
    return 0
}
check "breaks replay (gap)" breaks_replay "$results/gap.invariants.tsv" 23
check "breaks replay (binary-logits)" breaks_replay "$results/binary-logits.invariants.tsv" 23
check "breaks replay (softmax)" breaks_replay "$results/softmax.invariants.tsv" 11
holds() { # INVARIANT FORMULATION: of all tables; it was checked, and is never broken
    awk -F '\t' -v id="$1" -v f="$2" '$6 == id && $4 == f { n += $7; b += $8 }
        END { exit !(n > 1000 && b == 0) }' "$results"/*.invariants.tsv
}
for formulation in fused-log-softmax log-softmax-nll shifted-softmax log1p-lse softmax-shifted; do
    check "$formulation keeps shifts" holds shift $formulation
done
for formulation in softmax-{basic,basic-exp-minus-lse,shifted,exp-minus-lse,framework}; do
    check "$formulation adds up to 1" holds sum-one $formulation
done
check "prob-bce is monotone" holds monotone prob-bce
breaks() { ! holds "$@"; }
check "lse-minus-target breaks shifts" breaks shift lse-minus-target
check "PyTorch's binary loss breaks the mirror image" breaks symmetry logits-bce-logsigmoid

# What theory says of a sweep, the tables must show.
least() { # EXPERIMENT SWEEP FORMAT FORMULATION CLASS: least |v| of the class
    awk -F '\t' -v s="$2" -v f="$3" -v g="$4" -v k="$5" '
        NR > 1 && $2 == s && $3 == f && $4 == g && $6 == k { print $10 }' \
        "$results/$1.classes.tsv"
}
near() { # VALUE EXPECTED: to 1e-6 relative
    awk -v a="$1" -v b="$2" 'BEGIN { d = a / b - 1; exit !(d < 1e-6 && d > -1e-6) }'
}
# 1 + e^−g rounds to 1 from g = p·ln 2 on: 24 ln 2 = 16.63553233, 53 ln 2 = 36.7368005696771.
check "24 ln 2" near "$(least gap sum-rounds-to-one binary32 fused-log-softmax false-zero)" \
    16.6355323334
check "53 ln 2" near "$(least gap sum-rounds-to-one binary64 fused-log-softmax false-zero)" \
    36.7368005696771
# e^x overflows binary32 above ln(2^128·(1 − 2^−25)) = 88.722839…
check "exp overflows" near "$(least magnitude overflow binary32 naive-softmax spurious-nan)" \
    88.7228394
check "log1p-lse has no false zero" test -z \
    "$(least gap ahead-2 binary64 log1p-lse false-zero)"
check "fused is LogSoftmax + NLL, bit for bit" awk -F '\t' 'FNR > 1 && $6 != $7 { exit 1 }' \
    "$results"/{article,magnitude,shift,gap,classes,masks}.identical.tsv

# The corpus of worst inputs: what a find is named by, its class or that error, is
# what this run measured.
found() {
    awk -F '\t' 'FNR == 1 || $20 != "yes" { next } { n++
        if ($9 == "greatest-error" ? $10 != $17 " ulp, " $16 : $9 != $16) {
            print "  " $4, $3, $9 ": " $16, $17; bad = 1 } } END { exit bad || n < 250 }' "$@"
}
check "the corpus replays" found "$results"/hunt-*.cases.tsv
check "all of it is in the report" test "$(grep -c '| greatest-error |' "$report/report.md")" -eq \
    "$(cat experiments/corpus/*.yaml | grep -c 'name: greatest-error')"
check "and nothing is lost" test "$(grep -c -F '**no longer**' "$report/report.md")" -eq 0

# The report.
check "eight charts or more" test "$(find "$report/charts" -name '*.svg' | wc -l)" -ge 8
for chart in "$report"/charts/*.svg; do
    check "$(basename "$chart") is XML" xmllint --noout "$chart"
    check "$(basename "$chart") is in the text" grep -q "charts/$(basename "$chart")" \
        "$report/report.md"
done
check "the README's chart is what is made" cmp docs/gap.svg "$report/charts/gap.svg"
check "no reference is left open" test -z "$(grep -n '{{\|}}' "$report/report.md")"
check "HTML needs no network" test -z \
    "$(grep -o -E '(src|href)="(https?:)?//[^"]*\.(js|css|svg|png)"' "$report/report.html")"
links() { # every relative link of the Markdown leads somewhere
    grep -o -E '\]\([^)#:]+\)' "$report/report.md" | sed 's/^](//; s/)$//' | sort -u |
        while read -r target; do
            [ -e "$report/$target" ] || { echo "  $target is not there" >&2; echo bad; }
        done | grep -q bad && return 1
    return 0
}
check "links lead somewhere" links
finish
