#!/usr/bin/env bash
# Do the suites of the oracle find mistakes?  Plants one mistake at a time into
# a copy of src/oracle, builds test_oracle and test_arb against it, and
# requires that one of them fails.  Exit 1 where a mistake goes unnoticed.
#
# A mistake is one sed edit that must change its file: an edit that no longer
# applies is an error, so that the list follows the code.  Edits that leave the
# answer right (a wider but true enclosure, a slower escalation) are no
# mistakes and do not stand here.
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=build/mutants
suites=(test_oracle test_arb)
jobs=$(nproc)
export XULP_QUICK=1 # of test_arb, a fraction of the cases
cflags=(-std=c17 -D_GNU_SOURCE -O1 -ffp-contract=off -frounding-math)
read -ra libraries <<<"$(pkg-config --libs check mpfr gmp)"
libraries=(-lflint-arb -lflint "${libraries[@]}" -lm)

# link OBJECT-DIRECTORY INTO: both suites.
link() {
    local suite
    for suite in "${suites[@]}"; do
        gcc "$scratch/$suite.o" "$1"/*.o "${libraries[@]}" -o "$2/$suite"
    done
}

# Waits until fewer than jobs children run.
throttle() {
    while (($(jobs -rp | wc -l) >= jobs)); do
        wait -n || true
    done
}

prepare() {
    rm -rf "$scratch"
    mkdir -p "$scratch/objects" "$scratch/0"
    local file
    for file in src/core/*.c src/oracle/*.c; do
        throttle
        gcc "${cflags[@]}" -Isrc -c "$file" -o "$scratch/objects/$(basename "$file" .c).o" &
    done
    for file in "${suites[@]}"; do
        throttle
        gcc "${cflags[@]}" -Isrc -c "tests/oracle/$file.c" -o "$scratch/$file.o" &
    done
    wait
    link "$scratch/objects" "$scratch/0"
    for file in "${suites[@]}"; do
        if ! "$scratch/0/$file" >"$scratch/0/log" 2>&1; then
            cat "$scratch/0/log"
            echo "mutants: $file fails without any mistake" >&2
            exit 1
        fi
    done
}

# plant NUMBER FILE EDIT WHAT: writes one line to $scratch/NUMBER/verdict.
plant() {
    local directory=$scratch/$1 file=$2 edit=$3 what=$4 source suite
    mkdir -p "$directory/objects"
    cp -r src/oracle "$directory/oracle"
    cp "$scratch"/objects/*.o "$directory/objects"
    sed -i -e "$edit" "$directory/oracle/$file"
    if cmp -s "src/oracle/$file" "$directory/oracle/$file"; then
        echo "does not apply: $file: $what" >"$directory/verdict"
        return
    fi
    local changed=("$directory/oracle/$file")
    if [[ $file == *.h ]]; then
        changed=("$directory"/oracle/*.c)
    fi
    for source in "${changed[@]}"; do
        gcc "${cflags[@]}" -I"$directory" -Isrc -c "$source" \
            -o "$directory/objects/$(basename "$source" .c).o"
    done
    link "$directory/objects" "$directory"
    for suite in "${suites[@]}"; do
        if ! timeout 30 "$directory/$suite" >"$directory/$suite.log" 2>&1; then
            echo "caught by $suite: $file: $what" >"$directory/verdict"
            rm -rf "$directory/objects" "$directory"/test_oracle "$directory"/test_arb
            return
        fi
    done
    echo "NOT CAUGHT: $file: $what" >"$directory/verdict"
}

count=0
mistake() {
    count=$((count + 1))
    throttle
    plant "$count" "$@" &
}

prepare

# Directed rounding.
mistake interval.c 's/mpfr_add(a->hi, a->hi, b->hi, MPFR_RNDU)/mpfr_add(a->hi, a->hi, b->hi, MPFR_RNDD)/' \
    'upper end of a sum rounded down'
mistake interval.c 's/mpfr_add(a->lo, a->lo, b->lo, MPFR_RNDD)/mpfr_add(a->lo, a->lo, b->lo, MPFR_RNDU)/' \
    'lower end of a sum rounded up'
mistake interval.c 's/mpfr_mul(a->hi, a->hi, b->hi, MPFR_RNDU)/mpfr_mul(a->hi, a->hi, b->hi, MPFR_RNDN)/' \
    'upper end of a product rounded to nearest'
mistake interval.c 's/mpfr_div_ui(a->lo, a->lo, n, MPFR_RNDD)/mpfr_div_ui(a->lo, a->lo, n, MPFR_RNDU)/' \
    'lower end of a mean rounded up'
mistake interval.c 's/function(a->hi, a->hi, MPFR_RNDU)/function(a->hi, a->hi, MPFR_RNDD)/' \
    'upper end of a function rounded down'
mistake interval.c '/^static void apply/,/^}/s/if (inexact)/if (0)/' \
    'function of a point left without width'
mistake interval.c '/^void interval_difference/,/^}/s/if (inexact)/if (0)/' \
    'rounded difference left without width'
mistake interval.c 's/mpfr_swap(a->lo, a->hi);//' \
    'ends not swapped by a negation'

# The escalation.
mistake oracle.c 's/ && !decides(enclosure, format)/ \&\& false/' \
    'fixed precision: never escalated'
mistake oracle.c 's/ERROR_BITS = 21/ERROR_BITS = 5/' \
    'v known to 2^-5 ulp only'
mistake oracle.c 's/rounded == format_round(format, high)/true/' \
    'midpoint inside the enclosure accepted'
mistake oracle.c '/^static void next_to_lo/,/^}/s/mpfr_nextabove(inner);//' \
    'lower end itself taken for v'
mistake oracle.c 's/mpfr_get_exp(x) - 1)/mpfr_get_exp(x))/' \
    'ulp of the next binade'
mistake oracle.c 's/precision > ORACLE_PRECISION_CAP/precision > 4 * ORACLE_PRECISION_CAP/' \
    'cap not observed'
mistake oracle.c '/EXACT_INFINITE:/,/return/s/+1/-1/' \
    'infinite loss of the wrong sign'

# softmax-ce.
mistake softmax_ce.c 's/if (maxima == 1)/if (maxima >= 1)/' \
    'multiplicity of the maximum ignored'
mistake softmax_ce.c 's/if (x\[k\] == m) {/if (false) {/' \
    'maximum not excluded from the sum'
mistake softmax_ce.c 's/if (x\[k\] != previous)/if (x[k] < previous)/' \
    'stale exponential used again'
mistake softmax_ce.c 's/interval_difference(&term, m, x\[input->targets\[i\]\])/interval_difference(\&term, m, x[0])/' \
    'first logit taken for the target'
mistake softmax_ce.c 's/interval_add(value, &term);//' \
    'm - x_t dropped'
mistake softmax_ce.c 's/interval_add(&logarithms, &term);/if (i == 0) interval_add(\&logarithms, \&term);/' \
    'logarithms of all rows but the first dropped'
mistake softmax_ce.c 's/input_case_divisor(input)/input->rows/' \
    'sum divided like a mean'
mistake softmax_ce.c 's/infinite > 1 ||/infinite > 2 ||/' \
    'two infinite logits accepted'
mistake softmax_ce.c 's/if (isinf(x\[t\]))/if (false)/' \
    'target at minus infinity overlooked'
mistake softmax_ce.c 's/finite == 1 ? EXACT_ZERO/n == 1 ? EXACT_ZERO/' \
    'one unmasked logit not seen to be certain'

# bce-logit.
mistake bce_logit.c 's/if (x < 0)/if (x > 0)/' \
    'label of the other sign'
mistake bce_logit.c 's/interval_log1p(&term);//' \
    'e^-|x| for log1p(e^-|x|)'
mistake bce_logit.c 's/x > 0 ? 1 : 0/x > 0 ? 0 : 1/' \
    'infinite logits swapped'
mistake bce_logit.c 's/!(y >= 0 \&\& y <= 1)/isnan(y)/' \
    'labels outside [0, 1] accepted'

# bce-prob and its batch.
mistake bce_prob.c 's/interval_difference(b, 1, y)/interval_difference(b, 1, 0)/' \
    '1 for 1 - y'
mistake bce_prob.c 's/if (y < 1) {/if (y < 0.5) {/' \
    'second term dropped for y above 1/2'
mistake bce_prob.c 's/(p == 0 \&\& y > 0) ||//' \
    'log 0 overlooked'
mistake bce_prob.c 's/return p == 0 || p == 1 ? EXACT_ZERO/return p == 0 ? EXACT_ZERO/' \
    'certain label at probability 1 overlooked'
mistake bce_prob_batch.c 's/input_case_divisor(input)/input->columns/' \
    'mean divided by the columns'
mistake bce_prob_batch.c '/_loss/,/^}/s/size_t i = 0/size_t i = 1/' \
    'first element dropped'
mistake problems.h 's/return a == EXACT_ZERO ? b : a;/return b;/' \
    'kind of the last element taken for all'
mistake problems.h 's/if (a == EXACT_UNDEFINED || b == EXACT_UNDEFINED)/if (b == EXACT_UNDEFINED)/' \
    'NaN of an earlier element lost'

# Digits and condition.
mistake decimal.c 's/TIE_PRECISION = 8192/TIE_PRECISION = 64/' \
    'digits of the middle taken for those of both ends'
mistake decimal.c 's/print_end(other, digits, enclosure->lo)/print_end(other, digits, enclosure->hi)/' \
    'digits of one end taken for certified'
mistake condition.c 's/if (k == t)/if (false)/' \
    'slope of the target counted twice'
mistake condition.c 's/fabs(x\[k\])/x[k]/' \
    'slopes of both signs cancelled'

wait
for ((i = 1; i <= count; i++)); do
    cat "$scratch/$i/verdict"
done
caught=$(cat "$scratch"/*/verdict | grep -c '^caught' || true)
echo "$caught of $count planted mistakes caught"
[[ $caught -eq $count ]]
