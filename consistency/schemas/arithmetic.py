"""The schemas of the rules of arithmetic (`arithmetic/*.yaml`) and of the tables that several of them use."""

from __future__ import annotations

from consistency.judgement.arithmetic.rules import CODED, KINDS, Rule, Shared
from consistency.schemas.build import Schema, definitions, document, narrowed, one_of_words, ref
from consistency.schemas.table import FOUND, narrow_example


def arithmetic() -> Schema:
    """A list of rules, as `load` takes them: each by the name of a rule that the program can count with."""
    defs = definitions(Rule, drop=("file", "line"))
    rule = defs["Rule"]
    narrowed(rule, "id", **one_of_words(CODED))
    narrowed(rule, "kind", **one_of_words(KINDS))
    messages = {outcome: {"type": "string"} for outcome in FOUND}
    narrowed(rule, "says", type="object", properties=messages, additionalProperties=False)
    rule["allOf"] = [_kind(kind) for kind in KINDS]
    narrow_example(defs["Example"])
    return document("arithmetic", "Rules of arithmetic", {"type": "array", "items": ref("Rule")}, defs)


def shared() -> Schema:
    """Tables by name."""
    defs = definitions(Shared)
    root: Schema = {"type": "object", "additionalProperties": ref("Shared")}
    return document("shared", "Tables that rules of arithmetic share", root, defs)


def _kind(kind: str) -> Schema:
    """Each rule has its kind, a check or one that works claims out."""
    named = {"properties": {"id": {"enum": [name for name, sort in CODED.items() if sort == kind]}}}
    return {"if": {**named, "required": ["id"]}, "then": {"properties": {"kind": {"const": kind}}}}
