"""Findings that people took back, also where no topic holds the two claims together."""

from __future__ import annotations

from itertools import product

import pytest

from consistency import pipeline
from consistency.config import Config
from consistency.lessons import Lessons
from consistency.model import Finding, Report, Source

CONFIG = Config(cache=False)


def sources(*told: tuple[str, str]) -> list[Source]:
    return [
        Source(id=f"s{n}", text=text, published=day, published_basis="metadata", publisher=f"P{n}")
        for n, (day, text) in enumerate(told)
    ]


CHAIN = sources(
    ("2023-02-01", "Exports of Norland were 50 billion dollars in 2022."),
    ("2022-02-01", "Exports of Norland were 20 billion dollars in 2021."),
    ("2023-03-01", "In 2022, exports of Norland grew 5 percent."),
)
DECADE = sources(
    ("2021-02-01", "Exports of Norland doubled in the past decade, reaching 50 billion dollars in 2020."),
    ("2011-02-01", "Exports of Norland were 40 billion dollars in 2010."),
    ("2021-02-01", "Exports of Norland tripled in the past decade."),
)
LISTED = sources(("2024-01-01", "The council announced five programs on peace, trade, health and water."))


def prints(report: Report) -> dict[str, str]:
    return {c.id: c.fingerprint for c in report.claims}


def across(finding: Finding, report: Report) -> tuple[tuple[str, str], ...]:
    known = prints(report)
    pairs = product((known[i] for i in finding.sides[0]), (known[i] for i in finding.sides[-1]))
    return tuple(sorted({(min(a, b), max(a, b)) for a, b in pairs if a != b}))


@pytest.mark.parametrize("texts", [CHAIN, DECADE, LISTED])
def test_a_finding_that_was_taken_back_is_gone(texts: list[Source]) -> None:
    before = pipeline.check(texts, CONFIG)
    faults = [f for f in before.findings if len(f.sides) == 2 and f.outcome != "agreement"]
    assert faults
    for finding in faults:
        after = pipeline.check(texts, CONFIG, lessons=Lessons(cannot=across(finding, before)))
        assert finding.id not in {f.id for f in after.findings}


def test_what_was_a_note_of_it_stands_for_itself() -> None:
    """Of two findings that rest on one claim the second is a note of the first, until the first is taken back."""
    before = pipeline.check(DECADE, CONFIG)
    (finding,) = (f for f in before.findings if any(n.startswith("Also seen") for n in f.notes))
    (note,) = (n.removeprefix("Also seen: ") for n in finding.notes if n.startswith("Also seen"))
    after = pipeline.check(DECADE, CONFIG, lessons=Lessons(cannot=across(finding, before)))
    assert f"{note}" in {f"{f.message}." for f in after.findings}


def test_nothing_is_worked_out_of_two_that_are_not_about_one_thing() -> None:
    before = pipeline.check(CHAIN, CONFIG)
    known = prints(before)
    ids = {c.source: c.fingerprint for c in before.claims if c.derived is None}
    chained = [c for c in before.claims if c.derived and {known[i] for i in c.derived.from_} >= {ids["s0"], ids["s2"]}]
    assert chained
    pair = (min(ids["s0"], ids["s2"]), max(ids["s0"], ids["s2"]))
    after = pipeline.check(CHAIN, CONFIG, lessons=Lessons(cannot=(pair,)))
    assert not {c.id for c in chained} & {c.id for c in after.claims}
    assert not any(c.id in f.claims for c in chained for f in after.findings)
