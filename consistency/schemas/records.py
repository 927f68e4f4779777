"""The schemas of what the program prints: claims and reports. Fields may be added, so unknown ones are allowed."""

from __future__ import annotations

from consistency.judgement.rows import SEVERITIES
from consistency.model import Claim, Report
from consistency.schemas.build import Schema, definitions, document, narrowed, one_of_words
from consistency.schemas.table import FOUND


def claims() -> Schema:
    """One claim: a line of JSON."""
    defs = definitions(Claim)
    root = defs.pop("Claim")
    del root["title"]
    return document("claims", "A claim", root, defs)


def report() -> Schema:
    """A whole report."""
    defs = definitions(Report)
    root = defs.pop("Report")
    del root["title"]
    narrowed(root, "schema", const=Report().schema)
    narrowed(defs["Finding"], "outcome", **one_of_words(FOUND))
    narrowed(defs["Finding"], "severity", **one_of_words(SEVERITIES))
    return document("report", "A consistency report", root, defs)
