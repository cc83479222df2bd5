#!/usr/bin/env bash
# The proofs of src/oracle/quick_kernel.h: makes the constants again, certifies
# what they approximate (Sollya), bounds the roundings (Gappa) and adds it all up.
# Exit 1 where one does not hold; a warning of Gappa's is one too.
#
# The scripts are given the constants of quick_constants.def, the file that C
# compiles, and the bounds of bounds.txt.
#
#   prove.sh            all of it
#   prove.sh constants  only that the constants are those that Sollya makes
set -euo pipefail
cd "$(dirname "$0")"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export scratch

# The binades of a loop: all, or with XULP_QUICK=1 every 24th.
stride=${XULP_QUICK:+24}
stride=${stride:-1}

# --- constants ------------------------------------------------------------------

sollya --warnonstderr constants.sollya >"$scratch/made.def"
if ! diff "$scratch/made.def" ../quick_constants.def >&2; then
    echo "proofs: constants.sollya does not make quick_constants.def" >&2
    exit 1
fi
if [[ ${1:-all} == constants ]]; then
    exit 0
fi

# As definitions of Gappa and Sollya, the tables for Sollya alone.
sed -n 's/^CONSTANT(\(.*\), \(.*\))$/\1 = \2;/p' ../quick_constants.def >"$scratch/constants"
{
    cat "$scratch/constants"
    echo 'exp_hi = [||]; exp_lo = [||]; log_c = [||]; log_hi = [||]; log_lo = [||];'
    sed -n -e 's/^EXP_ENTRY(\(.*\), \(.*\), \(.*\))$/exp_hi[\1] = \2; exp_lo[\1] = \3;/p' \
        -e 's/^LOG_ENTRY(\(.*\), \(.*\), \(.*\), \(.*\))$/log_c[\1] = \2; log_hi[\1] = \3; log_lo[\1] = \4;/p' \
        ../quick_constants.def
} >"$scratch/tables"

# --- bounds -----------------------------------------------------------------------

# sed edits that put each bound in the place of its name.
{
    sed -n 's/^\([A-Z][A-Z0-9_]*\) \([^ ]*\).*/s\/%\1%\/\2\/g/p' bounds.txt
    sed -n 's/^#define \(DD_[A-Z0-9]*_ERROR\) *\([^ ]*\)$/s\/%\1%\/\2\/g/p' ../quick_kernel.h
} >"$scratch/bounds"

# --- Gappa ------------------------------------------------------------------------

# lemma FILE NAME=VALUE …: one instance, to be proven below.
lemmas=0
lemma() {
    local file=$1 edit
    shift
    lemmas=$((lemmas + 1))
    {
        for edit in "$@"; do
            echo "s/%${edit%%=*}%/${edit#*=}/g"
        done
        cat "$scratch/bounds"
    } >"$scratch/edits"
    {
        cat "$scratch/constants"
        # Twice: a value may name a bound.
        sed -f "$scratch/edits" "$file" | sed -f "$scratch/edits"
    } >"$scratch/$lemmas.${file%.gappa} $*"
}

lemma exp_index.gappa
lemma exp_reduce.gappa MOST_K=131072 MOST_LOW=0x1p-44 BOUND=%EXP_REDUCE%
# |x| <= 1: |k| <= 128/ln 2 + 1/2
lemma exp_reduce.gappa MOST_K=186 MOST_LOW=0x1p-54 BOUND=%EXP_REDUCE_NEAR%
lemma tail_expm1.gappa
lemma tail_log1p.gappa
lemma polynomial.gappa FUNCTION=expm1 C2=0.5 RADIUS=%EXPM1_RADIUS% LOW=%EXPM1_LOW% \
    TAIL=%EXPM1_TAIL% TAIL_ERROR=%EXPM1_TAIL_ERROR% BOUND=%EXPM1_Q2%
lemma polynomial.gappa FUNCTION=log1p C2=-0.5 RADIUS=%LOG1P_RADIUS% LOW=%LOG1P_LOW% \
    TAIL=%LOG1P_TAIL% TAIL_ERROR=%LOG1P_TAIL_ERROR% BOUND=%LOG1P_Q2%
lemma first_terms.gappa LEAST=0x1p-9 MOST=%EXPM1_RADIUS% LOW=%EXPM1_LOW% SCALE=0x1p9
# |r| >= 2^-120; below, quick_polynomial() leaves them out
for ((n = 10; n <= 120; n += stride)); do
    lemma first_terms.gappa LEAST=0x1p-$n MOST=0x1p-$((n - 1)) LOW=0x1p-$((n + 52)) SCALE=0x1p$n
done
lemma exp_product.gappa
lemma log_reduce.gappa
for ((n = 0; n <= 9; n += stride)); do # 1 <= |E| <= 1024
    lemma log_sum.gappa LEAST_E=0x1p$n MOST_E=0x1p$((n + 1)) LEAST_LOG=-%LOG_MOST% \
        MOST_LOG=%LOG_MOST% LOW_LOG=0x1p-55 SCALE=0x1p-$n BOUND=%LOG_SUM_FAR%
done
for ((n = 2; n <= 10; n += stride)); do # LOG_LEAST <= |log c| <= LOG_MOST
    lemma log_sum.gappa LEAST_E=0 MOST_E=0 LEAST_LOG=0x1p-$n MOST_LOG=0x1p-$((n - 1)) \
        LOW_LOG=0x1p-$((n + 53)) SCALE=0x1p$n BOUND=%LOG_SUM_NEAR%
done

prove() {
    local lemma=$1 log
    if ! log=$(gappa "$lemma" 2>&1) || grep -q 'Warning\|Error' <<<"$log"; then
        printf 'proofs: not proven: %s\n%s\n' "${lemma##*/}" "$log" >&2
        return 1
    fi
}
export -f prove
printf '%s\0' "$scratch"/[0-9]*.* | xargs -0 -n 1 -P "$(nproc)" bash -c 'prove "$1"' prove
echo "Gappa: $lemmas lemmas on roundings are proven"

# --- Sollya -----------------------------------------------------------------------

# Silent but for its last line.
{
    cat "$scratch/tables"
    cat certify.sollya total.sollya | sed -f "$scratch/bounds"
    echo 'if (failures == 0) then print("certified") else print(failures, "failed");'
    echo "quit;" # else its exit code is not 0
} >"$scratch/certificate"
certificate=$(sollya --warnonstderr "$scratch/certificate" 2>&1)
if [[ $certificate != certified ]]; then
    echo "proofs: ${certificate:-Sollya says nothing}" >&2
    exit 1
fi
echo "Sollya: polynomials, tables and totals are certified"
