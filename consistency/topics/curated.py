"""Curated topics: what a desk follows, named in `rules/topics/*.yaml` and matched by exact checks first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.model import Record
from consistency.rulebook import Rulebook, default_rulebook, read_yaml
from consistency.topics.about import day
from consistency.topics.signature import Signature
from consistency.topics.vocabulary import Vocabulary, name_key

RESERVED = frozenset(("weights.yaml", "vocabulary.yaml", "copies.yaml"))
PROFILES = frozenset(("stock", "flow", "cumulative", "constant", "clock", "unknown"))
ID_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)


class KnownEvent(Record, frozen=True):
    """Something that happened to a topic's value.

    date: ISO day; text: what happened; change: by how much, if known; entity: to whom.
    """

    date: str
    text: str
    change: float | None = None
    entity: str | None = None


class CuratedTopic(Record, frozen=True, forbid_unknown_fields=True):
    """One curated topic. A claim belongs to it if every check given is met.

    id: words of lower-case letters and digits joined by hyphens; title: what reports call it; aliases: other names of
    each name used here; note: a remark for readers of the file.
    kinds, nouns, relations: any of these (an unread relation passes, unless `relations_required`);
    relations_required: whether a claim whose relation was not read stays out; all_of: names that must stand in the
    text or be what the document is about; any_of: one of these names must; beside: names that must stand beside the
    number; scope: one of these must bound the claim or be a subject of its document; not_scope, not_nouns, not_terms:
    none of these may; unit, dimension, aspect: what the claim's must be; low, high: values that can be meant at all.
    For the judge: profile: how the measure lives in time; max_rate: the fastest plausible change, a year, in the unit;
    trusted: publishers whose later word is a revision; events: what happened to the value.
    """

    id: str
    title: str
    aliases: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    relations_required: bool = False
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    not_scope: tuple[str, ...] = ()
    not_nouns: tuple[str, ...] = ()
    not_terms: tuple[str, ...] = ()
    unit: str | None = None
    dimension: str | None = None
    aspect: str = "level"
    low: float | None = None
    high: float | None = None
    profile: str | None = None
    max_rate: float | None = None
    trusted: tuple[str, ...] = ()
    events: tuple[KnownEvent, ...] = ()
    note: str | None = None
    file: str = ""

    def names(self, name: str) -> frozenset[str]:
        """The keys a name may stand under."""
        return frozenset(name_key(n) for n in (name, *self.aliases.get(name, ())))


@lru_cache(maxsize=8)
def load(rules: Rulebook | None = None) -> tuple[CuratedTopic, ...]:
    """All curated topics, the user's first; the first of an id wins. Raises RuleError for a broken file."""
    out: dict[str, CuratedTopic] = {}
    for path in (rules or default_rulebook()).files("topics"):
        if path.name not in RESERVED:
            for topic in read_topics(path):
                out.setdefault(topic.id, topic)
    return tuple(out.values())


def read_topics(path: Path) -> list[CuratedTopic]:
    """The topic, or list of topics, of one file. Raises RuleError naming the file and the fault."""
    content: Any = read_yaml(path)
    out: list[CuratedTopic] = []
    for entry in content if isinstance(content, list) else [content]:
        try:
            topic = msgspec.convert({**entry, "file": path.name} if isinstance(entry, dict) else entry, CuratedTopic)
        except msgspec.ValidationError as error:
            raise RuleError(f"is no curated topic: {error}", str(path)) from error
        fault = _fault(topic)
        if fault:
            raise RuleError(f"topic {topic.id!r}: {fault}", str(path))
        out.append(topic)
    return out


def _fault(topic: CuratedTopic) -> str | None:
    if not _ID.fullmatch(topic.id):
        return "the id must be words of lower-case letters and digits joined by hyphens"
    if topic.profile is not None and topic.profile not in PROFILES:
        return f"there is no profile {topic.profile!r}"
    if not (topic.nouns or topic.all_of or topic.any_of or topic.beside):
        return "it needs a noun or a name, or it would take every claim"
    bad = [e.date for e in topic.events if day(e.date) is None]
    if bad:
        return f"{bad[0]!r} is no ISO date"
    if topic.low is not None and topic.high is not None and topic.low > topic.high:
        return "low is over high"
    return None


