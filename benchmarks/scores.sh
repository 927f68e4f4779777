#!/usr/bin/env bash
# Runs every quality benchmark of a data folder and prints the scorers' figures.
#   benchmarks/scores.sh BENCH_FOLDER [OUT_FOLDER] [quantities|dates|mixed|labelled|mutation|pairs|factbook …]
# BENCH_FOLDER holds the data and the scorers (quantities/ dates/ incidents/ mutation/ pairs/ factbook/ score_*.py run_groups.py).
set -euo pipefail
bench=$(cd "$1" && pwd)
out=${2:-$(mktemp -d)}
mkdir -p "$out"
out=$(cd "$out" && pwd)
top=$(cd "$(dirname "$0")/.." && pwd)
py="$top/.venv/bin/python"
parts=("${@:3}")
[ ${#parts[@]} -gt 0 ] || parts=(quantities dates mixed labelled mutation pairs factbook)
misses=${MISSES:-0}
cd "$top"
export PYTHONPATH="$top${PYTHONPATH:+:$PYTHONPATH}"
layer() { "$py" -m consistency claims "$1" --layer "$2" --format jsonl --quiet --allow-skipped > "$3"; }
groups() { "$py" "$bench/run_groups.py" "$@"; }
score() { "$py" "$bench/score_consistency.py" "$@" --misses "$misses"; }
for part in "${parts[@]}"; do
    echo "## $part"
    case $part in
        quantities)
            layer "$bench/quantities/dev.jsonl" quantities "$out/quantities.jsonl"
            "$py" "$bench/score_quantities.py" "$bench/quantities/dev.jsonl" "$out/quantities.jsonl" --misses "$misses" ;;
        dates)
            for set in timebank aquaint recognizers; do
                layer "$bench/dates/$set.jsonl" periods "$out/$set.jsonl"
                "$py" "$bench/score_dates.py" "$bench/dates/$set.jsonl" "$out/$set.jsonl" --misses "$misses"
            done ;;
        mixed)
            groups "$bench/incidents/mixed.jsonl" --out "$out/mixed.out"
            score mixed "$out/mixed.out" --gold "$bench/incidents/mixed.gold.jsonl" ;;
        labelled)
            groups "$bench/incidents/labelled.jsonl" --out "$out/labelled.out"
            score labelled "$out/labelled.out" --dir "$bench/incidents"
            score labelled "$out/labelled.out" --dir "$bench/incidents" --measures killed,injured,victims ;;
        mutation)
            for set in incidents factbook texts; do
                groups "$bench/mutation/$set/cases.jsonl" --out "$out/mutation-$set.out"
                score mutation "$out/mutation-$set.out" --dir "$bench/mutation/$set"
            done ;;
        pairs)
            for set in fool_me_twice vitaminc; do
                groups "$bench/pairs/$set.jsonl" --out "$out/$set.out"
                score pairs "$out/$set.out" --gold "$bench/pairs/$set.jsonl"
            done ;;
        factbook)
            groups "$bench/factbook/sources.jsonl" --by "$bench/factbook/gold.jsonl:country" --out "$out/factbook.out"
            score factbook "$out/factbook.out" --dir "$bench/factbook" ;;
        *) echo "no benchmark is called $part" >&2; exit 2 ;;
    esac
done
