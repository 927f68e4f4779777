"""Published shapes: a JSON Schema (draft 2020-12) for each kind of file, so that editors complete and check it.

A kind is one line of KINDS and one function `document` of the module it names. The schemas are made from the records
that the loaders read into, never written beside them; what a record cannot tell (a closed vocabulary, a field that
another one asks for) is added from the tables that the loaders check against.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

from consistency.errors import UsageError


class Kind(NamedTuple):
    """files: what the schema is for, in words; glob: the files of a project an editor should hold to it, or None;
    maker: the module of this package whose function of the same name as the kind makes it."""

    files: str
    glob: str | None
    maker: str


KINDS: dict[str, Kind] = {
    "config": Kind("consistency.toml, or [tool.consistency] of pyproject.toml", "consistency.toml", "settings"),
    "rules": Kind(
        "rows of the decision table: relations/*.yaml of a folder of rules", "rules/relations/*.yaml", "table"
    ),
    "impossible": Kind("facts that never meet: relations/impossible.yaml", "rules/relations/impossible.yaml", "table"),
    "arithmetic": Kind("rules of arithmetic: arithmetic/*.yaml", "rules/arithmetic/*.yaml", "arithmetic"),
    "shared": Kind("tables of several rules: arithmetic/shared.yaml", "rules/arithmetic/shared.yaml", "arithmetic"),
    "profiles": Kind("how a measure lives in time: profiles/*.yaml", "rules/profiles/*.yaml", "topics"),
    "topics": Kind("topics of your own: topics/*.yaml", "rules/topics/*.yaml", "topics"),
    "baseline": Kind("accepted findings: consistency-baseline.json", "consistency-baseline.json", "gate"),
    "suppressions": Kind("findings that are set aside: suppressions.yaml", "suppressions.yaml", "gate"),
    "lessons": Kind("what people decided about claims: lessons.json", "lessons.json", "gate"),
    "claims": Kind("a line of `consistency claims --format jsonl`", None, "records"),
    "report": Kind("`consistency check --format json`", None, "records"),
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind, as builtins in a fixed order. Raises UsageError with a suggestion."""
    if kind not in KINDS:
        import difflib

        close = difflib.get_close_matches(kind.lower(), KINDS, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(KINDS)}"
        raise UsageError(f"there is no schema {kind!r}; {hint}")
    made: dict[str, Any] = getattr(importlib.import_module(f"consistency.schemas.{KINDS[kind].maker}"), kind)()
    return made


def text(kind: str) -> str:
    """The JSON Schema of a kind as it is printed and published."""
    import json

    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def file_name(kind: str) -> str:
    """What the published file of a kind is called."""
    return f"{kind}.schema.json"
