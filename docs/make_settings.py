"""Writes docs/settings.md: every key of the settings, from the records of `consistency.config`.

python docs/make_settings.py            write the page
python docs/make_settings.py --check    exit 1 if the page is not current
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consistency import schemas

PAGE = Path(__file__).parent / "settings.md"
INTRO = """# Settings

Made from the program's own records by `python docs/make_settings.py`; a test compares the two. Do not edit it by hand.

Settings are read from the nearest `consistency.toml`, or from the table `[tool.consistency]` of a `pyproject.toml`,
looking upward from the folder where the program is started. `--config FILE` names another file. One file decides;
nothing is merged, and what it does not set has the default. Paths are relative to the settings file. An option on the
command line goes before the settings. A key that nobody knows stops the run, with the key that was probably meant.

`consistency config show` prints the settings in force, each with the file and line it comes from. `consistency init`
writes a file in which every key stands with its default. The same as a JSON Schema:
[config.schema.json](schemas/config.schema.json).

## At the top
"""


def _kind(shape: dict[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in shape:
        return ", ".join(f"`{json.dumps(value, ensure_ascii=False)}`" for value in shape["enum"])
    if "anyOf" in shape:
        return " or ".join(_kind(part) for part in shape["anyOf"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape['items'])}s"
    if isinstance(values := shape.get("additionalProperties"), dict):
        return f"table of {_kind(values)}"
    names = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number"}
    words = names.get(str(shape.get("type")), str(shape.get("type")))
    bounds = (("minimum", "at least"), ("exclusiveMinimum", "over"), ("maximum", "at most"))
    limits = [f"{word} {shape[key]}" for key, word in bounds if key in shape]
    return ", ".join([words, *limits])


def _default(shape: dict[str, Any]) -> str:
    return f"`{json.dumps(shape['default'], ensure_ascii=False)}`" if "default" in shape else "not set"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _entries(properties: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, shape in properties.items():
        about = _sentence(shape.get("description", ""))
        yield f"\n### `{prefix}{name}`\n\n{about}\n\nValue: {_kind(shape)}. Default: {_default(shape)}.\n"


def page() -> str:
    """The whole page."""
    root = schemas.schema("config")
    tables = {name: shape for name, shape in root["properties"].items() if "$ref" in shape}
    out = [INTRO, *_entries({k: v for k, v in root["properties"].items() if k not in tables}, "")]
    for name, shape in tables.items():
        inner = root["$defs"][shape["$ref"].rpartition("/")[2]]
        about = inner.get("description") or shape.get("description", "")
        out += [f"\n## `[{name}]`\n\n{_sentence(about)}\n", *_entries(inner["properties"], f"{name}.")]
    return "".join(out)


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
