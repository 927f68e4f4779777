"""The schemas of what a gate accepts: a baseline (`consistency-baseline.json`) and `suppressions.yaml`."""

from __future__ import annotations

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
