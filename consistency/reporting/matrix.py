"""A topic as a reader meets it: what is said, by which source, for which time."""

from __future__ import annotations

import msgspec

from consistency.model import Claim, Course, Period, Topic
from consistency.reporting import days, phrases
from consistency.reporting.clean import line, shorten
from consistency.reporting.index import Index, SourceView
from consistency.reporting.wording import lookup

Named = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""Findings by sign and name: (name, ((anchor, number), …))."""
COLUMNS = 8
ROWS = 60
_AS_OF_FIRST = {"stock", "cumulative", "clock"}


class Row(msgspec.Struct, frozen=True):
    """One thing that is said: its value, the time it holds for, and the printed words by source number."""

    value: str
    interval: str
    when: str
    cells: tuple[tuple[int, tuple[str, ...]], ...]
    derived: bool
    outlier: bool

    @property
    def exact(self) -> str:
        """The interval, led by the value where that is worked out: what was printed says neither."""
        return f"{self.value}, {self.interval}" if self.derived and self.value != self.interval else self.interval

    def cell(self, number: int) -> tuple[str, ...]:
        """The words source `number` printed for it, if any."""
        return dict(self.cells).get(number, ())


class TopicView(msgspec.Struct, frozen=True):
    """A topic with its matrix.

    key: the id as it is in the report (`id` is made safe to show). wide: more sources than columns fit, so each row
    names its sources instead. dated: any row has a time. findings: by sign and name.
    """

    anchor: str
    key: str
    id: str
    title: str
    profile: str
    claims: int
    sources: tuple[SourceView, ...]
    rows: tuple[Row, ...]
    more: int
    wide: bool
    dated: bool
    course: str
    findings: Named


def time_of(claim: Claim, profile: str | None) -> Period:
    """The time a value belongs to: a level holds as of a date, a flow runs over a period, a constant has none."""
    if profile == "constant" or claim.kind == "date":
        return Period()
    first, second = (claim.as_of, claim.period) if profile in _AS_OF_FIRST else (claim.period, claim.as_of)
    return first if first.from_ or first.to else second


def when(claim: Claim, profile: str | None) -> str:
    """`time_of` in words, "" where there is none."""
    at = time_of(claim, profile)
    return days.stretch(at.from_, at.to, at.granularity)


def _order(claim: Claim, profile: str | None) -> tuple[str, str, str]:
    at = time_of(claim, profile)
    return (at.from_ or at.to or "9999", at.to or "", claim.id)


def positions(index: Index, topic: Topic) -> list[list[Claim]]:
    """The claims of a topic by position, in order of time; a claim of no position stands alone."""
    placed = {i for position in topic.positions for i in position}
    groups = [*topic.positions, *((i,) for i in topic.claims if i not in placed)]
    found = [[index.claims[i] for i in group if i in index.claims] for group in groups]
    return sorted((group for group in found if group), key=lambda group: min(_order(c, topic.profile) for c in group))


def _row(index: Index, group: list[Claim], topic: Topic, outliers: frozenset[str]) -> Row:
    cells: dict[int, list[str]] = {}
    for claim in group:
        source = index.source(claim)
        words = line(claim.text, 80) or phrases.headline(claim)
        if source and claim.derived is None and words not in cells.setdefault(source.number, []):
            cells[source.number].append(words)
    first = group[0]
    return Row(
        value=shorten(phrases.headline(first), 90),
        interval=phrases.interval(first),
        when=when(first, topic.profile),
        cells=tuple((number, tuple(texts[:3])) for number, texts in sorted(cells.items())),
        derived=all(claim.derived is not None for claim in group),
        outlier=any(claim.id in outliers for claim in group),
    )


def course_words(index: Index, course: Course | None) -> str:
    """The course of a value on one line: "19 countries (28 Jul 2021) → 20 countries (26 Jan 2023)"."""
    if course is None or len(course.points) < 2:
        return ""
    out = []
    for point in course.points[:12]:
        claims = [index.claims[i] for i in point.claims if i in index.claims]
        if claims:
            span = days.stretch(point.from_, point.to)
            out.append(phrases.headline(claims[0]) + (f" ({span})" if span else ""))
    left = len(course.points) - 12
    return " → ".join(out) + (f" → and {left} more" if left > 0 else "")


def topic_view(index: Index, topic: Topic, anchor: str, course: Course | None, findings: Named) -> TopicView:
    """A topic in words. findings: those on it."""
    groups = positions(index, topic)
    sources = {s.number: s for group in groups for c in group if c.derived is None and (s := index.source(c))}
    outliers = frozenset(course.outliers) if course else frozenset()
    return TopicView(
        anchor=anchor,
        key=topic.id,
        id=line(topic.id, 120),
        title=line(topic.title, 160) or "Untitled topic",
        profile=lookup("profiles", topic.profile),
        claims=len(topic.claims),
        sources=tuple(sources[n] for n in sorted(sources)),
        rows=tuple(_row(index, group, topic, outliers) for group in groups[:ROWS]),
        more=max(0, len(groups) - ROWS),
        wide=len(sources) > COLUMNS,
        dated=any(when(claim, topic.profile) for group in groups for claim in group),
        course=course_words(index, course),
        findings=findings,
    )
