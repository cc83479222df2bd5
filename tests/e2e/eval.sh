#!/bin/bash
# xulp eval and xulp list, as a user calls them.
. "$(dirname "$0")/common.sh"

# field FORMULATION FORMAT COLUMN: a field of the table in $scratch/table, by
# the header's names.
field() {
    awk -F '\t' -v formulation="$1" -v format="$2" -v name="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["formulation"] == formulation && $column["format"] == format { print $column[name] }
    ' "$scratch/table"
}
is() { # FORMULATION FORMAT COLUMN VALUE
    local got
    got=$(field "$1" "$2" "$3")
    [ "$got" = "$4" ] || { echo "  $1 $2 $3 is '$got', not '$4'" >&2; return 1; }
}
table() { "$XULP" eval "$@" --tsv >"$scratch/table"; }

# log1p(e^−20), bc -l to 30 digits: 2.06115362031438070323898294587e-9
check "softmax-ce" table softmax-ce --logits 20,0 --target 0
formulations=$("$XULP" list formulations | grep -c '	softmax-ce	')
check "many formulations" test "$formulations" -ge 14
check "both usual formats" test "$(grep -c . "$scratch/table")" -eq $((2 * formulations + 1))
for column in formulation format quantity got got_hex exact ulp_error rel_error class; do
    check "header has $column" grep -q -E "(^|	)$column(	|$)" <(head -1 "$scratch/table")
done
check "digits" is log1p-lse binary64 exact 2.061153620314380703238983e-09
check "false zero" is fused-log-softmax binary32 class false-zero
check "rel of a false zero" is fused-log-softmax binary32 rel_error 1
check "log1p keeps it" is log1p-lse binary32 class correct
check "quantity" is log1p-lse binary32 quantity loss
check "one format" table softmax-ce --logits 20,0 --target 0 --format binary32
check "one format only" test "$(grep -c . "$scratch/table")" -eq $((formulations + 1))
check "every format" table softmax-ce --logits 20,0 --target 0 --format all
check "every format is there" test "$(grep -c . "$scratch/table")" -eq \
    $(("$("$XULP" list formats | grep -c .)" * formulations + 1))
check "alias" table softmax-ce --logits 20,0 --target 0 --format fp64
check "alias is named in full" is naive-softmax binary64 format binary64

check "bce-logit" table bce-logit --logit 17 --label 1
check "sigmoid saturates" is sigmoid-bce binary32 class spurious-nan
check "nan is nan" is sigmoid-bce binary32 got nan
check "logits-bce" is logits-bce binary32 class faithful
check "old one" is logits-bce-old binary32 got_hex 0x0p+0

# 149 ln 2 = 103.278929903431851103167 (bc -l)
check "bce-prob" table bce-prob --prob 0x1p-149 --label 1
check "bce-prob digits" is prob-bce binary32 exact 103.2789299034318511031676
check "bce-prob correct" is prob-bce binary32 class correct

check "bce-prob-batch" table bce-prob-batch --probs 0.5,1 --labels 1,1 --columns 1
check "trace NaN" is trace-bce binary64 class spurious-nan
check "batch digits" is elementwise-bce binary64 exact 0.6931471805599453094172321

# The article's example: the mean of 3.4519…, 4.4519… and 0.4519…
check "rows" table softmax-ce --logits 1,2,3,4,5,1,2,3,4,5,1,2,3,4,5 --columns 5 --targets 1,0,4 \
    --reduction mean
check "article's mean" test "$(field log1p-lse binary64 exact | cut -c1-6)" = 2.7852

check "special inputs" table softmax-ce --logits=-inf,0 --target 0
check "infinite" is fused-log-softmax binary32 exact inf
check "undefined" table softmax-ce --logits nan,0 --target 0
check "nan" is fused-log-softmax binary32 exact nan

printf '20\n0\n' >"$scratch/list"
check "a list from a file" table softmax-ce --logits "@$scratch/list" --target 0
check "same digits" is log1p-lse binary64 exact 2.061153620314380703238983e-09
"$XULP" eval softmax-ce --logits @- --target 0 --tsv <"$scratch/list" >"$scratch/table"
check "a list from standard input" is log1p-lse binary64 exact 2.061153620314380703238983e-09
check "hex floats and repetition" table softmax-ce --logits 0x1.4p+4,0x0p+0*1 --target 0
check "same again" is log1p-lse binary64 exact 2.061153620314380703238983e-09

