"""Charts: what is drawn, where, and when nothing is."""

from __future__ import annotations

import datetime as dt
import math
import re
from itertools import pairwise

import lxml.html
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from consistency.model import Period, Report, Value
from consistency.reporting import chart, render
from consistency.reporting.axes import time_axis, value_axis
from consistency.reporting.index import Index
from consistency.reporting.labels import place


def drawn(report: Report, name: str, width: int = chart.WIDE) -> chart.Chart | None:
    topic = next(t for t in report.topics if t.id == f"topic-{name}")
    course = next((c for c in report.courses if c.topic == topic.id), None)
    return chart.build(Index(report), topic, course, topic.title, width)


def test_points_rise_with_their_values_and_run_with_time(report: Report) -> None:
    made = drawn(report, "members")
    assert made is not None
    assert [m.label for m in made.marks] == ["1", "2", "3"]
    xs = [float(m.x) for m in made.marks]
    assert xs == sorted(xs)
    assert float(made.marks[0].y) > float(made.marks[1].y)
    assert made.marks[1].y == made.marks[2].y
    assert made.y_label == "communes"


def test_an_open_end_is_an_arrow_and_a_closed_one_a_whisker(report: Report) -> None:
    members, freight = drawn(report, "members"), drawn(report, "freight")
    assert members is not None
    assert freight is not None
    assert [m.up is not None for m in members.marks] == [False, False, True]
    assert all(m.down is None for m in members.marks)
    derived = freight.marks[0]
    assert derived.derived
    assert derived.label == ""
    assert derived.bar
    assert derived.top is not None
    assert derived.bottom is not None
    assert float(derived.top) < float(derived.y) < float(derived.bottom)


def test_an_outlier_is_ringed_and_explained(report: Report) -> None:
    made = drawn(report, "vessels")
    assert made is not None
    assert [m.outlier for m in made.marks] == [False, True]
    assert any("ring" in note for note in made.notes)
    assert "The value axis does not start at zero." in made.notes


def test_the_course_is_a_line_with_a_band(report: Report) -> None:
    made = drawn(report, "freight")
    assert made is not None
    assert len(made.line.split()) == 4
    assert len(made.band.split()) == 8


def test_no_picture_of_constants_quotes_lists_or_one_date(report: Report) -> None:
    assert [drawn(report, name) for name in ("founded", "quote", "programmes", "crew", "rank")] == [None] * 5


def test_values_in_another_unit_are_left_out_and_counted(report: Report) -> None:
    claims = tuple(sample.changed(c, unit="NOK") if c.id == "courier:freight" else c for c in report.claims)
    made = drawn(sample.changed(report, claims=claims), "freight")
    assert made is not None
    assert [m.label for m in made.marks] == ["", "5", "1", "3, 4"]
    assert any("1" in note for note in made.notes if note.startswith("Not drawn"))


def test_marks_stay_inside_the_picture_in_both_sizes(report: Report) -> None:
    for name in ("members", "freight", "vessels", "jobs", "fares"):
        for width in (chart.WIDE, chart.NARROW):
            made = drawn(report, name, width)
            if made is None:
                continue
            for mark in made.marks:
                assert float(made.left) <= float(mark.x) <= float(made.right)
                assert float(made.top) <= float(mark.y) <= float(made.bottom)
                assert 0 < float(mark.label_x) < width


def test_numbers_in_the_picture_have_fixed_decimals(report: Report) -> None:
    tree = lxml.html.document_fromstring(render(report, "html"))
    for shape in tree.xpath("//svg//*[self::path or self::circle or self::line or self::polyline or self::polygon]"):
        for name in ("d", "points", "x1", "x2", "y1", "y2", "cx", "cy"):
            for number in re.findall(r"-?\d+\.\d+", shape.get(name, "")):
                assert re.fullmatch(r"-?\d+\.\d", number)


@given(st.floats(-1e15, 1e15), st.floats(0, 1e15), st.booleans())
def test_a_value_axis_holds_its_values_on_even_ticks(low: float, span: float, whole: bool) -> None:
    if whole:
        low, span = math.floor(low), math.floor(span)
    bottom, top, ticks, _ = value_axis(low, low + span, whole)
    hair = (top - bottom) * 1e-6
    assert bottom - hair <= low <= low + span <= top + hair
    assert 2 <= len(ticks) <= 12
    assert all(a.at < b.at for a, b in pairwise(ticks))
    assert bottom == pytest.approx(ticks[0].at)
    if whole and top < 1e9:
        assert all(tick.at == int(tick.at) for tick in ticks)


@given(st.dates(), st.dates(), st.integers(4, 9))
def test_a_time_axis_holds_its_days(a: dt.date, b: dt.date, count: int) -> None:
    first, last = sorted((a.toordinal(), b.toordinal()))
    start, end, ticks = time_axis(first, last, count)
    assert start <= first <= last <= end
    assert all(start <= tick.at <= end for tick in ticks)
    assert len({tick.label for tick in ticks}) == len(ticks)
    assert 1 <= len(ticks) <= count + 3


def test_years_months_and_days_as_the_span_asks() -> None:
    def labels(first: str, last: str) -> list[str]:
        ends = (dt.date.fromisoformat(d).toordinal() for d in (first, last))
        return [tick.label for tick in time_axis(*ends, 8)[2]]

    assert labels("2014-06-01", "2024-06-01") == ["2014", "2016", "2018", "2020", "2022", "2024"]
    assert labels("2023-05-19", "2024-03-02") == [
        "May 2023",
        "Jul 2023",
        "Sep 2023",
        "Nov 2023",
        "Jan 2024",
        "Mar 2024",
    ]
    assert "2 May 2024" in labels("2024-05-01", "2024-05-08")


def test_labels_do_not_cover_each_other() -> None:
    plot, boxes = (0.0, 0.0, 700.0, 300.0), [(195.0, 95.0, 10.0, 10.0)]
    spots = [place("1, 2", (200.0, 100.0, 100.0, 100.0), 10.0, plot, boxes) for _ in range(5)]
    assert len(set(spots)) == 5
    for a in boxes:
        for b in boxes:
            apart = a[0] >= b[0] + b[2] or b[0] >= a[0] + a[2] or a[1] >= b[1] + b[3] or b[1] >= a[1] + a[3]
            assert a is b or apart


@given(
    st.lists(st.tuples(st.dates(), st.floats(allow_nan=True) | st.integers(), st.booleans()), min_size=1, max_size=12)
)
def test_any_values_and_dates_draw_or_do_not(found: list[tuple[dt.date, float, bool]]) -> None:
    claims = tuple(
        sample.changed(
            sample.CLAIMS[0],
            id=f"c{n}",
            value=Value(low=value, high=None if is_open else value, point=value),
            as_of=Period(from_=day.isoformat(), to=day.isoformat()),
        )
        for n, (day, value, is_open) in enumerate(found)
    )
    topic = sample.changed(sample.TOPICS[0], claims=tuple(c.id for c in claims), positions=())
    report = Report(sources=sample.SOURCES, claims=claims, topics=(topic,))
    page = render(report, "html")
    assert "nan" not in " ".join(re.findall(r'[xy12]+="[^"]*"', page))
    assert "inf" not in " ".join(re.findall(r'(?:[xy12]+|d)="[^"]*"', page))
