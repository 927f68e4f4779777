#!/usr/bin/env bash
# What is released, into a folder: sdist, wheel, the bill of materials (CycloneDX) and the checksums of them all.
# Nothing of it depends on where, when or by whom it was built: it is built again from the sdist, elsewhere, and compared.
#     release/build.sh FOLDER
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
bin="$top/.venv/bin"
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build() { # FROM INTO: with the build tools that are installed, which in CI are the locked ones
    "$bin/python" -m build --no-isolation --outdir "$2" "$1" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}
build "$top" "$work/one"
mkdir "$work/unpacked"
tar xzf "$work"/one/*.tar.gz -C "$work/unpacked"
(umask 077; build "$work"/unpacked/* "$work/two")
for file in "$work"/one/*; do
    cmp "$file" "$work/two/$(basename "$file")" || { echo "the same sources gave two different files"; exit 1; }
done
rm -f "$out"/*.whl "$out"/*.tar.gz "$out/sbom.cdx.json" "$out/SHA256SUMS"
cp "$work"/one/* "$out"
(cd "$top" && "$bin/python" -m release.sbom) > "$out/sbom.cdx.json"
(cd "$out" && sha256sum -- *.tar.gz *.whl sbom.cdx.json > SHA256SUMS && cat SHA256SUMS)
