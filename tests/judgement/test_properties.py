"""What must hold for any claims: order, time shift and copies of sources change no outcome."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.judgement import judge, lint
from consistency.judgement.oracle import case_of
from consistency.judgement.vocabulary import EVERYTHING, FACTS, FIELDS, pack
from consistency.model import Judgement
from consistency.rulebook import default_rulebook

START = date(2015, 1, 1)
VALUES = st.sampled_from(
    ["19", "20", "more than 20", "about 20", "21", "at least 18", "40", "up to 30", "nearly 20", "200", "196"]
)
MEASURES = st.sampled_from(
    [
        {"noun": "member", "relation": "have"},
        {"noun": "person", "relation": "kill"},
        {"noun": "lamp", "relation": "keep"},
        {"noun": "age", "relation": "age", "kind": "measure", "unit": "year", "dimension": "time"},
        {"kind": "money", "unit": "USD", "noun": "export"},
    ]
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    names = ["a", "b", "c", "d"][: draw(st.integers(2, 4))]
    days = {n: draw(st.one_of(st.none(), st.integers(0, 1500))) for n in names}
    measure = draw(MEASURES)
    claims = []
    for i in range(draw(st.integers(2, 6))):
        claim = {"id": f"c{i}", "source": draw(st.sampled_from(names)), "value": draw(VALUES), **measure}
        if draw(st.booleans()):
            first = draw(st.integers(0, 1500))
            claim["from"], claim["days"] = first, draw(st.sampled_from([1, 30, 365]))
        if draw(st.integers(0, 5)) == 0:
            claim["scope"] = [draw(st.sampled_from(["Kenya", "Africa", "-guards"]))]
        if draw(st.integers(0, 6)) == 0:
            claim["modality"] = draw(st.sampled_from(["forecast", "denied", "reported"]))
        claims.append(claim)
    return {"days": days, "claims": claims}


def run(case: dict[str, Any], shift: int = 0, backwards: bool = False) -> Judgement:
    def on(day: int) -> str:
        return (START + timedelta(days=day + shift)).isoformat()

    sources = {n: {} if d is None else {"published": on(d)} for n, d in case["days"].items()}
    claims = []
    for c in case["claims"]:
        entry = {k: v for k, v in c.items() if k not in {"from", "days"}}
        if "from" in c:
            entry["period"] = f"{on(c['from'])}/{on(c['from'] + c['days'] - 1)}"
        claims.append(entry)
    if backwards:
        sources, claims = dict(reversed(sources.items())), claims[::-1]
    return judge(*case_of({"sources": sources, "claims": claims}))


def outcomes(judged: Judgement) -> Counter[tuple[str, str, tuple[str, ...]]]:
    return Counter((f.outcome, f.rule, tuple(sorted(f.claims))) for f in judged.findings)


@settings(max_examples=120, deadline=None)
@given(cases())
def test_the_order_of_sources_and_claims_changes_nothing(case: dict[str, Any]) -> None:
    one, other = run(case), run(case, backwards=True)
    assert one.findings == other.findings
    assert one.courses == other.courses
    assert [t.positions for t in one.topics] == [t.positions for t in other.topics]


@settings(max_examples=120, deadline=None)
@given(cases(), st.integers(1, 3000))
def test_moving_all_dates_changes_no_outcome(case: dict[str, Any], shift: int) -> None:
    assert outcomes(run(case)) == outcomes(run(case, shift))


@settings(max_examples=80, deadline=None)
@given(cases())
def test_positions_part_the_claims(case: dict[str, Any]) -> None:
    judged = run(case)
    held = [i for t in judged.topics for p in t.positions for i in p]
    assert sorted(held) == sorted(c["id"] for c in case["claims"])


@settings(max_examples=80, deadline=None)
@given(cases())
def test_findings_are_sound(case: dict[str, Any]) -> None:
    judged = run(case)
    source = {c["id"]: c["source"] for c in case["claims"]}
    assert len({f.id for f in judged.findings}) == len(judged.findings)
    for f in judged.findings:
        assert f.message
        assert f.why
        assert 0 <= f.confidence <= 1
        assert sorted(i for s in f.sides for i in s) == sorted(f.claims)
        if f.outcome not in {"contradiction", "possible-contradiction"}:
            assert len({source[i] for i in f.claims}) > 1
        if f.outcome == "contradiction":
            assert f.facts["basis"] == "firm"
        if f.outcome in {"contradiction", "possible-contradiction"} and f.rule not in {"age-standing-still"}:
            assert f.facts["values"] == "disjoint"


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_missing_date_never_makes_a_finding_firmer(case: dict[str, Any]) -> None:
    """Without any date of its own, no level of one source contradicts another's firmly."""
    undated = {
        "days": dict.fromkeys(case["days"]),
        "claims": [{k: v for k, v in c.items() if k != "from"} for c in case["claims"]],
    }
    for f in run(undated).findings:
        assert f.outcome != "contradiction" or f.facts["origin"] == "same-source"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9999),
    st.sampled_from([("meter", "kilometer", 1000), ("kilogram", "metric_ton", 1000), ("hour", "minute", 1 / 60)]),
)
def test_the_unit_a_number_is_printed_in_changes_nothing(n: int, units: tuple[str, str, float]) -> None:
    """The same amount in two units agrees; ten times as much never does."""
    small, large, factor = units
    length = {"kind": "measure", "dimension": "length", "noun": "tunnel"}
    here = {"id": "a1", "source": "a", "unit": large, "value": n, **length}
    there = {"id": "b1", "source": "b", "unit": small, "value": float(f"{n * factor:.6g}"), **length}
    for value, outcome in ((there["value"], "agreement"), (there["value"] * 10, "contradiction")):
        case = {"sources": {"a": {}, "b": {}}, "claims": [here, {**there, "value": value}]}
        assert [f.outcome for f in judge(*case_of(case)).findings] == [outcome]


@settings(max_examples=120, deadline=None)
@given(cases())
def test_no_pair_has_facts_that_cannot_be(case: dict[str, Any]) -> None:
    """What the proof of the table leaves out as impossible never comes up."""
    never = lint.impossible(default_rulebook())
    for f in run(case).findings:
        if set(f.facts) == set(FACTS):
            word = pack(f.facts)
            assert word & ~EVERYTHING == 0
            assert not any(all(word & box & field for field in FIELDS.values()) for box in never), f.facts
