"""Readings that people corrected: what a claim says then, and that no correction breaks a run."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency import pipeline
from consistency.config import Config
from consistency.extraction.claims import extract
from consistency.extraction.corrected import correct
from consistency.extraction.readings import ASPECTS, FIELDS, KINDS, MODALITIES, ReadingError, checked
from consistency.lessons import Lessons
from consistency.model import Claim, Source
from consistency.reporting import render

CONFIG = Config(cache=False)
TEXTS = [
    "Unemployment in Norland was 5.4 percent in 2023. The Alder bridge is 5 km long. It opened on 4 May 2021.",
    "Exports of Norland were 29 billion dollars in 2023, of which 40 percent went to Sudland.",
    'Nineteen countries joined. The members are Norland, Sudland and Estmark. "We saw them all go," said Ana Lind.',
    "Norland is the largest trading partner of Sudland. Half of the ferries sank. Exports doubled in 2020.",
]


def source(text: str, name: str = "a") -> Source:
    return Source(id=name, text=text, published="2024-03-05", published_basis="metadata", publisher=name)


def first(text: str, name: str = "a") -> Claim:
    return extract(source(text, name)).claims[0]


def corrected(text: str, **fields: Any) -> Claim:
    claim = first(text)
    told = {name: checked(name, value) for name, value in fields.items()}
    found = correct(extract(source(text)), {claim.fingerprint: told}).claims[0]
    assert (found.id, found.fingerprint, found.text) == (claim.id, claim.fingerprint, claim.text)
    return found


def test_a_number_a_range_and_an_open_end() -> None:
    text = "The Harbour Treaty has 31 members."
    one = corrected(text, value=13)
    assert one.value == msgspec.structs.replace(one.value, low=13, high=13, point=13, hedge="exact")
    assert (one.corrected, one.confidence, one.readings) == (("value",), 1.0, ())
    ranged = corrected(text, value={"low": 30, "high": 40}).value
    assert ranged is not None
    assert (ranged.low, ranged.high, ranged.point, ranged.hedge) == (30, 40, None, "between")
    opened = corrected(text, value={"low": 30, "high": None}).value
    assert opened is not None
    assert (opened.low, opened.high, opened.hedge) == (30, None, "at-least")


@pytest.mark.parametrize(
    ("unit", "kind", "name", "dimension"),
    [
        ("miles", "measure", "mile", "length"),
        ("EUR", "money", "EUR", "money"),
        ("%", "percent", "percent", "percent"),
        ("boats", "count", "boats", "count"),
    ],
)
def test_what_it_measures_follows_the_unit(unit: str, kind: str, name: str, dimension: str) -> None:
    found = corrected("The Alder bridge is 5 km long.", unit=unit)
    assert (found.kind, found.unit, found.dimension) == (kind, name, dimension)


def test_time_place_and_the_rest() -> None:
    found = corrected(
        "The Harbour Treaty has 31 members.",
        period={"from": "2020-01-01", "to": "2020-12-31"},
        as_of="2021-05-04",
        scope=["Sudland", "Norland"],
        noun="ferry",
        relation="own",
        modality="forecast",
        speaker="Ana Lind",
    )
    assert (found.period.from_, found.period.to, found.period.basis) == ("2020-01-01", "2020-12-31", "stated")
    assert (found.as_of.from_, found.as_of.granularity) == ("2021-05-04", "day")
    assert found.scope == ("Norland", "Sudland")
    assert (found.measure.noun, found.unit, found.measure.relation) == ("ferry", "ferry", "own")
    assert (found.modality, found.speaker) == ("forecast", "Ana Lind")
    assert {found.basis[name] for name in ("period", "as_of", "scope")} == {"stated"}
    assert found.corrected == ("as_of", "modality", "noun", "period", "relation", "scope", "speaker")


def test_what_does_not_go_together_stays_as_it_was_read() -> None:
    text = "The Harbour Treaty has 31 members."
    assert corrected(text, value="2024-01-01") == first(text)
    found = corrected(text, kind="quote", noun="state")
    assert (found.kind, found.measure.noun, found.corrected) == ("count", "state", ("noun",))
    moved = corrected(text, kind="date", value="2024-01-01", unit=None)
    assert (moved.kind, moved.value and moved.value.low, moved.dimension) == ("date", "2024-01-01", "date")


def test_what_is_no_claim_is_gone_and_told_of() -> None:
    a = source("The Harbour Treaty has 31 members.")
    print_ = first(a.text).fingerprint
    report = pipeline.check([a], CONFIG, lessons=Lessons(readings={print_: {"drop": True}}))
    assert (report.claims, report.coverage.dropped) == ((), (print_,))
    assert "Readings that people called no claim: 1" in render(report, "text")


def test_a_corrected_reading_decides_and_is_shown() -> None:
    pair = [source("The Harbour Treaty has 31 members.", "a"), source("The Harbour Treaty has 13 members.", "b")]
    assert {f.outcome for f in pipeline.check(pair, CONFIG).findings} == {"contradiction"}
    lessons = Lessons(readings={first(pair[1].text, "b").fingerprint: {"value": 31}})
    report = pipeline.check(pair, CONFIG, lessons=lessons)
    assert {f.outcome for f in report.findings} == {"agreement"}
    for form in ("text", "markdown", "html"):
        assert "reading corrected by a person: value" in render(report, form), form


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("vlaue", 3, "did you mean 'value'"),
        ("value", float("nan"), "a value is a number"),
        ("value", 10**400, "a value is a number"),
        ("value", True, "a value is a number"),
        ("value", {"low": 3, "high": 1}, "cannot run from 3 to 1"),
        ("value", {"low": 3, "high": "2024-01-01"}, "cannot run"),
        ("value", {"low": None, "high": None}, "at least one end"),
        ("unit", "XQZ", "no currency"),
        ("unit", "euros", "did you mean 'EUR'"),
        ("unit", "f%$", "no word for what is counted"),
        ("unit", "", "empty"),
        ("period", "2024-02-30", "no day"),
        ("period", {"from": "2024-02-02", "to": "2024-02-01"}, "cannot run"),
        ("kind", "cuont", "did you mean 'count'"),
        ("scope", "Norland", "a list"),
        ("noun", "a\nb", "U+000A"),
        ("speaker", "x" * 501, "501 characters"),
        ("drop", False, "can only be true"),
    ],
)
def test_what_a_claim_cannot_say(field: str, value: Any, told: str) -> None:
    with pytest.raises(ReadingError, match=told.replace("+", r"\+")):
        checked(field, value)


numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False, width=32)
days = st.dates().map(str)
words = st.sampled_from(["ferry", "Norland", "ship", "level", "ÅÄÖ", "港"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "value": numbers | days | st.tuples(numbers, numbers).map(lambda t: {"low": min(t), "high": max(t)}),
    "unit": st.sampled_from(["km", "EUR", "%", "ferry", "year", "kelvin", "mile / hour", None]),
    "kind": st.sampled_from(KINDS),
    "aspect": st.sampled_from(ASPECTS),
    "modality": st.sampled_from(MODALITIES),
    "period": days | st.tuples(days, days).map(lambda t: {"from": min(t), "to": max(t)}),
    "as_of": days | days.map(lambda d: {"from": None, "to": d}),
    "scope": st.lists(words, max_size=3),
    "drop": st.just(True),
} | {name: words | st.none() for name in ("per", "noun", "relation", "speaker")}


def test_every_field_is_tried() -> None:
    assert set(VALUES) == set(FIELDS)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_no_correction_breaks_a_run(data: st.DataObject) -> None:
    """Whatever people say of claims: every source is read, the report comes out in every format, in any order."""
    sources = [source(text, f"{n}{twin}") for n, text in enumerate(TEXTS) for twin in "ab"]
    readings: dict[str, dict[str, Any]] = {}
    for one in sources[::2]:
        for claim in extract(one).claims:
            for name in sorted(data.draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=3))):
                readings.setdefault(claim.fingerprint, {})[name] = checked(name, data.draw(VALUES[name]))
    lessons = Lessons(readings=readings)
    report = pipeline.check(sources, CONFIG, lessons=lessons)
    assert not report.coverage.skipped
    assert pipeline.check(sources[::-1], CONFIG, lessons=lessons) == report
    for form in ("text", "markdown", "html", "csv", "sarif"):
        assert render(report, form)
    json.loads(render(report, "json"))
    told = {c.fingerprint: c.corrected for c in report.claims}
    for print_, fields in readings.items():
        if "drop" in fields:
            assert print_ in (report.coverage.dropped or ())
            assert print_ not in told
        else:
            assert set(fields) - {"value", "unit", "kind"} <= set(told[print_]) <= set(fields)
