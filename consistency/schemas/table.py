"""The schemas of the decision table: rows (`relations/*.yaml`), and combinations of facts that no pair can have."""

from __future__ import annotations

import re

from consistency.judgement.rows import OUTCOMES, PLACEHOLDERS, SEVERITIES, WHERE, RawRow
from consistency.judgement.vocabulary import FACTS
from consistency.schemas.build import Schema, definitions, document, narrowed, one_of_words, ref

FOUND = tuple(outcome for outcome in OUTCOMES if outcome != "none")


def rules() -> Schema:
    """A list of rows, as `read_rows` takes them."""
    defs = definitions(RawRow, RawRow="Row")
    row, example = defs["Row"], defs["Example"]
    narrowed(row, "outcome", **one_of_words(OUTCOMES))
    narrowed(row, "severity", anyOf=[one_of_words(SEVERITIES), {"type": "null"}])
    narrowed(row, "when", **facts())
    narrowed(row, "where", type="object", properties={k: {"type": "string"} for k in WHERE}, additionalProperties=False)
    known = "|".join(re.escape(name) for name in sorted(PLACEHOLDERS))
    narrowed(row, "message", type="string", pattern=r"^(?![\s\S]*\{(?!(?:" + known + r")\})[^{}]*\})")
    row["if"] = {"properties": {"outcome": {"const": "none"}}, "required": ["outcome"]}
    row["else"] = {"properties": {"message": {"minLength": 1}}, "required": ["message"]}
    narrow_example(example)
    return document("rules", "Rows of the decision table", {"type": "array", "items": ref("Row")}, defs)


def impossible() -> Schema:
    """A list of combinations, as `lint` takes them. What else an entry says (because) is for its readers."""
    entry = {
        "type": "object",
        "properties": {"when": facts(), "because": {"type": "string", "description": "why no pair can be so"}},
        "required": ["when"],
    }
    return document("impossible", "Facts that never meet", {"type": "array", "items": entry})


def facts() -> Schema:
    """A condition: for each fact one value, or a list of those it allows."""
    properties = {
        fact: {"anyOf": [one_of_words(values), {"type": "array", "items": one_of_words(values), "minItems": 1}]}
        for fact, values in FACTS.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def narrow_example(example: Schema) -> None:
    """An example names sources, each with a text unless it gives the claims themselves."""
    narrowed(example, "expect", type="array", items=one_of_words(FOUND))
    example["properties"]["sources"]["minItems"] = 1
    with_text: Schema = {"properties": {"sources": {"items": {"required": ["text"]}}}}
    if "claims" in example["properties"]:
        example["anyOf"] = [with_text, {"properties": {"claims": {"minItems": 1}}, "required": ["claims"]}]
    else:
        example["allOf"] = [with_text]
