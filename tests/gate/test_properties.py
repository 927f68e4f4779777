"""What must hold for any sources and any files: a baseline accepts its own report and nothing more."""

from __future__ import annotations

import contextlib
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from gate_texts import TODAY, config, failing, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency import check
from consistency.errors import ConfigError
from consistency.gate import Gate
from consistency.gate.baseline import Accepted, Baseline, read, to_text
from consistency.gate.rewriting import accepted, idle, joined, updated
from consistency.gate.suppressions import read as read_suppressions
from consistency.judgement.rows import OUTCOMES
from consistency.model import Report

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Kappa")
STATES = ("Norland", "Sudland")
PAPERS = st.builds(
    paper,
    st.sampled_from(NAMES),
    st.sampled_from([29, 34, 41]),
    st.sampled_from(STATES),
    st.sampled_from(["2024-02-01", "2024-02-08", "2024-03-01"]),
)
SOURCES = st.lists(PAPERS, min_size=2, max_size=7, unique_by=lambda s: s["id"])
WIDE = config(fail_on="possible")


def baseline_of(report: Report) -> str:
    return to_text(accepted(failing(report, WIDE), report, TODAY, reason="known"))


def gated(sources: list[dict[str, Any]], text: str) -> Report:
    """The report on sources with a baseline of this content."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.json"
        path.write_text(text)
        return check(sources, config(path, fail_on="possible"), TODAY)


@settings(deadline=None, max_examples=40)
@given(SOURCES)
def test_a_baseline_accepts_exactly_the_report_it_was_written_from(sources: list[dict[str, Any]]) -> None:
    before = check(sources)
    report = gated(sources, baseline_of(before))
    assert report.findings == before.findings
    assert failing(report, WIDE) == []
    assert [a.finding for a in report.accepted] == [f.id for f in failing(before, WIDE)]
    assert report.unused == ()


@settings(deadline=None, max_examples=40)
@given(SOURCES, PAPERS)
def test_what_a_new_source_touches_is_new_and_nothing_else(sources: list[dict[str, Any]], one: dict[str, Any]) -> None:
    new = {**one, "id": "new", "publisher": "The Newcomer"}
    report = gated([*sources, new], baseline_of(check(sources)))
    touched = {f.id for f in failing(report) if any(i.startswith("new#") for i in f.claims)}
    assert {f.id for f in failing(report)} == touched
    accepted_ids = {a.finding for a in report.accepted}
    for f in report.findings:
        if f.outcome in ("contradiction", "possible-contradiction"):
            assert (f.id in accepted_ids) is not any(i.startswith("new#") for i in f.claims)


@settings(deadline=None, max_examples=30)
@given(SOURCES, st.randoms(use_true_random=False))
def test_neither_order_nor_place_changes_a_byte(sources: list[dict[str, Any]], chance: random.Random) -> None:
    text = baseline_of(check(sources))
    mixed = chance.sample(sources, len(sources))
    assert baseline_of(check(mixed)) == text
    moved = [{**s, "id": f"archive/{n}.txt"} for n, s in enumerate(mixed)]
    report = gated(moved, text)
    assert (failing(report, WIDE), report.unused) == ([], ())


@settings(deadline=None, max_examples=30)
@given(
    SOURCES,
    st.lists(st.sampled_from(["The fair was full.", "It rained for 3 days.", "A band played until late."]), max_size=3),
)
def test_other_sentences_around_it_change_nothing(sources: list[dict[str, Any]], more: list[str]) -> None:
    edited = [{**s, "text": "\n\n".join([*more[:1], s["text"], *more[1:]])} for s in sources]
    ids = {f.id for f in failing(check(edited), WIDE)}
    report = gated(edited, baseline_of(check(sources)))
    assert [f.id for f in failing(report, WIDE)] == []
    assert {a.finding for a in report.accepted} == ids


@settings(deadline=None, max_examples=30)
@given(SOURCES, st.data())
def test_rewriting_accepts_nothing_new(sources: list[dict[str, Any]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.json"
        path.write_text(baseline_of(check(sources[: data.draw(st.integers(0, len(sources)))])))
        gate, report = Gate(config(path, fail_on="possible"), TODAY), check(sources)
        new = gate.failing(gate.apply(report))
        gone = idle(gate, report)
        for entries in ([e for e in gate.baseline.entries if e not in gone], updated(gate, report)):
            path.write_text(to_text(entries))
            again = Gate(config(path, fail_on="possible"), TODAY)
            assert again.failing(again.apply(report)) == new
        assert to_text(updated(again, report)) == path.read_text()  # brought up to date twice is once
        more, _ = joined(gate.baseline.entries, accepted(new, report, TODAY))
        path.write_text(to_text(more))
        last = Gate(config(path, fail_on="possible"), TODAY)
        assert last.failing(last.apply(report)) == ()


# ------------------------------------------------------------------------------------------------------ entries alone
PRINTS = st.sampled_from("abcdef")
SIDE = st.lists(PRINTS, min_size=1, max_size=4).map(tuple)
WORDS = st.none() | st.text(max_size=8)
DAYS = st.none() | st.dates().map(str)
ENTRIES = st.lists(
    st.builds(
        Accepted,
        finding=st.text(max_size=6),
        message=WORDS,
        topic=WORDS,
        outcome=st.sampled_from(OUTCOMES),
        rule=WORDS,
        sides=st.lists(SIDE, min_size=1, max_size=2).map(tuple),
        reason=WORDS,
        author=WORDS,
        date=DAYS,
        expires=DAYS,
    ),
    max_size=6,
)


@given(ENTRIES)
def test_a_file_is_read_back_and_printed_the_same(entries: list[Accepted]) -> None:
    text = to_text(entries)
    assert text == to_text(entries[::-1])
    content = json.loads(text)
    assert list(content) == ["schema", "accepted"]
    assert all(c.isprintable() for line in text.split("\n") for c in line)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.json"
        path.write_text(text)
        found = read(str(path))
    assert to_text(found.entries) == text
    assert len(found.entries) == len({to_text([e]) for e in entries})
    for n, e in enumerate(found.entries):
        line = int(found.place_of(n).rpartition(":")[2])
        assert json.loads("{" + text.splitlines()[line - 1].rstrip(",") + "}") == {"finding": e.finding}


@given(ENTRIES, ENTRIES)
def test_joining_loses_nothing(old: list[Accepted], new: list[Accepted]) -> None:
    entries, replaced = joined(old, new)
    assert {id(e) for e in entries} | {id(e) for e in replaced} == {id(e) for e in (*old, *new)}
    kept = Baseline(entries)
    for e in (*old, *new):
        assert kept.accepting(e.content(), e.outcome)


@given(ENTRIES, st.lists(SIDE, min_size=1, max_size=2), st.sampled_from(OUTCOMES))
def test_the_index_finds_what_a_plain_search_finds(
    entries: list[Accepted], sides: list[tuple[str, ...]], outcome: str
) -> None:
    content = tuple(frozenset(side) for side in sides)
    found = Baseline(entries).accepting(content, outcome)
    assert found == [n for n, e in enumerate(entries) if e.accepts(content, outcome)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.sampled_from(["contradiction", "a"]),
    lambda x: (
        st.lists(x, max_size=3)
        | st.dictionaries(st.sampled_from(["finding", "outcome", "sides", "reason", "topic", "x"]), x, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON | st.builds(lambda x: {"schema": "consistency-baseline/1", "accepted": x}, JSON), st.booleans())
def test_any_file_is_read_or_told_what_is_wrong(content: Any, by_hand: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(ConfigError):
        path = Path(folder) / "f"
        path.write_text(json.dumps(content))
        if by_hand:
            read_suppressions(str(path), lambda: ["equal"])
        else:
            read(str(path))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_told_what_is_wrong(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f"
        path.write_bytes(data)
        with contextlib.suppress(ConfigError):
            read_suppressions(str(path), lambda: ["equal"])
        with contextlib.suppress(ConfigError):
            read(str(path))
