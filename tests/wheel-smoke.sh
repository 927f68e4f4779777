#!/usr/bin/env bash
# Builds the sdist and from it the wheel, installs the wheel in a virtual environment of its own, and runs it in an empty
# folder: the rules must be found, and the reports must be those that the checkout makes, byte for byte.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$top/.venv/bin/python" -m build --outdir "$folder/dist" "$top" > "$folder/build.log" 2>&1 || { cat "$folder/build.log"; exit 1; }
if tar tzf "$folder"/dist/*.tar.gz | cut -d/ -f2 | grep -E '^(\.venv|\.hypothesis|\..*_cache|reports)$'; then
    echo "the sdist holds what should stay at home (above)"
    exit 1
fi
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$folder"/dist/*.whl
cp -r "$top/seeds" "$folder/seeds"
cd "$folder"
unset PYTHONPATH
consistency() { XDG_CACHE_HOME="$folder/cache" venv/bin/consistency "$@"; }
consistency --version
consistency rules lint
consistency report seeds -o out/seeds.html -o out/seeds.md -o out/seeds.json
for kind in html md json; do
    cmp "out/seeds.$kind" "$top/reports/seeds.$kind"
done
consistency claims seeds --layer quantities --format csv | head -n 2
consistency check seeds --format csv > /dev/null
echo "the installed wheel writes the same reports"
