#!/bin/bash
# Bad input: one sentence that names what and where, exit 2 (3: the machine),
# nothing half-written.
. "$(dirname "$0")/common.sh"

check "no command" refuses 2 'a command is missing'
check "unknown command" refuses 2 "unknown command 'evil'" evil
check "unknown problem" refuses 2 "unknown problem 'softmix' (softmax-ce, " eval softmix --logits 1
check "unknown format" refuses 2 "unknown format 'float31' (binary16, bfloat16, " \
    eval bce-logit --logit 1 --label 1 --format float31
check "unknown formulation" refuses 2 "unknown formulation 'softmix'" \
    eval bce-logit --logit 1 --label 1 --formulation softmix
check "unknown math" refuses 2 "unknown math 'fast'" eval bce-logit --logit 1 --label 1 --math fast
check "no problem" refuses 2 'say which problem' eval
check "missing input" refuses 2 'softmax-ce: --logits is missing' eval softmax-ce --target 0
check "missing target" refuses 2 '--target is missing' eval softmax-ce --logits 1,2
check "missing label" refuses 2 '--label is missing' eval bce-logit --logit 1
check "wrong input" refuses 2 'softmax-ce takes --logits, not --logit' \
    eval softmax-ce --logit 1 --target 0
check "label for softmax-ce" refuses 2 'takes --target, not --label' \
    eval softmax-ce --logits 1,2 --label 0
check "target out of range" refuses 2 'target 2 is out of range: the row has 2 classes, 0 to 1' \
    eval softmax-ce --logits 1,2 --target 2
check "negative target" refuses 2 "'-1' is not a class number" \
    eval softmax-ce --logits 1,2 --target=-1
check "ragged rows" refuses 2 '3 numbers do not make rows of 2 columns' \
    eval softmax-ce --logits 1,2,3 --target 0 --columns 2
check "ragged labels" refuses 2 '1 labels for 2 values' \
    eval bce-prob-batch --probs 0.5,1 --labels 1
check "too few labels" refuses 2 '1 labels for 2 values' \
    eval bce-logit --logit 1,2 --label 1
check "not a number" refuses 2 "--logits: item 2, 'x', is not a number" \
    eval softmax-ce --logits 1,x --target 0
check "empty list" refuses 2 'the list is empty' eval softmax-ce --logits '' --target 0
check "a comma too many" refuses 2 'the list ends with a comma' \
    eval softmax-ce --logits 1, --target 0
check "no columns" refuses 2 '--columns: at least 1' \
    eval softmax-ce --logits 1,2 --target 0 --columns 0
check "columns no number" refuses 2 "--columns: 'x' is not a whole number" \
    eval softmax-ce --logits 1,2 --target 0 --columns x
check "unknown reduction" refuses 2 "unknown reduction 'max' (none, sum, mean)" \
    eval softmax-ce --logits 1,2 --target 0 --reduction max
check "weights for bce-logit" refuses 2 '--weights: bce-logit takes none; softmax-ce does' \
    eval bce-logit --logit 1 --label 1 --weights 1
check "soft and hard targets" refuses 2 '--target and --soft-targets exclude each other' \
    eval softmax-ce --logits 1,2 --target 0 --soft-targets 1,0
check "soft targets and ignored rows" refuses 2 '--ignore-index: soft targets name no class' \
    eval softmax-ce --logits 1,2 --soft-targets 1,0 --ignore-index 1
check "blame of a gradient" refuses 2 '--blame is of the loss' \
    eval softmax-ce --logits 1,2 --target 0 --blame --gradient
check "smoothing above 1" refuses 2 "--label-smoothing: '2' is not a number from 0 to 1" \
    eval softmax-ce --logits 1,2 --target 0 --label-smoothing 2
check "two rows of softmax" refuses 2 'softmax takes one row, not 2' \
    eval softmax --logits 1,2,3,4 --target 0 --columns 2
check "unreadable list" refuses 2 'none: cannot be opened: No such file' \
    eval softmax-ce --logits @none --target 0
check "a directory as a list" refuses 2 'cannot be read: Is a directory' \
    eval softmax-ce --logits @tests --target 0
check "unknown list" refuses 2 'list: say what' list things
check "case without experiment" refuses 2 'go together' eval --case 3
check "a format beside a case" refuses 2 'give no other' \
    eval --experiment experiments/article.yaml --case 0 --format binary32
check "formulation of another problem" refuses 2 'none of those named computes softmax-ce' \
    eval softmax-ce --logits 1,2 --target 0 --formulation prob-bce
