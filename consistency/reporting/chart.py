"""A topic's values over time as a static picture: the geometry that `templates/chart.svg.j2` draws.

All coordinates are text with one decimal, so that the same report gives the same bytes.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from consistency.model import Claim, Course, CoursePoint, Topic
from consistency.reporting import days, phrases
from consistency.reporting.axes import Tick, time_axis, value_axis
from consistency.reporting.index import Index
from consistency.reporting.labels import place
from consistency.reporting.matrix import positions, time_of
from consistency.reporting.numbers import decimal, scale_word

WIDE, NARROW = 720, 350
_ARROW = 26.0
_MARKS = 150


class Spot(msgspec.Struct, frozen=True):
    """One position to draw: when (day numbers), the value, its interval (None: open), and who says it."""

    first: int
    last: int
    value: float
    low: float | None
    high: float | None
    numbers: tuple[int, ...]
    derived: bool
    outlier: bool
    words: str


class Mark(msgspec.Struct, frozen=True):
    """A spot in picture coordinates. `up`/`down`: an open end, drawn as an arrow; label_*: where its numbers stand."""

    x: str
    y: str
    left: str
    right: str
    bar: bool
    top: str | None
    bottom: str | None
    up: str | None
    down: str | None
    derived: bool
    outlier: bool
    label: str
    label_x: str
    label_y: str


class Chart(msgspec.Struct, frozen=True):
    """Everything the template needs, as text."""

    width: int
    height: int
    left: str
    right: str
    top: str
    bottom: str
    x_ticks: tuple[tuple[str, str, str], ...]
    y_ticks: tuple[tuple[str, str], ...]
    y_label: str
    band: str
    line: str
    marks: tuple[Mark, ...]
    title: str
    description: str
    notes: tuple[str, ...]


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    exact = decimal(value)
    return None if exact is None or abs(exact) > 10**30 else float(exact)


def _unit(claim: Claim) -> tuple[str, str, str, str]:
    return (claim.dimension or "", claim.unit or "", claim.per or "", "change" if claim.aspect == "change" else "level")


def _spot(index: Index, group: list[Claim], topic: Topic, outliers: frozenset[str]) -> Spot | None:
    claim = next((c for c in group if c.value is not None), None)
    if claim is None or claim.value is None or claim.kind in ("date", "list", "quote", "ordinal", "rank"):
        return None
    at = time_of(claim, topic.profile)
    first, last = days.parse(at.from_ or at.to), days.parse(at.to or at.from_)
    low, high, point = (_number(v) for v in (claim.value.low, claim.value.high, claim.value.point))
    ends = [v for v in (low, high) if v is not None]
    if first is None or last is None or first > last or (point is None and not ends):
        return None
    return Spot(
        first=first.toordinal(),
        last=last.toordinal(),
        value=point if point is not None else sum(ends) / len(ends),
        low=low,
        high=high,
        numbers=index.numbers(tuple(c.id for c in group if c.derived is None)),
        derived=all(c.derived is not None for c in group),
        outlier=any(c.id in outliers for c in group),
        words=f"{phrases.headline(claim)}, {days.stretch(at.from_, at.to, at.granularity)}",
    )


def spots(index: Index, topic: Topic, course: Course | None) -> tuple[list[Spot], str, int]:
    """What can be drawn of a topic, the unit it is drawn in, and how many positions in other units are left out."""
    outliers = frozenset(course.outliers) if course else frozenset()
    found = [(g, s) for g in positions(index, topic) if (s := _spot(index, g, topic, outliers))]
    if not found:
        return [], "", 0
    units = Counter(_unit(group[0]) for group, _ in found)
    main = min(units, key=lambda unit: (-units[unit], unit))
    kept = [(group, spot) for group, spot in found if _unit(group[0]) == main]
    return [spot for _, spot in kept[:_MARKS]], phrases.counted_noun(kept[0][0][0]), len(found) - len(kept[:_MARKS])


class _Frame(msgspec.Struct, frozen=True):
    """Maps days and values to picture coordinates."""

    left: float
    right: float
    top: float
    bottom: float
    x0: float
    x1: float
    y0: float
    y1: float

    def x(self, day: float) -> float:
        return self.left + (day - self.x0) / (self.x1 - self.x0) * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.y0) / (self.y1 - self.y0) * (self.bottom - self.top)


def _at(value: float) -> str:
    return f"{value + 0.0:.1f}".replace("-0.0", "0.0")


def _mark(frame: _Frame, spot: Spot, boxes: list[tuple[float, float, float, float]]) -> Mark:
    x, y = (frame.x(spot.first) + frame.x(spot.last)) / 2, frame.y(spot.value)
    left, right = frame.x(spot.first), frame.x(spot.last)
    top = frame.y(spot.high) if spot.high is not None else max(frame.top, y - _ARROW)
    bottom = frame.y(spot.low) if spot.low is not None else min(frame.bottom, y + _ARROW)
    text = ", ".join(map(str, spot.numbers[:3])) + (f" +{len(spot.numbers) - 3}" if len(spot.numbers) > 3 else "")
    label_x, label_y = place(
        text,
        (x, y, top, bottom),
        15.0 if spot.outlier else 10.0,
        (frame.left, frame.top, frame.right, frame.bottom),
        boxes,
    )
    return Mark(
        x=_at(x),
        y=_at(y),
        left=_at(left),
        right=_at(right),
        bar=right - left >= 8,
        top=_at(top) if spot.high is not None and y - top > 1 else None,
        bottom=_at(bottom) if spot.low is not None and bottom - y > 1 else None,
        up=_at(top) if spot.high is None else None,
        down=_at(bottom) if spot.low is None else None,
        derived=spot.derived,
        outlier=spot.outlier,
        label=text,
        label_x=_at(label_x),
        label_y=_at(label_y),
    )


def _course(frame: _Frame, course: Course | None) -> tuple[str, str]:
    """The course as (outline of its band, line through its middle), as SVG `points`; empty where it has none."""
    upper: list[str] = []
    lower: list[str] = []
    middle: list[str] = []
    for point in course.points if course else ():
        ends = _course_ends(point)
        first, last = days.parse(point.from_ or point.to), days.parse(point.to or point.from_)
        if ends is None or first is None or last is None:
            continue
        x = _at((frame.x(first.toordinal()) + frame.x(last.toordinal())) / 2)
        low, high = (min(max(frame.y(v), frame.top), frame.bottom) for v in ends)
        upper.append(f"{x},{_at(high)}")
        lower.append(f"{x},{_at(low)}")
        middle.append(f"{x},{_at((low + high) / 2)}")
    return (" ".join([*upper, *reversed(lower)]), " ".join(middle)) if len(middle) > 1 else ("", "")


def _course_ends(point: CoursePoint) -> tuple[float, float] | None:
    low, high = _number(point.low), _number(point.high)
    if low is None and high is None:
        return None
    return (low if low is not None else high or 0.0, high if high is not None else low or 0.0)


def _notes(found: list[Spot], axis_from: float, line: str, left_out: int) -> tuple[str, ...]:
    said = ["The numbers name the sources."]
    if any(s.low != s.high and s.low is not None and s.high is not None for s in found):
        said.append("A vertical line spans the values that the printed words allow.")
    if any(s.low is None or s.high is None for s in found):
        said.append("An arrow means that the words set no limit on that side.")
    if any(s.derived for s in found):
        said.append("A hollow mark is worked out, not printed.")
    if any(s.outlier for s in found):
        said.append("A dashed ring marks a statement that does not fit the course of the others.")
    if line:
        said.append("The line is the course that fits the most statements.")
    if axis_from:
        said.append("The value axis does not start at zero.")
    if left_out:
        said.append(f"Not drawn, in another unit or beyond what a picture can hold: {left_out}.")
    return tuple(said)


def build(index: Index, topic: Topic, course: Course | None, title: str, width: int = WIDE) -> Chart | None:
    """The chart of a topic `width` pixels wide, or None with fewer than two distinct dated values."""
    found, unit, left_out = spots(index, topic, course)
    if len({(s.first, s.last, s.value, s.low, s.high) for s in found}) < 2:
        return None
    values = [v for s in found for v in (s.value, s.low, s.high) if v is not None]
    whole = all(v == int(v) for v in values)
    y0, y1, y_ticks, power = value_axis(min(values), max(values), whole)
    x0, x1, x_ticks = time_axis(min(s.first for s in found), max(s.last for s in found), width // 85)
    height = 300 if width > 500 else 280
    margin = 14.0 + 7.5 * max(len(tick.label) for tick in y_ticks)
    frame = _Frame(margin, width - 14.0, 34.0, height - 34.0, x0, x1, y0, y1)
    boxes = [(frame.x((s.first + s.last) / 2) - 6, frame.y(s.value) - 5, 12.0, 10.0) for s in found]
    marks = tuple(_mark(frame, spot, boxes) for spot in found)
    band, line = _course(frame, course)
    who = [f"{s.words} ({'sources ' + ', '.join(map(str, s.numbers)) if s.numbers else 'derived'})" for s in found[:12]]
    return Chart(
        width=width,
        height=height,
        left=_at(frame.left),
        right=_at(frame.right),
        top=_at(frame.top),
        bottom=_at(frame.bottom),
        x_ticks=tuple((_at(frame.x(tick.at)), _anchor(frame, tick), tick.label) for tick in x_ticks),
        y_ticks=tuple((_at(frame.y(tick.at)), tick.label) for tick in y_ticks),
        y_label=f"{scale_word(power)} {unit}".strip() or "value",
        band=band,
        line=line,
        marks=marks,
        title=f"{title}: value over time",
        description="; ".join(who) + (f"; and {len(found) - 12} more" if len(found) > 12 else "") + ".",
        notes=_notes(found, y0, line, left_out),
    )


def _anchor(frame: _Frame, tick: Tick) -> str:
    """How the label of a time tick hangs on it, so that the last one stays inside the picture."""
    return "end" if frame.x(tick.at) + 3.5 * len(tick.label) > frame.right + 12 else "middle"
