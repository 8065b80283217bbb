#!/usr/bin/env bash
# How many instructions canvass takes for a byte of responses, and that they are not 5% more than the bound in the repository: a gate
# that does not depend on what else the machine does. instructions.sh CANVASS [SURVEY.yaml]
#
# Two files of responses are counted, one of them twice as long: what they differ by is the loop over records, without the start.
set -euo pipefail
canvass=$1
definition=${2:-$(dirname "${BASH_SOURCE[0]}")/../../Surveys/staff/survey.yaml}
bound=$(cat "$(dirname "${BASH_SOURCE[0]}")/instructions-per-byte")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/survey"
cp "$definition" "$work/survey/survey.yaml"
# Valgrind cannot read the debugging information of a binary that has Swift's runtime in it.
strip -o "$work/canvass" "$canvass"

counted() { # RESPONSES: prints bytes and instructions
  "$canvass" simulate "$work/survey" --responses "$1" --seed 1 --output "$work/survey/$1" 2>/dev/null >/dev/null
  # Codings are another matter.
  rm -f "$work/survey/$1/open-text.csv"
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
    "$work/canvass" tally "$work/survey" --wave "$1" --threads 1 --partial "$work/counts" --quiet 2>"$work/log"
  instructions=$(sed -n 's/.*I *refs: *//p' "$work/log" | tr -d ,)
  [ -n "$instructions" ] || { cat "$work/log" >&2; exit 1; }
  echo "$(stat -c %s "$work/survey/$1/responses.csv") $instructions"
}

read -r bytes instructions < <(counted 10000)
read -r more_bytes more_instructions < <(counted 20000)
awk -v bytes=$((more_bytes - bytes)) -v instructions=$((more_instructions - instructions)) -v bound="$bound" 'BEGIN {
  each = instructions / bytes
  printf "%.2f instructions for a byte of responses (bound %s, at most 5%% over it)\n", each, bound
  exit each > 1.05 * bound
}' || { echo "reading and counting a response takes too many instructions" >&2; exit 1; }
