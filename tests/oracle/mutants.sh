#!/usr/bin/env bash
# Do the suites of the oracle find mistakes?  Plants one mistake at a time into
# a copy of src/oracle, builds test_oracle and test_arb against it, or test_quick
# for the fast path, and requires that one of them fails.  Exit 1 where a mistake goes unnoticed.
#
# A mistake is one sed edit that must change its file: an edit that no longer
# applies is an error, so that the list follows the code.  Edits that leave the
# answer right (a wider but true enclosure, a slower escalation) are no
# mistakes and do not stand here.
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=build/mutants
suites=(oracle/test_oracle oracle/test_arb measure/test_quick)
jobs=$(nproc)
export XULP_QUICK=1 # of test_arb, a fraction of the cases
cflags=(-std=c17 -D_GNU_SOURCE -O1 -ffp-contract=off -frounding-math)
read -ra libraries <<<"$(pkg-config --libs check mpfr gmp)"
libraries=(-lflint-arb -lflint "${libraries[@]}" -lm)

# link OBJECT-DIRECTORY INTO SUITE...
link() {
    local objects=$1 into=$2 suite
    shift 2
    for suite in "$@"; do
        suite=$(basename "$suite")
        gcc "$scratch/$suite.o" "$objects"/*.o "$scratch"/measure/*.o "${libraries[@]}" \
            -o "$into/$suite"
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
    mkdir -p "$scratch/objects" "$scratch/measure" "$scratch/0"
    local file
    for file in src/core/*.c src/oracle/*.c; do
        throttle
        gcc "${cflags[@]}" -Isrc -c "$file" -o "$scratch/objects/$(basename "$file" .c).o" &
    done
    for file in src/measure/*.c; do
        throttle
        gcc "${cflags[@]}" -Isrc -c "$file" -o "$scratch/measure/$(basename "$file" .c).o" &
    done
    for file in "${suites[@]}"; do
        throttle
        gcc "${cflags[@]}" -Isrc -c "tests/$file.c" -o "$scratch/$(basename "$file").o" &
    done
    wait
    link "$scratch/objects" "$scratch/0" "${suites[@]}"
    for file in "${suites[@]}"; do
        file=$(basename "$file")
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
    local judges=(test_oracle test_arb)
    if [[ $file == quick* || $file == ball.h ]]; then
        judges=(test_quick)
    fi
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
        mapfile -t changed < <(grep -l "oracle/quick\|oracle/$file" "$directory"/oracle/*.c)
    fi
    for source in "${changed[@]}"; do
        gcc "${cflags[@]}" -I"$directory" -Isrc -c "$source" \
            -o "$directory/objects/$(basename "$source" .c).o"
    done
    link "$directory/objects" "$directory" "${judges[@]}"
    for suite in "${judges[@]}"; do
        if ! timeout 30 "$directory/$suite" >"$directory/$suite.log" 2>&1; then
            echo "caught by $suite: $file: $what" >"$directory/verdict"
            rm -rf "$directory/objects" "${judges[@]/#/$directory/}"
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
mistake interval.c 's/mpfr_div_q(a->lo, a->lo, q, MPFR_RNDD)/mpfr_div_q(a->lo, a->lo, q, MPFR_RNDU)/' \
    'lower end of a mean rounded up'
mistake interval.c 's/mpfr_mul_q(a->hi, a->hi, q, MPFR_RNDU)/mpfr_mul_q(a->hi, a->hi, q, MPFR_RNDD)/' \
    'upper end of a weighted term rounded down'
mistake interval.c 's/mpfr_div(a->hi, a->hi, b->lo, MPFR_RNDU)/mpfr_div(a->hi, a->hi, b->hi, MPFR_RNDU)/' \
    'quotient by the wrong end'
mistake interval.c '/^void interval_invert/,/^}/s/mpfr_swap(a->lo, a->hi);//' \
    'ends not swapped by a reciprocal'
mistake interval.c 's/mpfr_set_q(a->lo, q, MPFR_RNDD)/mpfr_set_q(a->lo, q, MPFR_RNDN)/' \
    'lower end of a rational part rounded to nearest'
mistake interval.c 's/function(a->hi, a->hi, MPFR_RNDU)/function(a->hi, a->hi, MPFR_RNDD)/' \
    'upper end of a function rounded down'
mistake interval.c '/^static void apply/,/^}/s/if (inexact)/if (0)/' \
    'function of a point left without width'
mistake interval.c '/^void interval_difference/,/^}/s/if (inexact)/if (0)/' \
    'rounded difference left without width'
mistake interval.c 's/mpfr_swap(a->lo, a->hi);//' \
    'ends not swapped by a negation'

# The escalation.
mistake oracle.c 's/while (!enclosure_decides(enclosure, format))/while (false)/' \
    'fixed precision: never escalated'
mistake oracle.c 's/ERROR_BITS = 21/ERROR_BITS = 5/' \
    'v known to 2^-5 ulp only'
mistake oracle.c 's/rounded == format_round(format, high)/true/' \
    'midpoint inside the enclosure accepted'
mistake oracle.c '/^static void next_to_lo/,/^}/s/mpfr_nextabove(inner);/;/' \
    'lower end itself taken for v'
mistake oracle.c 's/format_ulp_exponent(format, mpfr_get_exp(x) - 1)/format_ulp_exponent(format, mpfr_get_exp(x))/' \
    'ulp of the next binade'
mistake oracle.c 's/precision > ORACLE_PRECISION_CAP/precision > 4 * ORACLE_PRECISION_CAP/' \
    'cap not observed'

# Forms of a value.
mistake enclosure.c 's/mpfr_set_q(enclosure->hi, value, MPFR_RNDU)/mpfr_set_q(enclosure->hi, value, MPFR_RNDN)/' \
    'upper end of a rational value rounded to nearest'
mistake enclosure.c 's/if (side < 0)/if (side > 0)/' \
    'rest added on the wrong side'
mistake enclosure.c 's/enclosure->side = side;/enclosure->side = -side;/' \
    'bound of the wrong side'
mistake enclosure.c 's/kinds->plus_infinite \&\& kinds->minus_infinite/false/' \
    'infinity less infinity not undefined'
mistake enclosure.c 's/kinds->plus_infinite ? +1 : -1/+1/' \
    'infinity of the wrong sign'
mistake enclosure.c 's/if (kinds->undefined ||/if (/' \
    'NaN of an element lost'
mistake oracle.c '/^static void next_to_lo/,/^}/s/mpfr_equal_p(enclosure->lo, enclosure->hi)/false/' \
    'an exact tie moved off itself'
mistake oracle.c 's/mpfr_signbit(low) == mpfr_signbit(high)/true/' \
    'sign of a zero not decided'

# Options.
mistake options.c 's/if (input->reduction != REDUCTION_MEAN)/if (input->reduction == REDUCTION_NONE)/' \
    'sum divided like a mean'
mistake options.c 's/input_case_count(input), 1/input->rows * input->columns, 1/' \
    'mean of rows divided by all values'
mistake options.c 's/input_case_count(input), 1/problem_has_rows(input->problem) ? input->rows : input_case_values(input), 1/' \
    'ignored rows counted by a mean'
mistake options.c '/^void options_divisor/,/^}/s/input->targets != NULL/false/' \
    'mean of weighted rows divided by their number'
mistake options.c '/^static void target_weights/,/^}/s/input->weights\[t\]/input->weights[0]/g' \
    'weight of the first class for all'
mistake options.c 's/input->label_smoothing >= 0 \&\& //' \
    'negative smoothing accepted'
mistake options.c 's/return weight >= 0 \&\& isfinite(weight)/return weight >= 0/' \
    'infinite weights accepted'
mistake options.c 's/mpq_mul(a, a, rest);//' \
    'target not lessened by smoothing'
mistake options.c 's/mpq_div(smoothing, smoothing, rest);//' \
    'smoothing not spread over the classes'
mistake options.c 's/(smoothing > 0 || soft_target/(soft_target/' \
    'smoothed terms dropped'
mistake options.c '/^bool options_positive/,/^}/s/input->weights\[j\] > 0/true/' \
    'weight 0 at a masked logit infinite'
mistake options.c '/^void options_total/,/^}/s/ \&\& input->label_smoothing == 0//' \
    'sum of coefficients is that of the target'

# softmax-ce, log-sum-exp, softmax.
mistake softmax_row.c 's/shape->maxima == 1/shape->maxima >= 1/' \
    'multiplicity of the maximum ignored'
mistake softmax_row.c 's/if (x\[k\] == m || isinf(x\[k\]))/if (isinf(x[k]))/' \
    'maximum not excluded from the sum'
mistake softmax_row.c 's/if (x\[k\] != previous)/if (x[k] < previous)/' \
    'stale exponential used again'
mistake softmax_row.c 's/if (x\[k\] > shape.maximum)/if (false)/' \
    'every new maximum counted'
mistake softmax_row.c 's/shape.infinite += x\[k\] > 0/shape.infinite += 1/' \
    'masked logits taken for +inf'
mistake softmax_row.c '/^static void probability_rest/,/^}/s/interval_divide_integer(rest, shape->maxima);//' \
    'rest of p at several maxima not divided'
mistake softmax_row.c 's/interval_add_integer(&row->sum, row->shape.maxima);/interval_add_integer(\&row->sum, 1);/' \
    'several maxima counted once in p'
mistake softmax_row.c 's/greatest ? -1 : +1/+1/' \
    'p of the maximum above 1\/c'
mistake softmax_row.c 's/interval_multiply_rational(&rest, factor);//' \
    'p not scaled by the sum of coefficients'
mistake softmax_row.c 's/mpq_add(exact, exact, offset);//' \
    'own coefficient missing in the gradient'
mistake softmax_row.c 's/|| x == -INFINITY) {/) {/' \
    'p of a masked logit not 0'
mistake softmax_row.c 's/return shape->infinite > 0 || shape->maxima == shape->finite/return shape->infinite > 0/' \
    'p of equal logits not rational'
mistake softmax_row.c 's/(shape->infinite > 1 \&\& x == INFINITY)/false/' \
    'p of two infinite logits defined'
mistake softmax_ce.c 's/mpq_sub(gap, gap, x);//' \
    'm taken for m - x_j'
mistake softmax_ce.c 's/mpq_mul(gap, gap, a);//' \
    'gaps not weighted'
mistake softmax_ce.c 's/mpq_div(exact, exact, sum->divisor);//' \
    'dyadic part not divided by a mean'
mistake softmax_ce.c '/^static void loss/,/^}/s/interval_divide_rational(&rest, sum->divisor);//' \
    'logarithms not divided by a mean'
mistake softmax_ce.c 's/if (mpq_cmp_ui(total, 1, 1) != 0)/if (false)/' \
    'logarithm not weighted'
mistake softmax_ce.c 's/interval_add(rest, &term);/if (i == sum->first) interval_add(rest, \&term);/' \
    'logarithms of all rows but the first dropped'
mistake softmax_ce.c '/^static void add_rows/,/^}/s/!options_row_counts(input, i) ||//' \
    'ignored row added'
mistake softmax_ce.c 's/else if (is_infinite(input, row, &shape))/else if (false)/' \
    'target at minus infinity overlooked'
mistake softmax_ce.c 's/ \&\& has_coefficients(input, row)//' \
    'row without weight taken for transcendental'
mistake softmax_ce.c 's/shape.finite > 1 \&\&/shape.columns > 1 \&\&/' \
    'one unmasked logit not seen to be certain'
mistake softmax_ce.c 's/mpq_div(row->total, row->total, row->divisor);//' \
    'gradient of a mean not divided'
mistake softmax_ce.c 's/mpq_neg(offset, offset);//' \
    'own coefficient added in the gradient'
mistake log_sum_exp.c 's/kinds->minus_infinite |= .*/;/' \
    'log of an empty sum overlooked'
mistake log_sum_exp.c 's/mpq_add(exact, exact, maximum);/mpq_set(exact, maximum);/' \
    'maximum of the last row taken for the sum'
mistake log_sum_exp.c 's/if (shape.finite == 1)/if (true)/' \
    'logarithms dropped'
mistake log_sum_exp.c 's/mpq_inv(factor, row->divisor);/mpq_set_ui(factor, 1, 1);/' \
    'gradient of a mean of log-sum-exp not divided'
mistake softmax.c 's/input->targets\[0\], zero, one/0, zero, one/' \
    'first component taken for the target'
mistake softmax.c 's/row_probabilities_begin(&row);/interval_set_zero(\&row.below), interval_set_zero(\&row.sum), interval_add_integer(\&row.sum, 1);/' \
    'other logits left out of softmax'

# stablemax-ce.
mistake stablemax_ce.c 's/interval_difference(s, x, -1)/interval_difference(s, x, 0)/' \
    's(x) = x'
mistake stablemax_ce.c '/^static void enclose_s/,/^}/s/interval_invert(s);//' \
    's(x) = 1 - x below 0'
mistake stablemax_ce.c 's/if (k == t || isinf(x\[k\]))/if (isinf(x[k]))/' \
    'target counted among the others'
mistake stablemax_ce.c 's/mpq_mul(g, s, s);/mpq_set(g, s);/' \
    "s' = s below 0"
mistake stablemax_ce.c 's/mpq_sub(rest, s, row->total)/mpq_neg(rest, row->total)/' \
    'target counted among the others in the gradient'
mistake stablemax_ce.c 's/if (isinf(x) || (!finite_sum \&\& !target))/if (isinf(x))/' \
    'infinite sum overlooked in the gradient'
mistake stablemax_ce.c '/^static void component/,/^}/s/mpq_div(g, g, row->divisor);//' \
    'gradient of a mean of stablemax not divided'

# bce-logit.
mistake bce_logit.c 's/return element->x < 0 ?/return element->x > 0 ?/' \
    'label of the other sign'
mistake bce_logit.c 's/interval_log1p(term);//' \
    'e^-|x| for log1p(e^-|x|)'
mistake bce_logit.c 's/!(y >= 0 \&\& y <= 1)/isnan(y)/' \
    'labels outside [0, 1] accepted'
mistake bce_logit.c 's/mpq_mul(element->beta, element->beta, element->sum);//' \
    'pos_weight ignored'
mistake bce_logit.c 's/input->weights\[i % input->columns\]/input->weights[0]/' \
    'pos_weight of the first column for all'
mistake bce_logit.c 's/if (mpq_cmp_ui(element->sum, 1, 1) != 0)/if (false)/' \
    'logarithm not weighted by pos_weight'
mistake bce_logit.c 's/mpq_sgn(element->sum) > 0/true/' \
    'element without weight taken for transcendental'
mistake bce_logit.c 's/mpq_div_2exp(exact, exact, 1);//' \
    'sigma(0) = 1'
mistake bce_logit.c 's/element.x > 0 ? -1 : +1/+1/' \
    'sigma(x) above 1'
mistake bce_logit.c '/^static void gradient_rest/,/^}/s/interval_divide_rational(rest, divisor);//' \
    'gradient of a mean of logits not divided'

# bce-prob and its batch.
mistake bce_prob.c 's/interval_difference(b, 1, y)/interval_difference(b, 1, 0)/' \
    '1 for 1 - y'
mistake bce_prob.c 's/if (y < 1) {/if (y < 0.5) {/' \
    'second term dropped for y above 1/2'
mistake bce_prob.c '/^static void gather_kind/,/^}/s/(p == 0 \&\& y > 0) ||//' \
    'log 0 overlooked'
mistake bce_prob.c 's/else if (p != 0 \&\& p != 1)/else if (p != 0)/' \
    'certain label at probability 1 overlooked'
mistake bce_prob.c '/^static void loss/,/^}/s/interval_divide_rational(&rest, sum->divisor);//' \
    'batch not divided by a mean'
mistake bce_prob.c 's/p == 0 ? 1 : -1, 1/1, 1/' \
    'limit at p = y = 1 of the wrong sign'
mistake bce_prob.c '/^static void exact_gradient/,/^}/s/mpq_sub(rest, rest, probability);//' \
    '1 - p forgotten in the gradient'
mistake bce_prob.c 's/.minus_infinite = p == 0 \&\& y > 0/.plus_infinite = p == 0 \&\& y > 0/' \
    'gradient at p = 0 of the wrong sign'
mistake bce_prob.c '/^static void component/,/^}/s/mpq_div(g, g, row->divisor);//' \
    'gradient of a batch not divided by a mean'

# All components at once.
mistake gradient.c 's/open |= !enclosure_decides(&components\[j\], format);//' \
    'gradient never escalated'
mistake gradient.c 's/(!first \&\& enclosure_decides/(enclosure_decides/' \
    'components left from another case'
mistake gradient.c 's/enclosures + i \* input->columns/enclosures/' \
    'rows written over one another'

# Digits and condition.
mistake decimal.c 's/print_rational(low, digits, enclosure->rational, TIE_UP)/print_rational(low, digits, enclosure->rational, TIE_EVEN)/' \
    'a value above a decimal tie rounded to even'
mistake decimal.c 's/print_rational(high, digits, enclosure->rational, TIE_DOWN)/print_rational(high, digits, enclosure->rational, TIE_EVEN)/' \
    'a value below a decimal tie rounded to even'
mistake decimal.c 's/(enum tie) - toward/toward/' \
    'negative ties the wrong way'
mistake decimal.c 's/tie == TIE_EVEN \&\& mpz_odd_p(quotient)/tie == TIE_EVEN/' \
    'decimal ties away from 0'
mistake decimal.c 's/half > 0 ||/half >= 2 ||/' \
    'decimals cut'
mistake decimal.c 's/print_end(low, digits, enclosure->lo)/print_end(low, digits, enclosure->hi)/' \
    'digits of one end taken for certified'
mistake condition.c 's/fabs(x\[j\])/fmax(x[j], 0)/' \
    'slopes at negative inputs dropped'
mistake condition.c 's/if (input->reduction != REDUCTION_NONE)/if (true)/' \
    'slopes of all losses taken for one'
mistake condition.c 's/interval_divide(kappa, value);//' \
    'slopes not divided by the value'
mistake condition.c 's/if (mpfr_sgn(a->hi) <= 0)/if (false)/' \
    'negative slopes dropped'

# The fast path.
mistake quick.c 's/if (v->lo + v->radius < 0)/if (true)/; s/return v->lo + v->radius < 0;/return true;/' \
    'a ball about a power of 2 given to the binade below'
mistake quick.c 's/return left + inward > 1.01 \* v->radius/return true/' \
    'a ball about a midpoint accepted'
mistake quick.c 's/ldexp(1, least - 22)/ldexp(1, least + 3)/' \
    'numbers that round to the least taken for 0'
mistake quick_rows.c 's/counts = k + j < columns \&\& k + j != top/counts = k + j < columns/' \
    'the maximum counted twice'
mistake quick_rows.c 's/two_sum(m, finite ? -number : 0)/(struct double_double){m - number, 0}/' \
    'differences of logits rounded to binary64'
mistake quick_rows.h 's/quick_value_of(ball_log1p(quick_exponential((struct double_double){d, 0})), +1)/quick_value_of(quick_exponential((struct double_double){d, 0}), +1)/' \
    'log(1 + e) taken for e'
mistake quick_rows.h '/quick_exponential/,/^}/s/QUICK_LEFT_OUT}/0}/' \
    'an exponential too small for doubles taken for 0'
mistake quick_loss.c 's/offset = ball_sum(row.x\[row.top\], -target)/offset = ball_of_double(row.x[row.top] - target)/' \
    'the gap to the target rounded to binary64'
mistake quick_loss.c 's/input->values\[i\] < 0 ? beta : alpha/input->values[i] < 0 ? alpha : beta/' \
    'slope of the other label'
mistake quick_loss.c 's/ball_add(alpha, beta);/ball_of_double(1);/' \
    'pos_weight not on the logarithm'
mistake quick_loss.c 's/part->sign = row.x\[row.top\] >= 0 ? +1 : 0/part->sign = +1/' \
    'log-sum-exp said to be positive'
mistake quick_loss.c 's/ball_sum(1, -y), other_surprise(p)/ball_of_double(1 - y), other_surprise(p)/' \
    '1 - y rounded'
mistake quick_loss.c 's/k != input->targets\[i\] \&\& !minus_infinite/!minus_infinite/' \
    'stablemax: the target among the others'
mistake quick_options.h 's/ball_sum(1, -input->label_smoothing)/ball_of_double(1 - input->label_smoothing)/' \
    '1 - smoothing rounded'
mistake quick_options.h 's/input->targets\[i\] < input->columns/true/; s/sum = ball_add(sum, ball_of_double(input->weights\[input->targets\[i\]\]))/sum = ball_add(sum, ball_of_double(input->weights[0]))/' \
    'a mean by the weight of the first class'
mistake quick_gradient.c 's/if (!greatest)/if (false)/' \
    'gradient at the target without its own share'
mistake quick_gradient.c 's/    if (x < 0)/    if (false)/' \
    'gradient of a negative logit not negated'
mistake quick_gradient.c 's/ball_subtract(near, far), ball_multiply(far, less_1)/near, ball_multiply(far, less_1)/' \
    'expm1 form without its first difference'
mistake quick_gradient.c 's/return quick_value_of(g, p > y ? +1 : -1)/return quick_value_of(g, +1)/' \
    'sign of a gradient of probabilities'
mistake quick_gradient.c 's/return x >= 0 ? ball_of_double(1) : ball_multiply(s, s)/return ball_of_double(1)/' \
    'slope of stablemax below 0'
mistake quick_gradient.c 's/bool positive = ball_is_zero(a)/bool positive = true/' \
    'a weighted component said to be positive'
mistake quick_block.c 's/x\[i\] \* toward > 0 ? 1 : 0/x[i] * toward > 0 ? 0 : 1/' \
    'block: slope of the other label'
mistake quick_block.c 's/a.lo\[i\] = sign \* gap.lo/a.lo[i] = 0/' \
    'block: difference of two logits rounded'
mistake quick_block.c 's/1.0 \/ 12/1.0 \/ 24/' \
    'block: a coefficient of the series at 0'
mistake quick_block.c 's/#define NEAR_ZERO 0x1p-10/#define NEAR_ZERO 0x1p-4/' \
    'block: series where it does not hold'
mistake quick_block.c 's/label == 1 ? below.hi : -probability/label == 1 ? probability - 1 : -probability/; s/label == 1 ? below.lo : 0/0/' \
    'block: p - 1 rounded'
mistake ball.h 's/spread = 1.01 \* (ball_size(a) \* b.radius + ball_size(b) \* a.radius)/spread = 0/' \
    'radius of a product'
mistake ball.h 's/ball_up(a.radius + b.radius + /ball_up(b.radius + /' \
    'radius of a sum'
mistake quick_rows.c 's/(double)left_out \* QUICK_LEFT_OUT/0.0 * (double)left_out/' \
    'what is left out of a sum not in its radius'
mistake quick_gradient.c 's/ball_is_zero(near) \&\& ball_size(far) <= 1/ball_is_zero(near)/' \
    'a weight above 1 on a gradient that is said to vanish'

wait
for ((i = 1; i <= count; i++)); do
    cat "$scratch/$i/verdict"
done
caught=$(cat "$scratch"/*/verdict | grep -c '^caught' || true)
echo "$caught of $count planted mistakes caught"
[[ $caught -eq $count ]]
