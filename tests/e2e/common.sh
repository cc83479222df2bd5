# Sourced by the end-to-end tests: they run the real program, $XULP.
# shellcheck shell=bash
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here" || exit 1
XULP=${XULP:-build/xulp}
case $XULP in /*) ;; *) XULP=$here/$XULP ;; esac
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
passed=0
failed=0

# check NAME COMMAND…: COMMAND must succeed.
check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name" >&2
    fi
}

# refuses CODE PATTERN ARGUMENT…: the program must exit with CODE and print one
# sentence on standard error that matches PATTERN, and nothing on standard output.
refuses() {
    local code=$1 pattern=$2
    shift 2
    "$XULP" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    local got=$?
    if [ $got -ne "$code" ]; then
        echo "  exit $got, not $code" >&2
        cat "$scratch/err" >&2
    elif ! grep -q -e "$pattern" "$scratch/err"; then
        echo "  says: $(cat "$scratch/err")" >&2
    elif [ "$(grep -c '' "$scratch/err")" -ne 1 ]; then
        echo "  more than one line: $(cat "$scratch/err")" >&2
    elif [ -s "$scratch/out" ]; then
        echo "  something was printed" >&2
    else
        return 0
    fi
    return 1
}

finish() {
    echo "$(basename "$0"): $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
