"""What two documents add to the score of two of their claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consistency.topics.about import Document
from consistency.topics.events import Weighed, event_evidence, level_evidence
from consistency.topics.measures import named_speaker
from consistency.topics.signature import Signature
from consistency.topics.stories import one_story

Balance = tuple[float, float]
"""The sum of what speaks for and the sum of what speaks against."""

_Work = Callable[[Document, Document], list[Weighed]]
_NOTHING: Balance = (0.0, 0.0)
_KEPT = 500_000  # pairs of documents whose sums are kept; pairs of claims come sorted, so what is let go is seldom met


class Documents:
    """Evidence from pairs of documents; its sums are worked out once a pair."""

    def __init__(self, of: Mapping[str, float]) -> None:
        self._of = of
        self._events: dict[tuple[str, str], Balance] = {}
        self._levels: dict[tuple[str, str], Balance] = {}
        self._same: dict[Balance, Balance] = {}

    def balance(self, a: Signature, b: Signature) -> Balance:
        """The sums of `evidence`."""
        kind = _kind(a, b)
        if kind is None:
            return _NOTHING
        if kind == "away":
            return 0.0, self._of["other-event"]
        if kind == "level":
            return self._sums(self._levels, a.doc, b.doc, level_evidence)
        sums = self.events(a.doc, b.doc)
        if kind == "event":
            return sums
        return _NOTHING if sum(sums) >= 0 else (0.0, self._of["event-other"])

    def evidence(self, a: Signature, b: Signature) -> list[Weighed]:
        """Item by item, what the documents say for and against, as far as the claims lean on them."""
        kind = _kind(a, b)
        if kind is None:
            return []
        if kind == "away":
            return [("other-event", "")]
        if kind == "level":
            return level_evidence(a.doc, b.doc)
        if kind == "event":
            return event_evidence(a.doc, b.doc) if not one_story(a.doc, b.doc) else [("event-story", "")]
        return [] if sum(self.events(a.doc, b.doc)) >= 0 else [("event-other", "")]

    def events(self, a: Document, b: Document) -> Balance:
        """What speaks for and against the documents telling of one event."""
        if one_story(a, b):
            return self._of["event-story"], 0.0
        return self._sums(self._events, a, b, event_evidence)

    def _sums(self, cache: dict[tuple[str, str], Balance], a: Document, b: Document, work: _Work) -> Balance:
        key = (a.source, b.source)
        found = cache.get(key)
        if found is None:
            if len(cache) >= _KEPT:
                cache.clear()
            values = [self._of[name] for name, _ in work(a, b)]
            found = (sum(v for v in values if v > 0), sum(v for v in values if v < 0))
            found = cache[key] = self._same.setdefault(found, found)
        return found


def by_story(a: Signature, b: Signature) -> bool:
    """Whether it makes a difference to two claims that their documents tell one story."""
    return _kind(a, b) in ("event", "body")


def _kind(a: Signature, b: Signature) -> str | None:
    """How two claims lean on their documents: event, level, body (their names pin them down), away, or not at all."""
    if a.group == "quote" and named_speaker(a) and named_speaker(b):
        return None
    if a.event and b.event and a.away != b.away:
        return "away"
    if a.doc.table or b.doc.table:
        return "level"
    event = a.event or b.event
    if event and a.away:
        return None
    if not a.people and _pinned(a, b):
        local = a.doc.places and b.doc.places and not (a.doc.broad or b.doc.broad)
        return "body" if local and a.group != "order" else None
    return "event" if event else "level"


def _pinned(a: Signature, b: Signature) -> bool:
    """Whether names beside both numbers tell which thing is meant: a shared body or initiative, or the same parties."""
    if not (a.stated and b.stated):
        return False
    shared = a.names.keys() & b.names.keys()
    return any(a.names[n] in ("strong", "person") for n in shared) or (
        len(shared) >= 2 and a.names.keys() == b.names.keys()
    )
