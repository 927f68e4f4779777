"""What the rows of a finding tell: all that is shown of it, its place in the queue, what it is looked for by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import msgspec

from consistency.archive import Reached
from consistency.ledger.content import plain
from consistency.ledger.records import FindingState
from consistency.model import Claim, Finding, Judgement, SourceInfo

_SEVERITY = {"error": 1.0, "warning": 0.5, "note": 0.1}
_HALF_LIFE = 3 * 365.25  # days after which a finding weighs half as much in the queue
_UNDATED = date(2010, 1, 1)
_SEARCHED = 20_000  # signs of what a finding is looked for by


class View:
    """Look-ups over what was judged."""

    def __init__(self, found: Reached, judgement: Judgement) -> None:
        self.judgement = judgement
        self.claims: dict[str, Claim] = {c.id: c for e in found.extractions for c in e.claims}
        self.read = frozenset(self.claims)
        self.derived = {c.id: c for c in judgement.derived}
        self.claims |= self.derived
        self.infos: dict[str, SourceInfo] = {k: v.info for k, v in found.kept.items()}
        self.topics = {t.id: t for t in judgement.topics}
        self.courses = {c.topic: c for c in judgement.courses}

    def state(self, finding: Finding, names: Mapping[str, str]) -> FindingState:
        """A finding with all that is shown of it. names: topic -> what it is called in the ledger."""
        claims = tuple(self.claims[i] for i in sorted({*finding.claims, *self._printed(finding)}))
        sources = sorted({c.source for c in claims if c.source in self.infos})
        topic = names.get(finding.topic, finding.topic)
        return FindingState(
            finding=msgspec.structs.replace(finding, topic=topic),
            claims=claims,
            sources=tuple(self.infos[s] for s in sources),
        )

    def _printed(self, finding: Finding) -> set[str]:
        """The printed claims a finding rests on."""
        out: set[str] = set()
        todo = list(finding.claims)
        while todo:
            claim = self.claims[todo.pop()]
            if claim.derived is None:
                out.add(claim.id)
            else:
                todo += [i for i in claim.derived.from_ if i in self.claims]
        return out

    def title(self, topic: str) -> str:
        """The title of a topic, by its name in the ledger."""
        found = self.topics.get(topic.partition("~")[0])
        return plain(found.title if found else topic) or ""


def rests(state: FindingState) -> list[str]:
    """The printed claims a finding rests on, sorted."""
    return sorted(c.id for c in state.claims if c.derived is None)


def values(state: FindingState, title: str) -> dict[str, object]:
    """What stands in the row of a finding, but for what people made of it."""
    finding = state.finding
    recent = max((s.published for s in state.sources if s.published), default="")
    words = [title, finding.message, finding.rule, *(c.sentence.text for c in state.claims if c.sentence)]
    words += [w for s in state.sources for w in (s.id, s.title, s.publisher) if w]
    return {
        "computed": finding.id,
        "topic": finding.topic,
        "title": title,
        "outcome": finding.outcome,
        "severity": finding.severity,
        "rule": finding.rule,
        "confidence": finding.confidence,
        "message": plain(finding.message) or "",
        "recent": plain(recent) or "",
        "search": plain("\n".join(words)[:_SEARCHED].casefold()) or "",
        "rank": rank(finding, recent),
    }


def rank(finding: Finding, recent: str) -> float:
    """The place in the queue: the logarithm of severity x confidence x recency, where a finding weighs half as much
    every three years. So the order is the same on every day it is looked at."""
    try:
        day = date.fromisoformat(recent)
    except ValueError:
        day = _UNDATED
    weight = _SEVERITY.get(finding.severity, 0.1) * max(finding.confidence, 0.01)
    return round(math.log2(weight) + day.toordinal() / _HALF_LIFE, 6)