check "case out of range" refuses 2 "--case: '99999999' is not a whole number from 0 to " \
    eval --experiment experiments/article.yaml --case 99999999

check "unknown family" refuses 2 "unknown family 'gap'" onset --family gap
check "no such formulation for onset" refuses 2 "unknown formulation 'softmix'" onset --formulation softmix
check "no such formulation to hunt" refuses 2 "unknown formulation 'softmix'" hunt --formulation softmix
check "a formulation twice" refuses 2 'prob-bce stands twice' hunt --formulation prob-bce,prob-bce
check "no such format to hunt" refuses 2 "unknown format 'float31'" hunt --format float31
check "a format twice" refuses 2 'binary32 stands twice' hunt --format fp32,binary32
check "no such problem to hunt" refuses 2 "unknown problem 'softmix'" hunt --problem softmix
check "no formulation of the problem" refuses 2 'none of the formulations computes bce-prob' \
    hunt --formulation logits-bce --problem bce-prob
check "no such find" refuses 2 "--find: unknown kind 'zero' (greatest-error, false-zero, " \
    hunt --find zero
check "no budget" refuses 2 '--budget: at least 1' hunt --budget 0
check "budget no number" refuses 2 "--budget: '1e6' is not a whole number" hunt --budget 1e6
check "one column" refuses 2 '--columns: at least 2' hunt --columns 1
check "too many columns" refuses 2 "--columns: '257' is not a whole number from 0 to 256" \
    hunt --columns 257
check "seed no number" refuses 2 "--seed: '-1' is not a whole number" hunt --seed=-1
check "a math without the format" refuses 2 'not for binary16' hunt --math clang --format fp16
check "a corpus of another math" refuses 2 '--corpus: a corpus is of canonical functions, not libm' \
    hunt --math libm --corpus "$scratch/r"
check "a corpus of soft labels" refuses 2 '--corpus and --soft-labels exclude each other' \
    hunt --soft-labels --corpus "$scratch/r"
check "hunt takes options only" refuses 2 "hunt takes options only, not 'x'" hunt x
mkdir "$scratch/corpus"
cp experiments/half.yaml "$scratch/corpus/hunt-softmax-ce.yaml"
check "no corpus" refuses 2 "hunt-softmax-ce.yaml: sweep 'ahead-2' is no find of xulp hunt" \
    hunt --budget 1 --corpus "$scratch/corpus"
check "it is as it was" cmp experiments/half.yaml "$scratch/corpus/hunt-softmax-ce.yaml"
check "no experiment" refuses 2 'an experiment file is missing' run --out "$scratch/r"
check "unreadable experiment" refuses 2 'none.yaml: cannot be ' run none.yaml --out "$scratch/r"
check "same experiment twice" refuses 2 "named 'article' was given already" \
    run experiments/article.yaml experiments/article.yaml --out "$scratch/r"
check "no threads" refuses 2 '--threads: at least 1' run experiments/article.yaml --threads 0
check "nothing was written" test ! -e "$scratch/r"

# experiment NAME TEXT: a file to be refused; every place is file:line:column.
experiment() {
    printf '%b' "$2" >"$scratch/$1.yaml"
}
head='title: t\nproblem: bce-logit\n'
sweep='sweeps:\n  - {name: a, family: logit, label: 1, axis: {spacing: binades, points: 2}}\n'
experiment unknown-format "${head}formats: [binary32, float31]\n$sweep"
check "unknown format" refuses 2 "unknown-format.yaml:3:21: unknown format 'float31'" \
    run "$scratch/unknown-format.yaml" --out "$scratch/r"
experiment unknown-formulation "${head}formulations: [softmix]\n$sweep"
check "unknown formulation" refuses 2 "unknown-formulation.yaml:3:16: .*'softmix'" \
    run "$scratch/unknown-formulation.yaml" --out "$scratch/r"
experiment typo "${head}formatz: [binary32]\n$sweep"
check "typo in a key" refuses 2 "typo.yaml:3:1: .*'formatz'" run "$scratch/typo.yaml" --out "$scratch/r"
experiment wrong-type "${head}seed: [1]\n$sweep"
check "wrong type" refuses 2 'wrong-type.yaml:3:' run "$scratch/wrong-type.yaml" --out "$scratch/r"
experiment empty-list "${head}sweeps: []\n"
check "empty list" refuses 2 'empty-list.yaml:3:' run "$scratch/empty-list.yaml" --out "$scratch/r"
experiment negative "${head}${sweep/points: 2/points: -2}"
check "negative count" refuses 2 "negative.yaml:4:[0-9]*: .*-2" run "$scratch/negative.yaml" \
    --out "$scratch/r"
