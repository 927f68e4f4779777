#!/usr/bin/env bash
# Builds the wheel, installs it in a virtual environment of its own, and runs it in an empty folder: the rules must be found.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$top/.venv/bin/python" -m build --quiet --wheel --outdir "$folder/dist" "$top"
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$folder"/dist/*.whl
cp -r "$top/seeds" "$folder/seeds"
cd "$folder"
venv/bin/consistency rules lint
venv/bin/consistency report seeds -o out/seeds.html -o out/seeds.md -o out/seeds.json
for kind in html md json; do
    cmp "out/seeds.$kind" "$top/reports/seeds.$kind"
done
echo "the installed wheel writes the same reports"
