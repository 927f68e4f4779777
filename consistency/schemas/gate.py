"""The schemas of what people decided: `consistency-baseline.json`, `suppressions.yaml` and `lessons.json`."""

from __future__ import annotations

from consistency.extraction.readings import ASPECTS, FIELDS, KINDS, MODALITIES
from consistency.gate import lessons as taught
from consistency.gate.baseline import SCHEMA, File
from consistency.gate.suppressions import Suppression
from consistency.judgement.rows import OUTCOMES
from consistency.schemas.build import Schema, definitions, document, narrowed, one_of_words, ref

_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_MAY: Schema = {"anyOf": [_DAY, {"type": "null"}]}


def baseline() -> Schema:
    """The file whole."""
    defs = definitions(File)
    file = defs.pop("File")
    narrowed(file, "schema", const=SCHEMA)
    accepted = defs["Accepted"]
    narrowed(accepted, "outcome", **one_of_words([o for o in OUTCOMES if o != "none"]))
    for key in ("date", "expires"):
        narrowed(accepted, key, **_MAY)
    del file["title"]
    return document("baseline", "Accepted findings", file, defs)


def suppressions() -> Schema:
    """A list of entries, each about a finding, a topic or a source."""
    defs = definitions(Suppression)
    entry = defs["Suppression"]
    narrowed(entry, "expires", **_MAY)
    entry["anyOf"] = [{"required": [name]} for name in ("finding", "topic", "source")]
    root: Schema = {"anyOf": [{"type": "array", "items": ref("Suppression")}, {"type": "null"}]}
    return document("suppressions", "Findings that are set aside", root, defs)


def lessons() -> Schema:
    """The file whole. What a reading may be depends on the field that it corrects."""
    defs = definitions(taught.LessonsFile)
    file = defs.pop("LessonsFile")
    narrowed(file, "schema", const=taught.SCHEMA)
    word: Schema = {"type": "string", "minLength": 1, "pattern": "\\S"}
    for name in ("Pair", "Correction"):
        narrowed(defs[name], "date", **_MAY)
    narrowed(defs["Pair"], "claims", type="array", items=word, minItems=2, maxItems=2, uniqueItems=True)
    reading = defs["Correction"]
    narrowed(reading, "claim", type="string", minLength=1)
    narrowed(reading, "field", **one_of_words(FIELDS))
    reading["allOf"] = [
        {"if": {"properties": {"field": {"const": name}}}, "then": {"properties": {"value": shape}}}
        for name, shape in _readings().items()
    ]
    del file["title"]
    return document("lessons", "What people decided about claims", file, defs)


def _readings() -> dict[str, Schema]:
    word: Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}
    end: Schema = {"anyOf": [{"type": "number"}, _DAY]}
    out: dict[str, Schema] = dict.fromkeys(("unit", "per", "noun", "relation", "speaker"), word)
    out["value"] = {"anyOf": [*end["anyOf"], _ends("low", "high", {"anyOf": [*end["anyOf"], {"type": "null"}]})]}
    out["period"] = out["as_of"] = {"anyOf": [_DAY, _ends("from", "to", _MAY)]}
    out["scope"] = {"type": "array", "items": {"type": "string", "minLength": 1}, "maxItems": 100}
    out["drop"] = {"const": True}
    out |= {"kind": one_of_words(KINDS), "aspect": one_of_words(ASPECTS), "modality": one_of_words(MODALITIES)}
    return {name: out[name] for name in FIELDS}


def _ends(first: str, last: str, end: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {first: end, last: end},
        "required": [first, last],
        "additionalProperties": False,
    }