experiment syntax "${head}sweeps: [\n"
check "syntax" refuses 2 'syntax.yaml:' run "$scratch/syntax.yaml" --out "$scratch/r"
experiment empty ''
check "empty file" refuses 2 'empty.yaml' run "$scratch/empty.yaml" --out "$scratch/r"
experiment ragged 'title: t\nproblem: softmax-ce\nsweeps:\n  - name: a\n    family: literal\n    cases:\n      - {values: "1,2,3", targets: "0", columns: 2}\n'
check "ragged literal" refuses 2 "ragged.yaml: sweep 'a', case 1: values: 3 numbers do not make" \
    run "$scratch/ragged.yaml" --out "$scratch/r"

check "no problem to exhaust" refuses 2 'exhaustive: say which problem' exhaustive --out "$scratch/r"
check "nothing of its formulations" refuses 2 'not log-sum-exp' exhaustive log-sum-exp --out "$scratch/r"
check "2^64 values" refuses 2 'the values of binary64 are 2^64, .*xulp hunt' \
    exhaustive bce-logit --format binary64 --out "$scratch/r"
check "2^64 pairs" refuses 2 'pairs of logits of binary32 are 2^64, .*xulp hunt' \
    exhaustive softmax-ce --format binary32 --out "$scratch/r"
check "a target of bce-logit" refuses 2 'bce-logit takes --label, not --target' \
    exhaustive bce-logit --target 0 --out "$scratch/r"
check "a label between" refuses 2 "'0.5' is not 0 or 1" \
    exhaustive bce-logit --label 0.5 --out "$scratch/r"
check "an empty name" refuses 2 "a name is empty in 'logits-bce,'" \
    exhaustive --formulation logits-bce, --out "$scratch/r"
check "binades that are none" refuses 2 "'3' is not LO:HI" \
    exhaustive bce-logit --binades 3 --out "$scratch/r"
check "binades that there are not" refuses 2 '3:200 is no part of -126:127' \
    exhaustive bce-logit --binades 3:200 --out "$scratch/r"
check "a shard too many" refuses 2 "'3/2' is not i/n" exhaustive bce-logit --shard 3/2 --out "$scratch/r"
check "a shard of run" refuses 2 "'0/2' is not i/n" \
    run experiments/article.yaml --shard 0/2 --out "$scratch/r"
check "merge of nothing" refuses 2 'say in which directories' merge --out "$scratch/r"
check "merge of no chunks" refuses 2 'docs: holds no chunks of a run' merge docs --out "$scratch/r"
check "still nothing was written" test ! -e "$scratch/r"

# Paths that cannot be written.
touch "$scratch/file"
check "out is a file" refuses 2 'file: is not a directory\|file.*Not a directory' \
    run experiments/article.yaml --out "$scratch/file"
check "out below a file" refuses 2 'cannot be created: Not a directory' \
    run experiments/article.yaml --out "$scratch/file/r"
check "hunt out is a file" refuses 2 'file.*Not a directory\|file: is not a directory' \
    hunt --budget 1 --formulation prob-bce --out "$scratch/file"
check "corpus is a file" refuses 2 'file.*Not a directory\|file: is not a directory' \
    hunt --budget 1 --formulation prob-bce --corpus "$scratch/file"
check "no results" refuses 2 'none/manifest.json: cannot be ' report --results none --out "$scratch/report"

# A full disk, as standard output and as a file: exit 3, and no file.
"$XULP" eval bce-logit --logit 1 --label 1 >/dev/full 2>"$scratch/err"
check "standard output is full" test $? -eq 3
check "says so" grep -q 'xulp: standard output: cannot be written: No space left' "$scratch/err"
mkdir "$scratch/full"
ln -s /dev/full "$scratch/full/article.tsv.partial"
check "the disk is full" refuses 3 'article.tsv: cannot be written: No space left' \
    run experiments/article.yaml --out "$scratch/full"
check "nothing half-written" test "$(ls -A "$scratch/full")" = chunks # to go on with
mkdir -p "$scratch/full/chunks"
ln -s /dev/full "$scratch/full/exhaustive.binades.tsv.partial"
check "the disk is full of binades" refuses 3 'exhaustive.binades.tsv: cannot be written: No space left' \
    exhaustive --formulation logits-bce --format bf16 --label 1 --binades 0:3 --out "$scratch/full"
check "no table of them" test "$(ls -A "$scratch/full")" = chunks
finish
