#!/usr/bin/env bash
# The fast tests with the lowest versions of everything that pyproject.toml asks for by name, in an environment of their
# own (build/minimal), on the Python that .venv has. What those ask for in turn is the newest that fits.
#     release/minimal.sh [TESTS …]
set -euo pipefail
cd "$(dirname "$0")/.."
uv() { .venv/bin/uv --quiet --no-config "$@"; }
uv venv --clear --python .venv/bin/python build/minimal
uv pip install --python build/minimal --resolution lowest-direct --editable '.[test]'
uv pip list --python build/minimal --format freeze
unset PYTHONPATH
build/minimal/bin/python -m pytest -m "not slow and not browser" --numprocesses auto --dist loadscope "$@"
