"""Decisions and standings in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from consistency.ledger.records import Decision
from consistency.reporting.clean import line
from consistency.reporting.wording import plain

KINDS = {
    "confirmed": "Contradiction confirmed",
    "explained": "Explained",
    "not-same-topic": "Not the same topic",
    "same-topic": "Same topic",
    "wrong-reading": "Wrong reading",
    "duplicate": "Duplicate",
    "needs-source": "Needs a source",
    "assigned": "Assigned",
    "comment": "Comment",
    "undone": "Undone",
}
EXPLAINED = {
    "time": "by time: both held then",
    "scope": "by scope: other things counted",
    "revision": "by revision: a later figure",
    "rounding": "by rounding or wording",
    "other": "otherwise, in words",
}
FIELDS = {
    "value": "the number",
    "unit": "the unit",
    "per": "what a rate is for each of",
    "noun": "what is counted",
    "relation": "what happened to it",
    "period": "the period it is for",
    "as_of": "the day it held on",
    "scope": "the places and groups",
    "modality": "whether it is said as a fact",
    "speaker": "whose word it is",
    "aspect": "level, change, multiple or cumulative",
    "kind": "the kind of claim",
}
STATUS = {
    "undecided": "waiting for a decision",
    "open": "open",
    "second": "needs a second opinion",
    "changed": "changed since it was decided",
    "decided": "decided",
    "gone": "no longer found",
    "all": "any",
}


def kind(name: str | None) -> str:
    """A kind of decision in words."""
    return KINDS.get(name or "", plain(name or ""))


def status(name: str) -> str:
    """A standing in words."""
    return STATUS.get(name, plain(name))


def told(decision: Decision) -> str:
    """A decision in words, without its note: "Explained by time: …", "Duplicate of f1-…"."""
    detail: Mapping[str, Any] = decision.detail
    if decision.kind == "explained":
        by = re.split("[:,]", EXPLAINED.get(str(detail.get("by")), ""))[0]
        text = line(str(detail.get("text") or ""), 2000)
        return f"Explained {by}" + (f": {text}" if text else "")
    if decision.kind == "wrong-reading":
        name = str(detail.get("field"))
        return f"Wrong reading of {FIELDS.get(name, plain(name))}: should be {value(detail.get('value'))}"
    if decision.kind in ("not-same-topic", "same-topic"):
        count = len(detail.get("pairs") or ())
        return f"{kind(decision.kind)} ({count} {'pair' if count == 1 else 'pairs'} of statements)"
    if decision.kind == "duplicate":
        return f"Duplicate of {line(str(detail.get('of')), 120)}"
    if decision.kind == "assigned":
        to = detail.get("to")
        return f"Assigned to {line(str(to), 120)}" if to else "Assigned to nobody"
    if decision.kind == "undone":
        return f"Took back entry {decision.undoes}"
    return kind(decision.kind)


def value(given: object) -> str:
    """A corrected value as it is shown."""
    if isinstance(given, Mapping):
        first, last = given.get("low", given.get("from")), given.get("high", given.get("to"))
        if first is None or last is None:
            return line(f"up to {last}" if first is None else f"{first} or more", 200)
        return line(f"{first}" if first == last else f"{first} to {last}", 200)
    if isinstance(given, (list, tuple)):
        return line(", ".join(map(str, given)) or "nothing", 400)
    return line(str(given), 400) if given not in (None, "") else "nothing"


def moment(at: str) -> str:
    """ "2024-05-01 14:03" of an ISO moment in UTC."""
    return line(at.replace("T", " ")[:16], 20)
