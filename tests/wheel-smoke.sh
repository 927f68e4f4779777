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
# a newcomer: start a project, check it, look at what is there; a text that disagrees must be found
consistency init newsroom --example > /dev/null
(cd newsroom && XDG_CACHE_HOME="$folder/cache" ../venv/bin/consistency check sources --quiet > /dev/null)
(cd newsroom && XDG_CACHE_HOME="$folder/cache" ../venv/bin/consistency rules lint)
consistency init --ci gitlab > /dev/null
consistency doctor > doctor.txt || { cat doctor.txt; exit 1; }
grep -q "CONTRADICTIONS (1)" < <(cd newsroom && ../venv/bin/consistency check sources incoming --quiet --fail-on none)
for kind in config topics report; do consistency schema "$kind" | cmp - "$top/docs/schemas/$kind.schema.json"; done
venv/bin/python -c 'import consistency; print(consistency.check(["newsroom/sources"])._repr_html_()[:30])'
echo "the installed wheel writes the same reports"