def assign(claims: Sequence[Signature], topics: Sequence[CuratedTopic], known: Vocabulary) -> dict[int, str]:
    """claim index -> id of the first curated topic that takes it."""
    tests = [Matcher(t, known) for t in topics]
    out: dict[int, str] = {}
    for s in claims:
        for test in tests:
            if test.takes(s):
                out[s.index] = test.topic.id
                break
    return out


class Matcher:
    """A curated topic with its tables made ready."""

    def __init__(self, topic: CuratedTopic, known: Vocabulary) -> None:
        self.topic = topic
        self._nouns = frozenset(n for n in map(known.noun, topic.nouns) if n)
        self._not_nouns = frozenset(n for n in map(known.noun, topic.not_nouns) if n)
        self._all = [topic.names(n) for n in topic.all_of]
        self._any = frozenset(k for n in topic.any_of for k in topic.names(n))
        self._beside = [topic.names(n) for n in topic.beside]
        self._scope = frozenset(k for n in topic.scope for k in topic.names(n))
        self._not_scope = frozenset(k for n in topic.not_scope for k in topic.names(n))

    def takes(self, s: Signature) -> bool:
        """Whether a claim meets every check of the topic."""
        return self._shape(s) and self._names(s) and self._value(s)

    def _shape(self, s: Signature) -> bool:
        t, claim = self.topic, s.claim
        if claim.aspect != t.aspect or (t.kinds and claim.kind not in t.kinds):
            return False
        if (t.unit and claim.unit != t.unit) or (t.dimension and claim.dimension != t.dimension):
            return False
        if self._nouns and not (s.noun in self._nouns or (s.noun and s.nouns[-1] in self._nouns)):
            return False
        if s.noun in self._not_nouns or any(x in s.terms for x in t.not_terms):
            return False
        if t.relations and not s.light and s.relation not in t.relations:
            return False
        return not (t.relations_required and s.relation not in t.relations)

    def _names(self, s: Signature) -> bool:
        near = s.names.keys() | s.scope
        about = near | s.doc.kinds.keys()
        if any(not names & near for names in self._beside) or any(not names & about for names in self._all):
            return False
        if self._any and not self._any & about:
            return False
        if s.scope & self._not_scope and not s.scope & self._scope:
            return False
        return not self._scope or bool(self._scope & (s.scope or about))

    def _value(self, s: Signature) -> bool:
        value, t = s.claim.value, self.topic
        if value is None or isinstance(value.point, str) or isinstance(value.low, str) or isinstance(value.high, str):
            return t.low is None and t.high is None
        low = value.low if value.low is not None else value.point
        high = value.high if value.high is not None else value.point
        return not (
            (t.high is not None and low is not None and low > t.high)
            or (t.low is not None and high is not None and high < t.low)
        )


def lint(topics: Sequence[CuratedTopic], known: Vocabulary) -> list[str]:
    """What is wrong among curated topics: two that would claim the same claim, one message a pair."""
    out: list[str] = []
    for n, b in enumerate(topics):
        for a in topics[:n]:
            if _overlap(a, b, known):
                out.append(
                    f"{a.id} ({a.file}) and {b.id} ({b.file}) would claim the same claim: the first of them takes it"
                )
    return out


def _overlap(a: CuratedTopic, b: CuratedTopic, known: Vocabulary) -> bool:
    """Whether a claim could meet the checks of both: no check of the one excludes the other's."""
    if a.aspect != b.aspect or (a.dimension and b.dimension and a.dimension != b.dimension):
        return False
    if a.unit and b.unit and a.unit != b.unit:
        return False
    for one, two in ((a.kinds, b.kinds), (a.nouns, b.nouns), (a.relations, b.relations)):
        left, right = {known.noun(x) for x in one}, {known.noun(x) for x in two}
        if left and right and not left & right:
            return False
    if (a.low is not None and b.high is not None and a.low > b.high) or (
        b.low is not None and a.high is not None and b.low > a.high
    ):
        return False
    bounds_a, bounds_b = _keys(a, a.scope), _keys(b, b.scope)
    if bounds_a and bounds_b and not bounds_a & bounds_b:
        return False
    needed_a, needed_b = _keys(a, (*a.beside, *a.all_of)), _keys(b, (*b.beside, *b.all_of))
    return not needed_a or not needed_b or bool(needed_a & needed_b)


def _keys(topic: CuratedTopic, names: Sequence[str]) -> set[str]:
    return {k for n in names for k in topic.names(n)}