# A mean whose dyadic part R/5 is a tie at 25 digits, v just above it: rounds up.
check "a decimal tie that is not dyadic" table softmax-ce --columns 2 --target 1,0,0,0,0 \
    --logits 0x1.86a0000018p+16,0,1e6,0,1e6,0,1e6,0,1e6,0 --reduction mean --format binary64
check "its digits" is log1p-lse binary64 exact 20000.00000028610229492188

# The column `input` gives the case back.
table softmax-ce --logits 0.1,0.2*3 --target 2 --format binary32
cp "$scratch/table" "$scratch/first"
# shellcheck disable=SC2046
table $(field log1p-lse binary32 input)
check "input is a replay" cmp -s "$scratch/table" "$scratch/first"

"$XULP" eval bce-logit --logit 17 --label 1 --json >"$scratch/json"
table bce-logit --logit 17 --label 1
check "JSON parses" jq -e ".problem == \"bce-logit\" and
    (.results | length) == $(($(grep -c . "$scratch/table") - 1))" "$scratch/json" >"$scratch/out"
check "JSON says the same" test "$(jq -r '.results[] | select(.formulation == "sigmoid-bce" and
    .format == "binary32") | .class' "$scratch/json")" = spurious-nan
check "text" grep -q 'false-zero' <("$XULP" eval softmax-ce --logits 20,0 --target 0)
check "libm" table softmax-ce --logits 20,0 --target 0 --math libm
check "a case of an experiment" table --experiment experiments/gap.yaml --case 1000

# Options.  The weighted, smoothed mean of rows [1, 2] at 1 (w = 2) and an
# ignored one, ε = 1/8: ((7/8)·2·l₁ + (1/16)·(½·l₀ + 2·l₁))/2, l₁ = log1p(e^−1),
# l₀ = 1 + l₁; bc -l: 0.313261687518222834048995, 1.313261687518222834048995
# → 0.31420254591580613869.
check "options" table softmax-ce --logits 1,2,3,4 --columns 2 --target 1,-100 --weights 0.5,2 \
    --label-smoothing 0.125 --reduction mean --format binary64
check "options' digits" test "$(field log1p-lse binary64 exact | cut -c1-12)" = 0.3142025459
check "reduction none" table bce-logit --logit 0,-120 --label 0,1 --reduction none --format fp64
check "a row for each loss" grep -q 'loss\[1\]' "$scratch/table"
check "pos-weight" table bce-logit --logit 0 --label 1 --pos-weight 3 --format binary64

# Gradients: ∂/∂x_0 of [20, 0] at 0 is −e^−20/(1 + e^−20), to 25 digits by bc -l.
check "gradient" table softmax-ce --logits 20,0 --target 0 --gradient --format binary32
check "its digits" grep -q -e 'grad-chain\[0\].*-2.061153618190203581430862e-09' "$scratch/table"
check "closed form too" grep -q -e 'fused-log-softmax	binary32	grad-closed\[0\]' "$scratch/table"

# Roundings one by one: 1 + e^−20 rounds to 1, and that is the whole error.
check "blame" table softmax-ce --logits 20,0 --target 0 --blame --format binary32
check "the sum is to blame" grep -q \
    'fused-log-softmax	binary32	sum	the additions of a sum	.*	-9.28261e+06	false-zero' "$scratch/table"
check "and nothing in log1p" grep -q 'log1p-lse	binary32	total	.*	0.323599	correct' "$scratch/table"
check "no error to blame" refuses 2 "--blame: the exact value is not a finite number" eval softmax-ce --logits inf,inf \
    --target 0 --blame

for what in problems formulations gradients formats maths summations families invariants experiments; do
    check "list $what" test "$("$XULP" list $what | grep -c .)" -ge 2
done
for name in naive-softmax shifted-softmax fused-log-softmax log-softmax-nll lse-minus-target \
    log1p-lse prob-bce trace-bce elementwise-bce sigmoid-bce sigmoid-trace-bce logits-bce \
    logits-bce-logsigmoid logits-bce-old; do
    check "lists $name" grep -q "^$name	" <("$XULP" list formulations)
done
check "help" grep -q 'Usage' <("$XULP" --help)
for command in eval list run report; do
    check "help of $command" grep -q 'Usage' <("$XULP" $command --help)
done
check "from another directory" test "$(cd / && "$XULP" list experiments | grep -c .)" -ge 9
finish
